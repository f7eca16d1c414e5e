using System.Text.Json;
using Club.Kernel;

namespace Club.Spending;

/// <summary>What an adjustment is asked for with.</summary>
/// <param name="Points">Below zero for what is to be taken.</param>
/// <param name="DealerId">Whose points they are; null: of points that are good at their issuer only, the member's own dealer.</param>
public sealed record AdjustmentRequest(WalletCode Wallet, Points Points, string Reason, DealerId? DealerId)
{
    public static Outcome<AdjustmentRequest> Read(JsonFields body)
    {
        var wallet = body.Id<WalletCode>("wallet", maximum: 64);
        var points = body.Change("points");
        var reason = body.Reason();
        var dealer = body.Id<DealerId>("dealerId", required: false, maximum: 64);
        return body.Problem is { } problem ? problem : new AdjustmentRequest(wallet!.Value, points!.Value, reason!, dealer);
    }

    private static readonly string[] Words = [.. Enum.GetNames<AdjustmentState>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>Of which state they are listed; null: of any.</summary>
    public static Outcome<AdjustmentState?> StateOf(string? word)
    {
        if (word is null) return (AdjustmentState?)null;
        return Array.IndexOf(Words, word) is >= 0 and var at ? (AdjustmentState)at
            : new Problem("invalid-query", $"state: one of {string.Join(", ", Words)} is expected.", "state");
    }
}
