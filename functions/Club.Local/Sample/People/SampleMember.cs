using Club.Kernel;

namespace Club.Local.Sample;

/// <summary>How she keeps to the visits that are expected of her.</summary>
internal enum SampleLoyalty
{
    OnTime,

    /// <summary>Late by up to one interval.</summary>
    Late,

    /// <summary>In time, and at several dealers.</summary>
    SeveralDealers,
}

/// <param name="PurchasedOn">Before the club's first day for whoever comes with her car.</param>
/// <param name="Price">CNY.</param>
internal sealed record SampleCar(string Vin, string Plate, SampleModel Model, int Price, DateOnly PurchasedOn);

/// <summary>
/// A person as she is in truth, of which the club sees only what happens: whoever tests what the club concludes (visit classes, churn)
/// compares with this.
/// </summary>
internal sealed record SampleMember
{
    /// <summary>The campaign under which a second car is sold.</summary>
    public const string Repurchase = "repurchase";

    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required bool IsWoman { get; init; }
    public required string Phone { get; init; }

    /// <summary>Null: she did not say.</summary>
    public required DateOnly? Birthday { get; init; }
    public required SampleRegion Region { get; init; }
    public required SampleCity City { get; init; }

    /// <summary>Her own, of whose branch she is a member.</summary>
    public required DealerId Dealer { get; init; }
    public required IReadOnlyList<string> Hobbies { get; init; }
    public required bool SmsConsent { get; init; }

    /// <summary>Where she registers: <c>website</c>, <c>wechat</c> or <c>dealer</c>.</summary>
    public required string Source { get; init; }
    public required string? OpenId { get; init; }
    public required string? UnionId { get; init; }

    /// <summary>One, or two where she bought another.</summary>
    public required IReadOnlyList<SampleCar> Cars { get; init; }
    public required SampleLoyalty Loyalty { get; init; }
    public required int KilometresPerDay { get; init; }

    /// <summary>The maker's interval: so many kilometres or six months, whichever is first.</summary>
    public required int IntervalKilometres { get; init; }

    /// <summary>The day from which the dealers tell of her.</summary>
    public required DateOnly SeenFrom { get; init; }

    /// <summary>The day on which she follows the WeChat account, before she registers; null: not before.</summary>
    public required DateOnly? FollowedOn { get; init; }

    /// <summary>The day on which she registers; null: never, and what she does waits for her.</summary>
    public required DateOnly? JoinedOn { get; init; }

    /// <summary>The day from which she never comes again; null: she still does.</summary>
    public required DateOnly? LostOn { get; init; }

    /// <summary>Days between the visits that are expected of her.</summary>
    public int ExpectedInterval => Math.Min(MostDays, IntervalKilometres / KilometresPerDay);

    /// <summary>Six months.</summary>
    public const int MostDays = 183;
}
