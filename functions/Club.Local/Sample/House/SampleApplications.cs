using System.Text;
using Club.Joining;
using Club.Kernel;
using Club.Spending;

namespace Club.Local.Sample;

/// <summary>Dealers propose members, and points are corrected by hand: what one asks for, another decides.</summary>
internal sealed class SampleApplications(Applications applications, Adjustments adjustments, ClubCalendar calendar, SampleTally tally)
    : ISampleDesk
{
    private const double PerDay = 0.03, OfMembers = 0.00001, Approved = 0.6, Refused = 0.2;
    private static readonly Points Small = Points.Of(200m), Above = Points.Of(1000m);

    private const int DaysOwned = 30;

    private int _proposed;

    public async Task Work(SampleStaff staff)
    {
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--) await Propose(staff);
        // Somebody who opens the club has something to do.
        if (staff.IsOneOfTheLast(4)) await Propose(staff);
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--) await Correct(staff);
    }

    /// <summary>Persons beyond the club's number: nobody else tells of them.</summary>
    private async Task Propose(SampleStaff staff)
    {
        var who = staff.Club.Member(staff.Options.Members + ++_proposed);
        var (days, chance) = (staff.Random.Between(1, 6), staff.Random.Share());
        var bought = staff.Today.AddDays(-DaysOwned);
        var car = who.Cars[0] with { Vin = staff.Options.Numbers.Vin(who.Number, 0, bought.Year), PurchasedOn = bought };
        var text = SampleTexts.Of(new SampleAct.Registers(who, default, [car]), calendar.Zone);
        var reader = await applications.Reader(default);
        var applied = await staff.Act("Apply", SampleStaff.Advisor(who.Dealer), null, null, async caller =>
            JsonFields.Parse(Encoding.UTF8.GetBytes(text), reader) is var read && read.Problem is { } problem ? problem
                : await applications.Apply(read.Value, staff.Command(), caller, default));
        if (applied.Problem is not null) return;
        var id = applied.Value.Answer.ApplicationId;
        if (chance < Approved)
            staff.Later(days, async () =>
            {
                var made = await staff.Act("ApproveApplication", SampleStaff.Director(who.Dealer), null, id, caller =>
                    applications.Approve(id, "资料齐全", caller, default));
                if (made.Problem is null) tally.Proposed();
            });
        else if (chance < Approved + Refused)
            staff.Later(days, () => staff.Act("RefuseApplication", SampleStaff.Director(who.Dealer), null, id, caller =>
                applications.Refuse(id, "非本品牌车辆", caller, default)));
    }

    private async Task Correct(SampleStaff staff)
    {
        var (isLarge, chance, days) = (staff.Random.Happens(0.5), staff.Random.Share(), staff.Random.Between(1, 5));
        if (await staff.Somebody() is not var (who, member)) return;
        var points = isLarge && staff.Options.Programme.Spending?.ApproveAbove is { } above ? above + Above : Small;
        var request = new AdjustmentRequest(staff.Options.Programme.DefaultWallet.Code, points, "补记积分：系统升级期间的账单", who.Dealer);
        var asked = await staff.Act("Adjust", SampleStaff.Headquarters, member, null, caller =>
            adjustments.Ask(member, request, staff.Command(), caller, default));
        if (asked.Problem is not null || asked.Value.Answer.State != AdjustmentState.AwaitingApproval) return;
        var id = asked.Value.Answer.AdjustmentId;
        if (chance < Approved)
            staff.Later(days, () => staff.Act("ApproveAdjustment", SampleStaff.Finance, member, id, caller =>
                adjustments.Approve(id, staff.Command(), caller, default)));
        else if (chance < Approved + Refused)
            staff.Later(days, () => staff.Act("RefuseAdjustment", SampleStaff.Finance, member, id, caller =>
                adjustments.Refuse(id, "缺少账单凭证", staff.Command(), caller, default)));
    }
}
