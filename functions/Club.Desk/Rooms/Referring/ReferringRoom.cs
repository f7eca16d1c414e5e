using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Referring;

/// <summary>Who named whom before a purchase 转介绍, and what became of it.</summary>
public sealed class ReferringRoom : Room
{
    public const string Address = "referrals";

    public override string Path => Address;
    public override Said Title => ReferringWords.Referrals;
    public override Right Right => Right.ReadReferrals;
    public override int Order => 19;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<ReferralsPage>("", Right.ReadReferrals),
        Route.Page<ReportPage>("new", Right.Refer),
        Route.Form<ReportBuyer>("new", Right.Refer),
    ];
}
