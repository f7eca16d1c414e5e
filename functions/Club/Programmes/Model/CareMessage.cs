using System.Collections.Frozen;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>One step of the care plan: when to say what.</summary>
/// <param name="DaysBefore">How many days before the occasion; 0: on its day.</param>
/// <param name="MinimumPoints">Only with expiring points: fewer are not worth a message.</param>
public sealed record CareMessage(CareOccasion Occasion, int DaysBefore, CareTemplate Template, Points MinimumPoints = default)
{
    /// <summary>The share of occasions on which nothing is said, so that it shows what saying it does; 0 to <see cref="MostHoldout"/>.</summary>
    public decimal Holdout { get; init; }

    /// <summary>The days before by which it is known among others of its occasion, also where a branch says it on another day.</summary>
    public int NamedBy { get; init; } = DaysBefore;

    /// <summary>What must hold of a member for it to be said to her; none: it is said to all.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>By what it is said: the first that reaches her, and the next where that one fails. At least one.</summary>
    public IReadOnlyList<CareChannel> Channels { get; init; } = [CareChannel.Sms];

    /// <summary>What WeChat says; null: nothing.</summary>
    public WeChatText? WeChat { get; init; }

    /// <summary>Only when maintenance is due: after how many kilometres; null: by date alone.</summary>
    public int? Kilometres { get; init; }

    /// <summary>Only after a complaint: how many days after it was closed.</summary>
    public int DaysAfter { get; init; }

    /// <summary>What is said instead to some of those to whom it is said: the first whose conditions hold.</summary>
    public IReadOnlyList<CareVariant> Variants { get; init; } = [];

    /// <summary>The message as one of its variants says it: still the same step of the plan.</summary>
    public CareMessage As(CareVariant variant) =>
        this with { Template = variant.Template, Channels = variant.Channels, WeChat = variant.WeChat };

    /// <summary>What is held out of a marketing message unless the rule book says otherwise.</summary>
    public const decimal UsualHoldout = 0.1m;

    /// <summary>More would leave too few who hear of it.</summary>
    public const decimal MostHoldout = 0.5m;
}

/// <summary>Another text of one step of the care plan.</summary>
/// <param name="When">What must hold of a member; at least one.</param>
/// <param name="WeChat">What WeChat says; null: nothing.</param>
public sealed record CareVariant(IReadOnlyList<Condition> When, CareTemplate Template, IReadOnlyList<CareChannel> Channels,
    WeChatText? WeChat);

/// <summary>How often marketing may speak: at most so many messages in so many days, over all occasions. What tells of her own, points,
/// tier and orders, is free of it, and so is the welcome.</summary>
public sealed record CareLimit(int Most, int Days);

/// <summary>A template message of WeChat.</summary>
/// <param name="Template">As the account's console names it.</param>
/// <param name="Url">Where a tap leads; null: nowhere.</param>
/// <param name="Data">What stands at the template's names.</param>
public sealed record WeChatText(string Template, string? Url, IReadOnlyList<(string Name, CareTemplate Value)> Data);

/// <summary>How a member hears of something.</summary>
public enum CareChannel
{
    /// <summary>A text message.</summary>
    Sms,

    /// <summary>A call of her branch.</summary>
    Call,

    /// <summary>A template message to a follower.</summary>
    WeChat,

    /// <summary>A letter by post.</summary>
    Mail,
}

public enum CareOccasion
{
    Welcome, Birthday, PurchaseAnniversary, PointsExpiring, TierExpiring,
    MaintenanceDue, WinBack, InsuranceEnd,
    OrderPlaced, OrderConfirmed, OrderShipped, OrderReady, OrderDone, OrderCancelled,
    ActivityInvitation,
    ComplaintFollowUp,
}

public static class CareOccasions
{
    extension(CareOccasion occasion)
    {
        /// <summary>It tells of a step of an order.</summary>
        public bool IsOrder => occasion is >= CareOccasion.OrderPlaced and <= CareOccasion.ActivityInvitation;

        /// <summary>It tells of what she has, or of what she asked for.</summary>
        public bool IsService => occasion is CareOccasion.PointsExpiring or CareOccasion.TierExpiring or CareOccasion.ComplaintFollowUp
            || occasion.IsOrder;
    }
}

/// <summary>The variables that templates may use. Whoever renders supplies all of them; a value that is not known is null.</summary>
public static class CareVariables
{
    private static readonly string[] Member = ["name", "cardNumber", "tierName", "points", "clubName", "dealerId"];

    private static readonly string[] Order = [.. Member, "gift", "quantity", "collectAt"];

    private static readonly FrozenDictionary<CareOccasion, IReadOnlyList<string>> ByOccasion =
        new Dictionary<CareOccasion, IReadOnlyList<string>>
    {
        [CareOccasion.Welcome] = Member,
        [CareOccasion.Birthday] = Member,
        [CareOccasion.PurchaseAnniversary] = [.. Member, "model", "years"],
        [CareOccasion.PointsExpiring] = [.. Member, "pointsExpiring", "expiresOn"],
        [CareOccasion.TierExpiring] = [.. Member, "validUntil"],
        [CareOccasion.MaintenanceDue] = [.. Member, "lastVisit", "expectedBy"],
        [CareOccasion.WinBack] = [.. Member, "lastVisit"],
        [CareOccasion.InsuranceEnd] = [.. Member, "endsOn"],
        [CareOccasion.OrderPlaced] = Order,
        [CareOccasion.OrderConfirmed] = Order,
        [CareOccasion.OrderShipped] = Order,
        [CareOccasion.OrderReady] = Order,
        [CareOccasion.OrderDone] = Order,
        [CareOccasion.OrderCancelled] = Order,
        [CareOccasion.ActivityInvitation] = [.. Member, "activity", "place", "startsOn", "signUpUntil"],
        [CareOccasion.ComplaintFollowUp] = [.. Member, "closedOn"],
    }.ToFrozenDictionary();

    /// <summary>What every template may use, and what the WeChat welcome may use.</summary>
    public static IReadOnlyList<string> Common => Member;

    public static IReadOnlyList<string> Of(CareOccasion occasion) => ByOccasion[occasion];

    /// <summary>A value of the right type for each variable, to try a template with.</summary>
    internal static IReadOnlyDictionary<string, object?> Samples { get; } = new Dictionary<string, object?>
    {
        ["name"] = "王小明",
        ["cardNumber"] = "800012345678",
        ["tierName"] = "金卡",
        ["points"] = Points.Of(12345.67m),
        ["clubName"] = "车友会",
        ["dealerId"] = "D021",
        ["model"] = "明锐",
        ["years"] = 3,
        ["pointsExpiring"] = Points.Of(1200m),
        ["expiresOn"] = new DateOnly(2026, 12, 31),
        ["validUntil"] = new DateOnly(2026, 12, 31),
        ["lastVisit"] = new DateOnly(2026, 6, 30),
        ["expectedBy"] = new DateOnly(2026, 12, 31),
        ["endsOn"] = new DateOnly(2026, 12, 31),
        ["gift"] = "保温杯",
        ["quantity"] = 1,
        ["collectAt"] = "D021",
        ["activity"] = "春季自驾游",
        ["place"] = "杭州西湖",
        ["startsOn"] = new DateOnly(2026, 12, 31),
        ["signUpUntil"] = new DateOnly(2026, 12, 31),
        ["closedOn"] = new DateOnly(2026, 12, 31),
    }.ToFrozenDictionary();
}
