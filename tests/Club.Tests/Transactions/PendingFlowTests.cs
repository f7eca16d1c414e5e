using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>Points that are earned and cannot be spent yet 待生效.</summary>
public sealed class PendingFlowTests
{
    private static Programme Pending(string pending, string more = "") => Book.With($$"""
        {"earning":[{"id":"base","when":{"category":["parts"]},"award":{"rate":0.01} },
                    {"id":"bonus","when":{"category":["parts"]},"award":{"fixed":10,"per":"line"},"pending":{{pending}} {{more}} }],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    [Theory]
    [InlineData("""{"days":14}""", "2026-03-16")]
    [InlineData("""{"until":"2026-04-01"}""", "2026-04-01")]
    public async Task Points_wait_for_a_day(string pending, string from)
    {
        await using var club = new ClubFixture(rules: Pending(pending));
        var member = await club.Register();
        await club.Send(Events.Bill());

        Assert.Equal((4.9m, 10m), await Spendable(club, member.MemberId));
        Set(club, DateOnly.Parse(from, null).AddDays(-1));
        Assert.Equal((4.9m, 10m), await Spendable(club, member.MemberId));
        Set(club, DateOnly.Parse(from, null));
        Assert.Equal((14.9m, 0m), await Spendable(club, member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Points_that_wait_for_a_day_long_past_can_be_spent_at_once()
    {
        await using var club = new ClubFixture(rules: Pending("""{"until":"2026-03-02"}"""));
        var member = await club.Register();
        await club.Send(Events.Bill());
        Assert.Equal((14.9m, 0m), await Spendable(club, member.MemberId));
    }

    [Fact]
    public async Task Points_wait_for_an_event_and_a_second_confirmation_changes_nothing()
    {
        await using var club = new ClubFixture(rules: Pending("""{"event":"delivered"}"""));
        var member = await club.Register();
        await club.Send(Events.Bill());
        Assert.Equal((4.9m, 10m), await Spendable(club, member.MemberId));

        var refused = Assert.Single(await club.Send(Events.Confirm(happened: "shipped", id: "CF-0")));
        Assert.Equal((Fate.Rejected, "nothing-awaits"), (refused.Fate, refused.Problem!.Code));
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Confirm())).Fate);
        Assert.Equal((14.9m, 0m), await Spendable(club, member.MemberId));

        var head = (await club.Account(member.MemberId)).Head;
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Confirm())).Fate);
        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Confirm(happened: "shipped"))).Problem!.Code);
        Assert.Equal(head, (await club.Account(member.MemberId)).Head);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Confirm(id: "CF-2"))).Fate);
        Assert.Equal((14.9m, 0m), await Spendable(club, member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_confirmation_of_points_in_another_wallet_counts_once()
    {
        await using var club = new ClubFixture(rules: Pending("""{"event":"delivered"}""", ""","wallet":"branch" """));
        var member = await club.Register();
        await club.Send(Events.Bill());

        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Confirm())).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Confirm())).Fate);

        Assert.Equal((10m, 0m), await Spendable(club, member.MemberId, "branch"));
        Assert.Single(await club.Entries(member.MemberId), entry => entry.Kind == EntryKind.Release);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_confirmation_that_comes_first_is_kept_and_applied_by_the_sweep()
    {
        await using var club = new ClubFixture(rules: Pending("""{"event":"delivered"}"""));
        var member = await club.Register();
        Assert.Equal("unknown-original", Assert.Single(await club.Send(Events.Confirm())).Problem!.Code);
        await club.Send(Events.Bill());

        await club.Sweep(FinishSweep.Word);

        Assert.Equal((14.9m, 0m), await Spendable(club, member.MemberId));
        Assert.Empty((await club.Store.Find(new("rejected", "", IndexQuery.Last), default)).Documents);
    }

    [Fact]
    public async Task A_confirmation_of_a_parked_transaction_waits_beside_it()
    {
        await using var club = new ClubFixture(rules: Pending("""{"event":"delivered"}"""));
        await club.Send(Events.Bill());
        Assert.Equal(Fate.Parked, Assert.Single(await club.Send(Events.Confirm())).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Confirm())).Fate);

        var member = await club.Register();

        Assert.Equal((14.9m, 0m), await Spendable(club, member.MemberId));
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Confirm())).Fate);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_return_takes_back_what_waits_and_what_does_not_each_from_its_own_lot()
    {
        await using var club = new ClubFixture(rules: Pending("""{"event":"delivered"}"""));
        var member = await club.Register();
        await club.Send(Events.Bill());

        await club.Send(Events.Return(lines: [new { lineId = "1", amount = 49m }]));
        Assert.Equal((4.41m, 9m), await Spendable(club, member.MemberId));

        await club.Send(Events.Confirm());
        await club.Send(Events.Return(id: "RT-2", lines: [new { lineId = "1", amount = 49m }]));
        Assert.Equal((11.92m, 0m), await Spendable(club, member.MemberId));
        await club.Send(Events.Return(id: "RT-3"));
        Assert.Equal((0m, 0m), await Spendable(club, member.MemberId));
        Assert.Empty(await club.Verify());
    }

    private static async Task<(decimal Available, decimal Pending)> Spendable(ClubFixture club, MemberId memberId, string wallet = "club")
    {
        var today = club.Get<ClubCalendar>().Today;
        var state = (await club.Account(memberId)).Wallet(new WalletCode(wallet));
        return (state.Available(today).Value, state.Pending(today).Value);
    }

    private static void Set(ClubFixture club, DateOnly day) => club.At(day.Year, day.Month, day.Day);
}
