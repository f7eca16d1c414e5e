using System.Text.Json;

namespace Functions.Local.Hosting;

/// <summary>Where settings come from: development keys, then <c>local.settings.json</c> → <c>Values</c>, then the environment; the later
/// wins.</summary>
public static class LocalSettings
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="StartException">The file is not what it should be.</exception>
    public static IConfiguration Load(string directory)
    {
        var file = Path.Combine(directory, "local.settings.json");
        var values = File.Exists(file) ? Values(file) : [];
        return WithDevelopmentKeys(new ConfigurationBuilder().AddInMemoryCollection(values).AddEnvironmentVariables().Build());
    }

    /// <summary>Settings given in code, keys with <c>__</c> or <c>:</c>.</summary>
    public static IConfiguration Of(IEnumerable<KeyValuePair<string, string?>> values) =>
        WithDevelopmentKeys(new ConfigurationBuilder().AddInMemoryCollection(values.Select(Normal)).Build());

    private static IConfigurationRoot WithDevelopmentKeys(IConfiguration settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(DevelopmentKeys.For(settings)).AddConfiguration(settings).Build();

    private static KeyValuePair<string, string?> Normal(KeyValuePair<string, string?> value) =>
        new(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value);

    private static IEnumerable<KeyValuePair<string, string?>> Values(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            if (!document.RootElement.TryGetProperty("Values", out var values)) return [];
            return [.. values.EnumerateObject().Select(value => Normal(new(value.Name, Text(value.Value))))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StartException($"{file} is not a settings file with an object 'Values': {e.Message}", e);
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
