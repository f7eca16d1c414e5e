using System.Text.RegularExpressions;
using Club.Desk.Frame;
using Club.Edges;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Store;

namespace Club.Desk.Rooms.Members;

/// <summary>What members are looked for by: one box that takes whatever somebody shows or says, and keys beside it.</summary>
/// <param name="Shown">By what one who stands there is known, to a dealer's staff.</param>
/// <param name="Carried">The same, as links to her must carry it on.</param>
public sealed partial record SearchQuestion(MemberCriteria Criteria, PersonIdentity? Shown, (string Name, string? Value) Carried)
{
    private static readonly (string Name, IdentityKind Kind)[] Identities =
    [
        ("vin", IdentityKind.Vin), ("card", IdentityKind.Card), ("phone", IdentityKind.Phone), ("openId", IdentityKind.OpenId),
        ("unionId", IdentityKind.UnionId),
    ];

    private static readonly (string Name, string Key)[] Keys =
    [
        ("plate", Profile.PlateIndex), ("name", Profile.NameIndex), ("hobby", Profile.HobbyIndex), ("dealerId", "dealer"),
        ("status", "status"),
    ];

    public static Outcome<SearchQuestion> Read(Visit visit)
    {
        var (identities, keys) = (new List<PersonIdentity>(), new List<IndexKey>());
        (PersonIdentity? Identity, string Name, string? Value) shown = (null, "phone", null);
        foreach (var (name, value) in Asked(visit))
        {
            if (Array.Find(Identities, identity => identity.Name == name) is { Name: not null } known)
            {
                var identity = PersonIdentity.Parse(known.Kind, value);
                if (identity.Problem is { } problem) return problem with { Path = name };
                identities.Add(identity.Value);
                if (name is "phone" or "card" or "vin") shown = (identity.Value, name, value);
            }
            else
                keys.Add(new IndexKey(Array.Find(Keys, key => key.Name == name).Key,
                    name == "plate" ? Plate.Normalise(value) ?? value : value));
        }
        var tier = visit.Asked("tier") is { } code ? new TierCode(code) : (TierCode?)null;
        return new SearchQuestion(new MemberCriteria(identities, [.. keys.Distinct()], tier), shown.Identity, (shown.Name, shown.Value));
    }

    private static IEnumerable<(string Name, string Value)> Asked(Visit visit)
    {
        if (visit.Asked("q") is { } text) yield return (Guess(text), text);
        foreach (var name in Identities.Select(identity => identity.Name).Concat(Keys.Select(key => key.Name)))
            if (visit.Asked(name) is { } value) yield return (name, value);
    }

    /// <summary>What a text is that somebody typed without saying so. A name is whatever is nothing else.</summary>
    private static string Guess(string text) =>
        Vin.Parse(text).Succeeded ? "vin"
        : CardNumber.Parse(text).Succeeded ? "card"
        : PhoneNumber.Parse(text).Succeeded ? "phone"
        : Plate.Normalise(text) is { } plate && ChinesePlate().IsMatch(plate) ? "plate"
        : OfWeChat().IsMatch(text) ? "openId"
        : Digits().IsMatch(text) ? "phone"
        : "name";

    [GeneratedRegex(@"^\p{IsCJKUnifiedIdeographs}[A-Z][A-Z0-9]{5,6}$")]
    private static partial Regex ChinesePlate();

    [GeneratedRegex("^o[A-Za-z0-9_-]{27}$")]
    private static partial Regex OfWeChat();

    /// <summary>A number that is none of a phone is told to be wrong, not taken for a name.</summary>
    [GeneratedRegex(@"^[+\d][\d \-]{5,}$")]
    private static partial Regex Digits();
}
