using System.Globalization;
using Functions.Local.Cli;
using Functions.Local.Hosting;

namespace Club.Local;

/// <summary>Well-known keys of the club, used where none is set, so that it runs as it is. They protect nothing.</summary>
public static class ClubDevelopmentKeys
{
    public const string WeChatToken = "development";
    public const string WeChatAppId = "wxdevelopment";
    public const string WeChatAesKey = "developmentdevelopmentdevelopmentdevelopmen";
    public const string WebhookSecret = "whsec_ZGV2ZWxvcG1lbnQtc2l0ZS13ZWJob29rLXNlY3JldA==";
    public const string LookupKey = "development-lookup-key-0123456789";
    public const string TokenKey = "development-token-key-0123456789-0123456789";

    /// <summary>What <paramref name="settings"/> leave out.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> For(IConfiguration settings)
    {
        if (!settings.GetSection("WeChat").GetChildren().Any())
        {
            yield return new("WeChat:Token", WeChatToken);
            yield return new("WeChat:AppId", WeChatAppId);
            yield return new("WeChat:EncodingAesKey", WeChatAesKey);
            // A key that everybody knows protects no better than none: plain messages can be tried by hand.
            yield return new("WeChat:RequireEncryption", "false");
            if (OwnAddress(settings) is { } address) yield return new("WeChat:PublicAddress", address);
        }
        if (!settings.GetSection("SiteWebhook").GetChildren().Any()) yield return new("SiteWebhook:Secrets:0", WebhookSecret);
        if (settings["Auth:TokenKey"] is null) yield return new("Auth:TokenKey", TokenKey);
        if (settings["Auth:Authority"] is null && settings["Auth:OwnStaffTokens"] is null) yield return new("Auth:OwnStaffTokens", "true");
        if (settings["Club:LookupKey"] is null) yield return new("Club:LookupKey", LookupKey);
    }

    /// <summary>Where this machine's own browser reaches the host; null where others reach it, too, and where the port is not known
    /// before it listens.</summary>
    private static string? OwnAddress(IConfiguration settings)
    {
        var port = settings["Local:HttpPort"] ?? new LocalOptions().HttpPort.ToString(CultureInfo.InvariantCulture);
        return settings["Local:Address"] is null && port != "0" ? $"http://127.0.0.1:{port}" : null;
    }

    /// <summary>Banner lines for those that are in use.</summary>
    internal static IEnumerable<string> Describe(IConfiguration settings)
    {
        if (settings["WeChat:Token"] == WeChatToken)
            yield return Banner.Line("WeChat",
                $"token {WeChatToken}, app {WeChatAppId}, AES key {WeChatAesKey}, plain messages too (well known, for development; set WeChat__Token and the others)");
        if (settings["SiteWebhook:Secrets:0"] == WebhookSecret)
            yield return Banner.Line("Website",
                $"webhook secret {WebhookSecret} (well known, for development; set SiteWebhook__Secrets__0)");
        if (!settings.GetSection("Sms:WebhookKeys").GetChildren().Any())
            yield return Banner.Line("SMS events",
                "/api/webhooks/sms takes them from anybody (for development; set Sms__WebhookKeys__0)");
        if (settings["Auth:TokenKey"] == TokenKey)
            yield return Banner.Line("Tokens", settings["Auth:Authority"] is { } issuer
                ? $"of staff from {issuer}; members' signed with a well-known key, for development; set Auth__TokenKey"
                : "signed with a well-known key, for development (-- token --role hq prints one; set Auth__TokenKey, and Auth__Authority)");
        if (settings["Club:LookupKey"] == LookupKey)
            yield return Banner.Line("Lookup key", "well known, for development; set Club__LookupKey before the first real member");
    }
}
