using System.Collections.Frozen;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>One step of the care plan: when to say what.</summary>
/// <param name="DaysBefore">How many days before the occasion; 0: on its day.</param>
/// <param name="MinimumPoints">Only with expiring points: fewer are not worth a message.</param>
public sealed record CareMessage(CareOccasion Occasion, int DaysBefore, CareTemplate Template, Points MinimumPoints = default);

public enum CareOccasion
{
    Welcome, Birthday, PurchaseAnniversary, PointsExpiring, TierExpiring,
    OrderPlaced, OrderConfirmed, OrderShipped, OrderReady, OrderDone, OrderCancelled,
    ActivityInvitation,
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
        [CareOccasion.OrderPlaced] = Order,
        [CareOccasion.OrderConfirmed] = Order,
        [CareOccasion.OrderShipped] = Order,
        [CareOccasion.OrderReady] = Order,
        [CareOccasion.OrderDone] = Order,
        [CareOccasion.OrderCancelled] = Order,
        [CareOccasion.ActivityInvitation] = [.. Member, "activity", "place", "startsOn", "signUpUntil"],
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
        ["gift"] = "保温杯",
        ["quantity"] = 1,
        ["collectAt"] = "D021",
        ["activity"] = "春季自驾游",
        ["place"] = "杭州西湖",
        ["startsOn"] = new DateOnly(2026, 12, 31),
        ["signUpUntil"] = new DateOnly(2026, 12, 31),
    }.ToFrozenDictionary();
}
