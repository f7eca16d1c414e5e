using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Club.Access;

/// <summary>Tokens of the issuer that were found good, by their digest, so that a signature is verified once and not with every call. They
/// end when they would end, and all of them when the issuer's keys are fetched anew.</summary>
internal sealed class KnownTokens
{
    /// <summary>Only good ones are kept, so nobody fills it but who has them from the issuer.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<(UInt128 First, UInt128 Second), Known> _known = new();

    /// <param name="keys">The issuer's keys of now.</param>
    public Caller? Find(string token, object keys) =>
        _known.TryGetValue(Digest(token), out var known) && known.Keys == keys && DateTime.UtcNow < known.Ends ? known.Caller : null;

    /// <param name="ends">UTC.</param>
    public void Keep(string token, object keys, DateTime ends, Caller caller)
    {
        if (_known.Count >= Most)
        {
            foreach (var (digest, known) in _known)
                if (known.Keys != keys || known.Ends <= DateTime.UtcNow) _known.TryRemove(digest, out _);
            if (_known.Count >= Most) _known.Clear();
        }
        _known[Digest(token)] = new Known(caller, keys, ends);
    }

    private static (UInt128 First, UInt128 Second) Digest(string token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), digest);
        return (MemoryMarshal.Read<UInt128>(digest), MemoryMarshal.Read<UInt128>(digest[16..]));
    }

    private sealed record Known(Caller Caller, object Keys, DateTime Ends);
}
