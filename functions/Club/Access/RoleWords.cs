namespace Club.Access;

/// <summary>Roles as tokens and commands name them. The operator is none of them: nobody gets that from a token.</summary>
public static class RoleWords
{
    private static readonly Dictionary<string, Role> Words = Enum.GetValues<Role>().Where(role => role != Role.Operator)
        .ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>Those of staff and partners.</summary>
    public static IEnumerable<string> OfStaff => Words.Keys.Where(word => Words[word] != Role.Member);

    public static string Of(Role role) => role.ToString().ToLowerInvariant();

    public static Role? Find(string word) => Words.TryGetValue(word, out var role) ? role : null;
}
