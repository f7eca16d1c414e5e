using System.Collections.Concurrent;
using Club.Kernel;

namespace Club.Desk.Door;

/// <summary>Codes of links with which somebody at this very machine signs in without typing a key: random, used once, and soon
/// over.</summary>
public sealed class OneTimeCodes(TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    private const int MostAtOnce = 16;

    private readonly ConcurrentDictionary<string, long> _issued = new(StringComparer.Ordinal);

    public string Issue()
    {
        foreach (var (old, at) in _issued)
            if (!IsAlive(at) || _issued.Count >= MostAtOnce) _issued.TryRemove(old, out _);
        var code = Ids.Random("");
        _issued[code] = time.GetTimestamp();
        return code;
    }

    /// <summary>Whether it would still let somebody in: a link may be looked at by more than the person who follows it.</summary>
    public bool IsGood(string? code) => code is not null && _issued.TryGetValue(code, out var at) && IsAlive(at);

    /// <returns>Whether it was good, and is no longer.</returns>
    public bool Spend(string? code) => code is not null && _issued.TryRemove(code, out var at) && IsAlive(at);

    private bool IsAlive(long issuedAt) => time.GetElapsedTime(issuedAt) < Life;
}
