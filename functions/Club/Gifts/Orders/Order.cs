using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Gifts;

/// <summary>已下单 → 已确认 → 已发货 or 可取 → 已完成; 已取消 from each of them.</summary>
[JsonConverter(typeof(CamelCaseEnum<OrderState>))]
public enum OrderState
{
    Placed, Confirmed, Shipped, Ready, Done, Cancelled,

    /// <summary>On its way to be placed: stock is being promised to it, and nobody is told of it.</summary>
    Opening,

    /// <summary>It was not placed: what it was promised is being given back.</summary>
    Failed,
}

/// <summary>What happened to an order, and who did it.</summary>
/// <param name="Reference">Of whoever carries it.</param>
public sealed record OrderStep(OrderState State, DateTimeOffset At, string Author, string? Reason = null, string? Reference = null);

/// <summary>To whom and where it is sent.</summary>
public sealed record ShipTo(string Name, string Phone, string Address);

/// <summary>A gift that a member ordered 兑换订单, from the promise of its stock to the end.</summary>
public sealed record Order : IStored<Order>
{
    public const string ListIndex = "order", StateIndex = "orderState", DealerIndex = "orderDealer", StockIndex = "orderStock",
        MemberIndex = "ownOrder", GiftIndex = "ownOrderOf";

    /// <summary>Who takes a step that nobody asked for.</summary>
    public const string Club = "club";

    /// <summary>The reason of the step with which an order ends whose member is forgotten.</summary>
    public const string Erased = "erased";

    private const string Prefix = ".O-";

    /// <summary>How long a host may take to place it, or to give back its stock, before the sweep does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Begins with the member who asked, so that one read finds it.</summary>
    public required string Id { get; init; }

    /// <summary>In whose ledger it stands.</summary>
    public required MemberId MemberId { get; init; }
    public required OrderState State { get; init; }
    public required string Gift { get; init; }

    /// <summary>Of the gift, as it was called then.</summary>
    public required string Name { get; init; }
    public required GiftKind Kind { get; init; }
    public required Collect Collect { get; init; }
    public required int Quantity { get; init; }
    public DealerId? CollectAt { get; init; }
    public ShipTo? ShipTo { get; init; }
    public WalletCode? Wallet { get; init; }
    public Points Points { get; init; }
    public Money Cash { get; init; }
    public string? RedemptionId { get; init; }
    public IReadOnlyList<VoucherId> Vouchers { get; init; } = [];

    /// <summary>The last day of its vouchers.</summary>
    public DateOnly? ValidUntil { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Unless it is confirmed before, it is cancelled at this moment.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public IReadOnlyList<OrderStep> Steps { get; init; } = [];
    public required string Author { get; init; }

    /// <summary>The day on which its address goes; null: it has none, or it has not ended.</summary>
    public DateOnly? ForgetOn { get; init; }

    /// <summary>Under what its stock is promised: another for each try that began anew.</summary>
    public required string Cause { get; init; }

    /// <summary>Whether its stock is, or may be, promised to it.</summary>
    public required bool IsStocked { get; init; }

    /// <summary>A digest of what it was asked for with.</summary>
    public required string Content { get; init; }

    public static string IdOf(MemberId memberId, Command command) => $"{memberId}{Prefix}{Ids.Derived("", "order", command.Scope, command.Key)[..12]}";

    public static string RedemptionOf(string orderId) => OwnedId.Of(OwnedId.MemberOf(orderId), "order", orderId);

    /// <summary>What is not for anybody to see.</summary>
    [JsonIgnore] public bool IsHidden => State is OrderState.Opening or OrderState.Failed;

    [JsonIgnore] public bool IsEndedByErasure => Steps is [.., { Reason: Erased, Author: Club }];

    /// <summary>An order whose points are kept no longer is over, whether or not a sweep came by.</summary>
    public OrderState On(DateTimeOffset now) => State == OrderState.Placed && ExpiresAt <= now ? OrderState.Cancelled : State;

    public Order After(OrderStep step) => this with { State = step.State, Steps = [.. Steps, step], ExpiresAt = null };

    /// <summary>Once it has ended its address is kept for so many days more.</summary>
    public Order Until(DateOnly today, int days) =>
        this with { ForgetOn = ShipTo is not null && State is (OrderState.Done or OrderState.Cancelled) ? today.AddDays(days) : null };

    /// <summary>Without its address.</summary>
    public Order Forgotten() => this with { ShipTo = null, ForgetOn = null };

    static string IStored<Order>.DocumentType => "order";
    static JsonTypeInfo<Order> IStored<Order>.JsonType => GiftsDocuments.Default.Order;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => ShipTo is not null;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(8);
            if (!IsHidden)
            {
                var when = IndexKeys.Latest(At);
                keys.AddRange([new(ListIndex, when), new(MemberIndex, when), new(GiftIndex, $"{Gift}\n{when}"), new(StateIndex, $"{State}")]);
                if (CollectAt is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            }
            if (IsStocked) keys.Add(new IndexKey(StockIndex, Gift));
            if (Due is { } due) keys.Add(new IndexKey(DueIndex.Order, IndexKeys.Moment(due)));
            if (ForgetOn is { } day) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(day)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }

    /// <summary>When the sweep has something to do with it.</summary>
    [JsonIgnore]
    public DateTimeOffset? Due => State switch
    {
        OrderState.Opening or OrderState.Failed => At + Patience,
        OrderState.Placed => ExpiresAt,
        OrderState.Cancelled when IsStocked => Steps[^1].At,
        _ => null,
    };
}
