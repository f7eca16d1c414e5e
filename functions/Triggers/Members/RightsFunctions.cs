using Club.Access;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>What a person may ask of the club about herself (个人信息保护法): all that is kept of her, and to be forgotten.</summary>
public sealed class RightsFunctions(Membership membership, ExportMember export, EraseMember erase)
{
    [Function("ExportMember")]
    [Needs(Right.ExportMember)]
    public async Task<IResult> Export([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/export")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await membership.See(new MemberId(id), Http.CallerOf(request), cancellation) is { IsMasked: false, Profile: var profile }
            ? Results.Stream(stream => export.Write(stream, profile, cancellation), "application/json; charset=utf-8",
                $"{profile.MemberId}.json")
            : Http.NotFound($"Member \"{id}\"");

    [Function("EraseMember")]
    [Needs(Right.EraseMember)]
    public async Task<IResult> Erase([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/erase")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        var asked = await Http.ReadSigned(request, Http.Reason, cancellation);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        var erased = await erase.Handle(new MemberId(id), asked.Value.Wanted, asked.Value.Caller, cancellation);
        return erased.Problem is { } problem ? Http.Problem(problem) : Http.Json(ErasureView.Of(erased.Value),
            erased.Value.DoneAt is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    [Function("Erasure")]
    [Needs(Right.EraseMember)]
    public async Task<IResult> Receipt([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "members/{id}/erasure")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        await erase.Find(new MemberId(id), cancellation) is { } erasure ? Http.Json(ErasureView.Of(erasure))
            : Http.NotFound($"An erasure of member \"{id}\"");
}
