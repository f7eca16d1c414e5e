#!/usr/bin/env bash
# Posts a registration as the website does: signed by Standard Webhooks 1.0.
#   tests/samples/register.sh [file] [webhook-id]      CLUB_URL and CLUB_WEBHOOK_SECRET name another host and secret
set -euo pipefail
file=${1:-$(dirname "$0")/registration.json}
id=${2:-msg_$(date +%s%N)}
url=${CLUB_URL:-http://127.0.0.1:7071}/api/webhooks/registrations
secret=${CLUB_WEBHOOK_SECRET:-whsec_ZGV2ZWxvcG1lbnQtc2l0ZS13ZWJob29rLXNlY3JldA==}
time=$(date +%s)
key=$(printf %s "${secret#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
signature=$( { printf '%s.%s.' "$id" "$time"; cat "$file"; } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl -sS -w ' (%{http_code})\n' -H "webhook-id: $id" -H "webhook-timestamp: $time" -H "webhook-signature: v1,$signature" --data-binary "@$file" "$url"
