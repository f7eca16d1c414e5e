param tags object
param token string
param appPrincipalId string
param dataLocation string

// The narrowest built-in role that may send; it holds on this one resource.
var communicationServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: 'acs-club-${token}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource send 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: communication
  name: guid(communication.id, appPrincipalId, communicationServiceOwner)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', communicationServiceOwner)
  }
}

output name string = communication.name
output endpoint string = 'https://${communication.properties.hostName}'
