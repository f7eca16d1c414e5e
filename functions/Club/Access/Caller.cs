using Club.Identity;
using Club.Kernel;

namespace Club.Access;

/// <summary>Who calls: from a key or a token, once, where the call comes in.</summary>
/// <param name="Name">Under which what is changed is kept, at most <see cref="Limits.Author"/> characters; null while an operator has named
/// nobody.</param>
public sealed record Caller(IReadOnlyList<Role> Roles, string? Name)
{
    /// <summary>Whoever holds the key of the club: may do everything, and says who acts.</summary>
    public static readonly Caller Operator = new([Role.Operator], null);

    /// <summary>The operator, as the one who is named.</summary>
    public static Caller OperatorAs(string name) => Operator with { Name = name };

    /// <summary>By what the issuer tells one from the other, whatever she is called; null: the operator.</summary>
    public string? Subject { get; init; }

    /// <summary>The dealer whose staff it is; null: not a dealer's.</summary>
    public DealerId? Dealer { get; init; }

    /// <summary>The code of the partner whose staff or system it is; null: not a partner's.</summary>
    public string? Partner { get; init; }

    /// <summary>The member herself; null: somebody else.</summary>
    public MemberId? Member { get; init; }

    /// <summary>By what the person is known who stands before a dealer's staff: a phone, a card or a VIN, in full. It opens that one
    /// member to them, masked.</summary>
    public PersonIdentity? Before { get; init; }

    public bool IsOperator => Roles.Contains(Role.Operator);

    /// <summary>The caller as far as a right goes: a role that does not have it widens nothing of what one sees by another.</summary>
    /// <returns>Null when none of the roles has it.</returns>
    public Caller? For(Right right) =>
        Roles.Where(role => Rights.Has(role, right)).ToArray() is { Length: > 0 } roles ? this with { Roles = roles } : null;

    /// <summary>Whether she sees some members only.</summary>
    public bool IsScoped => Roles.All(IsOfScope);

    /// <summary>Whether persons are shown to her masked, wherever they are from: to an auditor, and to whoever may not read a
    /// member.</summary>
    public bool IsMasked => Roles.All(Hides);

    /// <summary>Whether she looks at what others do, and does nothing herself.</summary>
    public bool IsAuditor => Roles.All(role => role == Role.Auditor);

    /// <summary>How a member is shown to her: of several roles the one that shows most counts.</summary>
    /// <returns>Whether masked; null when the member is not hers to see.</returns>
    public bool? SeesMasked(MemberId member, DealerId? dealer)
    {
        if (Roles.Any(role => !IsOfScope(role) && !Hides(role))) return false;
        if (Roles.Contains(Role.Member) && Member == member) return false;
        if (Roles.Any(role => role is Role.Director or Role.Advisor) && Dealer is { } own && own == dealer) return false;
        return Roles.Any(Hides) ? true : null;
    }

    private static bool Hides(Role role) => !IsOfScope(role) && (role == Role.Auditor || !Rights.Has(role, Right.ReadMember));

    private static bool IsOfScope(Role role) => role is Role.Director or Role.Advisor or Role.Partner or Role.Member;

    /// <summary>The caller under the name that the body gives as <c>author</c>: an operator gives one, nobody else may.</summary>
    /// <param name="required">Whether an operator must.</param>
    public Caller Named(JsonFields body, bool required = true)
    {
        if (IsOperator) return this with { Name = required || body.Has("author") ? body.Author() : Name };
        if (body.Has("author")) body.Fail("author", "who calls by a token is the author", "invalid-data");
        return this;
    }

    /// <summary>The name of one who is named.</summary>
    /// <exception cref="InvalidOperationException">Nobody is named: a mistake of the code, not of the caller.</exception>
    public string Author => Name ?? throw new InvalidOperationException("The caller has no name.");
}
