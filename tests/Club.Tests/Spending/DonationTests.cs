using Club.Kernel;
using Club.Ledger;
using Club.Spending;
using Club.Store;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>Points donated to what the programme names.</summary>
public sealed class DonationTests
{
    private static Task<Outcome<Answered<DonationView>>> Donate(ClubFixture club, MemberId member, string cause, decimal points,
        string? wallet = null, string? key = null) => club.Get<Donations>().Donate(member, new DonationRequest(cause, Points.Of(points),
            wallet is null ? null : new WalletCode(wallet)), Key(key, $"{cause} {points}"), Staff, Cancellation);

    [Fact]
    public async Task A_cause_takes_the_points_that_lapse_first()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 100);
        club.At(2026, 5, 1);
        await club.Grant(member, 100);
        var given = (await Donate(club, member, "hope-school", 120.5m, key: "d")).Value.Answer;
        Assert.Equal(("希望小学", 121L, 79.5m), (given.Name, given.Cost.Fen, given.Balance.Value));
        Assert.Equal([100m, 20.5m], given.Lots.Select(lot => lot.Points.Value));
        var entry = (await club.Entries(member))[0];
        Assert.Equal((EntryKind.Donation, given.DonationId), (entry.Kind, entry.Move!.Id));
        Assert.Equal([new CounterLine("cause:hope-school", Points.Of(120.5m))], entry.Counter);
        var again = (await Donate(club, member, "hope-school", 120.5m, key: "d")).Value;
        Assert.Equal((true, 79.5m), (again.IsRepeat, await club.Has(member)));
        Assert.Equal("different-content", (await Donate(club, member, "hope-school", 1, key: "d")).Problem!.Code);
        await club.AllComesToNothing();
    }

    [Theory]
    [InlineData("hope-schol", 1, null, "invalid-data", "did you mean \"hope-school\"?")]
    [InlineData("Hope-School", 1, null, "invalid-data", "to donate to; did you mean \"hope-school\"?")]
    [InlineData("hope-school", 100.01, null, "insufficient-points", "100 can be had")]
    [InlineData("hope-school", 1, "branch", "wrong-dealer", "only at the dealer")]
    [InlineData("hope-school", 1, "clubb", "invalid-data", "did you mean \"club\"?")]
    public async Task What_cannot_be_given_stays(string cause, double points, string? wallet, string code, string says)
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 100);
        await club.Grant(member, 100, "branch");
        var problem = (await Donate(club, member, cause, (decimal)points, wallet)).Problem!;
        Assert.Equal(code, problem.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Equal(100, await club.Has(member));
    }

    [Fact]
    public async Task Where_no_cause_is_named_nothing_is_donated()
    {
        await using var club = new ClubFixture(rules: Rules(Free));
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 100);
        Assert.Equal("not-offered", (await Donate(club, member, "hope-school", 1)).Problem!.Code);
        await using var none = new ClubFixture();
        Assert.Equal("not-offered", (await Donate(none, (await none.Register()).MemberId, "hope-school", 1)).Problem!.Code);
        Assert.Equal("not-found", (await Donate(none, new MemberId("M0"), "hope-school", 1)).Problem!.Code);
    }

    /// <summary>What a hold keeps is nobody's to give; when its time is over it is, without waiting for a sweep.</summary>
    [Fact]
    public async Task What_a_hold_keeps_is_not_given_until_it_is_over()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 100);
        var bill = new SpentFor(SpentKind.Bill, Money.Of(100), new DealerId("D001"));
        Assert.True((await club.Get<Redemptions>().Redeem(member, new RedemptionRequest(null, Points.Of(60), bill, true), Key(), Staff,
            Cancellation)).Succeeded);
        Assert.Equal(40, (await Donate(club, member, "hope-school", 41)).Problem!.Numbers!["available"]);
        club.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(0, (await Donate(club, member, "hope-school", 100)).Value.Answer.Balance.Value);
        await club.AllComesToNothing();
    }
}
