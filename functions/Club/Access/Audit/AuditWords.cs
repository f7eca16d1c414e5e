using System.Text.Json;
using Club.Kernel;

namespace Club.Access;

/// <summary>Purposes as callers name them.</summary>
public static class AuditWords
{
    private static readonly Dictionary<string, Purpose> Words =
        Enum.GetValues<Purpose>().ToDictionary(purpose => JsonNamingPolicy.CamelCase.ConvertName($"{purpose}"), StringComparer.Ordinal);

    public static Purpose? Purpose(string word) => Words.TryGetValue(word, out var purpose) ? purpose : null;

    /// <summary>A sentence that says which there are, and which was perhaps meant.</summary>
    public static string Unknown(string word) =>
        $"there is no such purpose. Known are {string.Join(", ", Words.Keys)}{Nearest.Hint(word, Words.Keys)}";
}
