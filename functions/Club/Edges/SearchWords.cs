using Club.Identity;
using Club.Members;
using Club.Store;

namespace Club.Edges;

/// <summary>What members are looked for by, as callers name it.</summary>
public static class SearchWords
{
    /// <summary>Each leads to one member or none.</summary>
    public static readonly IReadOnlyDictionary<string, IdentityKind> Identities = new Dictionary<string, IdentityKind>
    {
        ["phone"] = IdentityKind.Phone, ["card"] = IdentityKind.Card, ["vin"] = IdentityKind.Vin, ["openId"] = IdentityKind.OpenId,
        ["unionId"] = IdentityKind.UnionId,
    };

    /// <summary>Keys of the profile, the rarest first: the first that is asked for is looked up.</summary>
    public static readonly IReadOnlyDictionary<string, string> Keys = new Dictionary<string, string>
    {
        ["plate"] = Profile.PlateIndex, ["name"] = Profile.NameIndex, ["hobby"] = Profile.HobbyIndex, ["dealerId"] = "dealer",
        ["status"] = "status",
    };

    /// <summary>What is looked up for a key as a caller writes it.</summary>
    public static IndexKey Key(string name, string value) => new(Keys[name], name == "plate" ? Plate.Normalise(value) ?? value : value);
}
