using System.Globalization;
using System.Text.Json;
using Club.Kernel;

namespace Club.Dealers;

/// <summary>What a dealer's director asks for.</summary>
/// <param name="Amount">In CNY, of the whole month.</param>
public sealed record BudgetRequest(Money Amount, string Purpose)
{
    /// <summary>In CNY: more than any dealer spends in a month.</summary>
    private const decimal Most = 10_000_000;

    private static readonly string[] States = [.. Enum.GetNames<BudgetState>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>Of which state budgets are listed; null: of any.</summary>
    public static Outcome<BudgetState?> StateOf(string? word)
    {
        if (word is null) return (BudgetState?)null;
        return Array.IndexOf(States, word) is >= 0 and var at ? (BudgetState)at
            : new Problem("invalid-query", $"state: one of {string.Join(", ", States)} is expected.", "state");
    }

    public static Outcome<BudgetRequest> Read(JsonFields body)
    {
        var (amount, purpose) = (Yuan(body, required: true), body.Text("purpose", maximum: Limits.Reason));
        return body.Problem is { } problem ? problem : new BudgetRequest(Money.Of(amount!.Value), purpose!);
    }

    /// <summary>The amount that is approved, so that nobody approves one that she has not seen; null: whichever waits.</summary>
    public static Outcome<Money?> ReadApproval(JsonFields body)
    {
        var amount = Yuan(body, required: false);
        return body.Problem is { } problem ? problem : amount is { } yuan ? Money.Of(yuan) : (Money?)null;
    }

    /// <summary>A calendar month, <c>yyyy-MM</c>.</summary>
    /// <returns>Its first day; null when it is none.</returns>
    public static DateOnly? MonthOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static decimal? Yuan(JsonFields body, bool required)
    {
        if (body.Number("amount", required) is not { } amount) return null;
        if (amount is > 0 and <= Most && decimal.Round(amount, 2) == amount) return amount;
        body.Fail("amount", $"{amount} is not more than 0 and at most {Most}, with at most 2 decimals");
        return null;
    }
}
