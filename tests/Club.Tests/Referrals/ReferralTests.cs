using System.Text.Json.Nodes;
using Club.Access;
using Club.Edges;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Referrals;
using Club.Running;
using Club.Spending;
using Club.Store;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Referrals;

/// <summary>Who names a buyer before a purchase is rewarded with her, once, for as long as the purchase stands.</summary>
public sealed class ReferralTests : IAsyncDisposable
{
    private const string Buyer = "13900139000", Vehicle = "LSVFF26R7D2123456";
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_friend_is_reported_joins_buys_and_both_have_points_until_the_car_goes_back()
    {
        var member = (await _club.Register()).MemberId;
        var reported = (await Report(member, Buyer)).Value;
        Assert.Equal((ReferralState.Open, new DateOnly(2026, 8, 29)), (reported.State, reported.Until));
        Assert.DoesNotContain("39001390", reported.Phone, StringComparison.Ordinal);
        _club.At(2026, 3, 9);
        // She is nobody yet: the purchase waits, and nothing is rewarded.
        await _club.Send(Sale("S-1", "2026-03-08"));
        await Follow();
        Assert.Equal((Points.Zero, ReferralState.Open), (await _club.Balance(member), (await Of(member)).State));

        var buyer = (await _club.Register(Buyer)).MemberId;
        await Follow();
        Assert.Equal((ReferralState.Bought, buyer), ((await Of(member)).State, (await Of(member)).BoughtBy));
        var entry = Assert.Single(await _club.Entries(member));
        Assert.Equal((Points.Of(2500), new DateOnly(2026, 3, 8), ReferralRules.Source), (entry.Points, entry.On, entry.Source));
        Assert.Equal(["referral", "referral-reported"], entry.Explanation.Select(line => line.Rule));
        var hers = (await _club.Entries(buyer))[0];
        Assert.Equal(Points.Of(500), hers.Points);
        // What a friend paid is nobody else's to read, and who brought her no other dealer's.
        Assert.DoesNotContain("150000", EntryView.Of(entry).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(member.Value, EntryView.Of(hers).ToJsonString(), StringComparison.Ordinal);
        await Follow();
        await Follow();
        Assert.Equal((Points.Of(2500), 1), (await _club.Balance(member), (await _club.Entries(member)).Count));

        await _club.Send(Events.Return("S-1", "R-0", [new { lineId = "1", amount = 60_000m }]));
        await Follow();
        await Follow();
        // A price that is lowered later takes nothing from her; of what the buyer has it takes its share.
        Assert.Equal((Points.Of(2500), ReferralState.Bought), (await _club.Balance(member), (await Of(member)).State));
        Assert.Equal(Points.Of(-200), (await _club.Entries(buyer))[0].Points);
        await _club.Send(Events.Return("S-1", "R-1", null));
        await Follow();
        await Follow();
        Assert.Equal((Points.Zero, ReferralState.Returned), (await _club.Balance(member), (await Of(member)).State));
        Assert.Equal(Points.Zero, await _club.Balance(buyer));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task Where_the_rule_book_goes_by_the_price_the_line_has_it_and_a_lowered_price_takes_its_share()
    {
        await using var club = new ClubFixture(rules: Book.With("""
            {"effectiveFrom":"2020-01-01","referrals":{"validDays":180},"dealers":{"regions":[{"code":"south","name":"南","branches":["D021"]}]},"earning":[
              {"id":"friend","when":{"category":["referral"]},"award":{"rate":0.01}},
              {"id":"price","when":{"category":["parts"]},"award":{"rate":1}}]}
            """));
        var member = (await club.Register()).MemberId;
        Assert.True((await Report(member, Buyer, club: club)).Succeeded);
        await club.Register(Buyer);
        Assert.Null(Assert.Single(await club.Send(Sale("S-1"))).Problem?.Message);
        await Follow(club);
        var told = Assert.Single((await club.Get<ReferralDesk>().Of(member, Caller.Operator, 50, null, Cancellation))!.Value.Items);
        Assert.Equal((ReferralState.Bought, null), (told.State, told.Reason));
        Assert.Equal(Points.Of(1500), await club.Balance(member));
        await club.Send(Events.Return("S-1", "R-0", [new { lineId = "1", amount = 60_000m }]));
        await Follow(club);
        Assert.Equal(Points.Of(900), await club.Balance(member));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Three_count_for_gold()
    {
        var member = (await _club.Register()).MemberId;
        for (var i = 0; i < 3; i++)
        {
            Assert.NotEqual("gold", (await _club.Account(member)).Tier.Code.Value);
            await Report(member, $"1390013900{i}");
            await _club.Register($"1390013900{i}");
            await _club.Send(Sale($"S-{i}", phone: $"1390013900{i}"));
            await Follow();
        }
        Assert.Equal("gold", (await _club.Account(member)).Tier.Code.Value);
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task A_vehicle_that_is_ordered_for_her_names_her_too_and_of_two_who_did_the_first_counts()
    {
        var (one, other) = ((await _club.Register()).MemberId, (await _club.Register("13600136000")).MemberId);
        await Report(one, null, Vehicle);
        Assert.Equal("already-used", (await Report(other, null, Vehicle)).Problem!.Code);
        _club.Clock.Advance(TimeSpan.FromHours(1));
        await Report(other, Buyer);
        var buyer = (await _club.Register(Buyer, form => form with { Vehicles = [new Vehicle(Vehicle, "明锐", null, null)] })).MemberId;
        _club.At(2026, 3, 2, 16);
        await _club.Send(Sale("S-1", "2026-03-02", hour: 14));
        await Follow();
        Assert.Equal((ReferralState.Bought, ReferralState.Open), ((await Of(one)).State, (await Of(other)).State));
        Assert.Equal((Points.Of(2500), Points.Zero), (await _club.Balance(one), await _club.Balance(other)));
        Assert.Equal(buyer, (await Of(one)).BoughtBy);
        // She has come by one member's word: with a second vehicle of hers nobody else is rewarded.
        await _club.Send(Sale("S-2", "2026-03-02", hour: 15));
        await Follow();
        Assert.Equal((ReferralState.Refused, ReferralRules.Another), ((await Of(other)).State, (await Of(other)).Reason));
        Assert.Equal((Points.Of(2500), Points.Zero), (await _club.Balance(one), await _club.Balance(other)));
        Assert.Equal("already-used", (await Report((await _club.Register("13700137000")).MemberId, Buyer)).Problem!.Code);
        Assert.Equal([], await _club.Verify());
    }

    /// <summary>Who buys need not have told her vehicle: the bill does.</summary>
    [Fact]
    public async Task The_vehicle_of_the_bill_names_her_when_nobody_told_that_it_is_hers()
    {
        var member = (await _club.Register()).MemberId;
        await Report(member, null, Vehicle);
        var buyer = (await _club.Register(Buyer)).MemberId;
        _club.At(2026, 3, 2, 16);
        var other = Events.With(Sale("S-0"), "data.vehicle", new JsonObject { ["vin"] = "LSVFF26R9D2123457" });
        var sale = Events.With(Sale("S-1"), "data.vehicle", new JsonObject { ["vin"] = Vehicle });
        await _club.Send(other);
        await Follow();
        Assert.Equal(ReferralState.Open, (await Of(member)).State);
        for (var i = 0; i < 2; i++)
        {
            await _club.Send(sale);
            await Follow();
        }
        Assert.Equal((ReferralState.Bought, buyer, Points.Of(2500)), ((await Of(member)).State, (await Of(member)).BoughtBy!.Value, await _club.Balance(member)));
        await _club.Send(Events.Return("S-1", "R-1", null));
        await Follow();
        await Follow();
        Assert.Equal((ReferralState.Returned, Points.Zero), ((await Of(member)).State, await _club.Balance(member)));
        // Her own vehicle earns her nothing.
        var own = (await _club.Register("13600136000")).MemberId;
        await Report(own, null, "LSVFF26R0D2123458");
        _club.At(2026, 3, 2, 18);
        await _club.Send(Events.With(Sale("S-2", phone: "13600136000", hour: 17), "data.vehicle", new JsonObject { ["vin"] = "LSVFF26R0D2123458" }));
        await Follow();
        Assert.Equal((ReferralState.Refused, ReferralRules.Self), ((await Of(own)).State, (await Of(own)).Reason));
        Assert.Equal([], await _club.Verify());
    }

    [Theory]
    [InlineData("2026-03-01", 10)]
    [InlineData("2026-08-30", 10)]
    public async Task A_purchase_before_the_report_or_after_its_time_counts_for_nothing(string on, int hour)
    {
        var member = (await _club.Register()).MemberId;
        await _club.Register(Buyer);
        await Report(member, Buyer);
        _club.At(2026, 8, 30);
        await _club.Send(Sale("S-1", on, hour: hour));
        await Follow();
        Assert.Equal(Points.Zero, await _club.Balance(member));
        await _club.Sweep(ReferralSweep.Word);
        var lapsed = await Of(member);
        Assert.Equal((ReferralState.Lapsed, null, null), (lapsed.State, lapsed.Phone, lapsed.Name));
        // It may begin anew.
        Assert.Equal(ReferralState.Open, (await Report(member, Buyer)).Value.State);
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task Nobody_names_herself_her_household_or_whoever_named_her()
    {
        var member = (await _club.Register(with: form => form with { Vehicles = [new Vehicle(Vehicle, "明锐", null, null)] })).MemberId;
        var card = (await _club.Get<Membership>().Find(member, default))!.CardNumber;
        var (wife, friend) = ((await _club.Register("13600136000")).MemberId,
            (await _club.Register("13500135000", form => form with { ReferrerCard = card })).MemberId);
        foreach (var (mine, hers) in ((MemberId, MemberId)[])[(member, wife), (wife, member)])
            await _club.Get<Families>().Consent(mine, hers, Caller.OperatorAs("A017"), default);
        Assert.Equal(("not-eligible", "$.phone: nobody refers herself."), Refused(await Report(member, "13800138000")));
        Assert.Equal(("not-eligible", "$.phone: nobody refers her household."), Refused(await Report(member, "13600136000")));
        Assert.Equal(("not-eligible", "$.phone: nobody refers whoever referred her."), Refused(await Report(friend, "13800138000")));
        Assert.Equal(("already-used", "$.vin: the vehicle has an owner already."), Refused(await Report(friend, null, Vehicle)));
        Assert.Equal("not-found", (await Report(new MemberId("M0"), Buyer)).Problem!.Code);
    }

    /// <summary>Two who name each other: the first word counts, whoever buys first.</summary>
    [Fact]
    public async Task Whoever_was_named_first_is_not_rewarded_for_naming_back()
    {
        var (one, other) = ((await _club.Register("13600136000")).MemberId, (await _club.Register(Buyer)).MemberId);
        Assert.Equal(ReferralState.Open, (await Report(one, Buyer)).Value.State);
        Assert.Equal(("not-eligible", "$.phone: nobody refers whoever referred her."), Refused(await Report(other, "13600136000")));

        // By a vehicle that was nobody's yet, each could name the other; when one buys, the first word is known.
        var (early, late) = ((await _club.Register("13500135000")).MemberId, (await _club.Register("13400134000")).MemberId);
        await Report(early, null, Vehicle);
        _club.Clock.Advance(TimeSpan.FromMinutes(1));
        await Report(late, "13500135000");
        await _club.Register("13400134000", form => form with { Vehicles = [new Vehicle(Vehicle, "明锐", null, null)] });
        _club.At(2026, 3, 2, 16);
        await _club.Send(Sale("S-1", phone: "13500135000", hour: 14));
        await Follow();
        Assert.Equal((ReferralState.Refused, ReferralRules.Circle), ((await Of(late)).State, (await Of(late)).Reason));
        await _club.Send(Sale("S-2", phone: "13400134000", hour: 15));
        await Follow();
        Assert.Equal(ReferralState.Bought, (await Of(early)).State);
        // Each has 5,000 for the vehicle as well.
        Assert.Equal((Points.Of(7500), Points.Of(5500)), (await _club.Balance(early), await _club.Balance(late)));
    }

    [Fact]
    public async Task Who_turns_out_to_be_of_the_household_when_she_buys_gives_nothing_and_says_why()
    {
        var member = (await _club.Register()).MemberId;
        await Report(member, Buyer);
        var wife = (await _club.Register(Buyer)).MemberId;
        foreach (var (mine, hers) in ((MemberId, MemberId)[])[(member, wife), (wife, member)])
            await _club.Get<Families>().Consent(mine, hers, Caller.OperatorAs("A017"), default);
        await _club.Send(Sale("S-1"));
        await Follow();
        Assert.Equal((ReferralState.Refused, ReferralRules.Household), ((await Of(member)).State, (await Of(member)).Reason));
        Assert.Equal(Points.Zero, await _club.Balance(member));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_made_up_for_when_it_is_followed_again(bool unanswered)
    {
        var crashes = 0;
        for (var writes = 0; writes < 12; writes++)
        {
            var store = new MemoryStore();
            MemberId member, buyer;
            await using (var club = new ClubFixture("skoda", store))
            {
                (member, buyer) = ((await club.Register()).MemberId, (await club.Register(Buyer)).MemberId);
                await Report(member, Buyer, club: club);
                await club.Send(Sale("S-1"));
            }
            var dying = new CrashingStore(store) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            await using (var club = new ClubFixture("skoda", dying))
                if (await Record.ExceptionAsync(() => Follow(club)) is not null) crashes++;
            await using var next = new ClubFixture("skoda", store);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Follow(next))));
            Assert.Equal((Points.Of(2500), 1), (await next.Balance(member), (await next.Entries(member)).Count));
            Assert.Equal(2, (await next.Entries(buyer)).Count);
            Assert.Equal([], await next.Verify());
        }
        Assert.True(crashes > 2, $"{crashes}");
    }

    [Fact]
    public async Task It_goes_along_when_two_become_one_and_what_it_tells_of_others_goes_with_them()
    {
        await using var club = new ClubFixture("skoda", keys: new MemoryStore());
        var owner = (await club.Register("13700137000")).MemberId;
        var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
        await Report(fan, Buyer, club: club);
        await Report(fan, null, Vehicle, club);
        await club.Get<Merge>().Handle(fan, owner, Cancellation);
        Assert.Equal(2, (await club.Get<ReferralDesk>().Of(owner, Caller.Operator, 50, null, Cancellation))!.Value.Items.Count);
        var buyer = (await club.Register(Buyer)).MemberId;
        await club.Send(Sale("S-1"));
        await Follow(club);
        Assert.Equal(Points.Of(2500), await club.Balance(owner));
        Assert.Equal(1, (await club.Get<EraseMember>().Handle(buyer, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Value.Erased["referrals"]);
        var told = (await club.Get<ReferralDesk>().Of(owner, Caller.Operator, 50, null, Cancellation))!.Value.Items;
        Assert.Equal([null, ReferralState.Bought], told.Where(one => one.State == ReferralState.Bought).SelectMany(one => new object?[] { one.Phone, one.State }));
        await club.Get<EraseMember>().Handle(owner, "本人申请", Caller.OperatorAs("A017"), Cancellation);
        Assert.Equal([], await club.Verify());
    }

    /// <summary>Whatever another host does with it at any moment at which it is moved.</summary>
    [Theory]
    [InlineData("follow")]
    [InlineData("report")]
    [InlineData("erase")]
    [InlineData("lapse")]
    public async Task A_merge_loses_nothing_that_happens_to_a_referral_meanwhile(string what)
    {
        for (var call = 1; ; call++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture("skoda", store.Inner, keys: keys);
            await using var slow = new ClubFixture("skoda", store, keys: keys);
            var owner = (await club.Register("13700137000")).MemberId;
            var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
            await Report(fan, Buyer, club: club);
            var buyer = (await club.Register(Buyer)).MemberId;
            if (what == "follow") await club.Send(Sale("S-1"));
            if (what == "lapse") club.At(2026, 12, 1);
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                // What cannot be done now is done by whoever tries again.
                await Record.ExceptionAsync(() => Do(what, club, fan, buyer));
            });
            await slow.Get<Merge>().Handle(fan, owner, Cancellation);
            await club.Sweep(FinishSweep.Word);
            await Do(what, club, fan, buyer);
            var told = (await club.Get<ReferralDesk>().Of(owner, Caller.Operator, 50, null, Cancellation))!.Value.Items;
            if (what == "report") Assert.Equal(2, told.Count);
            else
                Assert.Equal((what == "follow" ? ReferralState.Bought : ReferralState.Lapsed, what != "follow"),
                    Assert.Single(told) is var one ? (one.State, one.Phone is null) : default);
            Assert.Equal(what == "follow" ? Points.Of(2500) : Points.Zero, await club.Balance(owner));
            Assert.Equal([], await club.Verify());
            if (!isMet) return;
        }
    }

    private static async Task Do(string what, ClubFixture club, MemberId fan, MemberId buyer)
    {
        if (what == "follow") await Follow(club);
        else if (what == "lapse") await club.Sweep(ReferralSweep.Word);
        else if (what == "erase") await club.Get<EraseMember>().Handle(buyer, "本人申请", Caller.OperatorAs("A017"), default);
        else
            await club.Get<ReferralDesk>().Report(fan, new ReferralRequest(PhoneNumber.Parse("13300133000").Value, null, null, null),
                Caller.OperatorAs("A017"), default);
    }

    /// <summary>A member sees no one else's, a dealer's staff theirs.</summary>
    [Fact]
    public async Task Each_sees_what_is_hers()
    {
        var mine = (await _club.Register(with: form => form with { DealerId = new DealerId("D021") })).MemberId;
        var other = (await _club.Register("13600136000", form => form with { DealerId = new DealerId("D022") })).MemberId;
        await Report(mine, Buyer);
        await Report(other, "13500135000");
        var desk = _club.Get<ReferralDesk>();
        var staff = new Caller([Role.Director], "李主任") { Dealer = new DealerId("D021") };
        Assert.Equal([mine], (await desk.List(null, null, staff, 50, null, Cancellation)).Items.Select(one => one.MemberId));
        Assert.Empty((await desk.List(null, new DealerId("D022"), staff, 50, null, Cancellation)).Items);
        Assert.Equal(2, (await desk.List(ReferralState.Open, null, Caller.Operator, 50, null, Cancellation)).Items.Count);
        Assert.Null(await desk.Of(other, staff, 50, null, Cancellation));
        var herself = new Caller([Role.Member], null) { Member = mine };
        Assert.Single((await desk.Of(mine, herself, 50, null, Cancellation))!.Value.Items);
        Assert.Null(await desk.Of(other, herself, 50, null, Cancellation));
        Assert.Equal("not-found", (await desk.Report(other, new ReferralRequest(PhoneNumber.Parse(Buyer).Value, null, null, null), herself, Cancellation)).Problem!.Code);
    }

    private static (string, string) Refused(Outcome<ReferralView> outcome) => (outcome.Problem!.Code, outcome.Problem.Message);

    private Task<Outcome<ReferralView>> Report(MemberId member, string? phone, string? vin = null, ClubFixture? club = null) =>
        (club ?? _club).Get<ReferralDesk>().Report(member, new ReferralRequest(phone is null ? null : PhoneNumber.Parse(phone).Value,
            vin is null ? null : Club.Identity.Vin.Parse(vin).Value, "李雷", "明锐"), Caller.OperatorAs("A017"), Cancellation);

    private async Task<ReferralView> Of(MemberId member) =>
        Assert.Single((await _club.Get<ReferralDesk>().Of(member, Caller.Operator, 50, null, Cancellation))!.Value.Items);

    private Task Follow() => Follow(_club);

    private static async Task Follow(ClubFixture club)
    {
        while (!await club.Get<Followers>().Advance(1000, default)) { }
    }

    private static string Sale(string id, string on = "2026-03-02", string phone = Buyer, int hour = 12) => Events.Bill(id, phone,
        time: $"{on}T{hour}:00:00+08:00", lines: [Events.Line("1", "vehicle", 150000m, "明锐")]);
}
