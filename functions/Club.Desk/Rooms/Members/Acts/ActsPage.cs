using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Members.Acts;

/// <param name="Gender">As it is kept; what a page of a member shows does not tell it.</param>
/// <param name="Typed">What was sent and refused.</param>
public sealed record ActsModel(MemberHead Head, string? Gender, Typed Typed, Said? Done, Said? Wrong, Problem? Problem) : IShowsMembers
{
    public static readonly string[] Fields = ["name", "gender", "birthday", "city", "address", "hobbies", "phone", "dealerId", "reason"];

    public IEnumerable<MemberId> Members => [Head.Member.MemberId];
}

/// <summary>What may be done for one member.</summary>
public sealed class ActsPage(MemberFile file, Membership membership) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, null, cancellation);

    /// <summary>The same, with what was sent and why it was refused.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Said? wrong, Problem? problem, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        var gender = head.IsMasked ? null
            : (await membership.See(head.Member.MemberId, visit.Admitted, cancellation))?.Profile.Gender;
        Said? done = visit.Asked("done") switch
        {
            "corrected" => ActWords.CorrectedNow, "consent" => ActWords.ConsentNow, "moved" => ActWords.MovedNow, _ => null,
        };
        return Reply.Of<Acts>(new ActsModel(head, gender, typed, done, wrong, problem), MembersWords.Acts,
            problem is not null ? Statuses.Of(problem.Kind) : wrong is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
            $"{MembersRoom.Address}/{head.Member.MemberId}/acts");
    }
}
