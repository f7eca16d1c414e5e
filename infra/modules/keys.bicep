// The keys of what is personal, in an account of their own: a backup of the documents must not hold them, and their own lapses within hours, so
// that a person who was erased is erased in every copy (docs/decisions/0031-a-key-for-each-person.md).
param location string
param tags object
param token string
param appPrincipalId string

var databaseName = 'club'
var containerName = 'keys'
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: 'cosmos-club-keys-${token}'
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    capabilities: [{ name: 'EnableServerless' }]
    // A key that another instance has destroyed must not be written with again.
    consistencyPolicy: { defaultConsistencyLevel: 'Strong' }
    locations: [{ locationName: location, failoverPriority: 0 }]
    // The shortest that there is: two copies, four hours apart.
    backupPolicy: {
      type: 'Periodic'
      periodicModeProperties: {
        backupIntervalInMinutes: 240
        backupRetentionIntervalInHours: 8
        backupStorageRedundancy: 'Local'
      }
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
            paths: ['/pk']
          }
          indexingPolicy: {
            indexingMode: 'consistent'
            automatic: true
            includedPaths: [{ path: '/ix/*' }]
            excludedPaths: [{ path: '/*' }]
          }
        }
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

output endpoint string = account.properties.documentEndpoint
output containerName string = account::database::container.name
