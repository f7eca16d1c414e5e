using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Members;

/// <summary>Whoever types a VIN first gets nothing that waits for its owner.</summary>
public sealed class DisputeFlowTests : IAsyncDisposable
{
    private const string Vin = "LSVFF26R7D2123456";
    private const string Stranger = "13900139000", Owner = "13800138000";

    private readonly ClubFixture _club = new();

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task What_waits_for_a_VIN_goes_on_waiting_when_somebody_types_it()
    {
        await _club.Send(Sale("S-1"));
        var stranger = await Register(Stranger);
        Assert.Equal(Points.Zero, await _club.Balance(stranger));

        var dispute = Assert.Single(await List());
        Assert.Equal((Vin, stranger, 1), (dispute.Vin, dispute.MemberId, dispute.Parked));
        Assert.Equal(dispute.Id, await _club.Get<Disputes>().IdOf(dispute.Id, default));
        Assert.Equal(Fate.Parked, (await _club.Send(Sale("S-2"))).Single().Fate);
        Assert.Equal(Fate.Parked, (await _club.Send(Events.Return("S-1", "R-1", [new { lineId = "1", amount = 40000m }]))).Single().Fate);
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal(Points.Zero, await _club.Balance(stranger));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Staff_give_the_vehicle_to_its_owner_and_with_it_what_waited()
    {
        await _club.Send(Sale("S-1"));
        var stranger = await Register(Stranger);
        var owner = await Register(Owner);
        var dispute = Assert.Single(await List());
        Assert.Equal([owner], dispute.Claimants);

        await Settle(dispute.Id, owner);
        Assert.Equal((Points.Of(200m), Points.Zero), (await _club.Balance(owner), await _club.Balance(stranger)));
        Assert.Empty(await List());
        Assert.Equal((null, true), (await Disputed(owner), await Disputed(stranger)));
        await _club.Send(Sale("S-2"));
        Assert.Equal(Points.Of(400m), await _club.Balance(owner));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Staff_may_find_that_who_typed_it_is_the_owner()
    {
        await _club.Send(Sale("S-1"), Events.Return("S-1", "R-1", [new { lineId = "1", amount = 40000m }]));
        var first = await Register(Owner);
        await Settle(Assert.Single(await List()).Id, first);
        Assert.Equal(Points.Of(100m), await _club.Balance(first));
        Assert.Null(await Disputed(first));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sender_who_knows_the_owners_phone_confirms_her(bool registersFirst)
    {
        string? owner = null;
        await _club.Send(Sale("S-1"));
        if (registersFirst) owner = await Register(Owner);
        await _club.Send(Sale("S-2", new { phone = "+86 138-0013-8000" }));
        owner ??= await Register(Owner);
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal(Points.Of(400m), await _club.Balance(new MemberId(owner)));
        Assert.Empty(await List());
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_sender_who_knows_another_phone_confirms_nobody()
    {
        await _club.Send(Sale("S-1", new { phone = Owner }));
        var stranger = await Register(Stranger);
        await Register(Owner, withVehicle: false);
        await _club.Send(Sale("S-2", new { phone = Owner }));
        Assert.Equal(Points.Zero, await _club.Balance(stranger));
        Assert.Equal(2, Assert.Single(await List()).Parked);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"phone":""}""", null)]
    [InlineData("""{"phone":" ","cardNumber":null}""", null)]
    [InlineData("""{"phone":"1"}""", "phone-invalid")]
    [InlineData("""{"phone":{}}""", "wrong-type")]
    [InlineData("""{"phone":"13800138000","cardNumber":"183538541321"}""", "member-reference")]
    [InlineData("[]", "wrong-type")]
    public async Task A_holder_is_read_like_every_other_identity(string holder, string? code)
    {
        var receipt = Assert.Single(await _club.Send(
            Events.With(Sale("S-1"), "data.holder", System.Text.Json.Nodes.JsonNode.Parse(holder))));
        Assert.Equal((code is null ? Fate.Parked : Fate.Rejected, code), (receipt.Fate, receipt.Problem?.Code));
    }

    [Fact]
    public async Task A_card_confirms_as_a_phone_does()
    {
        await _club.Send(Sale("S-1"));
        var owner = await Register(Owner);
        var card = (await _club.Get<Membership>().Find(owner, default))!.CardNumber;
        await _club.Send(Sale("S-2", new { cardNumber = card }));
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal(Points.Of(400m), await _club.Balance(owner));
    }

    [Fact]
    public async Task A_VIN_for_which_nothing_waits_is_taken_as_before()
    {
        var owner = await Register(Owner);
        await _club.Send(Sale("S-1"));
        Assert.Equal(Points.Of(200m), await _club.Balance(owner));
        Assert.Empty(await List());
    }

    [Fact]
    public async Task A_decision_is_taken_once_and_only_for_somebody_who_named_the_vehicle()
    {
        await _club.Send(Sale("S-1"));
        var (stranger, owner) = (await Register(Stranger), await Register(Owner));
        var id = Assert.Single(await List()).Id;
        var outsider = await Register("13700137000", withVehicle: false);
        Assert.Equal("invalid-data", (await _club.Get<Disputes>().Settle(id, new(outsider, "x"), Caller.OperatorAs("y"), default)).Problem?.Code);
        await Settle(id, owner);
        await Settle(id, owner);
        Assert.Equal("not-found", (await _club.Get<Disputes>().Settle(id, new(stranger, "x"), Caller.OperatorAs("y"), default)).Problem?.Code);
        Assert.Equal("not-found", (await _club.Get<Disputes>()
            .Settle("nothing", new(stranger, "x"), Caller.OperatorAs("y"), default)).Problem?.Code);
        Assert.Equal(Points.Of(200m), await _club.Balance(owner));

        // The same form again is no new question.
        await Register(Stranger);
        Assert.Empty(await List());
    }

    [Fact]
    public async Task A_crash_after_any_write_of_a_decision_is_made_up_for_by_the_sweep()
    {
        for (var writes = 0; writes < 24; writes++)
        {
            var store = new MemoryStore();
            string id, owner, stranger;
            await using (var club = new ClubFixture(store: store))
            {
                await club.Send(Sale("S-1"));
                stranger = (await club.Register(Stranger, WithVehicle)).MemberId;
                owner = (await club.Register(Owner, WithVehicle)).MemberId;
                id = (await club.Get<Disputes>().List(Caller.Operator, 50, null, default)).Items.Single().Id;
            }
            var crashing = new CrashingStore(store) { Unanswered = writes % 2 == 0 };
            crashing.CrashAfter(writes / 2);
            await using (var dying = new ClubFixture(store: crashing))
            {
                try
                {
                    await dying.Get<Disputes>().Settle(id, new(new MemberId(owner), "合同"), Caller.OperatorAs("A017"), default);
                }
                catch (StoreException)
                {
                    // As a kill would end it.
                }
            }
            await using var after = new ClubFixture(store: store);
            await after.Get<Disputes>().Settle(id, new(new MemberId(owner), "合同"), Caller.OperatorAs("A017"), default);
            await after.Sweep(FinishSweep.Word);
            Assert.Equal((Points.Of(200m), Points.Zero), (await after.Balance(new MemberId(owner)), await after.Balance(new MemberId(stranger))));
            Assert.True((await after.Get<Membership>().Find(new MemberId(stranger), default))!.Vehicles.Single().Disputed);
            Assert.Empty(await after.Verify());
        }
    }

    /// <summary>While a hand-over ends, its owner is forgotten, many sales come, somebody else registers, and staff decide for her: what is
    /// left for the work queue is still counted.</summary>
    [Fact]
    public async Task A_hand_over_that_ends_late_forgets_nothing_that_came_since()
    {
        for (var at = 1; ; at++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture(store: store.Inner, keys: keys);
            await using var slow = new ClubFixture(store: store, keys: keys);
            await club.Send(Sale("S-0"));
            var first = (await club.Register(Stranger, WithVehicle)).MemberId;
            MemberId next = default;
            store.After(at, async () =>
            {
                await club.Get<EraseMember>().Handle(first, "本人申请", Caller.OperatorAs("A017"), default);
                await club.Send([.. Enumerable.Range(1, Parking.HandedOverAtOnce + 1).Select(i => Sale($"S-{i}"))]);
                next = (await club.Register(Owner, WithVehicle)).MemberId;
                await Decide(club, next);
            });
            var before = store.Calls;
            await Decide(slow, first);
            if (store.Calls - before < at) return;
            await club.Sweep(FinishSweep.Word);
            await Decide(club, next);
            await club.Sweep(FinishSweep.Word);
            var booked = await club.Balance(first) + await club.Balance(next);
            // What waited for her who is forgotten before it was handed over goes with her.
            Assert.True(booked >= Points.Of(200m * (Parking.HandedOverAtOnce + 1)), $"After call {at}: {booked}.");
            Assert.Empty(await club.Verify());
        }

        static async Task Decide(ClubFixture club, MemberId memberId)
        {
            foreach (var open in (await club.Get<Disputes>().List(Caller.Operator, 50, null, default)).Items)
                await club.Get<Disputes>().Settle(open.Id, new DisputeDecision(memberId, "合同"), Caller.OperatorAs("A017"), default);
        }
    }

    [Fact]
    public async Task More_than_a_registration_hands_over_is_left_to_the_work_queue()
    {
        await _club.Send([.. Enumerable.Range(0, 130).Select(i => Sale($"S-{i}"))]);
        var owner = await Register(Owner);
        await Settle(Assert.Single(await List()).Id, owner);
        foreach (var message in _club.Queue.Take()) await _club.Get<Work>().Handle(message);
        Assert.Equal(Points.Of(130 * 200m), await _club.Balance(owner));
    }

    private static string Sale(string id, object? holder = null)
    {
        var sale = Events.Bill(id, member: new { vin = Vin }, lines: [Events.Line("1", "vehicle", 80000m, "V6菱仕")]);
        return holder is null ? sale : Events.With(sale, "data.holder", System.Text.Json.JsonSerializer.SerializeToNode(holder));
    }

    private static Registration WithVehicle(Registration registration) =>
        registration with { Vehicles = [new Vehicle(Vin, "V6菱仕", null, null)] };

    private async Task<MemberId> Register(string phone, bool withVehicle = true) =>
        (await _club.Register(phone, withVehicle ? WithVehicle : null)).MemberId;

    private async Task<IReadOnlyList<DisputeView>> List() => (await _club.Get<Disputes>().List(Caller.Operator, 50, null, default)).Items;

    private async Task Settle(string id, MemberId memberId) =>
        Assert.True((await _club.Get<Disputes>().Settle(id, new DisputeDecision(memberId, "合同"), Caller.OperatorAs("A017"), default)).Succeeded);

    private async Task<bool?> Disputed(MemberId memberId) =>
        (await _club.Get<Membership>().Find(memberId, default))!.Vehicles.Single().Disputed;
}
