using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Store;
using Club.Value;
using Xunit;
using static Club.Tests.Value.ValueClub;

namespace Club.Tests.Value;

/// <summary>Classes as members come, stay away, come back and go elsewhere.</summary>
public class ValueFlowTests : Flow
{
    private Task<ClubFixture> Open(string rules = ValueClub.Rules) => Open("foton", Book.With(rules));

    [Fact]
    public async Task A_member_comes_is_late_is_lost_and_comes_back()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        Assert.Null(await Cell(club, member));
        await club.Send(Bill("B-1", "2026-03-02", 2500m));
        // Answers wait for no sweep; lists and reports do.
        Assert.Equal("GA", await Cell(club, member));
        Assert.Null((await Profile(club, member)).LoyaltyClass);
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal(("G", "A"), await Profile(club, member) is var known ? (known.ValueClass, known.LoyaltyClass) : default);
        Assert.Equal((0, 0), await Sweep(club));
        club.On("2026-06-10");
        Assert.Equal((0, 0), await Sweep(club));
        club.On("2026-06-11");
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal("GB", await Cell(club, member));
        club.On("2026-09-19");
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal("GA GB GC", await Told(club, member));
        Assert.Equal([member], (await Churn(club)).Select(one => one.MemberId));
        club.On("2026-12-01");
        await club.Send(Bill("B-2", "2026-12-01", 300m));
        Assert.Equal("GA", await Cell(club, member));
        Assert.Empty(await Churn(club));
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal("GA GB GC GA", await Told(club, member));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Why_is_told_by_its_inputs_in_both_languages()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-01-01", 1500m), Bill("B-2", "2026-02-20", 700m, "D002"), Bill("B-3", "2026-02-20", 10m, category: "rescue"));
        var view = await Judged(club, member);

        Assert.Equal(("GB", "G", "B", (DateOnly?)null), (view.Cell, view.ValueClass, view.LoyaltyClass, view.Since));
        var inputs = view.Inputs!;
        Assert.Equal((Money.Of(2200), 2, 2, Money.Of(1100), Money.Of(1100)), (inputs.Spend, inputs.Bills, inputs.Items, inputs.Mean, inputs.Item));
        Assert.Equal((75, 1, 50m), (inputs.IntervalDays, inputs.OwnGaps, inputs.OwnMedianDays));
        Assert.Equal((new DateOnly(2026, 2, 20), new DateOnly(2026, 5, 6), new DateOnly(2026, 7, 21)), (inputs.LastVisit, inputs.ExpectedBy, inputs.LostFrom));
        Assert.Equal([new("D001"), new DealerId("D002")], inputs.Dealers);
        Assert.Equal(("金摇", "hold"), (view.Strategy!.Zh, view.Strategy.En));
        Assert.Equal(
        [
            "From 2025-02-01 to the last visit on 2026-02-20 she spent 2200 CNY on 2 bills with 2 lines: 1100 a bill, 1100 a line.",
            "Value G (gold): 2200 in all reaches 2000.",
            "She is expected 75 days after a visit: 1 intervals of her own have the median 50, and the 100 of everybody count as one more.",
            "Loyalty B (wavering): on time, but at D001, D002 while her own dealer is D001.",
            "What to do in GB: hold.",
        ], view.English);
        Assert.Equal(
        [
            "2025-02-01至最近到店日2026-02-20共消费2200元，2单2项，单均1100元，项均1100元。",
            "价值G（黄金）：总消费2200元达到2000元。",
            "预期间隔75天：本人1次间隔的中位数为50天，通用的100天计作一次。",
            "忠诚B（摇摆）：按时到店，但到访D001、D002，所属分会为D001。",
            "GB策略：金摇。",
        ], view.Chinese);
    }

    [Fact]
    public async Task What_is_returned_counts_no_more_and_a_bill_returned_in_full_was_no_visit()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-01-01", 6000m), Bill("B-2", "2026-03-01", 1000m));
        Assert.Equal("GA", await Cell(club, member));
        await Sweep(club);
        await club.Send(Return("B-1", "R-1", "2026-03-02", new { lineId = "1", amount = 5500m }));
        Assert.Equal(Money.Of(1500), (await Judged(club, member)).Inputs!.Spend);
        Assert.Equal("SA", await Cell(club, member));
        await club.Send(Return("B-2", "R-2", "2026-03-02"));
        var left = (await Judged(club, member)).Inputs!;
        Assert.Equal((Money.Of(500), 1, new DateOnly(2026, 1, 1), 0), (left.Spend, left.Bills, left.LastVisit, left.OwnGaps));
        await club.Send(Return("B-1", "R-3", "2026-03-02"));
        Assert.Null(await Cell(club, member));
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal("GA -", await Told(club, member));
        Assert.Null((await Profile(club, member)).LoyaltyClass);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task What_is_heard_of_late_counts_on_its_day()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2025-03-02", 100m));
        Assert.Equal("SC", await Cell(club, member));
        await club.Send(Bill("B-2", "2025-01-11", 100m));
        var view = (await Judged(club, member)).Inputs!;
        Assert.Equal((new DateOnly(2025, 3, 2), 75, Money.Of(200)), (view.LastVisit, view.IntervalDays, view.Spend));
        await club.Send(Bill("B-3", "2025-12-28", 100m));
        Assert.Equal("SA", await Cell(club, member));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Rules_may_ask_for_the_class_before_the_visit_so_that_both_bills_of_a_day_are_won_back()
    {
        await using var club = await Open($$$"""
            {"effectiveFrom":"2020-01-01","value":{{{Section}}},
             "earning":[{"id":"base","when":{},"award":{"rate":0.01}},
                        {"id":"win-back","when":{"loyaltyClass":["C"],"valueClass":["G","D"]},"award":{"multiplier":3}}]}
            """);
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-03-02", 2500m));
        Assert.Equal(Points.Of(25), await club.Balance(member));
        club.On("2026-12-01");
        // No sweep has come by since she was here.
        await club.Send(Bill("B-2", "2026-12-01", 100m));
        await club.Send(Bill("B-3", "2026-12-01", 100m));
        Assert.Equal(Points.Of(31), await club.Balance(member));
        club.On("2026-12-05");
        await club.Send(Bill("B-4", "2026-12-05", 100m));
        Assert.Equal(Points.Of(32), await club.Balance(member));
        var asked = (await club.Entries(member)).Select(entry => entry.Inputs!.Facts?.LoyaltyClass);
        Assert.Equal(["A", "C", "C", null], asked);
    }

    [Fact]
    public async Task A_day_is_the_brands_day()
    {
        await using var club = new ClubFixture(rules: Book.With(ValueClub.Rules), store: await NewStore());
        var member = (await Register(club)).MemberId;
        // A quarter past midnight in Shanghai, the day before in UTC.
        await club.Send(Events.With(Bill("B-1", "2026-03-02"), "time", "2026-03-01T16:15:00Z"));
        Assert.Equal(new DateOnly(2026, 3, 2), (await Judged(club, member)).Inputs!.LastVisit);
        await Sweep(club);
        club.At(2026, 6, 10, 23, 59);
        Assert.Equal((0, 0), await Sweep(club));
        club.At(2026, 6, 11, 0, 1);
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal("SB", await Cell(club, member));
    }

    [Fact]
    public async Task Staff_of_her_dealer_are_told_a_guest_and_a_member_are_not()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-03-02"));
        var value = club.Get<MemberValue>();
        Assert.Equal("SA", (await value.Of(member, Director("D001"), Cancellation))?.Cell);
        Assert.Null(await value.Of(member, Director("D002"), Cancellation));
        var phone = PersonIdentity.Parse(IdentityKind.Phone, Phone).Value;
        Assert.Null(await value.Of(member, Director("D002") with { Before = phone }, Cancellation));
        Assert.False(Rights.Has(Role.Member, Right.ReadValue));
    }

    [Fact]
    public async Task A_hundred_thousand_bills_of_one_member_are_a_few_rows()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        club.On("2028-03-02");
        var sums = VisitRules.None(Terms);
        for (var i = 0; i < 100_000; i++)
        {
            var bill = Book.Transaction(Book.Line("parts", 1m)) with
            {
                Id = $"{i}", On = new DateOnly(2026, 3, 2).AddDays(i % 730), DealerId = new DealerId($"D{i % 40:D3}"),
            };
            sums = VisitRules.Plus(Terms, sums, bill)!;
        }
        var account = (await club.Account(member)) with { Visits = sums };
        Assert.InRange(account.ToCreate().Json.Length, 1, 2000);
        Assert.Equal((Terms.Months + 1, 12), (sums.Months.Count, sums.Days.Count));
    }
}
