using Club.Gifts;
using Club.Identity;
using Club.Kernel;
using Club.Spending;

namespace Club.Local.Sample;

/// <summary>Members order gifts, which go from step to step, or are given back.</summary>
internal sealed class SampleOrders(Quotes quotes, Orders orders, OrderSteps steps) : ISampleDesk
{
    private const double PerDay = 0.05, OfMembers = 0.0001, Cancelled = 0.15;

    public async Task Work(SampleStaff staff)
    {
        if (staff.Options.Programme.Spending is null) return;
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--) await Order(staff);
    }

    private async Task Order(SampleStaff staff)
    {
        var gift = staff.Random.Of(SampleOpening.Gifts);
        var isCancelled = staff.Random.Happens(Cancelled);
        if (await staff.Somebody() is not var (who, member)) return;
        var quoted = await quotes.Ask(member, new QuoteRequest(null, null, gift.Code, 1), SampleStaff.Headquarters, default);
        if (quoted is not { Succeeded: true, Value: { Affordable: true, Reasons.Count: 0 } }) return;
        var request = new OrderRequest(gift.Code, 1, null, gift.Collect == Collect.Dealer ? who.Dealer : null, gift.Collect == Collect.Ship
            ? new ShipTo(who.Name, PhoneNumber.Parse(who.Phone).Value.E164, $"{who.City.Name}市样例路{who.Number % 200 + 1}号") : null);
        var placed = await staff.Act("PlaceOrder", SampleStaff.Headquarters, member, gift.Code, caller =>
            orders.Place(member, request, staff.Command(), caller, default));
        if (placed.Problem is not null) return;
        var (id, days) = (placed.Value.Answer.OrderId, 1);
        if (gift.Kind != GiftKind.Voucher) Go(staff, days++, member, id, "ConfirmOrder", OrderState.Confirmed);
        if (isCancelled)
        {
            Go(staff, days, member, id, "CancelOrder", OrderState.Cancelled);
            return;
        }
        if (gift.Collect == Collect.Ship) Go(staff, days += 2, member, id, "ShipOrder", OrderState.Shipped);
        if (gift.Collect == Collect.Dealer) Go(staff, days += 2, member, id, "ReadyOrder", OrderState.Ready);
        if (gift.Kind != GiftKind.Voucher) Go(staff, days + 4, member, id, "CompleteOrder", OrderState.Done);
    }

    private void Go(SampleStaff staff, int days, MemberId member, string id, string action, OrderState to) =>
        staff.Later(days, () => staff.Act(action, SampleStaff.Headquarters, member, id, caller => steps.Go(id, to,
            new StepRequest(to == OrderState.Cancelled ? "不再需要" : null, to == OrderState.Shipped ? $"SF{id[^10..]}" : null), staff.Command(),
            caller, default)));
}
