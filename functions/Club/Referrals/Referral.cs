using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Referrals;

/// <summary>报备 → 成交 or 失效.</summary>
[JsonConverter(typeof(CamelCaseEnum<ReferralState>))]
public enum ReferralState
{
    /// <summary>Reported before a purchase.</summary>
    Open,

    /// <summary>Who was named has bought, and both are rewarded as the rule book says.</summary>
    Bought,

    /// <summary>The purchase was taken back, and with it the rewards.</summary>
    Returned,

    /// <summary>Who was named has bought, and for a reason nobody is rewarded.</summary>
    Refused,

    /// <summary>Nobody bought in time.</summary>
    Lapsed,
}

/// <summary>That a member named somebody who may buy a vehicle. It stands with the member, until a purchase, or the end of its time,
/// decides it.</summary>
public sealed record Referral : IStored<Referral>
{
    public const string Document = "referral", MemberIndex = "ownReferral", KnownIndex = "whoReferral", SaleIndex = "referralSale",
        ListIndex = "referral", StateIndex = "referralState", DealerIndex = "referralDealer", ToIndex = "referralTo",
        BillIndex = "referralBill";

    /// <summary>So many bills of one vehicle are noted.</summary>
    public const int MostBills = 10;

    /// <summary>Begins with the member who reported, so that one read finds it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>The dealer who follows it up: whoever took it down, or the member's own.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>By what who may buy is known; at least one of them until the person is forgotten.</summary>
    public string? Phone { get; init; }
    public string? Vin { get; init; }
    public string? Name { get; init; }

    /// <summary>What she is interested in.</summary>
    public string? Model { get; init; }
    public required ReferralState State { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The last day of a purchase that counts.</summary>
    public required DateOnly Until { get; init; }
    public required string Author { get; init; }

    /// <summary>The entries of bills that told the vehicle of which it names the buyer; null: none did.</summary>
    public IReadOnlyList<string>? Bills { get; init; }

    /// <summary>Who bought, as she was known then.</summary>
    public MemberId? To { get; init; }

    /// <summary>The entry of the purchase in her ledger, and the line of the vehicle.</summary>
    public string? Sale { get; init; }
    public string? SaleLine { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why nobody, or one of them, is not rewarded: a code.</summary>
    public string? Reason { get; init; }

    /// <summary>The same, telling nothing of who was named.</summary>
    public Referral Nameless() => this with { Phone = null, Vin = null, Name = null };

    static string IStored<Referral>.DocumentType => Document;
    static JsonTypeInfo<Referral> IStored<Referral>.JsonType => ReferralsDocuments.Default.Referral;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Phone is not null || Vin is not null || Name is not null;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(8)
            {
                new(MemberIndex, IndexKeys.Latest(At)), new(ListIndex, IndexKeys.Latest(At)), new(StateIndex, $"{State}"),
            };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            // For as long as what was told of her is to be found.
            if (Phone is { } phone) keys.Add(new IndexKey(KnownIndex, phone));
            if (Vin is { } vin) keys.Add(new IndexKey(KnownIndex, vin));
            if (State == ReferralState.Open) keys.AddRange((Bills ?? []).Select(bill => new IndexKey(BillIndex, bill)));
            if (To is { } to) keys.Add(new IndexKey(ToIndex, to));
            if (Sale is { } sale) keys.Add(new IndexKey(SaleIndex, sale));
            if (State == ReferralState.Open) keys.Add(new IndexKey(DueIndex.Referral, IndexKeys.Date(Until.AddDays(1))));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
