param location string
param tags object
param token string
param identityId string
param identityClientId string
param applicationInsightsName string
param blobEndpoint string
param packageContainer string
param cosmosEndpoint string
param cosmosDatabase string
param cosmosContainer string
param cosmosKeyEndpoint string
param cosmosKeyContainer string
param filesEndpoint string
param filesContainer string
param serviceBusHost string
param smsEndpoint string
param vaultUri string
param programme string
param timeZone string
param smsSignature string
param smsFrom string
param weChatAppId string
param publicAddress string
param eventsTopic bool
param authAuthority string
param authAudience string
param authClientId string
param authClientSecret bool
param weChatKeys string
param weChatAppSecret bool
param siteWebhookSecrets int
param smsWebhookKeys int
param warmInstances int
param maximumInstances int

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

var platformSettings = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AZURE_CLIENT_ID: identityClientId
  AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
}

var clubSettings = {
  Club__Programme: programme
  Club__TimeZone: timeZone
  Club__LookupKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/lookup-key)'
  FunctionsKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/functions-key)'
  Auth__Audience: authAudience
  Auth__TokenKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/token-key)'
  // The platform's front end says whom it has a call from.
  Limits__Proxies: '1'
  Cosmos__Endpoint: cosmosEndpoint
  Cosmos__Database: cosmosDatabase
  Cosmos__Container: cosmosContainer
  Cosmos__KeyEndpoint: cosmosKeyEndpoint
  Cosmos__KeyContainer: cosmosKeyContainer
  Files__Endpoint: filesEndpoint
  Files__Container: filesContainer
  ServiceBus__fullyQualifiedNamespace: serviceBusHost
  ServiceBus__credential: 'managedidentity'
  ServiceBus__clientId: identityClientId
  Sms__Endpoint: smsEndpoint
  Sms__From: smsFrom
  Sms__Signature: smsSignature
  Events__Topic: eventsTopic ? 'events' : ''
  WeChat__AppId: weChatAppId
  WeChat__Token: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/wechat-token)'
}

// Without an issuer staff have no tokens, and the key alone opens what staff see.
var staffTokens = empty(authAuthority)
  ? {}
  : {
      Auth__Authority: authAuthority
    }
var staffSignIn = empty(authClientId)
  ? {}
  : {
      Auth__ClientId: authClientId
    }
var signInSecret = authClientSecret
  ? {
      Auth__ClientSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/auth-client-secret)'
    }
  : {}

// A reference to a secret that is not there stops the app, so each is made only when it is said to be there.
var weChatEncryption = weChatKeys == 'none'
  ? {}
  : {
      WeChat__EncodingAesKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/wechat-encoding-aes-key)'
      WeChat__RequireEncryption: 'true'
    }
var weChatPreviousKey = weChatKeys == 'currentAndPrevious'
  ? {
      WeChat__PreviousEncodingAesKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/wechat-previous-encoding-aes-key)'
    }
  : {}
var weChatMessages = weChatAppSecret
  ? {
      WeChat__AppSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/wechat-app-secret)'
    }
  : {}
var weChatCards = empty(publicAddress)
  ? {}
  : {
      WeChat__PublicAddress: publicAddress
    }

var siteWebhook = toObject(
  range(0, siteWebhookSecrets),
  i => 'SiteWebhook__Secrets__${i}',
  i => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/site-webhook-${i})'
)

var smsWebhook = toObject(
  range(0, smsWebhookKeys),
  i => 'Sms__WebhookKeys__${i}',
  i => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/sms-webhook-${i})'
)

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-club-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-club-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'club' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        alwaysReady: warmInstances > 0 ? [{ name: 'http', instanceCount: warmInstances }] : []
      }
    }
    siteConfig: { minTlsVersion: '1.2' }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      platformSettings,
      clubSettings,
      staffTokens,
      staffSignIn,
      signInSecret,
      weChatEncryption,
      weChatPreviousKey,
      weChatMessages,
      weChatCards,
      siteWebhook,
      smsWebhook
    )
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noDeploymentPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'
