using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Applying;

/// <summary>Whom dealers and headquarters propose as members 申请, and who decides.</summary>
public sealed class ApplyingRoom : Room
{
    public const string Address = "applications";

    public override string Path => Address;
    public override Said Title => ApplyingWords.Applications;
    public override Right Right => Right.ReadApplications;
    public override int Order => 12;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<ApplicationsPage>("", Right.ReadApplications),
        Route.Page<ProposePage>("new", Right.Apply),
        Route.Form<ProposeMember>("new", Right.Apply),
        Route.Form<ApproveApplication>("{id}/approve", Right.DecideApplications),
        Route.Form<RefuseApplication>("{id}/refuse", Right.DecideApplications),
    ];
}
