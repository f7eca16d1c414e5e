namespace Functions.Local.Hosting;

/// <summary>Well-known keys, used where none is set, so that the host runs as it is. They protect nothing.</summary>
public static class DevelopmentKeys
{
    public const string Functions = "development-functions-key";
    public const string QueueKeyName = "development";
    public const string QueueKey = "development-queue-key";

    public const string FunctionsSetting = "FunctionsKey";

    internal const string QueueKeysSection = $"{LocalOptions.Section}:{nameof(LocalOptions.QueueKeys)}";

    /// <summary>Adds what <paramref name="settings"/> leaves out.</summary>
    internal static Dictionary<string, string?> For(IConfiguration settings)
    {
        var defaults = new Dictionary<string, string?>();
        if (settings[FunctionsSetting] is null) defaults[FunctionsSetting] = Functions;
        if (!settings.GetSection(QueueKeysSection).GetChildren().Any())
            defaults[$"{QueueKeysSection}:{QueueKeyName}"] = $"{QueueKey}:Send,Listen";
        return defaults;
    }

    internal static bool AreUsed(IConfiguration settings) =>
        settings[FunctionsSetting] == Functions || settings[$"{QueueKeysSection}:{QueueKeyName}"] is not null;
}
