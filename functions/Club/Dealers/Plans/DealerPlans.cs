using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Dealers;

/// <summary>
/// Dealers' own plans: what each gives its customers at its own cost, and how it speaks to its branch, within what the rule book allows.
/// A version is written in one commit with the state that names it; of two who write at once the second is told.
/// </summary>
public sealed class DealerPlans(IClubStore store, Dealerships dealers, ProgrammeLibrary library, ClubCalendar calendar) : IEndsWithDealer
{
    /// <summary>So many versions are told with their text.</summary>
    private const int Told = 20;

    /// <returns>Problems: <c>denied</c>, <c>not-found</c>, and those of <see cref="BranchPlanRules.Write"/>.</returns>
    public async Task<Outcome<PlanView>> Write(DealerId dealer, PlanRequest request, Caller caller, CancellationToken cancellation)
    {
        if (Foreign(dealer, caller)) return NotHers();
        if (await dealers.Find(dealer, cancellation) is not { } known) return Problem.NotFound($"Dealer \"{dealer}\"");
        if (known.State == DealerState.Closed)
            return new Problem("invalid-data", $"code: {dealer} is closed from {known.ClosedOn:yyyy-MM-dd} on.", "code");
        var rules = await library.Now(cancellation);
        var done = await Retry.UntilDone<Outcome<bool>>($"The plan of dealer {dealer}", async () =>
        {
            var stored = await Read(dealer, cancellation);
            var before = stored?.Value is { } state
                ? new KnownPlan(state, (await Version(dealer, state.Versions[^1], cancellation)).Plan) : null;
            var written = BranchPlanRules.Write(before, dealer, request, at => rules.On(calendar.DateOf(at)), ActingPerson.Of(caller),
                calendar.Now);
            if (written.Problem is { } problem) return (Outcome<bool>)problem;
            if (written.Value is not { } version) return (Outcome<bool>)false;
            var after = before?.State ?? new DealerPlan { DealerId = dealer, Versions = [] };
            after = after with { Versions = [.. after.Versions, version.Line] };
            return await store.Commit(DealerPlan.PartitionOf(dealer), [version.ToCreate(), after.ToWrite(stored?.ETag)], cancellation)
                is CommitResult.Written ? (Outcome<bool>)true : Retry.Again;
        }, cancellation);
        return done.Problem is { } refused ? refused : (await Find(dealer, caller, cancellation))!;
    }

    /// <summary>Headquarters do not let it have force any more, whatever is written, until they do again.</summary>
    /// <returns>Problems: <c>not-found</c>, <c>over-limit</c>.</returns>
    public async Task<Outcome<PlanView>> Suspend(DealerId dealer, string reason, Caller caller, CancellationToken cancellation)
    {
        var by = ActingPerson.Of(caller);
        var refused = await Change(dealer, plan => BranchPlanRules.Suspend(plan, reason, by, calendar.Now), cancellation);
        return refused is null ? (await Find(dealer, caller, cancellation))! : refused;
    }

    /// <returns>Problem <c>not-found</c>.</returns>
    public async Task<Outcome<PlanView>> Resume(DealerId dealer, Caller caller, CancellationToken cancellation)
    {
        var refused = await Change(dealer, plan => BranchPlanRules.Resume(plan, calendar.Now), cancellation);
        return refused is null ? (await Find(dealer, caller, cancellation))! : refused;
    }

    /// <summary>A closed dealer gives nothing; opened again it waits for headquarters.</summary>
    public Task End(DealerId dealer, DealerClosing closing, CancellationToken cancellation) =>
        Change(dealer, plan => BranchPlanRules.Suspend(plan, closing.Reason, by: null, calendar.Now), cancellation);

    /// <returns>Null: there is no such dealer, or it is not hers to see.</returns>
    public async Task<PlanView?> Find(DealerId dealer, Caller caller, CancellationToken cancellation)
    {
        if (Foreign(dealer, caller) || await dealers.Find(dealer, cancellation) is null) return null;
        if (await Read(dealer, cancellation) is not { Value: var plan })
            return new PlanView(dealer, PlanState.None, null, 0, [], [], []);
        var versions = new List<PlanVersionView>(plan.Versions.Count);
        foreach (var (index, line) in plan.Versions.Reverse().Index())
            versions.Add(new PlanVersionView(line.Number, line.From, line.WrittenAt, line.Author.Name,
                index < Told ? (await Version(dealer, line, cancellation)).Plan : null));
        var now = calendar.Now;
        var current = versions.Find(version => version.From <= now);
        var isSuspended = plan.Pauses.Any(pause => pause.Until is null || pause.From <= now && pause.Until > now);
        var state = isSuspended ? PlanState.Suspended : current is null ? PlanState.Planned : PlanState.InForce;
        return new PlanView(dealer, state, current, plan.Versions[^1].Number, await WithoutForce(dealer, current, cancellation), versions,
            [.. plan.Pauses.Reverse().Select(PlanPauseView.Of)]);
    }

    private async ValueTask<IReadOnlyList<string>> WithoutForce(DealerId dealer, PlanVersionView? current, CancellationToken cancellation)
    {
        if (current is not { Plan: { } text }) return [];
        var programme = (await library.Now(cancellation)).Current;
        return [.. BranchPlanReader.Read(programme, dealer, current.Number, text).Errors.Select(error => $"{error}")];
    }

    private async ValueTask<Stored<DealerPlan>?> Read(DealerId dealer, CancellationToken cancellation) => DealerRules.IsCode(dealer)
        ? await store.Read<DealerPlan>(DealerPlan.PartitionOf(dealer), DealerPlan.Id, cancellation) : null;

    private async Task<PlanVersion> Version(DealerId dealer, PlanLine line, CancellationToken cancellation) =>
        (await store.Read<PlanVersion>(DealerPlan.PartitionOf(dealer), PlanVersion.IdOf(line.Number), cancellation))?.Value
        ?? throw new StoreException($"The plan of dealer {dealer} names version {line.Number}, which is not there.");

    private Task<Problem?> Change(DealerId dealer, Func<DealerPlan, Outcome<DealerPlan>> decide, CancellationToken cancellation) =>
        Retry.UntilDone<Problem?>($"The plan of dealer {dealer}", async () =>
        {
            if (await Read(dealer, cancellation) is not { } stored) return (Problem?)Problem.NotFound($"A plan of dealer \"{dealer}\"");
            var after = decide(stored.Value);
            if (after.Problem is { } problem) return (Problem?)problem;
            if (ReferenceEquals(after.Value, stored.Value)) return (Problem?)null;
            return await store.Commit(DealerPlan.PartitionOf(dealer), [after.Value.ToReplace(stored.ETag)], cancellation)
                is CommitResult.Written ? (Problem?)null : Retry.Again;
        }, cancellation);

    private static Problem NotHers() =>
        new("denied", "A dealer's staff write the plan of their own dealer, and of no other.") { Kind = ProblemKind.Denied };

    private static bool Foreign(DealerId dealer, Caller caller) => caller.IsScoped && dealer != caller.Dealer;
}
