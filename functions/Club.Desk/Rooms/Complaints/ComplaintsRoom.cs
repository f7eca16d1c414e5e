using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Complaints;

/// <summary>What members complain of 投诉, and what becomes of it. One is opened on the member's own page.</summary>
public sealed class ComplaintsRoom : Room
{
    public const string Address = "complaints";

    public override string Path => Address;
    public override Said Title => ComplaintsWords.Complaints;
    public override Right Right => Right.ReadComplaints;
    public override int Order => 13;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<ComplaintsPage>("", Right.ReadComplaints),
        Route.Page<ComplaintPage>("{id}/{complaint}", Right.ReadComplaints),
        Route.Form<FollowComplaint>("{id}/{complaint}/follow", Right.HandleComplaints),
    ];
}
