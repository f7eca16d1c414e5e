using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Referring;

/// <summary>Who named whom before a purchase 转介绍, which owners are asked for another vehicle 重购, and what became of it.</summary>
public sealed class ReferringRoom : Room
{
    public const string Address = "referrals", Repurchases = Address + "/repurchases";

    public override string Path => Address;
    public override Said Title => ReferringWords.Referrals;
    public override Right Right => Right.ReadReferrals;
    public override int Order => 19;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<ReferralsPage>("", Right.ReadReferrals),
        Route.Page<ReportPage>("new", Right.Refer),
        Route.Form<ReportBuyer>("new", Right.Refer),
        Route.Page<RepurchasesPage>("repurchases", Right.ReadReferrals),
        Route.Page<RepurchasePage>("repurchases/{id}", Right.ReadReferrals),
        Route.Form<KeepRepurchase>("repurchases/{id}", Right.HandleCalls),
    ];

    /// <summary>The ways to its two lists.</summary>
    public static IReadOnlyList<Tab> Tabs(Visit visit, bool isRepurchases) =>
    [
        new(ReferringWords.Referrals, Visit.To(Address, [], ("dealerId", visit.Asked("dealerId"))), !isRepurchases),
        new(RepurchaseWords.Tab, Visit.To(Repurchases, [], ("dealerId", visit.Asked("dealerId"))), isRepurchases),
    ];
}
