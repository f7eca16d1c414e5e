using 'main.bicep'
import { dev, prod } from 'sizes.bicep'

// For `azd`: `azd env set CLUB_STAGE prod` chooses the sizes; a variable without a default must be set.
param size = { dev: dev, prod: prod }[readEnvironmentVariable('CLUB_STAGE', 'dev')]
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param programme = readEnvironmentVariable('CLUB_PROGRAMME', 'skoda')
param timeZone = readEnvironmentVariable('CLUB_TIME_ZONE', 'Asia/Shanghai')
param smsSignature = readEnvironmentVariable('CLUB_SMS_SIGNATURE', '车友会')
param smsFrom = readEnvironmentVariable('CLUB_SMS_FROM')
param smsDataLocation = readEnvironmentVariable('CLUB_SMS_DATA_LOCATION', 'Asia Pacific')
param smsEvents = bool(readEnvironmentVariable('CLUB_SMS_EVENTS', 'false'))
param authAuthority = readEnvironmentVariable('CLUB_AUTH_AUTHORITY', '')
param authAudience = readEnvironmentVariable('CLUB_AUTH_AUDIENCE', 'club')
param authClientId = readEnvironmentVariable('CLUB_AUTH_CLIENT_ID', '')
param authClientSecret = bool(readEnvironmentVariable('CLUB_AUTH_HAS_SECRET', 'false'))
param weChatAppId = readEnvironmentVariable('CLUB_WECHAT_APP_ID')
param publicAddress = readEnvironmentVariable('CLUB_PUBLIC_ADDRESS', '')
param weChatKeys = readEnvironmentVariable('CLUB_WECHAT_KEYS', 'none')
param weChatAppSecret = bool(readEnvironmentVariable('CLUB_WECHAT_HAS_SECRET', 'false'))
param siteWebhookSecrets = int(readEnvironmentVariable('CLUB_SITE_WEBHOOK_SECRETS', '1'))
param smsWebhookKeys = int(readEnvironmentVariable('CLUB_SMS_WEBHOOK_KEYS', '1'))
param partners = json(readEnvironmentVariable('CLUB_PARTNERS', '[]'))
param duplicateDetection = bool(readEnvironmentVariable('CLUB_DUPLICATE_DETECTION', 'true'))
param eventsTopic = bool(readEnvironmentVariable('CLUB_EVENTS_TOPIC', 'false'))
param alertEmails = json(readEnvironmentVariable('CLUB_ALERT_EMAILS', '[]'))
