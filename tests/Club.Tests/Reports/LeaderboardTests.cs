using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Reports;
using Club.Store;
using Club.Value;
using Club.Tests.Dealers;
using Club.Tests.Spending;
using Xunit;

namespace Club.Tests.Reports;

/// <summary>Branches are compared by what the reports have counted.</summary>
public sealed class LeaderboardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_won_most_members_stands_first_and_a_month_is_what_it_was()
    {
        await using var club = new ClubFixture("skoda");
        for (var i = 0; i < 3; i++) await club.Join($"1380013800{i}", i < 2 ? "D022" : "D021");
        await club.Send(Events.Bill("B-1", "13800138002", time: "2026-03-02T10:20:00+08:00", lines: [Events.Line("1", "parts", 5000m)]));
        var spender = (await club.Get<Membership>().Find(PersonIdentity.Parse(IdentityKind.Phone, "13800138002").Value, Cancellation))!.MemberId;
        var till = new Till(club);
        var spent = (await till.Redeem(spender, 200, dealer: "D022")).Value.Answer;
        Assert.True((await till.Refund(spent.RedemptionId, 50)).Succeeded);
        await Count(club);
        var march = await Of(club, null, LeaderBy.Joined);
        Assert.Equal(("2026-03", 118), (march.Month, march.Items.Count));
        Assert.Equal([(1, "D022", 2, 2), (2, "D021", 1, 1), (3, "D001", 0, 0)],
            march.Items.Take(3).Select(one => (one.Rank, one.DealerId.Value, one.Joined, one.Members)));
        Assert.Equal(3, march.Items[^1].Rank);
        Assert.Equal(("D021", true), (await Of(club, null, LeaderBy.Points)).Items[0] is var first
            ? (first.DealerId.Value, first.Points[0].Earned.IsPositive) : default);
        Assert.Equal([Points.Of(-150)], march.Items[0].Points.Select(points => points.Redeemed));
        Assert.Equal((1, 0), march.Items[1] is var one ? (one.Active, one.Lost) : default);

        club.At(2026, 4, 2);
        await club.Join("13900139000", "D021");
        await club.Close("D022", "D021", "2026-04-02");
        await club.Work();
        await Count(club);
        var april = await Of(club, null, LeaderBy.Members);
        Assert.Equal((1, "D021", 1, 4, 3), april.Items[0] is var now ? (now.Rank, now.DealerId.Value, now.Joined, now.Members, now.Growth) : default);
        Assert.DoesNotContain(april.Items, one => one.DealerId.Value == "D022");
        Assert.Equal((2, 2), (await Of(club, "2026-03", LeaderBy.Joined)).Items[0] is var then ? (then.Joined, then.Members) : default);
    }

    [Fact]
    public async Task Visits_are_days_with_bills_and_no_bill_counts_twice()
    {
        await using var club = new ClubFixture("skoda");
        await club.Join("13800138000", "D021");
        string[] bills = [Bill("B-1", "2026-03-01"), Bill("B-2", "2026-03-01"), Bill("B-3", "2026-02-20"), Bill("B-4", "2026-03-01", "D022")];
        await club.Send(bills);
        await club.Send(bills);
        await Count(club);
        Assert.Equal([("D021", 2), ("D022", 1), ("D001", 0)],
            (await Of(club, null, LeaderBy.Visits)).Items.Take(3).Select(one => (one.DealerId.Value, one.Visits)));
        club.At(2026, 4, 2);
        await club.Send(Bill("B-5", "2026-04-01", "D022"));
        await Count(club);
        await club.Get<Projections>().Rebuild(club.Get<MembersByMonth>(), Cancellation);
        await Count(club);
        Assert.Equal([("D022", 1), ("D001", 0)], (await Of(club, null, LeaderBy.Visits)).Items.Take(2).Select(one => (one.DealerId.Value, one.Visits)));
        Assert.Equal(2, (await Of(club, "2026-03", LeaderBy.Visits)).Items[0].Visits);
    }

    private static string Bill(string id, string on, string dealer = "D021") =>
        Events.Bill(id, time: $"{on}T10:20:00+08:00", dealerId: dealer, lines: [Events.Line("1", "parts", 100m)]);

    [Fact]
    public async Task A_region_has_its_own_and_one_that_is_none_is_refused()
    {
        await using var club = new ClubFixture("skoda");
        await club.Put("D029", """{"name":"上海一店"}""");
        var shanghai = await Of(club, null, LeaderBy.Joined, "shanghai");
        Assert.Equal((24, "上海一店", "D030"), (shanghai.Items.Count, shanghai.Items[0].Name, shanghai.Items[1].DealerId.Value));
        Assert.Equal("invalid-query", (await club.Get<Leaderboard>().Of(null, "shanhai", LeaderBy.Joined, Cancellation)).Problem!.Code);
    }

    private static async Task Count(ClubFixture club)
    {
        await club.Sweep(ClassSweep.Word);
        while (!await club.Get<Projections>().Advance(1000, Cancellation)) { }
    }

    private static async Task<LeaderboardView> Of(ClubFixture club, string? month, LeaderBy by, string? region = null)
    {
        StatementMonth? asked = month is not null && StatementMonth.TryParse(month, out var one) ? one : null;
        return (await club.Get<Leaderboard>().Of(asked, region, by, Cancellation)).Value;
    }
}
