using System.Text;
using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Members;

/// <summary>Somebody is forgotten who has what others say is theirs: they stay.</summary>
public sealed class EraseDisputeTests : IAsyncDisposable
{
    private const string Vin = "LSVFF26R7D2123456", Gone = "13800138000", Second = "13900139000", Third = "13700137000";
    private readonly ClubFixture _club = new(keys: new MemoryStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_vehicle_that_one_other_named_is_hers_and_what_comes_is_booked_for_her()
    {
        var (gone, other) = (await Register(Gone), await Register(Second));
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send(Sale("S-1"))).Fate);
        await Erase(gone);
        await Work();
        Assert.Empty(await List());
        Assert.Null(await Disputed(other));
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send(Sale("S-2"))).Fate);
        Assert.Equal((Points.Of(200m), Points.Of(200m)), (await _club.Balance(gone), await _club.Balance(other)));
        var told = (await _club.Changes()).Where(document => document.Type == "event" && document.Partition == other.Value)
            .Select(document => document.As<MemberEvent>()).Single(one => one.Kind == MemberEventKind.DisputeSettled);
        Assert.Equal(("owner", "erased", null), (told.To, told.Reason, told.Author));
        // A further form, and one of somebody else, are as with any vehicle.
        Assert.Equal(other, await Register(Second));
        await Register(Third);
        Assert.Equal((other, 1), Assert.Single(await List()) is var open ? (open.MemberId, open.Claimants.Count) : default);
        Assert.Empty(await _club.Verify());
    }

    /// <summary>Also without a word on the queue, and when she asks twice.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waited_for_the_decision_goes_on(bool isTold)
    {
        await _club.Send(Sale("S-1"), Sale("S-2"), Events.Return("S-2", "R-2", [new { lineId = "1", amount = 40000m }]),
            // What tells of her besides goes with her.
            Events.With(Sale("S-3"), "data.note", $"代 {Gone} 付款"));
        var (gone, owner) = (await Register(Gone), await Register(Second));
        Assert.Equal((gone, 4), Assert.Single(await List()) is var open ? (open.MemberId, open.Parked) : default);
        await Erase(gone);
        await Erase(gone);
        if (isTold) await Work();
        else await _club.Sweep(FinishSweep.Word);
        Assert.Equal((Points.Zero, Points.Of(300m)), (await _club.Balance(gone), await _club.Balance(owner)));
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal(Points.Of(300m), await _club.Balance(owner));
        Assert.Empty(await List());
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Several_go_on_disputing_and_what_comes_waits_until_staff_decide()
    {
        var (gone, second, third) = (await Register(Gone), await Register(Second), await Register(Third));
        await Erase(gone);
        await Work();
        var open = Assert.Single(await List());
        Assert.Equal((Vin, second, 0), (open.Vin, open.MemberId, open.Parked));
        Assert.Equal([third], open.Claimants);
        Assert.Equal((true, true), (await Disputed(second), await Disputed(third)));
        Assert.Equal(Fate.Parked, Assert.Single(await _club.Send(Sale("S-1"))).Fate);
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal((Points.Zero, Points.Zero), (await _club.Balance(second), await _club.Balance(third)));
        Assert.Equal(open.Id, await _club.Get<Disputes>().IdOf(open.Id, Cancellation));
        Assert.Empty(await _club.Verify());

        Assert.True((await Settle(_club, open.Id, third)).Succeeded);
        Assert.Equal((Points.Zero, Points.Of(200m)), (await _club.Balance(second), await _club.Balance(third)));
        Assert.Equal((true, null), (await Disputed(second), await Disputed(third)));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task One_after_the_other_is_forgotten_and_the_last_has_it()
    {
        var (gone, second, third) = (await Register(Gone), await Register(Second), await Register(Third));
        await Erase(gone);
        await _club.Send(Sale("S-1"));
        await Erase(second);
        await Work();
        Assert.Equal(Points.Of(200m), await _club.Balance(third));
        await Erase(third);
        Assert.Equal(Fate.Parked, Assert.Single(await _club.Send(Sale("S-2"))).Fate);
        Assert.Empty(await List());
        Assert.Empty(await _club.Verify());
    }

    /// <summary>As before: the one who is not forgotten keeps it.</summary>
    [Fact]
    public async Task Who_only_named_it_takes_nothing_along()
    {
        var (owner, gone, third) = (await Register(Gone), await Register(Second), await Register(Third));
        await Erase(gone);
        Assert.Equal((owner, third), Assert.Single(await List()) is var open ? (open.MemberId, open.Claimants.Single()) : default);
        await Erase(third);
        Assert.Empty(await List());
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send(Sale("S-1"))).Fate);
        Assert.Equal(Points.Of(200m), await _club.Balance(owner));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_number_that_one_other_gave_is_hers()
    {
        var (gone, other) = (await Holder("赵一", 1970), await Holder("王小明", 1990));
        await Erase(gone);
        await Work();
        var profile = (await _club.Get<Membership>().Find(other, Cancellation))!;
        Assert.Equal(("+86" + Gone, null), (profile.Phone, profile.DisputedPhone));
        Assert.Equal(Fate.Booked, Assert.Single(await _club.Send(Events.Bill())).Fate);
        Assert.Equal((Points.Zero, Points.Of(4.9m)), (await _club.Balance(gone), await _club.Balance(other)));
        Assert.Equal(other, await Holder("王小明", 1990));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_number_that_several_gave_leads_to_none_of_them_until_staff_decide()
    {
        var (gone, second, third) = (await Holder("赵一", 1970), await Holder("王小明", 1990), await Holder("李娜", 1985));
        await Erase(gone);
        await Work();
        // Each gives it again, and somebody comes who tells no name.
        Assert.Equal((second, third), (await Holder("王小明", 1990), await Holder("李娜", 1985)));
        Assert.Equal(second, await Holder("王小明", 1990, "o-second"));
        var nameless = (await _club.Register(Gone)).MemberId;
        Assert.DoesNotContain(nameless, (MemberId[])[gone, second, third]);
        foreach (var one in (MemberId[])[second, third, nameless])
            Assert.Null((await _club.Get<Membership>().Find(one, Cancellation))!.Phone);
        Assert.Equal(Fate.Parked, Assert.Single(await _club.Send(Events.Bill())).Fate);
        var open = Assert.Single(await List());
        Assert.Equal(("phone", 2), (open.Kind, open.Claimants.Count));
        Assert.Equal(open.Id, await _club.Get<Disputes>().IdOf(open.Id, Cancellation));

        Assert.True((await Settle(_club, open.Id, third)).Succeeded);
        Assert.Equal(("+86" + Gone, null), ((await _club.Get<Membership>().Find(third, Cancellation))!.Phone,
            (await _club.Get<Membership>().Find(second, Cancellation))!.Phone));
        Assert.Equal(Points.Of(4.9m), await _club.Balance(third));
        Assert.Equal(third, await Holder("李娜", 1985));
        Assert.Empty(await _club.Verify());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_after_any_write_is_made_up_for_by_the_sweep(bool areSeveral)
    {
        for (var writes = 0; writes < 80; writes++)
        {
            var (store, keys) = (new MemoryStore(), new MemoryStore());
            MemberId gone, second, third = default;
            await using (var club = new ClubFixture(store: store, keys: keys))
            {
                await club.Send(Sale("S-1"));
                (gone, second) = ((await club.Register(Gone, WithVehicle)).MemberId, (await club.Register(Second, WithVehicle)).MemberId);
                if (areSeveral) third = (await club.Register(Third, WithVehicle)).MemberId;
            }
            var crashing = new CrashingStore(store) { Unanswered = writes % 2 == 0 };
            crashing.CrashAfter(writes / 2);
            var crashed = false;
            await using (var dying = new ClubFixture(store: crashing, keys: keys))
            {
                try
                {
                    await Erase(gone, dying);
                    foreach (var message in dying.Queue.Take()) await dying.Get<Work>().Handle(message);
                }
                catch (StoreException)
                {
                    crashed = true;
                }
            }
            await using var after = new ClubFixture(store: store, keys: keys);
            await after.Sweep(FinishSweep.Word);
            if (await after.Get<EraseMember>().Find(gone, Cancellation) is null) await Erase(gone, after);
            await after.Sweep(FinishSweep.Word);
            var open = (await after.Get<Disputes>().List(Caller.Operator, 50, null, Cancellation)).Items;
            if (areSeveral) Assert.Equal((second, third), (Assert.Single(open).MemberId, open[0].Claimants.Single()));
            else Assert.Empty(open);
            Assert.Equal(areSeveral ? Points.Zero : Points.Of(200m), await after.Balance(second));
            Assert.Equal(areSeveral ? true : null, (await after.Get<Membership>().Find(second, Cancellation))!.Vehicles.Single().Disputed);
            Assert.Empty(await after.Verify());
            var told = string.Concat((await after.Changes()).Select(document => Encoding.UTF8.GetString(document.Json.Span)));
            Assert.DoesNotContain(Gone, told, StringComparison.Ordinal);
            if (!crashed) return;
        }
        Assert.Fail("It never got through.");
    }

    /// <summary>Who is forgotten lets go of the key of what waits for the vehicle, where nothing does: nothing that is parked at that very
    /// moment may lie under it.</summary>
    [Fact]
    public async Task What_is_parked_while_one_of_several_is_forgotten_can_be_read_and_is_handed_over()
    {
        for (var at = 1; ; at++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture(store: store.Inner, keys: keys);
            await using var slow = new ClubFixture(store: store, keys: keys);
            var (gone, second) = ((await club.Register(Gone, WithVehicle)).MemberId, (await club.Register(Second, WithVehicle)).MemberId);
            await club.Register(Third, WithVehicle);
            store.After(at, () => club.Send(Sale("S-1")));
            var before = store.Calls;
            await Erase(gone, slow);
            if (store.Calls - before < at) return;
            // A host that remembers no key.
            await using var other = new ClubFixture(store: store.Inner, keys: keys);
            await other.Sweep(FinishSweep.Word);
            foreach (var open in (await other.Get<Disputes>().List(Caller.Operator, 50, null, Cancellation)).Items)
                Assert.True((await Settle(other, open.Id, second)).Succeeded);
            await other.Sweep(FinishSweep.Word);
            Assert.True(Points.Of(200m) == await other.Balance(gone) + await other.Balance(second), $"After call {at} the sale is lost.");
            Assert.Empty(await other.Verify());
        }
    }

    [Fact]
    public async Task Decisions_forms_and_sales_at_once_lose_nobody_and_nothing()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var club = new ClubFixture(keys: new MemoryStore());
            var gone = (await club.Register(Gone, WithVehicle)).MemberId;
            var second = (await club.Register(Second, WithVehicle)).MemberId;
            var third = round % 2 == 0 ? (await club.Register(Third, WithVehicle)).MemberId : (MemberId?)null;
            var id = (await club.Get<Disputes>().List(Caller.Operator, 50, null, Cancellation)).Items.Single().Id;
            await Task.WhenAll(
                Task.Run(() => Erase(gone, club), Cancellation),
                Task.Run(() => Settle(club, id, second), Cancellation),
                Task.Run(() => club.Send(Sale("S-1")), Cancellation),
                Task.Run(() => club.Register("13600136000", WithVehicle), Cancellation),
                Task.Run(() => club.Sweep(FinishSweep.Word), Cancellation));
            await Erase(gone, club);
            await club.Sweep(FinishSweep.Word);
            var claim = (await club.Store.Read<Claim>(id, Claim.Id, Cancellation))!.Value;
            Assert.NotEqual(gone, claim.MemberId);
            Assert.DoesNotContain(gone, claim.Dispute?.Claimants ?? []);
            // Nobody who named it is lost: it is hers, she disputes it, or it was decided against her.
            foreach (var one in (MemberId?[])[second, third])
                if (one is { } named)
                    Assert.True(claim.MemberId == named || claim.Dispute!.Claimants.Contains(named)
                        || await club.Store.Read<MemberEvent>(named, SettledId(claim), Cancellation) is not null, $"{round}");
            var booked = await club.Balance(gone);
            foreach (var one in (MemberId?[])[second, third, (await club.Register("13600136000")).MemberId])
                if (one is { } other) booked += await club.Balance(other);
            Assert.Equal(Points.Of(claim.Parked == 1 ? 0m : 200m), booked);
            Assert.Empty(await club.Verify());
        }
    }

    private static string SettledId(Claim claim) => claim.Dispute?.Decision is null ? "none" : DisputeEvents.IdOf(claim);

    private static string Sale(string id) => Events.Bill(id, member: new { vin = Vin }, lines: [Events.Line("1", "vehicle", 80000m, "V6菱仕")]);

    private static Registration WithVehicle(Registration registration) => registration with { Vehicles = [new Vehicle(Vin, "V6菱仕", null, null)] };

    private async Task<MemberId> Register(string phone) => (await _club.Register(phone, WithVehicle)).MemberId;

    /// <summary>Somebody to whom the network gave the number.</summary>
    private async Task<MemberId> Holder(string name, int born, string? openId = null) => (await _club.Register(Gone, form => form with
    {
        Name = name,
        Birthday = new DateOnly(born, 5, 5),
        OpenId = openId,
    })).MemberId;

    private async Task Work()
    {
        foreach (var message in _club.Queue.Take()) await _club.Get<Work>().Handle(message);
    }

    private Task<Outcome<Erasure>> Erase(MemberId member, ClubFixture? club = null) =>
        (club ?? _club).Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation);

    private static Task<Outcome<DisputeView>> Settle(ClubFixture club, string id, MemberId to) =>
        club.Get<Disputes>().Settle(id, new DisputeDecision(to, "合同"), Caller.OperatorAs("A017"), Cancellation);

    private async Task<IReadOnlyList<DisputeView>> List() =>
        (await _club.Get<Disputes>().List(Caller.Operator, 50, null, Cancellation)).Items;

    private async Task<bool?> Disputed(MemberId member) =>
        (await _club.Get<Membership>().Find(member, Cancellation))!.Vehicles.Single().Disputed;
}
