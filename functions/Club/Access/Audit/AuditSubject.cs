using System.Text.RegularExpressions;
using Club.Identity;
using Club.Kernel;

namespace Club.Access;

/// <summary>What of an address may stand in a record: ids, and nothing personal.</summary>
public static partial class AuditSubject
{
    /// <summary>The ids of members in a text.</summary>
    public static IEnumerable<MemberId> Members(string text) => MemberIds().Matches(text).Select(match => new MemberId(match.Value));

    /// <summary>What else the parts name: a rejection, a programme, a file. What may be somebody's phone or VIN is left out.</summary>
    public static string? Of(IEnumerable<string> parts)
    {
        string[] kept = [.. parts.Where(part => Harmless().IsMatch(part) && !MemberIds().IsMatch(part) && !IsPersonal(part))];
        return kept.Length == 0 ? null : string.Join('/', kept);
    }

    private static bool IsPersonal(string part) =>
        PersonIdentity.Parse(IdentityKind.Phone, part).Succeeded || PersonIdentity.Parse(IdentityKind.Vin, part).Succeeded;

    [GeneratedRegex("(?<![0-9A-Za-z])M[0-9A-HJKMNP-TV-Z]{16}(?![0-9A-Za-z])")]
    private static partial Regex MemberIds();

    [GeneratedRegex(@"^[A-Za-z0-9._:@-]{1,100}$")]
    private static partial Regex Harmless();
}
