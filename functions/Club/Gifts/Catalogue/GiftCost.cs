using System.Text.Json.Serialization;
using Club.Kernel;
using Club.Spending;

namespace Club.Gifts;

/// <summary>What one piece costs: points; points and cash; or as many points as the member likes between two, and cash for the rest of what
/// it is worth.</summary>
/// <param name="Points">Null: the member chooses.</param>
/// <param name="Cash">Beside fixed points, in CNY.</param>
/// <param name="Worth">In CNY, where the member chooses.</param>
public sealed record GiftCost(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Points? Points = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? Cash = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? Worth = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Points? Least = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Points? Most = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Points? Step = null)
{
    /// <summary>Null when the body has another problem.</summary>
    public static GiftCost? Read(JsonFields body)
    {
        var between = ((string[])["worth", "least", "most", "step"]).Where(body.Has).ToArray();
        if (between.Length == 0)
        {
            var points = body.Points("points");
            var cash = body.Money("cash", required: false);
            return points is null ? null : new GiftCost(points, cash);
        }
        foreach (var other in (string[])["points", "cash"])
            if (body.Has(other))
                body.Fail(other, $"a price has either points, and cash beside them, or worth with least, most and step: {other} and {between[0]} do not go together");
        var (worth, least, most, step) = (body.Money("worth"), body.Points("least"), body.Points("most"), body.Points("step"));
        if (worth is null || least is null || most is null || step is null) return null;
        if (most < least) body.Fail("most", $"{most} is less than the least, {least}");
        return new GiftCost(Worth: worth, Least: least, Most: most, Step: step);
    }

    /// <summary>Of so many pieces, by what a point pays for.</summary>
    public GiftPrice Of(WalletCode wallet, int quantity, decimal pointValue, IReadOnlyList<QuoteReason> reasons)
    {
        if (Points is { } each)
        {
            var points = Times(each, quantity);
            var worth = new Money((long)decimal.Floor(points.Hundredths * pointValue) + (Cash?.Fen ?? 0) * quantity);
            return new GiftPrice(wallet, new PointsSpan(points, points, points), worth, pointValue, reasons);
        }
        return new GiftPrice(wallet, new PointsSpan(Times(Least!.Value, quantity), Times(Most!.Value, quantity), Step!.Value),
            new Money(Worth!.Value.Fen * quantity), pointValue, reasons);
    }

    private static Points Times(Points points, int quantity) => new(points.Hundredths * quantity);
}
