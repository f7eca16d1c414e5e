using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Club.Access;

/// <summary>The key that opens everything; two, parted by a comma, while one is being changed.</summary>
public sealed class StaffKeys(IConfiguration settings)
{
    public const string Setting = "FunctionsKey";

    /// <summary>Where others than this machine may try, it has at least so many characters: right guesses are not slowed down, for that
    /// would lock out whoever has it.</summary>
    public const int Least = 32;

    private readonly byte[][] _digests = [.. All(settings).Select(Digest)];

    /// <summary>Takes the same time for whatever is shown.</summary>
    public bool Admit(string shown)
    {
        var (digest, isOne) = (Digest(shown), false);
        foreach (var key in _digests) isOne |= CryptographicOperations.FixedTimeEquals(digest, key);
        return isOne;
    }

    public static bool AreStrong(IConfiguration settings) => All(settings) is { Length: > 0 } keys && keys.All(key => key.Length >= Least);

    private static string[] All(IConfiguration settings) =>
        (settings[Setting] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
