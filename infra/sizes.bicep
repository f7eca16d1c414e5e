@description('What is paid for.')
@export()
type size = {
  @description('autoscale: the most RU/s of the container, from 1000. serverless: null.')
  autoscaleMaxThroughput: int?
  continuousBackup: 'Continuous7Days' | 'Continuous30Days'
  storageSku: 'Standard_LRS' | 'Standard_ZRS'
  @description('HTTP instances that are always warm: a webhook has to be answered in seconds.')
  warmInstances: int
  maximumInstances: int
  logRetentionDays: int
  @description('For how many days roots and the heads under them cannot be changed or deleted, once the policy is locked.')
  proofDays: int
}

@export()
var dev size = {
  autoscaleMaxThroughput: null
  continuousBackup: 'Continuous7Days'
  storageSku: 'Standard_LRS'
  warmInstances: 0
  maximumInstances: 40
  logRetentionDays: 30
  proofDays: 1
}

@export()
var prod size = {
  autoscaleMaxThroughput: 10000
  continuousBackup: 'Continuous30Days'
  storageSku: 'Standard_ZRS'
  warmInstances: 2
  maximumInstances: 100
  logRetentionDays: 90
  proofDays: 1826
}
