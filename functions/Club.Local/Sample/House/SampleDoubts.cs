using System.Globalization;
using Club.Fraud;

namespace Club.Local.Sample;

/// <summary>A bill now and then tells of a car that has gone backwards; somebody looks at it.</summary>
internal sealed class SampleDoubts(FraudDesk desk, SampleTeller teller) : ISampleDesk
{
    private const double PerDay = 0.02, OfMembers = 0.00001, Cleared = 0.4, Confirmed = 0.25;
    private const int Listed = 100, Kilometres = 4_000, LeastDays = 300;

    private int _bills;

    public async Task Work(SampleStaff staff)
    {
        if (staff.Options.Programme.Checks.Count == 0) return;
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--) await Bill(staff);
    }

    private async Task Bill(SampleStaff staff)
    {
        var (chance, days) = (staff.Random.Share(), staff.Random.Between(2, 8));
        if (await staff.Somebody(one => one.SeenFrom.AddDays(LeastDays) < staff.Today && one.Cars.Count == 1)
            is not var (who, member)) return;
        var (car, id) = (who.Cars[0], string.Create(CultureInfo.InvariantCulture, $"OD-{++_bills}"));
        var odometer = (staff.Today.DayNumber - car.PurchasedOn.DayNumber) * who.KilometresPerDay - Kilometres - who.IntervalKilometres;
        if (odometer < 0) return;
        var bill = new SampleAct.Pays(who, staff.Today.ToDateTime(new TimeOnly(18, 0)), id, who.Dealer, car,
            SampleBills.Visit(SampleVisitKind.Check, 0, car, staff.Random)) { Odometer = odometer };
        await staff.Act("Transactions", SampleStaff.Headquarters, member, id, async _ => await teller.Bill(bill));
        var (found, _) = await desk.List(SuspicionState.Open, who.Dealer, Listed, null, default);
        if (found.FirstOrDefault(one => one.SourceId == id) is not { SuspicionId: var doubt }) return;
        if (chance < Cleared)
            staff.Later(days, () => staff.Act("ClearSuspicion", SampleStaff.Headquarters, member, doubt, caller =>
                desk.Clear(doubt, "里程录入有误", staff.Command(), caller, default)));
        else if (chance < Cleared + Confirmed)
            staff.Later(days, () => staff.Act("ConfirmSuspicion", SampleStaff.Headquarters, member, doubt, caller =>
                desk.Confirm(doubt, "车辆未到店", staff.Command(), caller, default)));
    }
}
