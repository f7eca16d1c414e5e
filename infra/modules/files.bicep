param location string
param tags object
param token string
param appPrincipalId string
param sku string

@description('For how many days nobody can change or delete what is kept of the roots.')
param proofDays int

var containerName = 'files'
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

// Members' statements are personal data: not in the host's account, which holds the app's package and the host's keys.
resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'stfiles${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 30 }
    }

    resource container 'containers' = {
      name: containerName
    }

    // The roots of each night and the heads under them. Once the policy is locked (README.md) not even the subscription's owner takes
    // anything back.
    resource proof 'containers' = {
      name: 'proof'

      resource policy 'immutabilityPolicies' = {
        name: 'default'
        properties: {
          immutabilityPeriodSinceCreationInDays: proofDays
          allowProtectedAppendWrites: false
        }
      }
    }
  }
}

resource readAndWrite 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::container
  name: guid(account::blobs::container.id, appPrincipalId, storageBlobDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

resource keep 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::proof
  name: guid(account::blobs::proof.id, appPrincipalId, storageBlobDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

output blobEndpoint string = account.properties.primaryEndpoints.blob
output containerName string = account::blobs::container.name
