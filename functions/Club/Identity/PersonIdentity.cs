using Club.Kernel;

namespace Club.Identity;

/// <summary>The ways in which the club recognises a person.</summary>
public enum IdentityKind { Phone, OpenId, UnionId, Card, Vin }

/// <summary>
/// One normalised identifier of a person; equal whenever it names the same person the same way. Not called Identity because inside
/// <c>Club</c> that name is this namespace.
/// </summary>
public readonly record struct PersonIdentity
{
    private const int MaxWeChatId = 64;

    private PersonIdentity(IdentityKind kind, string value) => (Kind, Value) = (kind, value);

    public IdentityKind Kind { get; }

    /// <summary>Personal data: never in ids, logs or metrics. See <see cref="IdentityHasher"/>.</summary>
    public string Value { get; }

    /// <summary>The kind only, so that logs stay free of the value.</summary>
    public override string ToString() => Kind.ToString();

    public static PersonIdentity Of(PhoneNumber phone) => new(IdentityKind.Phone, phone.E164);
    public static PersonIdentity Of(CardNumber card) => new(IdentityKind.Card, card.Value);
    public static PersonIdentity Of(Vin vin) => new(IdentityKind.Vin, vin.Value);

    /// <summary>Case matters. Problem: <c>open-id-invalid</c>.</summary>
    public static Outcome<PersonIdentity> OpenId(string? value) =>
        IsWeChatId(value) ? new PersonIdentity(IdentityKind.OpenId, value!)
            : new Problem("open-id-invalid", "An OpenID has 1 to 64 letters, digits, - and _.");

    /// <summary>Case matters. Problem: <c>union-id-invalid</c>.</summary>
    public static Outcome<PersonIdentity> UnionId(string? value) =>
        IsWeChatId(value) ? new PersonIdentity(IdentityKind.UnionId, value!)
            : new Problem("union-id-invalid", "A UnionID has 1 to 64 letters, digits, - and _.");

    /// <summary>Problems: those of the kind's own parser.</summary>
    public static Outcome<PersonIdentity> Parse(IdentityKind kind, string? value) => kind switch
    {
        IdentityKind.Phone => From(PhoneNumber.Parse(value), Of),
        IdentityKind.Card => From(CardNumber.Parse(value), Of),
        IdentityKind.Vin => From(Vin.Parse(value), Of),
        IdentityKind.OpenId => OpenId(value),
        IdentityKind.UnionId => UnionId(value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Outcome<PersonIdentity> From<T>(Outcome<T> parsed, Func<T, PersonIdentity> identity) =>
        parsed.Succeeded ? identity(parsed.Value) : parsed.Problem!;

    private static bool IsWeChatId(string? value) =>
        value is { Length: > 0 and <= MaxWeChatId } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
