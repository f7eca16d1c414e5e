using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Gifts;

[JsonConverter(typeof(CamelCaseEnum<GiftKind>))]
public enum GiftKind { Goods, Voucher, Service }

/// <summary>How the member comes by it.</summary>
[JsonConverter(typeof(CamelCaseEnum<Collect>))]
public enum Collect
{
    /// <summary>There is nothing to fetch.</summary>
    None,

    /// <summary>It is sent to her.</summary>
    Ship,

    /// <summary>She fetches it at a dealer.</summary>
    Dealer,
}

/// <summary>Who may have it: all that is said must hold.</summary>
/// <param name="Tiers">One of these; empty: any.</param>
/// <param name="Dealers">A member of one of these branches; empty: any.</param>
/// <param name="MemberDays">A member for at least so many days.</param>
/// <param name="Vehicles">The owner of at least so many.</param>
public sealed record GiftTerms(IReadOnlyList<TierCode> Tiers, IReadOnlyList<DealerId> Dealers, int MemberDays = 0, int Vehicles = 0);

/// <summary>How many pieces one member may have in a day, a month or a year of the brand's calendar, or ever.</summary>
public sealed record GiftLimit(int Count, [property: JsonConverter(typeof(CamelCaseEnum<CapPeriod>))] CapPeriod Per);

/// <summary>Something of the catalogue 礼品: what it costs, who may have it, and how it is handed over.</summary>
public sealed record Gift : IStored<Gift>
{
    public const string Id = "gift";
    public const string CodeIndex = "gift", CategoryIndex = "giftCategory", UntilIndex = "giftUntil";

    /// <summary>Whoever redeems it: headquarters.</summary>
    public const string Headquarters = "hq";

    /// <summary>The dealer that hands it out.</summary>
    public const string OfDealer = "dealer";

    /// <summary>A partner, by its code.</summary>
    public const string OfPartner = "partner:";

    public required string Code { get; init; }

    /// <summary>As members read it.</summary>
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required string Category { get; init; }
    public required GiftKind Kind { get; init; }

    /// <summary>The first day on which it is offered.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last; null: until further notice.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The wallet that pays; null: the first that the programme lets spend.</summary>
    public WalletCode? Wallet { get; init; }

    /// <summary>Of one piece.</summary>
    public required GiftCost Price { get; init; }

    /// <summary>By the code of a tier, where its members pay otherwise.</summary>
    public IReadOnlyDictionary<string, GiftCost> Tiers { get; init; } = new Dictionary<string, GiftCost>();
    public required GiftTerms For { get; init; }
    public GiftLimit? PerMember { get; init; }
    public required Collect Collect { get; init; }

    /// <summary>The dealers where it is fetched, or its vouchers are used; empty: every one.</summary>
    public IReadOnlyList<DealerId> At { get; init; } = [];

    /// <summary>How long its vouchers are good, in months from the day of the order; null: for ever.</summary>
    public int? ValidMonths { get; init; }

    /// <summary>Who takes the points: <see cref="Headquarters"/>, <see cref="OfDealer"/>, or a partner.</summary>
    public required string Party { get; init; }

    /// <summary>How long an order keeps its points before somebody confirms it; null: as the programme says.</summary>
    public int? HoldMinutes { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string Author { get; init; }

    /// <summary>The code of the partner who takes the points; null: no partner does.</summary>
    [JsonIgnore] public string? Partner => Party.StartsWith(OfPartner, StringComparison.Ordinal) ? Party[OfPartner.Length..] : null;

    public static string PartitionOf(string code) => $"gift:{code}";

    /// <summary>What one piece costs a member of a tier.</summary>
    public GiftCost CostFor(TierCode tier) => Tiers.TryGetValue(tier, out var cost) ? cost : Price;

    public bool IsOffered(DateOnly today) => From <= today && !(To < today);

    static string IStored<Gift>.DocumentType => Id;
    static JsonTypeInfo<Gift> IStored<Gift>.JsonType => GiftsDocuments.Default.Gift;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index => new([new(CodeIndex, Code), new(CategoryIndex, Category), new(UntilIndex,
        IndexKeys.Date(To ?? DateOnly.MaxValue))]);
}
