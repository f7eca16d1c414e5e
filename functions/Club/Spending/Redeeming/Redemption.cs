using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>冻结 → 已确认 → (部分退还) 已退还, or 已取消 or 已过期.</summary>
[JsonConverter(typeof(CamelCaseEnum<RedemptionState>))]
public enum RedemptionState { Held, Confirmed, Cancelled, Lapsed, Refunded }

/// <summary>Points spent 积分兑换, or kept to be spent, and what became of them.</summary>
public sealed record Redemption : IStored<Redemption>
{
    public const string MemberIndex = "ownRedemption", DealerIndex = "redemptionDealer";

    /// <summary>So many parts that were given back are told; the ledger has them all.</summary>
    private const int PartsKept = 20;

    /// <summary>Begins with the member who asked, so that one read finds it.</summary>
    public required string Id { get; init; }

    /// <summary>In whose ledger it stands.</summary>
    public required MemberId MemberId { get; init; }
    public required RedemptionState State { get; init; }
    public required WalletCode Wallet { get; init; }
    public required Points Points { get; init; }

    /// <summary>What the member pays beside the points.</summary>
    public required Money Cash { get; init; }

    public required SpentPrice Price { get; init; }
    public required SpentFor For { get; init; }

    /// <summary>What was taken of which lot, in the order in which it was drawn: points below zero. Of a hold, what it keeps.</summary>
    public required IReadOnlyList<LotLine> Lines { get; init; }

    /// <summary>What is to be taken, or was, beyond what was there.</summary>
    public required Points Overdrawn { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>From this moment the points are free again; null when it was confirmed at once.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was confirmed, cancelled, or over.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public required string Author { get; init; }
    public string? Reason { get; init; }

    /// <summary>Points given back so far.</summary>
    public Points Refunded { get; init; }

    /// <summary>In how many parts.</summary>
    public int Parts { get; init; }

    /// <summary>The latest of them, in their order.</summary>
    public IReadOnlyList<RefundPart> Refunds { get; init; } = [];

    /// <summary>The version of the rule book that it was made by.</summary>
    public required string ProgrammeVersion { get; init; }

    public Redemption After(RefundPart part) => this with
    {
        Refunded = Refunded + part.Points,
        Parts = Parts + 1,
        Refunds = [.. Refunds.TakeLast(PartsKept - 1), part],
    };

    public static string IdOf(MemberId memberId, Command command) => OwnedId.Of(memberId, command.Scope, command.Key);

    static string IStored<Redemption>.DocumentType => "redemption";
    static JsonTypeInfo<Redemption> IStored<Redemption>.JsonType => SpendingDocuments.Default.Redemption;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore]
    public IndexKeys Index => For.DealerId is { } dealer
        ? new([new IndexKey(MemberIndex, IndexKeys.Latest(At)), new IndexKey(DealerIndex, dealer)])
        : new([new IndexKey(MemberIndex, IndexKeys.Latest(At))]);
}

/// <param name="PointValue">What one point paid for, in CNY.</param>
/// <param name="UnitCost">What a point of the wallet cost on that day, in CNY: the price of what was overdrawn.</param>
public sealed record SpentPrice([property: JsonConverter(typeof(PlainNumberConverter))] decimal PointValue,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal UnitCost);

/// <param name="Points">Of those that were spent.</param>
/// <param name="Returned">What the member has of them: less what had lapsed for good.</param>
public sealed record RefundPart(DateTimeOffset At, Points Points, Points Returned, string Reason, string Author);

/// <summary>What points are spent for.</summary>
[JsonConverter(typeof(CamelCaseEnum<SpentKind>))]
public enum SpentKind
{
    /// <summary>A part of a dealer's bill.</summary>
    Bill,

    /// <summary>A part of a partner's bill.</summary>
    Partner,

    /// <summary>A gift of the catalogue.</summary>
    Gift,
}

/// <param name="Amount">Of the bill, or of the gift in all, in CNY.</param>
/// <param name="DealerId">Where it is; of a gift, where it is fetched.</param>
/// <param name="Partner">The code of the partner.</param>
/// <param name="Reference">The bill's number, as the till knows it.</param>
/// <param name="Gift">The code of the gift.</param>
/// <param name="HandsOut">Of a gift: whether the dealer gives it out of its own, and takes the points for it.</param>
public sealed record SpentFor(SpentKind Kind, Money Amount, DealerId? DealerId = null, string? Partner = null, string? Reference = null,
    string? Gift = null, int? Quantity = null, bool? HandsOut = null)
{
    /// <summary>The counter-account that takes the points.</summary>
    [JsonIgnore]
    public string Party => (Partner, DealerId) switch
    {
        ({ } partner, _) => $"partner:{partner}",
        (_, { } dealer) when Kind == SpentKind.Bill || HandsOut is true => $"dealer:{dealer}",
        _ => CounterLine.Programme,
    };
}
