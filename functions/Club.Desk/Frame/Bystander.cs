using Club.Access;
using Club.Identity;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Frame;

/// <summary>Who stands before a dealer's staff: told by each call itself, as with the other functions, so that nothing is kept that would
/// open her later.</summary>
public static class Bystander
{
    private static readonly (string Name, IdentityKind Kind)[] Shown =
        [("phone", IdentityKind.Phone), ("card", IdentityKind.Card), ("vin", IdentityKind.Vin)];

    public static Caller With(Caller caller, IQueryCollection query)
    {
        if (caller.Dealer is null) return caller;
        foreach (var (name, kind) in Shown)
            if (query[name] is [{ Length: > 0 } value] && PersonIdentity.Parse(kind, value) is { Succeeded: true } identity)
                return caller with { Before = identity.Value };
        return caller;
    }

    /// <summary>What a link to the same person must carry on.</summary>
    public static (string Name, string? Value) Carried(Visit visit)
    {
        if (visit.Caller?.Dealer is not null)
            foreach (var (name, _) in Shown)
                if (visit.Asked(name) is { } value) return (name, value);
        return ("phone", null);
    }
}
