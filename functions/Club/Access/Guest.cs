using Club.Identity;

namespace Club.Access;

/// <summary>Who stands before a dealer's staff and is another dealer's: told by each call itself, so that nothing is kept that would open
/// her later.</summary>
public static class Guest
{
    private static readonly (string Name, IdentityKind Kind)[] Shown =
        [("phone", IdentityKind.Phone), ("card", IdentityKind.Card), ("vin", IdentityKind.Vin)];

    /// <summary>The names under which a call tells what she shows.</summary>
    public static IEnumerable<string> Names => Shown.Select(one => one.Name);

    /// <param name="told">The one value that the call has under a name; null for none or several.</param>
    public static Caller Before(Caller caller, Func<string, string?> told)
    {
        if (caller.Dealer is null) return caller;
        foreach (var (name, kind) in Shown)
            if (told(name) is { Length: > 0 } value && PersonIdentity.Parse(kind, value) is { Succeeded: true } identity)
                return caller with { Before = identity.Value };
        return caller;
    }
}
