using 'main.bicep'
import { dev } from 'sizes.bicep'

// For `az deployment sub create --parameters infra/dev.bicepparam`; `azd` takes main.bicepparam.
param size = dev
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'club-dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'eastasia')
param smsFrom = readEnvironmentVariable('CLUB_SMS_FROM')
param authAuthority = readEnvironmentVariable('CLUB_AUTH_AUTHORITY', '')
param authAudience = readEnvironmentVariable('CLUB_AUTH_AUDIENCE', 'club')
param weChatAppId = readEnvironmentVariable('CLUB_WECHAT_APP_ID')
