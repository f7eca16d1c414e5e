using Club.Kernel;
using Club.Ledger;

namespace Club.Spending;

/// <summary>How points leave a wallet, and come into one, other than by a redemption. Pure.</summary>
internal static class TakeRules
{
    /// <summary>The lots that pay, first-expiring-first: no more than there is, for nobody gives what she owes.</summary>
    /// <param name="issuer">Only points that were earned at this dealer; null: any.</param>
    /// <returns>Problems: <c>being-merged</c>, <c>insufficient-points</c>.</returns>
    public static Outcome<Drawn> Take(Journal journal, WalletCode wallet, Points points, DealerId? issuer = null)
    {
        if (journal.Account.Absorbs is not null) return BeingMerged();
        var available = Points.Max(Points.Zero, DrawRules.Available(journal.Account, wallet, journal.Today, issuer));
        return points > available ? Insufficient(points, available)
            : DrawRules.Draw(journal.Account.Wallet(wallet), points, journal.Today, issuer);
    }

    /// <summary>Whether nothing may leave because of what is owed beyond its deadline.</summary>
    public static Problem? Blocked(Account account) => account.Overdrafts?.FirstOrDefault(owed => owed.IsBlocked) is { } owed
        ? SpendingTerms.OverLimit($"Nothing can be given until the {owed.Points} points owed since {owed.DueOn:yyyy-MM-dd} are repaid.") : null;

    public static Problem BeingMerged() =>
        new("being-merged", "The member's two records are being made one; try again in a moment.") { Kind = ProblemKind.Conflict };

    private static Problem Insufficient(Points points, Points available) =>
        new("insufficient-points", $"{points} points are asked for; {available} can be had.")
        {
            Kind = ProblemKind.Conflict,
            Numbers = new Dictionary<string, decimal> { ["available"] = available.Value, ["missing"] = (points - available).Value },
        };
}
