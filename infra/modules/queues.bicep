param location string
param tags object
param token string
param appPrincipalId string
param partners string[]
param duplicateDetection bool

@description('Whether all events go to a topic as well.')
param eventsTopic bool

var serviceBusDataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
var serviceBusDataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sb-club-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    minimumTlsVersion: '1.2'
    // A partner outside of this tenant signs with the key of its own rule.
    disableLocalAuth: empty(partners)
  }

  resource transactions 'queues' = {
    name: 'transactions'
    properties: {
      // The host does not renew the locks of a batch, so it gets the longest there is.
      lockDuration: 'PT5M'
      // What fails ten times is a dead letter, and an alert.
      maxDeliveryCount: 10
      deadLetteringOnMessageExpiration: true
      requiresDuplicateDetection: duplicateDetection
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      maxSizeInMegabytes: 5120
    }

    @batchSize(1)
    resource send 'authorizationRules' = [
      for partner in partners: {
        name: partner
        properties: { rights: ['Send'] }
      }
    ]
  }

  // Whoever receives from here takes every answer, whosever it is: with several partners none of them gets a key, and one system of yours
  // hands on what is whose.
  resource answers 'queues' = {
    name: 'answers'
    properties: {
      lockDuration: 'PT5M'
      maxDeliveryCount: 10
      // Whoever asked is told by HTTP for good; what nobody received in a week goes.
      defaultMessageTimeToLive: 'P7D'
    }

    @batchSize(1)
    resource listen 'authorizationRules' = [
      for partner in (length(partners) == 1 ? partners : []): {
        name: partner
        properties: { rights: ['Listen'] }
      }
    ]
  }

  // Whoever is to be told makes a subscription of its own, with sessions where a member's order matters: the session is the member.
  resource events 'topics' = if (eventsTopic) {
    name: 'events'
    properties: {
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      supportOrdering: true
      defaultMessageTimeToLive: 'P14D'
      maxSizeInMegabytes: 5120
    }
  }

  resource work 'queues' = {
    name: 'work'
    properties: {
      lockDuration: 'PT5M'
      maxDeliveryCount: 10
      deadLetteringOnMessageExpiration: true
    }
  }
}

// Receiving needs no right to manage; without it the host scales by the age of the first message instead of by the queue's length.
// Sending is for dead letters, which staff have sent again.
resource transactionRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [serviceBusDataReceiver, serviceBusDataSender]: {
    scope: namespace::transactions
    name: guid(namespace::transactions.id, appPrincipalId, role)
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource workRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [serviceBusDataReceiver, serviceBusDataSender]: {
    scope: namespace::work
    name: guid(namespace::work.id, appPrincipalId, role)
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource answerRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::answers
  name: guid(namespace::answers.id, appPrincipalId, serviceBusDataSender)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
  }
}

resource topicRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (eventsTopic) {
  scope: namespace::events
  name: guid(namespace.id, 'events', appPrincipalId, serviceBusDataSender)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
  }
}

output id string = namespace.id
output host string = split(split(namespace.properties.serviceBusEndpoint, '//')[1], ':')[0]
