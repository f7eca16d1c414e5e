using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Transactions;

/// <summary>What a campaign's budget has promised so far.</summary>
public sealed record BudgetState : IStored<BudgetState>
{
    public const string Id = "budget";

    public Points Used { get; init; }

    static string IStored<BudgetState>.DocumentType => "budget";
    static JsonTypeInfo<BudgetState> IStored<BudgetState>.JsonType => TransactionsDocuments.Default.BudgetState;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>What a budget promised to one transaction; its id is the transaction's entry id, so that a second try finds it.</summary>
public sealed record Reservation : IStored<Reservation>
{
    public required string EntryId { get; init; }
    public Points Points { get; init; }

    static string IStored<Reservation>.DocumentType => "reservation";
    static JsonTypeInfo<Reservation> IStored<Reservation>.JsonType => TransactionsDocuments.Default.Reservation;
    [JsonIgnore] public string DocumentId => EntryId;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>
/// Campaign budgets. The promise is written before the entry, so all members together never get more than the budget; a crash between the two leaves a
/// promise that the redelivered message takes up. What is clawed back later does not come back to the budget.
/// </summary>
public sealed class Budgets(IClubStore store)
{
    private const int Attempts = 50;

    /// <summary>Cuts the awards to what their budgets promise.</summary>
    public async Task<Priced> Fund(Priced priced, Transaction transaction, CancellationToken cancellation)
    {
        foreach (var (budget, wanted) in Wanted(priced))
            priced = Cut(priced, transaction.On, budget, await Reserve(priced.Programme.Id, budget, Entry.IdOf(transaction.Source, transaction.Id), wanted, cancellation));
        return priced;
    }

    /// <summary>Cuts the awards to what their budgets would promise now; promises nothing.</summary>
    public async Task<Priced> Foresee(Priced priced, Transaction transaction, CancellationToken cancellation)
    {
        foreach (var (budget, wanted) in Wanted(priced))
        {
            var used = await Used(priced.Programme.Id, budget.Code, cancellation);
            priced = Cut(priced, transaction.On, budget, (Points.Max(Points.Zero, Points.Min(wanted, budget.Points - used)), used));
        }
        return priced;
    }

    /// <summary>What the awards ask of each budget.</summary>
    public static IReadOnlyList<(Budget Budget, Points Wanted)> Wanted(Priced priced) => priced.Awards.Any(award => award.By.Budget is not null)
        ? [.. priced.Awards.Where(award => award.By.Budget is not null).GroupBy(award => award.By.Budget!)
            .Select(awards => (priced.Programme.FindBudget(awards.Key)!, awards.Sum(award => award.Points)))]
        : [];

    /// <summary>Cuts the awards of one budget to what it grants, the first served first; what it does not pay uses no cap. Pure.</summary>
    public static Priced Cut(Priced priced, DateOnly on, Budget budget, (Points Granted, Points Used) promise)
    {
        var (granted, used) = promise;
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
            awards[i] = awards[i] with { Points = part, Cuts = [.. awards[i].Cuts, new CapCut($"budget:{budget.Code}", null, budget.Points, used, cut)] };
        }
        return priced with { Awards = awards, Counters = CapRules.GiveBack(priced.Programme, priced.Counters, returned, on) };
    }

    public async Task<Points> Used(string programmeId, string budget, CancellationToken cancellation) =>
        (await store.Read<BudgetState>(PartitionOf(programmeId, budget), BudgetState.Id, cancellation))?.Value.Used ?? Points.Zero;

    /// <summary>Promises as much of the wanted points as is left; a transaction that asks again gets its promise adjusted, never a second one.</summary>
    private async Task<(Points Granted, Points UsedByOthers)> Reserve(string programmeId, Budget budget, string entryId, Points wanted, CancellationToken cancellation)
    {
        var partition = PartitionOf(programmeId, budget.Code);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var state = await store.Read<BudgetState>(partition, BudgetState.Id, cancellation);
            var reservation = await store.Read<Reservation>(partition, entryId, cancellation);
            var promised = reservation?.Value.Points ?? Points.Zero;
            var others = (state?.Value.Used ?? Points.Zero) - promised;
            var granted = Points.Max(Points.Zero, Points.Min(wanted, budget.Points - others));
            if (granted == promised) return (granted, others);
            Write[] writes =
            [
                new Reservation { EntryId = entryId, Points = granted }.ToWrite(reservation?.ETag),
                new BudgetState { Used = others + granted }.ToWrite(state?.ETag),
            ];
            if (await store.Commit(partition, writes, cancellation) is CommitResult.Written) return (granted, others);
            Telemetry.Conflicts.Add(1);
            await Backoff.After(attempt, cancellation);
        }
        throw new StoreException($"Budget {budget.Code} changed {Attempts} times while points were being promised.");
    }

    private static string PartitionOf(string programmeId, string budget) => $"budget:{programmeId}:{budget}";
}
