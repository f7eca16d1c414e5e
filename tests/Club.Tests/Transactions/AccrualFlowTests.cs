using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

public class AccrualFlowTests : Flow
{
    [Fact]
    public async Task A_service_bill_earns_on_its_parts_only()
    {
        await using var club = await Open();
        var member = await club.Register();
        var receipt = Assert.Single(await club.Send(Events.Bill()));

        Assert.Equal(Fate.Booked, receipt.Fate);
        Assert.Equal(Points.Of(4.9m), await club.Balance(member.MemberId));
        var entry = Assert.Single(await club.Entries(member.MemberId));
        Assert.Equal((1, EntryKind.Accrual, "WO-88213"), (entry.Sequence, entry.Kind, entry.SourceId));
        Assert.Contains(entry.Explanation, line => line is { LineId: "2", Rule: null } && line.Points.IsZero);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_redelivered_transaction_changes_nothing()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill());
        var before = await club.Account(member.MemberId);

        var receipts = await club.Send(Events.Bill(), Events.Bill());

        Assert.All(receipts, receipt => Assert.Equal(Fate.Duplicate, receipt.Fate));
        Assert.Equal(before.Head, (await club.Account(member.MemberId)).Head);
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill());

        var receipt = Assert.Single(await club.Send(Events.With(Events.Bill(), "data.lines.0.amount", 500m)));

        Assert.Equal((Fate.Rejected, "different-content"), (receipt.Fate, receipt.Problem!.Code));
        Assert.Equal(Points.Of(4.9m), await club.Balance(member.MemberId));
    }

    [Fact]
    public async Task The_same_key_for_another_member_is_refused_wherever_the_first_one_is()
    {
        await using var club = await Open();
        var (first, second) = (await club.Register(), await club.Register("13900139000"));
        await club.Send(Events.Bill());
        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Bill(phone: "13900139000"))).Problem?.Code);
        Assert.Single(await club.Send(Events.Bill("B2"), Events.Bill("B2", "13900139000")), receipt => receipt.Fate == Fate.Booked);

        // Parked under the wrong phone, then sent again under the right one.
        await club.Send(Events.Bill("B3", "13700137000"));
        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Bill("B3"))).Problem?.Code);

        Assert.Equal(Points.Of(9.8m), await club.Balance(first.MemberId) + await club.Balance(second.MemberId));
    }

    [Fact]
    public async Task The_same_transaction_under_another_identity_of_the_member_is_a_duplicate()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill());
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Bill(member: new { cardNumber = member.CardNumber }))).Fate);
    }

    [Fact]
    public async Task A_member_id_that_leads_nowhere_is_refused_and_one_that_was_merged_leads_on()
    {
        await using var club = new ClubFixture();
        var unknown = Assert.Single(await club.Send(Events.Bill(member: new { memberId = "M0000000000000000" })));
        Assert.Equal((Fate.Rejected, "unknown-member"), (unknown.Fate, unknown.Problem!.Code));
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan" });
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill("FAN-1", member: new { memberId = fan.MemberId }))).Fate);
        await club.Register();
        var member = await club.Register(with: registration => registration with { OpenId = "o-fan" });

        var receipts = await club.Send(Events.Bill("FAN-1", member: new { memberId = fan.MemberId }),
            Events.Bill("FAN-2", member: new { memberId = fan.MemberId }));

        Assert.Equal([Fate.Duplicate, Fate.Booked], receipts.Select(receipt => receipt.Fate));
        Assert.Equal(Points.Of(9.8m), await club.Balance(member.MemberId));
    }

    [Fact]
    public async Task Two_workers_with_the_same_transaction_book_it_once()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var club = new ClubFixture();
            var member = await club.Register();
            var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => club.Send(Events.Bill()))));
            Assert.Single(receipts.SelectMany(all => all), receipt => receipt.Fate == Fate.Booked);
            Assert.Equal(Points.Of(4.9m), await club.Balance(member.MemberId));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_while_booking_or_reversing_is_made_good_by_the_redelivery(bool unanswered)
    {
        // Each message writes its key and then its entry.
        foreach (var writes in new[] { 0, 1, 2, 3 })
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store);
            var member = await club.Register();
            store.CrashAfter(writes);
            await Assert.ThrowsAsync<StoreException>(() => club.Send(Events.Bill(), Events.Return()));
            store.Recover();

            var receipts = await club.Send(Events.Bill(), Events.Return());

            var booked = (writes + (unanswered ? 1 : 0)) / 2;
            Assert.Equal(booked, receipts.Count(receipt => receipt.Fate == Fate.Duplicate));
            Assert.Equal(2 - booked, receipts.Count(receipt => receipt.Fate == Fate.Booked));
            Assert.Equal((2, Points.Zero), ((await club.Entries(member.MemberId)).Count, await club.Balance(member.MemberId)));
            Assert.Empty(await club.Verify());
        }
    }

    [Fact]
    public async Task A_stranger_s_transactions_wait_and_are_credited_on_registration()
    {
        await using var club = await Open();
        Assert.Equal(Fate.Parked, Assert.Single(await club.Send(Events.Bill())).Fate);
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Bill())).Fate);

        var member = await club.Register();

        Assert.Equal(Points.Of(4.9m), await club.Balance(member.MemberId));
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Bill())).Fate);
        Assert.Empty((await club.Store.Find(new("parked", "", IndexQuery.Last), default)).Documents);
    }

    [Fact]
    public async Task A_return_takes_back_its_share_and_never_more()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill());

        await club.Send(Events.Return(id: "RT-1", lines: [new { lineId = "1", amount = 100m }]));
        Assert.Equal(Points.Of(3.9m), await club.Balance(member.MemberId));

        var tooMuch = Assert.Single(await club.Send(Events.Return(id: "RT-2", lines: [new { lineId = "1", amount = 400m }])));
        Assert.Equal("reversal-exceeds", tooMuch.Problem!.Code);

        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Return(id: "RT-3"))).Fate);
        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Equal(Fate.Duplicate, Assert.Single(await club.Send(Events.Return(id: "RT-3"))).Fate);
        Assert.Equal("already-reversed", Assert.Single(await club.Send(Events.Return(id: "RT-4"))).Problem!.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_return_that_comes_first_is_kept_and_applied_by_the_sweep()
    {
        await using var club = await Open();
        var member = await club.Register();
        Assert.Equal("unknown-original", Assert.Single(await club.Send(Events.Return())).Problem!.Code);
        await club.Send(Events.Bill());

        await club.Sweep(FinishSweep.Word);

        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Empty((await club.Store.Find(new("rejected", "", IndexQuery.Last), default)).Documents);
    }

    [Fact]
    public async Task A_return_of_a_parked_transaction_waits_beside_it()
    {
        await using var club = await Open();
        await club.Send(Events.Bill());
        Assert.Equal(Fate.Parked, Assert.Single(await club.Send(Events.Return(lines: [new { lineId = "1", amount = 100m }]))).Fate);

        var member = await club.Register();

        Assert.Equal(Points.Of(3.9m), await club.Balance(member.MemberId));
    }

    [Fact]
    public async Task Points_already_lapsed_are_not_owed_by_a_return()
    {
        await using var club = await Open();
        var member = await club.Register();
        await club.Send(Events.Bill());
        var lapse = (await club.Account(member.MemberId)).NextLapse!.Value;
        club.At(lapse.Year, lapse.Month, lapse.Day);
        Assert.Equal(1, (await club.Sweep(PointsSweep.Word)).Done);
        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));

        await club.Send(Events.Return());

        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Empty(await club.Verify());
    }
}
