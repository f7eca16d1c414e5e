using Club.Kernel;
using Club.Programmes;

namespace Club.Transactions;

/// <summary>What the holder of a queue key may send for. A port: the host knows its keys.</summary>
public interface IKeyScopes
{
    KeyScope Of(string key);
}

/// <summary>For a host that does not know with which key a message was sent.</summary>
public sealed class EverySource : IKeyScopes
{
    public KeyScope Of(string key) => KeyScope.Every;
}

/// <summary>The sources that a key names. A source <c>/dms/D021</c>, or another that ends in a dealer whom the programme lists, speaks for
/// that dealer.</summary>
/// <param name="Sources">Null: every source.</param>
public sealed record KeyScope(IReadOnlyList<string>? Sources)
{
    private const string DealerSystems = "/dms/";

    public static KeyScope Every { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>
    /// Why a message is not this key's to send. A return or a confirmation can only mean a transaction of its own source, so what it may
    /// touch is decided by its source as well.
    /// </summary>
    /// <returns>Null when it is.</returns>
    public Problem? Refuse(string key, Incoming message, Func<string, bool> isListed)
    {
        if (Sources is null) return null;
        if (!Sources.Contains(message.Source))
            return new Problem("foreign-source", $"The queue key \"{key}\" does not send for the source {message.Source}.", "$.source");
        if (message.Dealer is not var (dealer, path) || DealerOf(message.Source, isListed) is null) return null;
        return Sources.Any(source => DealerOf(source, isListed) == dealer)
            ? null
            : new Problem("foreign-dealer", $"The queue key \"{key}\" does not send for dealer \"{dealer}\".", path);
    }

    private static string? DealerOf(string source, Func<string, bool> isListed)
    {
        var last = source[(source.LastIndexOf('/') + 1)..];
        return source == DealerSystems + last || isListed(last) ? last : null;
    }
}

/// <summary>Whether the key with which a message was sent names its source and its dealer.</summary>
public sealed class KeyCheck(IKeyScopes scopes)
{
    public Problem? Refuse(string? key, Incoming message, ProgrammeVersions rules) =>
        key is null ? null : scopes.Of(key).Refuse(key, message, code => rules.Current.FindDealer(new DealerId(code)) is not null);
}
