using Club.Access;
using Club.Dealers;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Activities;

/// <summary>The activities of the club and of its dealers, as those who plan them keep them.</summary>
public sealed class ActivityPlans(IClubStore store, ProgrammeLibrary library, Dealerships dealers, ClubCalendar calendar)
{
    /// <param name="tag">The activity that this one replaces, by its tag as it was read; null: whichever there is.</param>
    /// <returns>Problems: <c>invalid-data</c>, <c>unknown-dealer</c>, <c>denied</c>, <c>not-found</c> for another dealer's code,
    /// <c>activity-changed</c>, <c>wrong-state</c> for a dealer that is closed by then, and those of <see cref="PlanRules.Put"/>.</returns>
    public async Task<Outcome<(ClubActivity Activity, string Tag, bool IsNew)>> Put(string code, ActivityRequest wanted, string? tag,
        Caller caller, CancellationToken cancellation)
    {
        if (wanted.DealerId is { } dealer && (await library.Now(cancellation)).Current.Unknown(dealer, "$.dealerId") is { } unknown)
            return unknown;
        if (caller.IsScoped && wanted.DealerId is { } other && other != caller.Dealer)
            return new Problem("denied", $"$.dealerId: \"{other}\" is not your dealer.", "$.dealerId") { Kind = ProblemKind.Denied };
        if (caller.IsScoped) wanted = wanted with { DealerId = caller.Dealer };
        if (await Closed(wanted.DealerId, wanted.Until, cancellation) is { } closed) return closed;
        return await Retry.UntilDone<Outcome<(ClubActivity, string, bool)>>($"Activity {code}", async () =>
        {
            var stored = await Read(code, cancellation);
            if (stored is not null && caller.IsScoped && stored.Value.DealerId != caller.Dealer)
                return (Outcome<(ClubActivity, string, bool)>)Unknown(code);
            if (tag is not null && (stored is null || TagOf(stored) != tag)) return (Outcome<(ClubActivity, string, bool)>)Changed(stored);
            var put = PlanRules.Put(stored?.Value, code, wanted, Ids.Random(""), calendar.Now, ActingPerson.Of(caller).Name);
            if (put.Problem is { } problem) return (Outcome<(ClubActivity, string, bool)>)problem;
            return await store.Commit(ClubActivity.PartitionOf(code), [put.Value.ToWrite(stored?.ETag)], cancellation)
                is CommitResult.Written written
                ? (Outcome<(ClubActivity, string, bool)>)(put.Value, written.ETags[0].Trim('"'), stored is null) : Retry.Again;
        }, cancellation);
    }

    /// <summary>Takes it on: asked for, agreed to or refused, opened, closed, cancelled. Once more changes nothing.</summary>
    /// <returns>Problems: <c>not-found</c>, and those of <see cref="PlanRules.Go"/>.</returns>
    public Task<Outcome<ClubActivity>> Go(string code, ActivityStep step, Caller caller, CancellationToken cancellation) =>
        Retry.UntilDone<Outcome<ClubActivity>>($"Activity {code}", async () =>
        {
            if (await FindOwn(code, caller, cancellation) is not { } stored) return (Outcome<ClubActivity>)Unknown(code);
            if (step.To == ActivityState.Open && await Closed(stored.Value.DealerId, stored.Value.Until, cancellation) is { } closed)
                return (Outcome<ClubActivity>)closed;
            var went = PlanRules.Go(stored.Value, step, ActingPerson.Of(caller), calendar.Now);
            if (went.Problem is not null || went.Value == stored.Value) return went;
            return await store.Commit(ClubActivity.PartitionOf(code), [went.Value.ToReplace(stored.ETag)], cancellation)
                is CommitResult.Written ? went : Retry.Again;
        }, cancellation);

    /// <summary>As far as it is the caller's to see: a dealer's staff see its own and those of headquarters.</summary>
    public async ValueTask<Stored<ClubActivity>?> Find(string code, Caller caller, CancellationToken cancellation) =>
        await Read(code, cancellation) is { } stored && Sees(caller, stored.Value) ? stored : null;

    /// <summary>As far as it is the caller's to plan: a dealer's staff plan its own.</summary>
    public async ValueTask<Stored<ClubActivity>?> FindOwn(string code, Caller caller, CancellationToken cancellation) =>
        await Find(code, caller, cancellation) is { } stored && (!caller.IsScoped || stored.Value.DealerId == caller.Dealer)
            ? stored : null;

    /// <summary>As it is stored; null when there is none.</summary>
    public async ValueTask<Stored<ClubActivity>?> Read(string code, CancellationToken cancellation) => code.Length is > 0 and <= 64
        ? await store.Read<ClubActivity>(ClubActivity.PartitionOf(code), ClubActivity.Id, cancellation) : null;

    /// <summary>The one of a QR code; null when there is none.</summary>
    public async ValueTask<ClubActivity?> ByCheckInCode(string checkInCode, CancellationToken cancellation) =>
        (await store.Find(IndexQuery.Equal(ClubActivity.CheckInIndex, checkInCode), cancellation)).Documents
            .Select(document => document.As<ClubActivity>()).FirstOrDefault();

    /// <summary>Activities, those that begin last first. A dealer's staff see its own, or those of headquarters where they ask for
    /// them.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<ClubActivity> Items, string? Continuation)> List(ActivityState? state, DealerId? dealer, Caller caller,
        int limit, string? continuation, CancellationToken cancellation)
    {
        var query = new IndexQuery(ClubActivity.ListIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation);
        if (state is { } one) query = query.And(new IndexKey(ClubActivity.StateIndex, $"{one}"));
        if (dealer is { } named) query = query.And(new IndexKey(ClubActivity.DealerIndex, named));
        // Whose activities a dealer's staff see is part of what is looked for.
        if (caller.IsScoped && dealer?.Value != ClubActivity.Headquarters)
            query = query.And(new IndexKey(ClubActivity.DealerIndex, caller.Dealer ?? ""));
        var page = await store.Find(query, cancellation);
        return ([.. page.Documents.Select(document => document.As<ClubActivity>()).OrderByDescending(one => one.From)], page.Continuation);
    }

    /// <summary>Open ones that have begun, the latest first: of a dealer's staff their own.</summary>
    /// <param name="before">They began before this moment.</param>
    public async Task<IReadOnlyList<ClubActivity>> Begun(DateTimeOffset before, DealerId? dealer, Caller caller, int most,
        CancellationToken cancellation)
    {
        var query = new IndexQuery(ClubActivity.ListIndex, IndexKeys.Latest(before.AddTicks(-1)), IndexQuery.Last, Limit: most)
            .And(new IndexKey(ClubActivity.StateIndex, $"{ActivityState.Open}"));
        if ((caller.IsScoped ? caller.Dealer ?? "" : dealer?.Value) is { } whose) query = query.And(new IndexKey(ClubActivity.DealerIndex, whose));
        return [.. (await store.Find(query, cancellation)).Documents.Select(document => document.As<ClubActivity>())];
    }

    /// <summary>Those for which a member of a branch may sign up now, the next first.</summary>
    public async Task<IReadOnlyList<ClubActivity>> OpenTo(DealerId? branch, CancellationToken cancellation)
    {
        const int most = 50;
        var open = new List<ClubActivity>();
        foreach (var whose in (string?[])[ClubActivity.Headquarters, branch?.Value])
            if (whose is not null)
                open.AddRange((await store.Find(IndexQuery.Equal(ClubActivity.DealerIndex, whose)
                    .And(new IndexKey(ClubActivity.StateIndex, $"{ActivityState.Open}")) with { Limit = most }, cancellation)).Documents
                    .Select(document => document.As<ClubActivity>()));
        return [.. open.Where(one => calendar.Now <= one.SignUpUntil).OrderBy(one => one.From)];
    }

    public static string TagOf(Stored<ClubActivity> stored) => stored.ETag.Trim('"');

    public static Problem Unknown(string code) => Problem.NotFound($"Activity \"{Bounded.Text(code, 64)}\"");

    private static bool Sees(Caller caller, ClubActivity activity) =>
        !caller.IsScoped || activity.DealerId is null || activity.DealerId == caller.Dealer;

    /// <summary>Why nothing goes on at a dealer until a moment; null: it is open then.</summary>
    private async ValueTask<Problem?> Closed(DealerId? dealer, DateTimeOffset until, CancellationToken cancellation) =>
        dealer is { } code && await dealers.Read(code, cancellation) is { Value.Closing: { } closing }
            && closing.On <= calendar.DateOf(until)
            ? new Problem("wrong-state", $"Dealer {code} is closed from {closing.On:yyyy-MM-dd} on.") { Kind = ProblemKind.Conflict } : null;

    private static Problem Changed(Stored<ClubActivity>? stored) => new("activity-changed", stored is null
        ? "There is no such activity any more."
        : $"{stored.Value.Author} has changed the activity since, at {stored.Value.ChangedAt:yyyy-MM-dd'T'HH:mm:sszzz}. Read it and decide again.")
    { Kind = ProblemKind.Changed };
}
