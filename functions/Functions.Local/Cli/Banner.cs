using System.Diagnostics;
using System.Globalization;
using Functions.Local.Hosting;

namespace Functions.Local.Cli;

/// <summary>What the host says when it is ready: where it is, by which keys it is used, what to try. The last line starts with
/// <c>Ready</c>.</summary>
internal static class Banner
{
    public static async Task Write(TextWriter output, LocalHost host, IConfiguration settings, HostComposition composition,
        DateTimeOffset? now)
    {
        var lines = new List<string>
        {
            Line("HTTP", $"{host.HttpAddress.GetLeftPart(UriPartial.Authority)}/api"),
            Line("Queue", QueueConnection(host)),
            Line("Data", host.DataDirectory),
        };
        lines.AddRange(Keys(host, settings));
        if (now is { } moment)
            lines.Add(Line("Clock", moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) + " and running on"));
        lines.AddRange(await composition.Describe(host.Services));
        lines.Add(Line("Try",
            $"curl -H 'x-functions-key: {ShownFunctionsKey(settings)}' {host.HttpAddress.GetLeftPart(UriPartial.Authority)}{composition.FirstCall}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"Ready in {SinceProcessStart().TotalSeconds:0.0} s."));
        foreach (var line in lines) await output.WriteLineAsync(line);
        await output.FlushAsync();
    }

    /// <summary>A banner line as the host writes its own.</summary>
    public static string Line(string name, string value) => $"{name,-10} {value}";

    private static IEnumerable<string> Keys(LocalHost host, IConfiguration settings)
    {
        yield return Line("Staff key", HasDevelopmentFunctionsKey(settings)
            ? $"{DevelopmentKeys.Functions} (well known, for development; set {DevelopmentKeys.FunctionsSetting} to another)"
            : "as set");
        yield return Line("Queue key", DevelopmentQueueKey(host) is { } key
            ? $"{DevelopmentKeys.QueueKeyName}: {key} (well known, for development; set Local__QueueKeys__<name> to another)"
            : $"as set: {string.Join(", ", Options(host).QueueKeys.Keys.Order(StringComparer.Ordinal))}");
    }

    private static string QueueConnection(LocalHost host)
    {
        var (name, key) = DevelopmentQueueKey(host) is { } known ? (DevelopmentKeys.QueueKeyName, known) : ("<name>", "<key>");
        return $"Endpoint=sb://{host.HttpAddress.Host}:{host.AmqpPort};SharedAccessKeyName={name};SharedAccessKey={key};UseDevelopmentEmulator=true;";
    }

    private static LocalOptions Options(LocalHost host) => host.Services.GetRequiredService<LocalOptions>();

    private static bool HasDevelopmentFunctionsKey(IConfiguration settings) =>
        settings[DevelopmentKeys.FunctionsSetting] == DevelopmentKeys.Functions;

    private static string ShownFunctionsKey(IConfiguration settings) =>
        HasDevelopmentFunctionsKey(settings) ? DevelopmentKeys.Functions : "<the staff key>";

    /// <summary>The well-known key, while it is in use under its name.</summary>
    private static string? DevelopmentQueueKey(LocalHost host) =>
        Options(host).QueueKeys.TryGetValue(DevelopmentKeys.QueueKeyName, out var setting)
        && Amqp.QueueKey.TryParse(DevelopmentKeys.QueueKeyName, setting, out var key) && key.Key == DevelopmentKeys.QueueKey
            ? key.Key
            : null;

    private static TimeSpan SinceProcessStart() =>
        TimeProvider.System.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
}
