using Club.Kernel;

namespace Club.Access;

/// <summary>Who did something, told from others by what the issuer knows her by; where there is no issuer, by her name.</summary>
public sealed record ActingPerson(string Name, string? Subject)
{
    public static ActingPerson Of(Caller caller) => new(caller.Name ?? AuditTrail.Unnamed, caller.Subject);

    /// <summary>Whether both are one: whoever holds the key and names nobody is one person.</summary>
    public bool IsSameAs(ActingPerson other) =>
        Subject is { } one && other.Subject is { } two ? one == two : string.Equals(Name.Trim(), other.Name.Trim(),
            StringComparison.OrdinalIgnoreCase);

    /// <summary>Four eyes: nobody decides about what she asked for.</summary>
    /// <param name="what">What was asked for.</param>
    /// <returns>Problem <c>own-request</c>; null when it is another person.</returns>
    public Problem? MustNotDecide(string what, ActingPerson by) => IsSameAs(by)
        ? new Problem("own-request", $"{what} was asked for by you; another person decides.") { Kind = ProblemKind.Denied } : null;
}
