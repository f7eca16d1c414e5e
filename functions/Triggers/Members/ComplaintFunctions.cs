using Club.Access;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What members complain of 投诉, and what becomes of it.</summary>
public sealed class ComplaintFunctions(ComplaintLog complaints)
{
    [Function("OpenComplaint")]
    [Needs(Right.HandleComplaints)]
    public async Task<IResult> Open([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/complaints")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var wanted = await Http.ReadCommand(request, ComplaintRequest.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var (complaint, caller, command) = wanted.Value;
        return Http.Answer(request, await complaints.Open(new MemberId(id), complaint, command, caller, cancellation), _ => true);
    }

    [Function("FollowComplaint")]
    [Needs(Right.HandleComplaints)]
    public async Task<IResult> Follow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/complaints/{complaint}/notes")] HttpRequest request, string id,
        string complaint, CancellationToken cancellation)
    {
        var wanted = await Http.ReadSigned(request, ComplaintStep.Read, cancellation);
        if (wanted.Problem is { } wrong) return Http.Problem(wrong);
        var followed = await complaints.Follow(new MemberId(id), complaint, wanted.Value.Wanted, wanted.Value.Caller, cancellation);
        return followed.Problem is { } problem ? Http.Problem(problem) : Http.Json(followed.Value);
    }

    [Function("MemberComplaints")]
    [Needs(Right.ReadComplaints)]
    public async Task<IResult> OfMember([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/complaints")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var limit = Http.Limit(request);
        if (limit.Problem is { } wrong) return Http.Problem(wrong);
        return await complaints.Of(new MemberId(id), Http.CallerOf(request), limit.Value, null, cancellation) is null
            ? Http.NotFound($"Member \"{id}\"")
            : await Http.Page(request, async (most, continuation) =>
                (await complaints.Of(new MemberId(id), Http.CallerOf(request), most, continuation, cancellation))!.Value);
    }

    [Function("Complaints")]
    [Needs(Right.ReadComplaints)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "complaints")] HttpRequest request,
        CancellationToken cancellation)
    {
        ComplaintState? state = null;
        if (Http.Query(request, "state") is { } word && (state = ComplaintStep.Find(word)) is null)
            return Http.Problem(new Problem("invalid-query", $"state: one of {string.Join(", ", ComplaintStep.Words)} is expected.", "state"));
        var criteria = new ComplaintCriteria(state, Http.DealerOf(request), Http.Query(request, "owner"));
        return await Http.Page(request, (limit, continuation) =>
            complaints.List(criteria, Http.CallerOf(request), limit, continuation, cancellation));
    }
}
