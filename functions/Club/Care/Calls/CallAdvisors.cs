using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Care;

/// <summary>Who is to make a call.</summary>
/// <param name="Advisor">Null: whoever asks.</param>
/// <param name="Free">Nobody any more, so that anybody of the branch may take it on.</param>
public sealed record CallAdvisorRequest(string? Advisor, bool Free = false)
{
    public static Outcome<CallAdvisorRequest> Read(JsonFields body)
    {
        var request = new CallAdvisorRequest(body.Text("advisor", required: false, maximum: Limits.Author), body.Flag("free") ?? false);
        if (body.Problem is { } problem) return problem;
        return request is { Free: true, Advisor: not null }
            ? new Problem("invalid-data", "$.free: a call that is given to an advisor is not free.", "$.free") : request;
    }
}

/// <summary>Shares calls out among the advisors of a branch: an advisor takes one that nobody has, and gives back her own; a director, and
/// headquarters, give it to anybody, or to nobody. Of two who take one at once the first has it.</summary>
public sealed class CallAdvisors(CareCalls calls, IClubStore store, MemberLedger ledger)
{
    /// <summary>Whether a caller may give calls to others.</summary>
    public static bool MayAssign(Caller caller) => caller.Roles.Any(role => role is Role.Operator or Role.Hq or Role.Director);

    /// <returns>Problems: <c>not-found</c>, <c>denied</c> for an advisor who names another, <c>already-decided</c> where the call is
    /// another's or over, <c>being-merged</c>.</returns>
    public async Task<Outcome<CallView>> Give(string id, CallAdvisorRequest request, Caller caller, CancellationToken cancellation)
    {
        if (await calls.Read(id, caller, cancellation) is not { } seen) return CareCalls.Unknown(id);
        var advisor = request.Free ? null : request.Advisor ?? caller.Author;
        if (!MayAssign(caller) && advisor is not null && advisor != caller.Author)
            return new Problem("denied", "Only a director gives a call to somebody else.", "$.advisor") { Kind = ProblemKind.Denied };
        var given = await ledger.Change(seen.MemberId, async (journal, token) =>
            (Call: await store.Read<CareCall>(journal.Account.MemberId, id, token), journal.Account.Absorbs), (journal, facts) =>
        {
            if (facts.Call is not { Value: var call, ETag: var etag })
                return facts.Absorbs is null ? CareCalls.Unknown(id) : (Outcome<CareCall>)LedgerProblems.BeingMerged();
            if (call.State != CallState.Open) return Taken($"Call {id} is not open any more.");
            if (call.Advisor == advisor) return call;
            if (call.Advisor is { } other && other != caller.Author && !MayAssign(caller)) return Taken($"Call {id} is {other}'s.");
            var after = call with { Advisor = advisor };
            journal.Attach(after, etag);
            return after;
        }, cancellation);
        return given.Problem is { } problem ? problem : await calls.View(given.Value, caller, cancellation);
    }

    private static Problem Taken(string detail) => new("already-decided", detail) { Kind = ProblemKind.Conflict };
}
