using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Kernel;

namespace Club.Identity;

/// <summary>
/// Turns identities into partition ids that tell nothing: a keyed hash, because a plain one of a phone number is undone by trying them all.
/// Changing the key loses every claim.
/// </summary>
public sealed class IdentityHasher : IDisposable
{
    public const int MinKeyBytes = 32;

    // 144 bits: 24 characters without padding.
    private const int HashBytes = 18;

    // Keying a hash costs more than hashing a phone number: each thread keeps one keyed.
    private readonly ThreadLocal<IncrementalHash> _keyed;

    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinKeyBytes"/>.</exception>
    public IdentityHasher(byte[] key)
    {
        if (key.Length < MinKeyBytes) throw new ArgumentException($"The identity key needs at least {MinKeyBytes} bytes.", nameof(key));
        byte[] copy = [.. key];
        _keyed = new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, copy));
    }

    /// <summary>The partition of the claim on an identity: <c>claim:phone:…</c>.</summary>
    public string Claim(PersonIdentity identity)
    {
        var kind = NameOf(identity.Kind);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash($"{kind}\n{identity.Value}", hash);
        return $"claim:{kind}:{Ids.Base64Url(hash[..HashBytes])}";
    }

    /// <summary>What stands in an index in place of something that tells of a person.</summary>
    public string Key(string name, string value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash($"{name}\n{value}", hash);
        return Ids.Base64Url(hash[..HashBytes]);
    }

    /// <summary>The id of the member who gave a number that is another's: the same for the same person, so that a form that is sent again
    /// makes no further member.</summary>
    /// <param name="number">Counts whoever was so and was forgotten.</param>
    public MemberId NewHolder(PersonIdentity phone, string name, DateOnly birthday, int number = 0)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        string?[] parts = [phone.Value, name, birthday.ToString("O", CultureInfo.InvariantCulture)];
        Hash(Ids.Derived("holder\n", number == 0 ? parts : [.. parts, number.ToString(CultureInfo.InvariantCulture)]), hash);
        return new MemberId(Ids.Crockford("M", hash[..16]));
    }

    private void Hash(string text, Span<byte> hash)
    {
        var keyed = _keyed.Value!;
        keyed.AppendData(Encoding.UTF8.GetBytes(text));
        keyed.GetHashAndReset(hash);
    }

    public void Dispose() => _keyed.Dispose();

    private static string NameOf(IdentityKind kind) => kind switch
    {
        IdentityKind.Phone => "phone",
        IdentityKind.OpenId => "openId",
        IdentityKind.UnionId => "unionId",
        IdentityKind.Card => "card",
        IdentityKind.Vin => "vin",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
