using System.Text.Json.Nodes;
using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Value;
using Xunit;
using static Club.Tests.Value.ValueClub;

namespace Club.Tests.Value;

/// <summary>Classes as members become others, branches change and the rule book does.</summary>
public sealed class ValueChangeTests : Flow
{
    private Task<ClubFixture> Open(string rules = ValueClub.Rules) => Open("foton", Book.With(rules));

    [Fact]
    public async Task Whoever_is_transferred_is_judged_by_her_new_branch()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-03-02"));
        await Sweep(club);
        Assert.True((await club.Get<Transfers>().Move(member, new TransferRequest(new("D002"), "搬家"), Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.Equal("SB", await Cell(club, member));
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal((0, 0), await Sweep(club));
        Assert.Equal(("B", "D002"), await Profile(club, member) is var now ? (now.LoyaltyClass, now.ClassedAt?.Value) : default);
        Assert.Equal("SA SB", await Told(club, member));
    }

    [Fact]
    public async Task Other_terms_reach_whoever_they_touch_and_none_take_the_classes_away()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-03-02", 2500m), Bill("B-2", "2026-03-02", 400m, category: "rescue"));
        await Sweep(club);
        async Task From(string version, string day, string? value)
        {
            var file = Book.Version(version, day);
            if (value is not null) file["value"] = JsonNode.Parse(value);
            Assert.IsType<PublicationResult.Published>(await club.Publish(file));
        }
        await From("2", "2026-03-10", Section.Replace("\"total\":2000,\"item\":900", "\"total\":2600", StringComparison.Ordinal));
        await From("3", "2026-03-12", Section.Replace("\"total\":2000,\"item\":900", "\"total\":2600", StringComparison.Ordinal)
            .Replace("\"labour\"", "\"rescue\"", StringComparison.Ordinal));
        await From("4", "2026-03-14", null);
        club.On("2026-03-09");
        Assert.Equal((0, 0), await Sweep(club));
        club.On("2026-03-10");
        Assert.Equal((1, 0), await Sweep(club));
        club.On("2026-03-12");
        // What it counts now, the ledger has from before.
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal("GA", await Cell(club, member));
        Assert.Empty(await club.Verify());
        club.On("2026-03-14");
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal((0, 0), await Sweep(club));
        Assert.Equal("GA SA GA -", await Told(club, member));
        Assert.Equal((null, null), await Profile(club, member) is var now ? (now.ValueClass, now.LoyaltyClass) : default);
        Assert.Null(await Cell(club, member));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_club_that_begins_to_tell_apart_finds_whoever_never_came_again()
    {
        await using var club = await Open("""{"effectiveFrom":"2020-01-01"}""");
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2025-03-02", 2500m));
        Assert.Equal((0, 0), await Sweep(club));
        Assert.Empty(await Churn(club));
        var file = Book.Version("2", "2026-03-10");
        file["value"] = JsonNode.Parse(Section);
        Assert.IsType<PublicationResult.Published>(await club.Publish(file));
        club.On("2026-03-10");
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal((0, 0), await Sweep(club));
        Assert.Equal([(member, "G")], (await Churn(club)).Select(one => (one.MemberId, one.ValueClass)));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Two_who_are_one_are_worth_what_both_spent_and_came_when_either_came()
    {
        await using var club = await Open();
        var owner = (await Register(club)).MemberId;
        var fan = (await club.Register("13900139000", form => form with { OpenId = "o-1" })).MemberId;
        await club.Send(Bill("B-1", "2026-01-01", 1500m), Bill("B-2", "2026-02-20", 1700m, phone: "13900139000"), Bill("B-3", "2026-02-25", 100m));
        await Sweep(club);
        await club.Send(Return("B-2", "R-1", "2026-03-01", new { lineId = "1", amount = 700m }));
        await club.Get<Merge>().Handle(fan, owner, Cancellation);
        var joined = (await Judged(club, fan)).Inputs!;
        Assert.Equal((Money.Of(2600), 3, new DateOnly(2026, 2, 25), 75), (joined.Spend, joined.Bills, joined.LastVisit, joined.IntervalDays));
        Assert.Equal("GA", await Cell(club, owner));
        await Sweep(club);
        Assert.Equal("SA GA", await Told(club, owner));
        Assert.Equal((0, 0), await Sweep(club));
        // What is returned later goes where the bill is by now.
        await club.Send(Return("B-2", "R-2", "2026-03-02"));
        Assert.Equal(Money.Of(1600), (await Judged(club, owner)).Inputs!.Spend);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Whoever_is_forgotten_has_no_class_and_is_on_no_list()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2025-03-02", 2500m));
        await Sweep(club);
        Assert.Single(await Churn(club));
        Assert.True((await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.Empty(await Churn(club));
        Assert.Null(await club.Get<MemberValue>().Of(member, Caller.Operator, Cancellation));
        await Sweep(club);
        Assert.Equal((0, 0), await Sweep(club));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Whoever_is_forgotten_while_loyal_is_looked_at_once_more_and_then_no_more()
    {
        await using var club = await Open();
        var member = (await Register(club)).MemberId;
        await club.Send(Bill("B-1", "2026-03-02", 2500m));
        await Sweep(club);
        Assert.True((await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        club.On("2027-03-02");
        Assert.Equal((1, 0), await Sweep(club));
        Assert.Equal((0, 0), await Sweep(club));
        Assert.Equal("GA -", await Told(club, member));
        Assert.Empty(await club.Verify());
    }
}
