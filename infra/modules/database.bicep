param location string
param tags object
param token string
param appPrincipalId string

@description('null: serverless.')
param autoscaleMaxThroughput int?

param continuousBackup string

var databaseName = 'club'
var containerName = 'documents'
var partitionKeyPath = '/pk'
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: 'cosmos-club-${token}'
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    capabilities: autoscaleMaxThroughput == null ? [{ name: 'EnableServerless' }] : []
    // A read after a commit sees it, on whichever instance: as the embedded store does, for twice the cost of a read.
    consistencyPolicy: { defaultConsistencyLevel: 'Strong' }
    locations: [{ locationName: location, failoverPriority: 0 }]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: continuousBackup }
    }
  }

  resource database 'sqlDatabases' = {
    name: databaseName
    properties: {
      resource: { id: databaseName }
    }

    resource container 'containers' = {
      name: containerName
      properties: {
        resource: {
          id: containerName
          partitionKey: {
            kind: 'Hash'
            version: 2
            paths: [partitionKeyPath]
          }
          // A write costs what its keys cost: only what a document declares under ix is indexed.
          indexingPolicy: {
            indexingMode: 'consistent'
            automatic: true
            includedPaths: [{ path: '/ix/*' }]
            excludedPaths: [{ path: '/*' }]
          }
        }
        options: autoscaleMaxThroughput == null ? {} : { autoscaleSettings: { maxThroughput: autoscaleMaxThroughput } }
      }
    }
  }

  resource readAndWrite 'sqlRoleAssignments' = {
    name: guid(account.id, appPrincipalId, dataContributor, databaseName)
    properties: {
      principalId: appPrincipalId
      roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
      scope: '${account.id}/dbs/${account::database.name}'
    }
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint
output databaseName string = account::database.name
output containerName string = account::database::container.name
