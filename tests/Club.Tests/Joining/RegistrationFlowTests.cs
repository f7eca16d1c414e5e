using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Joining;

public class RegistrationFlowTests : Flow
{
    [Fact]
    public async Task The_same_phone_is_the_same_member_however_it_is_written()
    {
        await using var club = await Open();
        var first = await club.Register("138 0013 8000");
        var second = await club.Register("+8613800138000");
        Assert.True(first.IsNew);
        Assert.Equal(first with { IsNew = false }, second);
    }

    [Fact]
    public async Task Two_simultaneous_registrations_of_one_phone_make_one_member()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var club = await Open();
            var registered = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
                club.Register(with: registration => registration with { OpenId = $"openid-{i % 2}", Name = $"n{i}" }))));
            Assert.Single(registered.Select(member => member.MemberId).Distinct());
            Assert.Single(registered, member => member.IsNew);
        }
    }

    [Fact]
    public async Task A_fan_who_gives_a_known_phone_is_merged_and_keeps_points_and_history()
    {
        await using var club = await Open();
        var owner = await club.Register();
        await club.Send(Events.Bill("OWNER-1"));
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan" });
        await club.Send(Events.Bill("FAN-1", member: new { openId = "o-fan" }),
            Events.Bill("FAN-2", member: new { cardNumber = fan.CardNumber }));
        await club.Send(Events.Return("FAN-1", "FAN-1-R", lines: [new { lineId = "1", amount = 100m }]));

        var merged = await club.Register(with: registration => registration with { OpenId = "o-fan" });

        Assert.Equal(owner.MemberId, merged.MemberId);
        Assert.NotEqual(fan.MemberId, merged.MemberId);
        Assert.Equal(Points.Of(4.9m + 3.9m + 4.9m), await club.Balance(owner.MemberId));
        Assert.Equal(["FAN-2", "FAN-1-R", "FAN-1", "OWNER-1"],
            (await club.Entries(owner.MemberId)).Select(entry => entry.SourceId)
            .OrderBy(id => Array.IndexOf(["FAN-2", "FAN-1-R", "FAN-1", "OWNER-1"], id)));
        Assert.Empty(await club.Verify());
        // Whatever led to the fan leads to the owner now, and nothing is booked twice.
        Assert.Equal(owner.MemberId, (await club.Get<Membership>().Find(fan.MemberId, default))!.MemberId);
        Assert.All(await club.Send(Events.Bill("FAN-1", member: new { openId = "o-fan" }),
            Events.Bill("FAN-2", member: new { cardNumber = fan.CardNumber })),
            receipt => Assert.Equal(Fate.Duplicate, receipt.Fate));
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Return("FAN-1", "FAN-1-R2"))).Fate);
        Assert.Equal(Points.Of(9.8m), await club.Balance(owner.MemberId));
    }

    [Fact]
    public async Task A_fan_with_more_returns_than_a_commit_holds_is_merged_and_nothing_can_be_returned_twice()
    {
        await using var club = await Open();
        var owner = await club.Register();
        await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan" });
        for (var i = 0; i < 110; i++)
            await club.Send(Events.Bill($"F{i}", member: new { openId = "o-fan" }),
                Events.Return($"F{i}", $"R{i}", lines: [new { lineId = "1", amount = 100m }]));

        await club.Register(with: registration => registration with { OpenId = "o-fan" });

        Assert.Equal(Points.Of(110 * 3.9m), await club.Balance(owner.MemberId));
        Assert.Equal("reversal-exceeds",
            Assert.Single(await club.Send(Events.Return("F7", "R7-2", lines: [new { lineId = "1", amount = 391m }]))).Problem!.Code);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Return("F7", "R7-3"))).Fate);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Knowing_a_vin_does_not_open_another_member_s_account()
    {
        await using var club = await Open();
        var vehicle = new Vehicle("LSJA24U62JG269225", "名爵", null, null);
        var owner = await club.Register(with: registration => registration with { Vehicles = [vehicle] });
        var other = await club.Register("13900139000", registration => registration with { Vehicles = [vehicle] });
        Assert.NotEqual(owner.MemberId, other.MemberId);
        await club.Send(Events.Bill(member: new { vin = vehicle.Vin }));
        Assert.Equal(Points.Of(4.9m), await club.Balance(owner.MemberId));
        Assert.True((await club.Get<Membership>().Find(other.MemberId, default))!.Vehicles[0].Disputed);
    }

    [Fact]
    public async Task A_known_vin_opens_no_account_before_its_owner_s_registration_is_finished_either()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = new ClubFixture(store: store);
        Registration WithVehicle(Registration registration) =>
            registration with { Vehicles = [new Vehicle("LSJA24U62JG269225", "名爵", null, null)] };
        // Phone and VIN are claimed; the profile is not written.
        store.CrashAfter(2);
        await Assert.ThrowsAsync<StoreException>(() => club.Register(with: WithVehicle));
        store.Recover();

        var other = await club.Register("13900139000", WithVehicle);
        var owner = await club.Register(with: WithVehicle);

        Assert.NotEqual(owner.MemberId, other.MemberId);
        Assert.True((await club.Get<Membership>().Find(other.MemberId, default))!.Vehicles[0].Disputed);
        await club.Send(Events.Bill());
        Assert.Equal((Points.Of(4.9m), Points.Zero), (await club.Balance(owner.MemberId), await club.Balance(other.MemberId)));
    }

    [Fact]
    public async Task A_fan_merged_into_a_member_whose_registration_crashed_keeps_the_profile()
    {
        var store = new CrashingStore(await NewStore());
        await using var club = new ClubFixture(store: store);
        store.CrashAfter(1);
        await Assert.ThrowsAsync<StoreException>(() => club.Register());
        store.Recover();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan", Name = "王小明" });

        var member = await club.Register(with: registration => registration with { OpenId = "o-fan" });

        var profile = (await club.Get<Membership>().Find(fan.MemberId, default))!;
        Assert.Equal((member.MemberId, "王小明", "+8613800138000"), (profile.MemberId, profile.Name, profile.Phone));
        Assert.Equal(member.CardNumber, profile.CardNumber);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_finished_by_the_retry(bool unanswered)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(await NewStore()) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store);
            await club.Send(Events.Bill());
            var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan", Hobbies = ["自驾"] });
            await club.Send(Events.Bill("FAN-1", member: new { openId = "o-fan" }));
            store.CrashAfter(writes);
            var crashed = false;
            try
            {
                await club.Register(with: registration => registration with { OpenId = "o-fan" });
            }
            catch (StoreException)
            {
                crashed = true;
            }
            store.Recover();
            var member = await club.Register(with: registration => registration with { OpenId = "o-fan" });
            await club.Sweep(FinishSweep.Word);

            Assert.Equal(Points.Of(9.8m), await club.Balance(member.MemberId));
            Assert.Equal(["自驾"], (await club.Get<Membership>().Find(member.MemberId, default))!.Hobbies);
            Assert.Equal(member.MemberId, (await club.Get<Membership>()
                .Find(PersonIdentity.OpenId("o-fan").Value, default))!.MemberId);
            Assert.Empty(await club.Verify());
            Assert.Empty((await store.Find(new IndexQuery("parked", "", IndexQuery.Last))).Documents);
            if (!crashed) return;
        }
    }
}
