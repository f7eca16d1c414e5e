using Club.Identity;
using Club.Referrals;

namespace Club.Local.Sample;

/// <summary>Members name somebody who is about to buy her first car, and somebody now and then who does not.</summary>
internal sealed class SampleReferrals(ReferralDesk desk) : ISampleDesk
{
    private const double PerDay = 0.04, OfMembers = 0.00003, Buys = 0.7;
    private const int Draws = 200, MostDays = 60;

    private readonly HashSet<int> _named = [], _naming = [];

    public async Task Work(SampleStaff staff)
    {
        if (staff.Options.Programme.Referrals is null) return;
        for (var times = staff.Times(PerDay + staff.Options.Members * OfMembers); times > 0; times--) await Name(staff);
    }

    private async Task Name(SampleStaff staff)
    {
        var buyer = staff.Random.Happens(Buys) ? Buyer(staff) : null;
        // Whoever buys nothing is one of those beyond the club's number; nobody is proposed that far out.
        buyer ??= staff.Club.Member(staff.Options.Members + SampleOptions.MostMembers / 2 + staff.Random.Below(1_000_000));
        if (await staff.Somebody(one => one.Number != buyer.Number && !_naming.Contains(one.Number)) is not var (who, id)) return;
        if (!_named.Add(buyer.Number)) return;
        _naming.Add(who.Number);
        await staff.Act("Refer", SampleStaff.Headquarters, id, null, caller => desk.Report(id,
            new ReferralRequest(PhoneNumber.Parse(buyer.Phone).Value, null, buyer.Name, buyer.Cars[0].Model.Name), caller, default));
    }

    /// <summary>Null: nobody was found who buys soon, and is no member yet.</summary>
    private SampleMember? Buyer(SampleStaff staff)
    {
        for (var draw = 0; draw < Draws; draw++)
            if (staff.Club.Member(1 + staff.Random.Below(staff.Options.Members)) is var one
                && one.Cars[0].PurchasedOn > staff.Today.AddDays(1)
                && one.Cars[0].PurchasedOn <= staff.Today.AddDays(MostDays) && one.JoinedOn >= one.Cars[0].PurchasedOn
                && one.FollowedOn is null && !_named.Contains(one.Number))
                return one;
        return null;
    }
}
