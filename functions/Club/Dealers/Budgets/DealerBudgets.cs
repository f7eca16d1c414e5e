using Club.Access;
using Club.Kernel;
using Club.Store;
using Club.Transactions;

namespace Club.Dealers;

/// <summary>
/// What dealers may spend in a month: asked for by their directors, decided by headquarters or finance, and promised to whatever spends it.
/// </summary>
public sealed class DealerBudgets(IClubStore store, Dealerships dealers, Allotments allotments, ClubCalendar calendar)
    : IPlanBudgets
{
    /// <returns>Whether it waits for approval now. Problems: <c>denied</c>, <c>not-found</c>, <c>invalid-data</c> for a month that is over,
    /// <c>over-limit</c>.</returns>
    public async Task<Outcome<BudgetView>> Ask(DealerId dealer, string month, BudgetRequest request, Caller caller,
        CancellationToken cancellation)
    {
        if (Foreign(dealer, caller) is { } denied) return denied;
        if (BudgetRequest.MonthOf(month) is not { } first) return NoMonth();
        if (await dealers.Find(dealer, cancellation) is not { } known) return Problem.NotFound($"Dealer \"{dealer}\"");
        if (first.AddMonths(1) <= calendar.Today) return new Problem("invalid-data", $"month: {month} is over.", "month");
        if (known.ClosedOn <= first) return new Problem("invalid-data", $"month: {dealer} is closed from {known.ClosedOn:yyyy-MM-dd} on.", "month");
        return await Change(dealer, month, before =>
            DealerBudgetRules.Ask(before?.Value, dealer, month, request, ActingPerson.Of(caller), calendar.Now), cancellation);
    }

    /// <param name="seen">The amount that is approved; null: whichever waits.</param>
    /// <returns>Problems: <c>not-found</c>, and those of <see cref="DealerBudgetRules.Approve"/>.</returns>
    public async Task<Outcome<BudgetView>> Approve(DealerId dealer, string month, Money? seen, Caller caller,
        CancellationToken cancellation)
    {
        var spent = await Spent(dealer, month, cancellation);
        return await Decide(dealer, month, budget => DealerBudgetRules.Approve(budget, seen, spent, ActingPerson.Of(caller), calendar.Now),
            cancellation);
    }

    /// <returns>Problems: <c>not-found</c>, and those of <see cref="DealerBudgetRules.Refuse"/>.</returns>
    public Task<Outcome<BudgetView>> Refuse(DealerId dealer, string month, string reason, Caller caller, CancellationToken cancellation) =>
        Decide(dealer, month, budget => DealerBudgetRules.Refuse(budget, reason, ActingPerson.Of(caller), calendar.Now), cancellation);

    /// <summary>Budgets, those asked for last first; a dealer's staff see their own alone.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<BudgetView> Items, string? Continuation)> List(DealerId? dealer, BudgetState? state, Caller caller,
        int limit, string? continuation, CancellationToken cancellation)
    {
        // Whose budgets a dealer's staff see is part of what is looked for.
        if (caller.IsScoped && dealer is { } asked && asked != caller.Dealer) return ([], null);
        var query = new IndexQuery(DealerBudget.WhenIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if ((caller.IsScoped ? new DealerId(caller.Dealer ?? "") : dealer) is { } own) query = query.And(new IndexKey(DealerBudget.DealerIndex, own));
        if (state is { } one) query = query.And(new IndexKey(DealerBudget.StateIndex, $"{one}"));
        var page = await store.Find(query, cancellation);
        var views = new List<BudgetView>(page.Documents.Count);
        foreach (var document in page.Documents)
            if (document.As<DealerBudget>() is var budget)
                views.Add(BudgetView.Of(budget, await Spent(budget.DealerId, budget.Month, cancellation)));
        return ([.. views.OrderByDescending(view => view.Asked[0].At)], page.Continuation);
    }

    /// <summary>Promises money of the month to what spends it. The same cause that asks again has its promise adjusted.</summary>
    /// <param name="cause">The id of what spends it.</param>
    /// <returns>What it has: less than was wanted where less is left.</returns>
    public async Task<Money> Promise(DealerId dealer, DateOnly on, string cause, Money wanted, CancellationToken cancellation) =>
        (await Share(dealer, on, cause, wanted, cancellation)).Granted;

    /// <inheritdoc/>
    public async Task<BudgetShare> Share(DealerId dealer, DateOnly on, string cause, Money wanted, CancellationToken cancellation)
    {
        var month = DealerBudget.MonthOf(on);
        var total = (await Read(dealer, month, cancellation))?.Value.Approved ?? Money.Zero;
        var allotment = DealerBudget.AllotmentOf(dealer, month);
        var (granted, others) = await allotments.Promise(allotment, cause, wanted.Fen, total.Fen, cancellation);
        return new BudgetShare(new Money(granted), new Money(others), total);
    }

    /// <inheritdoc/>
    public async Task<BudgetShare> Estimate(DealerId dealer, DateOnly on, Money wanted, CancellationToken cancellation)
    {
        var month = DealerBudget.MonthOf(on);
        var total = (await Read(dealer, month, cancellation))?.Value.Approved ?? Money.Zero;
        var spent = await Spent(dealer, month, cancellation);
        return new BudgetShare(new Money(Math.Clamp(total.Fen - spent.Fen, 0, wanted.Fen)), spent, total);
    }

    /// <inheritdoc/>
    public async Task<Money> Promised(DealerId dealer, DateOnly on, string cause, CancellationToken cancellation) =>
        new(await allotments.Promised(DealerBudget.AllotmentOf(dealer, DealerBudget.MonthOf(on)), cause, cancellation));

    /// <summary>The cause came to nothing: others may spend it.</summary>
    public Task GiveBack(DealerId dealer, DateOnly on, string cause, CancellationToken cancellation) =>
        allotments.GiveBack(DealerBudget.AllotmentOf(dealer, DealerBudget.MonthOf(on)), cause, cancellation);

    private async Task<Money> Spent(DealerId dealer, string month, CancellationToken cancellation) => IsOne(dealer, month)
        ? new Money(await allotments.Used(DealerBudget.AllotmentOf(dealer, month), cancellation)) : Money.Zero;

    private async ValueTask<Stored<DealerBudget>?> Read(DealerId dealer, string month, CancellationToken cancellation) =>
        IsOne(dealer, month) ? await store.Read<DealerBudget>(Dealership.PartitionOf(dealer), DealerBudget.IdOf(month), cancellation)
            : null;

    private static bool IsOne(DealerId dealer, string month) => DealerRules.IsCode(dealer) && BudgetRequest.MonthOf(month) is not null;

    private Task<Outcome<BudgetView>> Decide(DealerId dealer, string month, Func<DealerBudget, Outcome<DealerBudget>> decide,
        CancellationToken cancellation) => Change(dealer, month, before => before is null
            ? Problem.NotFound($"A budget of dealer \"{dealer}\" for {Bounded.Text(month, 40)}") : decide(before.Value), cancellation);

    private async Task<Outcome<BudgetView>> Change(DealerId dealer, string month,
        Func<Stored<DealerBudget>?, Outcome<DealerBudget>> decide, CancellationToken cancellation)
    {
        var decided = await Retry.UntilDone<Outcome<DealerBudget>>($"The budget of dealer {dealer}", async () =>
        {
            var stored = await Read(dealer, month, cancellation);
            var after = decide(stored);
            if (after.Problem is { } problem) return (Outcome<DealerBudget>)problem;
            if (ReferenceEquals(after.Value, stored?.Value)) return after;
            return await store.Commit(Dealership.PartitionOf(dealer), [after.Value.ToWrite(stored?.ETag)], cancellation)
                is CommitResult.Written ? after : Retry.Again;
        }, cancellation);
        return decided.Problem is { } refused ? refused : BudgetView.Of(decided.Value, await Spent(dealer, month, cancellation));
    }

    private static Problem? Foreign(DealerId dealer, Caller caller) => caller.IsScoped && dealer != caller.Dealer
        ? new Problem("denied", "A dealer's staff ask for a budget of their own dealer, and of no other.") { Kind = ProblemKind.Denied } : null;

    private static Problem NoMonth() => new("invalid-data", "month: a calendar month is expected, such as 2026-03.", "month");
}
