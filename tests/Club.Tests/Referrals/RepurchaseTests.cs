using Club.Access;
using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Referrals;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Referrals;

/// <summary>Owners of older vehicles are asked for another, once for each, and rewarded for as long as what they buy stands.</summary>
public sealed class RepurchaseTests : IAsyncDisposable
{
    private const string Phone = "13800138000", Old = "LSVFF26R7D2123456", Other = "LSVFF26R9D2123457";
    private static readonly Programme Rules = RulesWith();
    private readonly ClubFixture _club = new(rules: Rules, keys: new MemoryStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private static Caller Staff => Caller.OperatorAs("A017");

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task An_owner_is_found_asked_buys_and_has_points_until_the_car_goes_back()
    {
        var member = await Owner(_club, new DateOnly(2022, 3, 3));
        await _club.Sweep(RepurchaseSweep.Word);
        Assert.Empty(await List(_club));
        _club.At(2026, 3, 3);
        await _club.Sweep(RepurchaseSweep.Word);
        await _club.Sweep(RepurchaseSweep.Word);
        var open = Assert.Single(await List(_club));
        Assert.Equal((member, "王小明", true, "明锐", 48, new DateOnly(2027, 3, 3), new DateOnly(2026, 3, 3), "D001"), (open.MemberId, open.Name,
            open.MayCall, open.Vehicle.Model, open.Vehicle.Months, open.Until, open.NextOn!.Value, open.DealerId?.Value));
        Assert.DoesNotContain("26R7D212", open.Vehicle.Vin, StringComparison.Ordinal);
        var asked = (await Say(open, "考虑中")).Value;
        Assert.Equal((new DateOnly(2026, 3, 17), "考虑中"), (asked.NextOn!.Value, Assert.Single(asked.FollowUps).Note));

        _club.At(2026, 4, 10);
        await _club.Send(Sale("S-1", "2026-04-09"));
        for (var i = 0; i < 2; i++) await Follow(_club);
        Assert.Equal((RepurchaseState.Won, null), Assert.Single(await List(_club)) is var won ? (won.State, won.NextOn) : default);
        Assert.Equal((Points.Of(1000), 2), (await _club.Balance(member), (await _club.Entries(member)).Count));
        Assert.Equal("already-decided", (await Say(open, "再问")).Problem!.Code);
        // Another car is bought by nobody's asking.
        await _club.Send(Sale("S-2", "2026-04-09"));
        await Follow(_club);
        Assert.Equal(Points.Of(1000), await _club.Balance(member));
        var count = await Conversion(Staff);
        Assert.Equal((1, 1, 1m, "D001"), (count.All.Asked, count.All.Won, count.All.Rate, Assert.Single(count.Dealers).DealerId?.Value));

        await _club.Send(Events.Return("S-1", "R-0", [new { lineId = "1", amount = 60_000m }], time: "2026-04-10T09:00:00+08:00"));
        await Follow(_club);
        Assert.Equal(RepurchaseState.Won, Assert.Single(await List(_club)).State);
        await _club.Send(Events.Return("S-1", "R-1", time: "2026-04-10T10:00:00+08:00"));
        for (var i = 0; i < 2; i++) await Follow(_club);
        Assert.Equal((RepurchaseState.Lost, "returned"), Assert.Single(await List(_club)) is var lost ? (lost.State, lost.Reason) : default);
        Assert.Equal(Points.Zero, await _club.Balance(member));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task She_says_no_or_nobody_buys_in_time_and_it_does_not_begin_again()
    {
        await Owner(_club, new DateOnly(2020, 1, 1));
        await Owner(_club, new DateOnly(2020, 1, 1), "13900139000", Other);
        await _club.Sweep(RepurchaseSweep.Word);
        var (one, other) = (await List(_club)) is [var first, var second] ? (first, second) : default;
        Assert.Equal("invalid-data", (await Say(one, "改日", new DateOnly(2026, 3, 2))).Problem!.Code);
        Assert.Equal("invalid-data", (await Say(one, "改日", new DateOnly(2027, 3, 3))).Problem!.Code);
        for (var i = 0; i < 2; i++) Assert.Single((await Say(one, "不买了", lost: true)).Value.FollowUps);
        Assert.Equal(new DateOnly(2027, 3, 2), (await Say(other, "明年", new DateOnly(2027, 3, 2))).Value.NextOn);
        _club.At(2027, 3, 2);
        await _club.Sweep(ForgetSweep.Word, RepurchaseSweep.Word);
        Assert.Equal([RepurchaseState.Open, RepurchaseState.Lost], (await List(_club)).Select(found => found.State).Order());
        _club.At(2027, 3, 3);
        await _club.Sweep(ForgetSweep.Word, RepurchaseSweep.Word);
        Assert.Equal([RepurchaseState.Lost, RepurchaseState.Lapsed], (await List(_club)).Select(found => found.State).Order());
        // What she said goes, that she was asked stays.
        _club.At(2028, 6, 1);
        await _club.Sweep(ForgetSweep.Word, RepurchaseSweep.Word);
        Assert.All(await List(_club), found => Assert.Equal("", Assert.Single(found.FollowUps).Note));
        // A purchase within the time that is told of later still counts.
        await _club.Send(Sale("S-1", "2027-03-02", other.MemberId == one.MemberId ? Phone : await PhoneOf(other.MemberId)));
        await Follow(_club);
        Assert.Equal(RepurchaseState.Won, (await _club.Get<RepurchaseDesk>().Find(other.RepurchaseId, Staff, Cancellation))!.State);
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task It_goes_with_her_to_another_branch_and_each_branch_sees_its_own()
    {
        var member = await Owner(_club, new DateOnly(2020, 1, 1));
        await _club.Sweep(RepurchaseSweep.Word);
        var open = Assert.Single(await List(_club, Advisor("D001")));
        Assert.Empty(await List(_club, Advisor("D002")));
        Assert.Empty((await _club.Get<RepurchaseDesk>().List(null, new DealerId("D001"), null, Advisor("D002"), 50, null, Cancellation)).Items);
        Assert.Equal("not-found", (await Say(open, "好", by: Advisor("D002"))).Problem!.Code);
        await _club.Get<Transfers>().Move(member, new TransferRequest(new DealerId("D002"), "搬家"), Staff, Cancellation);
        await Follow(_club);
        Assert.Empty(await List(_club, Advisor("D001")));
        Assert.Single(await List(_club, Advisor("D002")));
        Assert.Equal((1, 0), ((await Conversion(Advisor("D002"))).All.Asked, (await Conversion(Advisor("D001"))).All.Asked));
        var day = await _club.Get<TodayDesk>().Tell(null, Advisor("D002"), Cancellation);
        Assert.Equal(open.RepurchaseId, Assert.Single(day.Sections.Single(section => section.Name == "repurchases").Items).Id);
        foreach (var strange in (string[])["M0", "M0.x", "..", new string('a', 9000), $"{member}.profile"])
            Assert.Equal("not-found", (await _club.Get<RepurchaseDesk>().FollowUp(strange, new RepurchaseRequest("好", null, false), Staff, Cancellation)).Problem!.Code);
    }

    [Fact]
    public async Task Only_who_is_of_the_classes_is_asked_and_a_new_car_is_looked_at_too()
    {
        await using var club = new ClubFixture(rules: RulesWith(""","valueClass":["D"]"""), keys: new MemoryStore());
        await Owner(club, new DateOnly(2020, 1, 1));
        Assert.Equal(1, (await club.Sweep(RepurchaseSweep.Word)).Done);
        Assert.Empty(await List(club));
        // Who was looked at is not found again.
        Assert.Equal(0, (await club.Sweep(RepurchaseSweep.Word)).Done);
        await club.Send(Events.Bill("B-1", lines: [Events.Line("1", "parts", 50_000m)], dealerId: "D001"));
        await club.Sweep(Club.Value.ClassSweep.Word, RepurchaseSweep.Word);
        Assert.Equal("D", Assert.Single(await List(club)).ValueClass);
        await club.Register(with: form => form with { Vehicles = [new Vehicle(Other, "速派", new DateOnly(2021, 1, 1), null)] });
        await club.Sweep(RepurchaseSweep.Word);
        Assert.Equal(2, (await List(club)).Count);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_vehicle_that_is_somebody_elses_by_now_ends_it()
    {
        await Owner(_club, new DateOnly(2020, 1, 1));
        await _club.Sweep(RepurchaseSweep.Word);
        var open = Assert.Single(await List(_club));
        await _club.Get<Profiles>().Change(open.MemberId, draft =>
        {
            draft.Become(draft.Before! with { Vehicles = [] }, "staff");
            return true;
        }, Cancellation);
        await Follow(_club);
        Assert.Equal((RepurchaseState.Lost, "vehicle"), Assert.Single(await List(_club)) is var lost ? (lost.State, lost.Reason) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_made_up_for(bool unanswered)
    {
        var crashes = 0;
        for (var writes = 0; writes < 10; writes++)
        {
            var (store, keys) = (new MemoryStore(), new MemoryStore());
            MemberId member;
            await using (var club = new ClubFixture(store: store, rules: Rules, keys: keys)) member = await Owner(club, new DateOnly(2020, 1, 1));
            var dying = new CrashingStore(store) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            await using (var club = new ClubFixture(store: dying, rules: Rules, keys: keys))
            {
                if (await Record.ExceptionAsync(async () =>
                    {
                        await club.Get<RepurchaseLedger>().Look(member, Cancellation);
                        club.At(2026, 3, 3);
                        await club.Send(Sale("S-1", "2026-03-03", hour: 11));
                        await Follow(club);
                    }) is not null) crashes++;
            }
            await using var next = new ClubFixture(store: store, rules: Rules, keys: keys);
            await next.Get<RepurchaseLedger>().Look(member, Cancellation);
            next.At(2026, 3, 3);
            await next.Send(Sale("S-1", "2026-03-03", hour: 11));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Follow(next))));
            Assert.Equal(RepurchaseState.Won, Assert.Single(await List(next)).State);
            Assert.Equal((Points.Of(1000), 2), (await next.Balance(member), (await next.Entries(member)).Count));
            Assert.Equal([], await next.Verify());
        }
        Assert.True(crashes > 2, $"{crashes}");
    }

    [Fact]
    public async Task Two_hosts_begin_one_and_keep_what_both_say()
    {
        var (store, keys) = (new MemoryStore(), new MemoryStore());
        await using var one = new ClubFixture(store: store, rules: Rules, keys: keys);
        await using var two = new ClubFixture(store: store, rules: Rules, keys: keys);
        var member = await Owner(one, new DateOnly(2020, 1, 1));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Get<RepurchaseLedger>().Look(member, default))));
        var open = Assert.Single(await List(one));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Get<RepurchaseDesk>()
            .FollowUp(open.RepurchaseId, new RepurchaseRequest($"第{i}次", null, false), Staff, default))));
        Assert.Equal(8, Assert.Single(await List(two)).FollowUps.Select(step => step.Note).Distinct().Count());
    }

    /// <summary>Whatever another host does with it at any moment at which it is moved.</summary>
    [Theory]
    [InlineData("follow")]
    [InlineData("say")]
    [InlineData("look")]
    public async Task A_merge_loses_nothing_that_happens_meanwhile(string what)
    {
        for (var call = 1; ; call++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture(store: store.Inner, rules: Rules, keys: keys);
            await using var slow = new ClubFixture(store: store, rules: Rules, keys: keys);
            var owner = (await club.Register("13700137000", form => form with { DealerId = new DealerId("D002") })).MemberId;
            var fan = (await club.Get<Register>().Handle(new Registration
            {
                Source = "wechat", OpenId = "o-1", DealerId = new DealerId("D001"), Vehicles = [new Vehicle(Old, "明锐", new DateOnly(2020, 1, 1), null)],
            })).MemberId;
            await club.Sweep(RepurchaseSweep.Word);
            var open = Assert.Single(await List(club));
            club.At(2026, 3, 3);
            slow.At(2026, 3, 3);
            if (what == "follow") await club.Send(Sale("S-1", "2026-03-03", hour: 11, member: fan));
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                // What cannot be done now is done by whoever tries again.
                await Record.ExceptionAsync(() => Do(what, club, open, owner));
            });
            await slow.Get<Merge>().Handle(fan, owner, Cancellation);
            await club.Sweep(FinishSweep.Word);
            await Do(what, club, open, owner);
            await Follow(club);
            var told = Assert.Single(await List(club));
            Assert.Equal((owner, "D002", what == "follow" ? RepurchaseState.Won : RepurchaseState.Open),
                (told.MemberId, told.State == RepurchaseState.Won ? "D002" : told.DealerId?.Value, told.State));
            Assert.Equal(what == "say" ? 1 : 0, told.FollowUps.Count);
            Assert.Equal(what == "follow" ? Points.Of(1000) : Points.Zero, await club.Balance(owner));
            Assert.Equal([], await club.Verify());
            if (!isMet) return;
        }
    }

    private static Task Do(string what, ClubFixture club, RepurchaseView open, MemberId owner) => what switch
    {
        "follow" => Follow(club),
        "say" => club.Get<RepurchaseDesk>().FollowUp(open.RepurchaseId, new RepurchaseRequest("好", null, false), Staff, default),
        _ => club.Get<RepurchaseLedger>().Look(owner, default),
    };

    [Fact]
    public async Task Who_is_forgotten_leaves_nothing_and_is_told_all_before()
    {
        var member = await Owner(_club, new DateOnly(2020, 1, 1));
        await _club.Sweep(RepurchaseSweep.Word);
        var open = Assert.Single(await List(_club));
        await Say(open, "她想要红色的");
        var receipt = (await _club.Get<EraseMember>().Handle(member, "本人申请", Staff, Cancellation)).Value;
        Assert.Equal(1, receipt.Erased["repurchases"]);
        await _club.Get<RepurchaseLedger>().Look(member, Cancellation);
        await Follow(_club);
        Assert.Empty(await List(_club));
        Assert.Equal("not-found", (await Say(open, "好")).Problem!.Code);
        Assert.Equal([], await _club.Verify());
    }

    [Theory]
    [InlineData("""{"vehicleMonths":48,"validMonths":12,"followUpDays":14,"valueClass":["X"]}""", "$.repurchase.valueClass[0]")]
    [InlineData("""{"vehicleMonths":0,"validMonths":12,"followUpDays":14}""", "$.repurchase.vehicleMonths")]
    [InlineData("""{"vehicleMonths":48,"validMonths":12}""", "$.repurchase")]
    public void A_term_that_makes_no_sense_is_told_with_its_place(string terms, string path)
    {
        var refused = Assert.Throws<ProgrammeException>(() => Book.With($$"""{"repurchase":{{terms}},"value":{{Value}}}"""));
        Assert.Contains(refused.Errors, error => error.Path.StartsWith(path, StringComparison.Ordinal));
        Assert.Throws<ProgrammeException>(() => Book.With("""{"repurchase":{"vehicleMonths":48,"validMonths":12,"followUpDays":14,"valueClass":["D"]}}"""));
    }

    private const string Value = """
        {"months":12,"categories":["parts"],"classes":{"D":{"total":10000},"G":{"total":1000}},
         "visits":{"expectedDays":183,"leastDays":60,"mostDays":540,"apartDays":14,"lostAfter":2},
         "strategies":[{"cell":"DA","zh":"0","en":"0"},{"cell":"DB","zh":"1","en":"1"},{"cell":"DC","zh":"2","en":"2"},{"cell":"GA","zh":"3","en":"3"},
            {"cell":"GB","zh":"4","en":"4"},{"cell":"GC","zh":"5","en":"5"},{"cell":"SA","zh":"6","en":"6"},{"cell":"SB","zh":"7","en":"7"},{"cell":"SC","zh":"8","en":"8"}]}
        """;

    private static Programme RulesWith(string more = "") => Book.With($$$"""
        {"repurchase":{"vehicleMonths":48,"validMonths":12,"followUpDays":14{{{more}}}},"value":{{{Value}}},
         "earning":[{"id":"again","when":{"category":["repurchase"]},"award":{"fixed":1000,"per":"line"}}]}
        """);

    private static Caller Advisor(string dealer) => new([Role.Advisor], "小赵") { Dealer = new DealerId(dealer) };

    private static async Task<MemberId> Owner(ClubFixture club, DateOnly bought, string phone = Phone, string vin = Old) =>
        (await club.Register(phone, form => form with
        {
            Name = "王小明", DealerId = new DealerId("D001"), Vehicles = [new Vehicle(vin, "明锐", bought, null)],
        })).MemberId;

    private async Task<string> PhoneOf(MemberId member) => (await _club.Get<Membership>().Find(member, Cancellation))!.Phone!;

    private static async Task<IReadOnlyList<RepurchaseView>> List(ClubFixture club, Caller? caller = null) =>
        (await club.Get<RepurchaseDesk>().List(null, null, null, caller ?? Staff, 50, null, Cancellation)).Items;

    private Task<Outcome<RepurchaseView>> Say(RepurchaseView one, string note, DateOnly? next = null, bool lost = false, Caller? by = null) =>
        _club.Get<RepurchaseDesk>().FollowUp(one.RepurchaseId, new RepurchaseRequest(note, next, lost), by ?? Staff, Cancellation);

    private Task<RepurchaseConversion> Conversion(Caller caller) =>
        _club.Get<RepurchaseDesk>().Conversion(MonthRange.Read(null, null, new DateOnly(2026, 3, 2)).Value with { To = "2026-12" }, null, caller, Cancellation);

    private static async Task Follow(ClubFixture club)
    {
        while (!await club.Get<Followers>().Advance(1000, default)) { }
    }

    private static string Sale(string id, string on, string phone = Phone, int hour = 12, MemberId? member = null) => Events.Bill(id, phone,
        time: $"{on}T{hour}:00:00+08:00", member: member is { } known ? new { memberId = known.Value } : null, dealerId: "D001",
        lines: [Events.Line("1", "vehicle", 150000m, "速派")]);
}
