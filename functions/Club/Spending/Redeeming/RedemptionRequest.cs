using System.Text.Json;
using Club.Kernel;

namespace Club.Spending;

/// <summary>What a redemption is asked for with.</summary>
/// <param name="Wallet">Null: the programme's first.</param>
/// <param name="Hold">Whether the points are only kept until somebody confirms.</param>
public sealed record RedemptionRequest(WalletCode? Wallet, Points Points, SpentFor For, bool Hold)
{
    public static Outcome<RedemptionRequest> Read(JsonFields body)
    {
        var wallet = body.Id<WalletCode>("wallet", required: false, maximum: 64);
        var points = body.Points("points");
        var purpose = body.Child("for") is { } what ? ReadFor(what) : null;
        var hold = body.Flag("hold") ?? false;
        return body.Problem is { } problem ? problem : new RedemptionRequest(wallet, points!.Value, purpose!, hold);
    }

    private static SpentFor? ReadFor(JsonFields body)
    {
        var kind = KindOf(body);
        var amount = body.Money("amount");
        var dealer = body.Id<DealerId>("dealerId", required: false, maximum: 64);
        var partner = body.Partner(required: kind == SpentKind.Partner);
        var reference = body.Text("reference", required: false, maximum: 64);
        return kind is { } known && amount is { } money
            ? new SpentFor(known, money, dealer, known == SpentKind.Partner ? partner : null, reference) : null;
    }

    private static SpentKind? KindOf(JsonFields body)
    {
        if (body.Text("kind") is not { } word) return null;
        string[] known = [.. new[] { SpentKind.Bill, SpentKind.Partner }.Select(kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}"))];
        var at = Array.IndexOf(known, word);
        if (at >= 0) return (SpentKind)at;
        body.Fail("kind", word == "gift" ? "a gift is ordered: POST /members/{id}/orders"
            : $"\"{word}\" is none of {string.Join(", ", known)}{Nearest.Hint(word, known)}");
        return null;
    }
}

/// <summary>What a quote is asked for with.</summary>
/// <param name="Bill">Null: a gift is asked for.</param>
public sealed record QuoteRequest(WalletCode? Wallet, SpentFor? Bill, string? Gift, int Quantity)
{
    public static Outcome<QuoteRequest> Read(JsonFields body)
    {
        var wallet = body.Id<WalletCode>("wallet", required: false, maximum: 64);
        var gift = body.Text("gift", required: false, maximum: 64);
        var quantity = body.Whole("quantity", required: false) ?? 1;
        if (quantity is < 1 or > MostPieces) body.Fail("quantity", $"a whole number from 1 to {MostPieces} is expected");
        SpentFor? bill = null;
        if (gift is null && body.Child("bill") is { } asked && asked.Money("amount") is { } amount)
            bill = asked.Partner(required: false) is { } partner
                ? new SpentFor(SpentKind.Partner, amount, Partner: partner)
                : new SpentFor(SpentKind.Bill, amount, asked.Id<DealerId>("dealerId", required: false, maximum: 64));
        return body.Problem is { } problem ? problem : new QuoteRequest(wallet, bill, gift, quantity);
    }

    /// <summary>The most pieces of a gift that one order takes.</summary>
    public const int MostPieces = 1000;
}

/// <summary>Of a refund.</summary>
/// <param name="Points">Null: all that was not given back yet.</param>
public sealed record RefundRequest(Points? Points, string Reason)
{
    public static Outcome<RefundRequest> Read(JsonFields body)
    {
        var (points, reason) = (body.Points("points", required: false), body.Reason());
        return body.Problem is { } problem ? problem : new RefundRequest(points, reason!);
    }
}
