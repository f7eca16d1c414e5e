using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Adjusting;

/// <summary>Corrections of points 积分调整 that wait for a second person. One is asked for on the member's own page.</summary>
public sealed class AdjustingRoom : Room
{
    public const string Address = "adjustments";

    public override string Path => Address;
    public override Said Title => AdjustingWords.Adjustments;
    public override Right Right => Right.ReadAdjustments;
    public override int Order => 22;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<AdjustmentsPage>("", Right.ReadAdjustments),
        Route.Form<ApproveAdjustment>("{adjustment}/approve", Right.Approve),
        Route.Form<RefuseAdjustment>("{adjustment}/refuse", Right.Approve),
    ];
}
