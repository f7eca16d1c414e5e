using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Partnering;

/// <summary>Partners 合作伙伴 and what was agreed with them.</summary>
public sealed class PartneringRoom : Room
{
    public const string Address = "partners";

    public override string Path => Address;
    public override Said Title => PartneringWords.Partners;
    public override Right Right => Right.ReadPartners;
    public override int Order => 27;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<PartnersPage>("", Right.ReadPartners),
        Route.Page<PartnerPage>("{partner}", Right.ReadPartners),
        Route.Form<NewPartner>("", Right.ManagePartners),
        Route.Form<NewAgreement>("{partner}", Right.ManagePartners),
    ];
}
