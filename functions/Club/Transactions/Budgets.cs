using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Transactions;

/// <summary>What a budget grants a transaction, and what others have had of it.</summary>
public readonly record struct BudgetGrant(Points Granted, Points UsedByOthers);

/// <summary>What campaign budgets pay. Pure.</summary>
public static class BudgetRules
{
    /// <summary>What the awards ask of each budget.</summary>
    public static IReadOnlyList<(Budget Budget, Points Wanted)> Wanted(Priced priced) =>
        priced.Awards.Any(award => award.By.Budget is not null)
        ? [.. priced.Awards.Where(award => award.By.Budget is not null).GroupBy(award => award.By.Budget!)
            .Select(awards => (priced.Programme.FindBudget(awards.Key)!, awards.Sum(award => award.Points)))]
        : [];

    /// <summary>Cuts the awards of one budget to what it grants, the first served first; what it does not pay uses no cap.</summary>
    public static Priced Cut(Priced priced, DateOnly on, Budget budget, BudgetGrant grant)
    {
        var (granted, used) = grant;
        var awards = priced.Awards.ToArray();
        var returned = new List<(string Rule, Points Points)>();
        for (var i = 0; i < awards.Length; i++)
        {
            if (awards[i].By.Budget != budget.Code) continue;
            var part = Points.Min(awards[i].Points, granted);
            granted -= part;
            if (part == awards[i].Points) continue;
            var cut = awards[i].Points - part;
            returned.Add((awards[i].Rule, cut));
            awards[i] = awards[i] with { Points = part,
                Cuts = [.. awards[i].Cuts, new CapCut($"budget:{budget.Code}", null, budget.Points, used, cut)] };
        }
        return priced with { Awards = awards, Counters = CapRules.GiveBack(priced.Programme, priced.Counters, returned, on) };
    }
}

/// <summary>
/// Campaign budgets. What one grants is promised to the transaction's entry before that is booked, so all members together never get more
/// than the budget. What is clawed back later does not come back to the budget.
/// </summary>
public sealed class Budgets(Allotments allotments)
{
    /// <summary>Promises as much of the wanted points as is left; a transaction that asks again gets its promise adjusted, never a second
    /// one.</summary>
    public async Task<BudgetGrant> Promise(string programmeId, Budget budget, string entryId, Points wanted, CancellationToken cancellation)
    {
        var (granted, others) = await allotments.Promise(NameOf(programmeId, budget.Code), entryId, wanted.Hundredths,
            budget.Points.Hundredths, cancellation);
        return new BudgetGrant(new Points(granted), new Points(others));
    }

    /// <summary>What it would grant now; promises nothing.</summary>
    public async Task<BudgetGrant> Estimate(string programmeId, Budget budget, Points wanted, CancellationToken cancellation)
    {
        var used = await Used(programmeId, budget.Code, cancellation);
        return new BudgetGrant(Points.Max(Points.Zero, Points.Min(wanted, budget.Points - used)), used);
    }

    public async Task<Points> Used(string programmeId, string budget, CancellationToken cancellation) =>
        new(await allotments.Used(NameOf(programmeId, budget), cancellation));

    private static string NameOf(string programmeId, string budget) => $"budget:{programmeId}:{budget}";
}
