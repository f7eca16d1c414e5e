using 'main.bicep'
import { prod } from 'sizes.bicep'

// For `az deployment sub create --parameters infra/prod.bicepparam`; `azd` takes main.bicepparam.
param size = prod
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'club-prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'eastasia')
param smsFrom = readEnvironmentVariable('CLUB_SMS_FROM')
param authAuthority = readEnvironmentVariable('CLUB_AUTH_AUTHORITY', '')
param authAudience = readEnvironmentVariable('CLUB_AUTH_AUDIENCE', 'club')
param weChatAppId = readEnvironmentVariable('CLUB_WECHAT_APP_ID')
param publicAddress = readEnvironmentVariable('CLUB_PUBLIC_ADDRESS', '')
param weChatKeys = 'current'
param partners = json(readEnvironmentVariable('CLUB_PARTNERS', '[]'))
param alertEmails = json(readEnvironmentVariable('CLUB_ALERT_EMAILS'))
