using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Club.Azure;

/// <summary>
/// Settings that name a secret in a key vault. When the platform cannot read the secret, the app gets the reference itself as the value; as
/// a lookup key that would even pass for a valid one, and every claim made under it would be lost later.
/// </summary>
public static class KeyVaultReferences
{
    private const string Prefix = "@Microsoft.KeyVault(";

    /// <exception cref="OptionsValidationException">Names every setting whose secret could not be read.</exception>
    public static void RequireResolved(IConfiguration configuration)
    {
        var unresolved = configuration.AsEnumerable()
            .Where(setting => setting.Value?.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true)
            .Select(setting =>
                $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}: the secret in the key vault cannot be read. Does it exist, and may the app's identity read it?")
            .Order(StringComparer.Ordinal)
            .ToList();
        if (unresolved.Count > 0) throw new OptionsValidationException("", typeof(IConfiguration), unresolved);
    }
}
