using Functions.Local.Amqp;
using Functions.Local.Hosting;

namespace Functions.Local.Cli;

/// <summary>A Service Bus connection string to a host that speaks plain AMQP, as <c>UseDevelopmentEmulator=true</c> says.</summary>
internal sealed record ConnectionString(string Host, int Port, string KeyName, string Key, string? Queue)
{
    private const int AmqpPort = 5672;

    /// <exception cref="StartException">It is not such a connection string. The message does not repeat it: it holds a key.</exception>
    public static ConnectionString Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToLookup(part => part[0], part => part.Length == 2 ? part[1] : "", StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(parts["Endpoint"].FirstOrDefault(), UriKind.Absolute, out var endpoint)
            || parts["SharedAccessKeyName"].FirstOrDefault() is not { Length: > 0 } name || parts["SharedAccessKey"].FirstOrDefault()
                is not { Length: > 0 } key)
            throw new StartException("The connection string needs Endpoint=sb://host, SharedAccessKeyName and SharedAccessKey.");
        if (!string.Equals(parts["UseDevelopmentEmulator"].FirstOrDefault(), "true", StringComparison.OrdinalIgnoreCase))
            throw new StartException("This command sends to a local host only: the connection string needs UseDevelopmentEmulator=true.");
        return new ConnectionString(endpoint.Host, endpoint.Port > 0 ? endpoint.Port : AmqpPort, name, key,
            parts["EntityPath"].FirstOrDefault());
    }

    /// <summary>The host that the settings of this machine describe.</summary>
    public static ConnectionString Of(LocalOptions options)
    {
        var key = options.QueueKeys.Select(pair => QueueKey.TryParse(pair.Key, pair.Value, out var parsed) ? parsed : null)
            .FirstOrDefault(k => k is { MaySend: true })
            ?? throw new StartException("No key with the claim Send is set (Local__QueueKeys__<name>); give --connection.");
        var host = options.Address is "0.0.0.0" or "::" ? "127.0.0.1" : options.Address;
        return new ConnectionString(host, options.AmqpPort == 0 ? AmqpPort : options.AmqpPort, key.Name, key.Key, null);
    }
}
