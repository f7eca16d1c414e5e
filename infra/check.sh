#!/usr/bin/env bash
# Builds and lints the Bicep; any finding fails. The compiler is the one inside its NuGet package, so nothing else is needed.
set -euo pipefail
version=0.49.2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/bicep.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="Azure.Bicep.CommandLine.linux-x64" Version="[$version]" /></ItemGroup>
</Project>
XML
dotnet restore "$work/bicep.csproj" --packages "$work/packages" --verbosity quiet
bicep="$work/packages/azure.bicep.commandline.linux-x64/$version/tools/bicep"
chmod +x "$bicep"

findings=0
# Warnings go to standard error and leave the exit code 0.
check() {
  local said
  if ! said=$("$bicep" "$@" 2>&1 >/dev/null) || [ -n "$said" ]; then
    printf '%s\n' "$said" >&2
    findings=1
  fi
}
check lint "$here/main.bicep"
check build "$here/main.bicep" --outfile "$work/main.json"
# The variables that have no default.
export AZURE_ENV_NAME=check AZURE_LOCATION=eastasia CLUB_SMS_FROM=Club CLUB_WECHAT_APP_ID=wx0000000000000000
export CLUB_ALERT_EMAILS='["club@example.com"]'
for stage in dev prod; do
  CLUB_STAGE=$stage check build-params "$here/main.bicepparam" --outfile "$work/azd-$stage.json"
  check build-params "$here/$stage.bicepparam" --outfile "$work/$stage.json"
done
for source in "$here"/modules/*.bicep "$here"/*.bicep "$here"/*.bicepparam; do
  "$bicep" format "$source" --outfile "$work/formatted" && cmp -s "$source" "$work/formatted" || { echo "$source is not formatted." >&2; findings=1; }
done
if [ "$findings" -ne 0 ]; then exit 1; fi
echo "Bicep: no findings."
