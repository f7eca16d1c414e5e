using Club.Access;
using Club.Edges.Sms;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Club.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What staff look after: refused and parked messages, SMS; and what probes and developers read.</summary>
public sealed class OperationFunctions(IClubStore store, Rejections rejections, Accrue accrue, SmsReplyHandler replies,
    Membership membership, Disputes disputes, StoreHealth health)
{
    [Function("Rejections")]
    [Needs(Right.ReadWork)]
    public Task<IResult> ListRejections([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "rejections")] HttpRequest request,
        CancellationToken cancellation) =>
        List(request, new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last), document =>
        {
            var rejection = document.As<Rejection>();
            // What is wrong may quote what somebody is known by.
            var reason = Http.CallerOf(request).IsAuditor ? null : rejection.Message;
            return new { id = rejection.Id, rejection.Code, reason, rejection.Path, rejection.Source,
                rejection.SourceId, rejection.SentWith, rejection.ReceivedAt, rejection.State, lapsesOn = rejection.ForgetOn,
                rejection.Approval };
        }, cancellation);

    [Function("ReplayRejection")]
    [Needs(Right.DoWork)]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "rejections/{id}/replay")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        if (await rejections.Find(id, cancellation) is not { } rejection) return Http.NotFound($"Rejection \"{id}\"");
        if (rejection.Value.Unrepeatable is { } gone) return Http.Problem(gone);
        if (rejection.Value.Source == SmsReplyHandler.Source && rejection.Value.Code.StartsWith("sms-", StringComparison.Ordinal))
            return await ReplaySms(request, rejection, cancellation);
        return Replayed(id, await accrue.Replay(rejection, cancellation));
    }

    private static IResult Replayed(string id, Receipt receipt) =>
        Http.Json(new { id, result = receipt.Fate, code = receipt.Fate == Fate.Rejected ? receipt.Problem?.Code : null,
            reason = receipt.Fate == Fate.Rejected ? receipt.Problem?.Message : null });

    [Function("ApproveRejection")]
    [Needs(Right.Approve)]
    public async Task<IResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "rejections/{id}/approve")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        var approval = await Http.ReadSigned(request, Http.Reason, cancellation);
        if (approval.Problem is { } wrong) return Http.Problem(wrong);
        var approved = await accrue.Approve(id, approval.Value.Wanted, approval.Value.Caller, cancellation);
        return approved.Problem is { } problem ? Http.Problem(problem) : Replayed(id, approved.Value);
    }

    private async Task<IResult> ReplaySms(HttpRequest request, Stored<Rejection> rejection, CancellationToken cancellation)
    {
        SmsIntent? meant = Http.Query(request, "as") switch { null => null, "refusal" => SmsIntent.OptOut, "consent" => SmsIntent.OptIn,
            _ => SmsIntent.Other };
        if (meant == SmsIntent.Other && Http.Query(request, "as") != "nothing")
            return Http.Problem(new Problem("invalid-query", "as: refusal, consent or nothing is expected.", "as"));
        var problem = await replies.Replay(rejection, meant, cancellation);
        return Http.Json(new { id = rejection.Value.Id, result = problem is null ? "taken" : "rejected", code = problem?.Code,
            reason = problem?.Message });
    }

    [Function("Parked")]
    [Needs(Right.ReadWork)]
    public Task<IResult> ListParked([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "parked")] HttpRequest request,
        CancellationToken cancellation) =>
        List(request, new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last), async document =>
        {
            var parked = document.As<Parked>();
            return new { parked.Id, parked.Source, parked.SourceId, parked.At, parked.ReceivedAt, parked.WaitsFor,
                dispute = await disputes.IdOf(document.Partition, cancellation) };
        }, cancellation);

    [Function("Sms")]
    [Needs(Right.ReadMessages)]
    public async Task<IResult> ListSms([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sms")] HttpRequest request,
        CancellationToken cancellation)
    {
        if (Http.Query(request, "memberId") is not { } id)
            return Http.Problem(new Problem("missing-data", "memberId: is missing.", "memberId"));
        if (await membership.Find(new MemberId(id), cancellation) is not { } profile) return Http.NotFound($"Member \"{id}\"");
        return await List(request, IndexQuery.Prefix(SmsRecord.MemberIndex, profile.MemberId + ":") with { Partition = profile.MemberId },
            document =>
        {
            var sms = document.As<SmsRecord>();
            var text = Http.CallerOf(request).IsMasked ? null : sms.Text;
            return new { sms.MemberId, sms.Occasion, sms.State, sms.Why, text, sms.Segments, sms.PlannedAt, sms.SendAt, sms.LastDay,
                sms.SentAt, sms.Attempts, sms.MessageId };
        }, cancellation);
    }

    [Function("Health")]
    [Open("probes have no key; it tells no more than an age")]
    public async Task<IResult> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellation)
    {
        var now = await health.Check(cancellation);
        if (now.DamagedMessages > 0)
            return Http.Problem(new Problem("queue-damaged",
                $"{now.DamagedMessages} messages were found damaged since the start and are dead letters now.") { Kind =
                ProblemKind.Unavailable });
        return now.IsStalled
            ? Http.Problem(new Problem("queue-stalled",
                $"The oldest message waits for {now.OldestMessageSeconds} seconds: nothing works it off.") { Kind =
                ProblemKind.Unavailable })
            : Http.Json(new { status = "ok", now.OldestMessageSeconds });
    }

    private Task<IResult> List<T>(HttpRequest request, IndexQuery query, Func<Document, T> view, CancellationToken cancellation) =>
        List(request, query, document => Task.FromResult(view(document)), cancellation);

    private Task<IResult> List<T>(HttpRequest request, IndexQuery query, Func<Document, Task<T>> view, CancellationToken cancellation) =>
        Http.Page<T>(request, async (limit, continuation) =>
    {
        var page = await store.Find(query with { Limit = limit, Continuation = continuation }, cancellation);
        return (await Task.WhenAll(page.Documents.Select(view)), page.Continuation);
    });
}
