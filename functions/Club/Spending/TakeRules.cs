using Club.Kernel;
using Club.Ledger;

namespace Club.Spending;

/// <summary>How points leave a wallet, and come into one, other than by a redemption. Pure.</summary>
internal static class TakeRules
{
    /// <summary>The lots that pay, first-expiring-first: no more than there is, for nobody gives what she owes.</summary>
    /// <param name="issuer">Only points that were earned at this dealer; null: any.</param>
    /// <returns>Problems: <c>being-merged</c>, <c>insufficient-points</c>, <c>over-limit</c>.</returns>
    public static Outcome<Drawn> Take(Journal journal, WalletCode wallet, Points points, DealerId? issuer = null)
    {
        if (journal.Account.Absorbs is not null) return LedgerProblems.BeingMerged();
        var available = Points.Max(Points.Zero, DrawRules.Available(journal.Account, wallet, journal.Today, issuer));
        if (points > available) return Insufficient(points, available);
        var drawn = DrawRules.Draw(journal.Account.Wallet(wallet), points, journal.Today, issuer);
        return DrawRules.TooMany(drawn) is { } scattered ? scattered : drawn;
    }

    /// <summary>Whether nothing may leave because of what is owed beyond its deadline.</summary>
    public static Problem? Blocked(Account account) => account.Overdrafts?.FirstOrDefault(owed => owed.IsBlocked) is { } owed
        ? SpendingTerms.OverLimit($"Nothing can be given until the {owed.Points} points owed since {owed.DueOn:yyyy-MM-dd} are repaid.") : null;

    private static Problem Insufficient(Points points, Points available) =>
        new("insufficient-points", $"{points} points are asked for; {available} can be had.")
        {
            Kind = ProblemKind.Conflict,
            Numbers = new Dictionary<string, decimal> { ["available"] = available.Value, ["missing"] = (points - available).Value },
        };
}
