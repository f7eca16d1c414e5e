using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Joining;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Applying;

/// <param name="Names">Of those who became members and are the caller's to see.</param>
/// <param name="Joined">Who has just become a member.</param>
public sealed record ApplicationsModel(PageOf<ApplicationView> Found, ApplicationState? State, IReadOnlyDictionary<MemberId, string> Names,
    Said? Done, MemberId? Joined, Problem? Problem) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).OfType<MemberId>().Distinct();
}

/// <summary>Applications, those that wait unless others are asked for.</summary>
public sealed class ApplicationsPage(Applications applications, MemberViews views) : IPage
{
    public const string Every = "all";

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with why a decision was not taken.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        var state = StateOf(visit.Asked("state"));
        DealerId? dealer = visit.Asked("dealerId") is { } named ? new DealerId(named) : null;
        // Who decides sees the same list as who proposes.
        var caller = visit.For(Right.ReadApplications) ?? visit.Admitted;
        var found = await Paging.Find(visit, (limit, continuation) =>
            applications.List(state, dealer, caller, limit, continuation, cancellation));
        var joined = AuditSubject.Members(visit.Asked("member") ?? "").Take(1).ToList();
        var names = await MemberNames.Find(visit, views, found.Items.Select(one => one.MemberId).OfType<MemberId>().Concat(joined),
            cancellation);
        Said? done = visit.Asked("done") switch
        {
            "proposed" => ApplyingWords.ProposedNow,
            "approved" => ApplyingWords.ApprovedNow,
            "refused" => ApplyingWords.RefusedNow,
            _ => null,
        };
        return Reply.Of<ApplicationList>(new ApplicationsModel(found, state, names, done, joined is [var one] ? one : null, problem),
            ApplyingWords.Applications, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), ApplyingRoom.Address);
    }

    private static ApplicationState? StateOf(string? word) => word switch
    {
        Every => null,
        "approved" => ApplicationState.Approved,
        "refused" => ApplicationState.Refused,
        "lapsed" => ApplicationState.Lapsed,
        _ => ApplicationState.Applied,
    };
}
