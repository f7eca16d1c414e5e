using Club.Access;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Tokens with which a member reads about herself, on the website and in WeChat.</summary>
public sealed class AccessFunctions(Membership membership, ClubTokens tokens)
{
    [Function("MemberToken")]
    [Needs(Right.IssueTokens)]
    public async Task<IResult> Issue([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "members/{id}/tokens")] HttpRequest request,
        string id, CancellationToken cancellation)
    {
        if (await membership.Find(new MemberId(id), cancellation) is not { } profile) return Http.NotFound($"Member \"{id}\"");
        var issued = tokens.ForMember(profile.MemberId);
        return issued.Problem is { } problem ? Http.Problem(problem) : Http.Json(issued.Value, StatusCodes.Status201Created);
    }
}
