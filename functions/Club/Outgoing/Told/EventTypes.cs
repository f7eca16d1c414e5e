using Club.Kernel;

namespace Club.Outgoing;

/// <summary>The types of events that go out, and what a subscription may ask for.</summary>
public static class EventTypes
{
    public const string Registered = "club.member.registered", Changed = "club.member.changed", Merged = "club.member.merged",
        Left = "club.member.left";
    public const string Accrued = "club.points.accrued", Reversed = "club.points.reversed", Expired = "club.points.expired",
        Redeemed = "club.points.redeemed", Refunded = "club.points.refunded", Transferred = "club.points.transferred",
        Adjusted = "club.points.adjusted", Released = "club.points.released";
    public const string TierChanged = "club.tier.changed";
    public const string OrderPlaced = "club.order.placed", OrderConfirmed = "club.order.confirmed", OrderShipped = "club.order.shipped",
        OrderReady = "club.order.ready", OrderDone = "club.order.done", OrderCancelled = "club.order.cancelled";
    public const string SmsSent = "club.sms.sent", SmsFailed = "club.sms.failed";

    /// <summary>Sent by <c>test</c> alone, whatever a subscription asks for.</summary>
    public const string Test = "club.test";

    private const string Any = ".*";

    public static readonly IReadOnlyList<string> All =
    [
        Registered, Changed, Merged, Left, Accrued, Reversed, Expired, Redeemed, Refunded, Transferred, Adjusted, Released, TierChanged,
        OrderPlaced, OrderConfirmed, OrderShipped, OrderReady, OrderDone, OrderCancelled, SmsSent, SmsFailed,
    ];

    /// <summary>What a subscription may ask for: a type, or all that begin alike, such as <c>club.order.*</c>.</summary>
    public static readonly IReadOnlyList<string> Askable =
    [
        .. All, "club" + Any, .. All.Select(type => type[..type.LastIndexOf('.')] + Any).Distinct(),
    ];

    /// <summary>Whether one of what was asked for covers the type.</summary>
    public static bool Cover(IReadOnlyList<string> asked, string type)
    {
        foreach (var one in asked)
            if (one == type || one.EndsWith(Any, StringComparison.Ordinal) && type.AsSpan().StartsWith(one.AsSpan(..^1))) return true;
        return false;
    }

    /// <returns>Null when it can be asked for; otherwise why not.</returns>
    public static string? Unknown(string asked) => Askable.Contains(asked) ? null
        : $"there are no events \"{asked}\"{Nearest.Hint(asked, Askable)}";
}
