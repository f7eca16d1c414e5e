using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Referrals;

/// <summary>跟进中 → 已成交, 已战败 or 已过期.</summary>
[JsonConverter(typeof(CamelCaseEnum<RepurchaseState>))]
public enum RepurchaseState
{
    /// <summary>She is to be asked.</summary>
    Open,

    /// <summary>She has bought another.</summary>
    Won,

    /// <summary>She does not want one, or cannot be asked any more, or what she bought went back.</summary>
    Lost,

    /// <summary>She did not buy in time.</summary>
    Lapsed,
}

/// <summary>That she was asked once.</summary>
/// <param name="Note">In the words of whoever asked; empty once it was kept long enough.</param>
/// <param name="NextOn">When she is to be asked again; null: nobody said.</param>
/// <param name="IsLost">Whether she does not want one.</param>
public sealed record RepurchaseStep(DateTimeOffset At, string Author, string Note, DateOnly? NextOn, bool IsLost);

/// <summary>That the owner of a vehicle of some age is asked for another: once for each vehicle.</summary>
public sealed record Repurchase : IStored<Repurchase>
{
    public const string Document = "repurchase", MemberIndex = "ownRepurchase", DayIndex = "repurchaseDay", StateIndex = "repurchaseState",
        DealerIndex = "repurchaseDealer", AskedIndex = "repurchaseAsked", SaleIndex = "repurchaseSale";

    /// <summary>So many steps are enough for one vehicle.</summary>
    public const int MostSteps = 50;

    /// <summary>Begins with the member for whom it was begun, so that one read finds it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>Whose advisors ask: her branch; null: headquarters.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>Of the vehicle that she has.</summary>
    public required string Vin { get; init; }
    public string? Model { get; init; }
    public required DateOnly PurchasedOn { get; init; }

    /// <summary>Her class by spend when it began; null: it was not known.</summary>
    public string? ValueClass { get; init; }
    public required RepurchaseState State { get; init; }

    /// <summary>When it began, and the business date of that.</summary>
    public required DateTimeOffset At { get; init; }
    public required DateOnly Since { get; init; }

    /// <summary>The last day of a purchase that counts.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The day on which she is to be asked next, or on which it ended.</summary>
    public required DateOnly On { get; init; }
    public IReadOnlyList<RepurchaseStep> Steps { get; init; } = [];
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it is lost, or why nothing was rewarded: a code.</summary>
    public string? Reason { get; init; }

    /// <summary>The entry of the purchase in her ledger, and the line of the vehicle.</summary>
    public string? Sale { get; init; }
    public string? SaleLine { get; init; }

    /// <summary>The day on which it lapses, and then the one on which its notes go.</summary>
    public DateOnly? ForgetOn { get; init; }

    static string IStored<Repurchase>.DocumentType => Document;
    static JsonTypeInfo<Repurchase> IStored<Repurchase>.JsonType => ReferralsDocuments.Default.Repurchase;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => true;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(7)
            {
                new(MemberIndex, Id), new(DayIndex, IndexKeys.Date(On)), new(StateIndex, $"{State}"), new(AskedIndex, IndexKeys.Date(Since)),
            };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            if (Sale is { } sale) keys.Add(new IndexKey(SaleIndex, sale));
            if (ForgetOn is { } day) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(day)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
