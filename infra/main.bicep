targetScope = 'subscription'

import { size as paidFor } from 'sizes.bicep'

@description('The environment: names the resource group and every resource.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('A region that has Flex Consumption.')
@minLength(1)
param location string

@description('The person who deploys, who may then put secrets into the vault. Empty: nobody.')
param principalId string = ''

@description('Club__Programme: the name of a sample programme.')
param programme string = 'skoda'

@description('Club__TimeZone: the brand\'s time zone, by its IANA name.')
param timeZone string = 'Asia/Shanghai'

@description('Sms__Signature: the brand\'s signature.')
param smsSignature string = '车友会'

@description('Sms__From: the leased number or the name that messages are sent from.')
@minLength(1)
param smsFrom string

@description('Where Communication Services keeps data.')
param smsDataLocation string = 'Asia Pacific'

@description('Subscribes /api/webhooks/sms to delivery reports and replies. Only once the app is deployed: Event Grid calls it to see whether it answers.')
param smsEvents bool = false

@description('Auth__Authority: the OIDC issuer of the brand\'s staff, such as https://login.microsoftonline.com/<tenant>/v2.0. Empty: staff have no tokens.')
param authAuthority string = ''

@description('Auth__Audience: for whom the issuer makes tokens out; with Entra ID the app registration\'s id.')
@minLength(1)
param authAudience string = 'club'

@description('Auth__ClientId: as whom the issuer knows the console, with Entra ID the same id. Empty: staff paste tokens.')
param authClientId string = ''

@description('Whether the issuer asks the console for a secret: auth-client-secret in the key vault.')
param authClientSecret bool = false

@description('Events__Topic: whether all events go to the topic events of the namespace as well.')
param eventsTopic bool = false

@description('WeChat__AppId: the official account.')
@minLength(1)
param weChatAppId string

@description('WeChat__PublicAddress: https://… where members reach the app, so that 会员卡 is answered with a QR code. Empty: in words.')
param publicAddress string = ''

@description('Which EncodingAESKeys the vault holds. Anything but none also refuses plain messages.')
@allowed(['none', 'current', 'currentAndPrevious'])
param weChatKeys string = 'none'

@description('WeChat__AppSecret: whether the vault holds wechat-app-secret, so that members are written to by WeChat.')
param weChatAppSecret bool = false

@description('How many secrets the website signs with: site-webhook-0, site-webhook-1, … Two while one is being changed.')
@minValue(1)
@maxValue(4)
param siteWebhookSecrets int = 1

@description('How many keys may stand in the address of the SMS subscription: sms-webhook-0, sms-webhook-1. Two while one is being changed; the subscription uses the last.')
@minValue(1)
@maxValue(2)
param smsWebhookKeys int = 1

@description('The partners that send transactions with a key: each gets a send-only rule on the queue. Service Bus takes 12 rules a queue.')
@maxLength(12)
param partners string[] = []

@description('Drops a message whose MessageId was seen within ten minutes. All partners must then put their source into the MessageId, because the queue compares nothing else. Cannot be changed later.')
param duplicateDetection bool = true

@description('Who is mailed about alerts.')
param alertEmails string[] = []

param size paidFor

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    retentionDays: size.logRetentionDays
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    sku: size.storageSku
  }
}

module files 'modules/files.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    sku: size.storageSku
    proofDays: size.proofDays
  }
}

module database 'modules/database.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    autoscaleMaxThroughput: size.?autoscaleMaxThroughput
    continuousBackup: size.continuousBackup
  }
}

module keys 'modules/keys.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
  }
}

module queues 'modules/queues.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    partners: partners
    duplicateDetection: duplicateDetection
    eventsTopic: eventsTopic
  }
}

module sms 'modules/sms.bicep' = {
  scope: group
  params: {
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    dataLocation: smsDataLocation
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    blobEndpoint: storage.outputs.blobEndpoint
    packageContainer: storage.outputs.packageContainer
    cosmosEndpoint: database.outputs.endpoint
    cosmosDatabase: database.outputs.databaseName
    cosmosContainer: database.outputs.containerName
    cosmosKeyEndpoint: keys.outputs.endpoint
    cosmosKeyContainer: keys.outputs.containerName
    filesEndpoint: files.outputs.blobEndpoint
    filesContainer: files.outputs.containerName
    serviceBusHost: queues.outputs.host
    smsEndpoint: sms.outputs.endpoint
    vaultUri: vault.outputs.uri
    programme: programme
    timeZone: timeZone
    smsSignature: smsSignature
    smsFrom: smsFrom
    authAuthority: authAuthority
    authAudience: authAudience
    authClientId: authClientId
    authClientSecret: authClientSecret
    weChatAppId: weChatAppId
    publicAddress: publicAddress
    eventsTopic: eventsTopic
    weChatKeys: weChatKeys
    weChatAppSecret: weChatAppSecret
    siteWebhookSecrets: siteWebhookSecrets
    smsWebhookKeys: smsWebhookKeys
    warmInstances: size.warmInstances
    maximumInstances: size.maximumInstances
  }
}

// Its secrets are there before the subscription is made: see the README's order.
resource secrets 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  scope: group
  name: 'kv-club-${token}'
}

module smsSubscription 'modules/sms-events.bicep' = if (smsEvents) {
  scope: group
  params: {
    tags: tags
    communicationServiceName: sms.outputs.name
    storageAccountName: storage.outputs.name
    undeliveredContainer: storage.outputs.undeliveredContainer
    appName: app.outputs.name
    webhookKey: secrets.getSecret('sms-webhook-${smsWebhookKeys - 1}')
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    emails: alertEmails
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: queues.outputs.id
    cosmosId: database.outputs.id
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output CLUB_APP_NAME string = app.outputs.name
output CLUB_APP_URI string = app.outputs.uri
output CLUB_SERVICE_BUS_HOST string = queues.outputs.host
