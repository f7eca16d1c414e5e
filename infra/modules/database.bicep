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
    // Every instance reads what any other has committed, as from the embedded store, where the tests prove the club. It costs 5 of the 27 RU of an
    // accrual (a claim, an account and a key are read): about 1.25 USD for a million of them, serverless. Points alone would be safe under Session,
    // by their ETags; a registration that names somebody's VIN decides by another partition's profile. BoundedStaleness costs the same and
    // promises less. With a second region every write would wait for it: decide anew.
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
