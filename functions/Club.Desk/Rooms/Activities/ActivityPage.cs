using Club.Access;
using Club.Activities;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Activities;

/// <param name="SignUps">Null: she lets nobody in.</param>
/// <param name="Names">Of those who are the caller's to see.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
/// <param name="Counted">How many the filter that was typed means.</param>
public sealed record ActivityModel(ActivityWithReport Told, InvitationView? Invitation, PageOf<SignUpView>? SignUps,
    IReadOnlyDictionary<MemberId, string> Names, Programme Programme, string Key, Typed Typed, InviteeCount? Counted, Problem? Problem,
    Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => SignUps?.Items.Select(one => one.MemberId).Distinct() ?? [];
}

/// <summary>One activity: its steps, its figures, who is invited, and who takes part.</summary>
public sealed class ActivityPage(ActivityReports reports, Invitations invitations, MemberViews views, ProgrammeLibrary library) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, null, cancellation);

    /// <summary>The activity, with what was typed, what was counted, and why a form was refused.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, InviteeCount? counted, Problem? problem, CancellationToken cancellation)
    {
        if (problem is { Kind: ProblemKind.NotFound, Path: null }) return Reply.Nothing;
        var (code, caller) = (visit.Value("activity"), visit.For(Right.ReadActivities) ?? visit.Admitted);
        if (await reports.Of(code, caller, cancellation) is not var (told, _)) return Reply.Nothing;
        var signUps = visit.For(Right.ReadSignUps) is { } atTheDoor ? await Paging.Find(visit, async (limit, continuation) =>
            await reports.SignUps(code, null, atTheDoor, limit, continuation, cancellation) ?? ([], null)) : null;
        var names = await MemberNames.Find(visit, views, signUps?.Items.Select(one => one.MemberId) ?? [], cancellation);
        var model = new ActivityModel(told, await invitations.Find(code, caller, cancellation), signUps, names,
            (await library.Now(cancellation)).Current, Ids.Random("C"), typed, counted, problem,
            problem is null ? ActivitiesWords.DoneOf(visit.Asked("done")) : null);
        return Reply.Of<ActivitySheet>(model, ActivitiesWords.Activities, problem is null ? StatusCodes.Status200OK
            : Statuses.Of(problem.Kind), $"{ActivitiesRoom.Address}/{code}");
    }
}
