namespace Club.Local;

/// <summary>Well-known keys, used where none is set, so that the host runs as it is. They protect nothing.</summary>
public static class DevelopmentKeys
{
    public const string Functions = "development-functions-key";
    public const string QueueKeyName = "development";
    public const string QueueKey = "development-queue-key";

    public const string WeChatToken = "development";
    public const string WeChatAppId = "wxdevelopment";
    public const string WeChatAesKey = "developmentdevelopmentdevelopmentdevelopmen";
    public const string WebhookSecret = "whsec_ZGV2ZWxvcG1lbnQtc2l0ZS13ZWJob29rLXNlY3JldA==";
    public const string LookupKey = "development-lookup-key-0123456789";

    public const string FunctionsSetting = "FunctionsKey";

    internal const string QueueKeysSection = $"{LocalOptions.Section}:{nameof(LocalOptions.QueueKeys)}";

    /// <summary>Adds what <paramref name="settings"/> leaves out.</summary>
    internal static Dictionary<string, string?> For(IConfiguration settings)
    {
        var defaults = new Dictionary<string, string?>();
        if (settings[FunctionsSetting] is null) defaults[FunctionsSetting] = Functions;
        if (!settings.GetSection(QueueKeysSection).GetChildren().Any()) defaults[$"{QueueKeysSection}:{QueueKeyName}"] = $"{QueueKey}:Send";
        if (!settings.GetSection("WeChat").GetChildren().Any())
            // A key that everybody knows protects no better than none: plain messages can be tried by hand.
            (defaults["WeChat:Token"], defaults["WeChat:AppId"], defaults["WeChat:EncodingAesKey"],
                defaults["WeChat:RequireEncryption"]) = (WeChatToken, WeChatAppId, WeChatAesKey, "false");
        if (!settings.GetSection("SiteWebhook").GetChildren().Any()) defaults["SiteWebhook:Secrets:0"] = WebhookSecret;
        if (settings["Club:LookupKey"] is null) defaults["Club:LookupKey"] = LookupKey;
        return defaults;
    }

    internal static bool AreUsed(IConfiguration settings) =>
        settings[FunctionsSetting] == Functions || settings[$"{QueueKeysSection}:{QueueKeyName}"] is not null;

    /// <summary>Banner lines for the well-known keys of the webhooks that are in use.</summary>
    internal static IEnumerable<string> DescribeWebhooks(IConfiguration settings)
    {
        if (settings["WeChat:Token"] == WeChatToken)
            yield return Cli.Banner.Line("WeChat",
                $"token {WeChatToken}, app {WeChatAppId}, AES key {WeChatAesKey}, plain messages too (well known, for development; set WeChat__Token and the others)");
        if (settings["SiteWebhook:Secrets:0"] == WebhookSecret)
            yield return Cli.Banner.Line("Website",
                $"webhook secret {WebhookSecret} (well known, for development; set SiteWebhook__Secrets__0)");
        if (!settings.GetSection("Sms:WebhookKeys").GetChildren().Any())
            yield return Cli.Banner.Line("SMS events",
                "/api/webhooks/sms takes them from anybody (for development; set Sms__WebhookKeys__0)");
        if (settings["Club:LookupKey"] == LookupKey)
            yield return Cli.Banner.Line("Lookup key", "well known, for development; set Club__LookupKey before the first real member");
    }
}
