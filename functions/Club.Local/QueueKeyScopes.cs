using Club.Transactions;
using Functions.Local.Amqp;
using Functions.Local.Hosting;

namespace Club.Local;

/// <summary>The sources that the settings give each key. A key that is set no more sends for none, however old the message.</summary>
internal sealed class QueueKeyScopes(LocalOptions options) : IKeyScopes
{
    private static readonly KeyScope None = new([]);

    private readonly Dictionary<string, KeyScope> _scopes = options.QueueKeys.ToDictionary(
        pair => pair.Key, pair =>
        QueueKey.TryParse(pair.Key, pair.Value, out var key) ? new KeyScope(key.Sources) : None, StringComparer.Ordinal);

    public KeyScope Of(string key) => _scopes.GetValueOrDefault(key, None);
}
