using System.Text.Json.Nodes;
using Club.Access;
using Club.Earning;
using Club.Fraud;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Fraud;

/// <summary>Bills that only a car club can doubt: what is found, what becomes of them, and how headquarters decide.</summary>
public sealed class FraudTests
{
    private const string Vehicle = "LSVFF26R7D2123456";
    private const string Checks = """
        [{"id":"km","kind":"odometerFalls","severity":"hold"},{"id":"there","kind":"vehicleElsewhere","severity":"note"},
         {"id":"bare","kind":"linesMissing","severity":"refuse","anyOf":["parts","labour"],"unless":["rescue"]},
         {"id":"many","kind":"vehicleBurst","severity":"note","most":2,"days":7}]
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private static readonly Caller Finance = new([Role.Finance], "王审");

    [Fact]
    public async Task Points_of_an_odometer_that_falls_wait_until_somebody_has_looked()
    {
        await using var club = Club();
        var member = (await club.Register()).MemberId;
        await club.Send(Bill("1", "2026-01-10", 52_300));
        await club.Send(Bill("2", "2026-03-01", 41_000));
        Assert.Equal((Points.Of(4.9m), Points.Of(9.8m)), await Held(club, member));
        var found = Assert.Single(await Open(club));
        var finding = Assert.Single(found.Findings);
        Assert.Equal(("km", 41_000, 52_300, new DateOnly(2026, 1, 10)), (finding.Check, finding.Now!.Value, finding.Known!.Value, finding.On!.Value));
        Assert.Equal("The odometer shows 41000 km, on 2026-01-10 it showed 52300 km.", finding.Text);
        // Its sender cannot release it by an event of its own.
        var receipt = Assert.Single(await club.Send(Events.Confirm("2", CheckedBill.Review)));
        Assert.Equal("foreign-source", receipt.Problem!.Code);

        var cleared = await Decide(club, found, clear: true, "k1");
        Assert.Equal(SuspicionState.Cleared, cleared.Value.Answer.State);
        Assert.Equal((Points.Of(9.8m), Points.Of(9.8m)), await Held(club, member));
        Assert.True((await Decide(club, found, clear: true, "k1")).Value.IsRepeat);
        Assert.Equal("already-decided", (await Decide(club, found, clear: false, "k2")).Problem!.Code);
        // Another instrument was put in: what it shows counts from now on.
        await club.Send(Bill("3", "2026-03-02", 41_900));
        Assert.Empty(await Open(club));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task What_is_found_false_is_taken_back_even_when_part_of_it_was_returned()
    {
        await using var club = Club();
        var member = (await club.Register()).MemberId;
        await club.Send(Bill("1", "2026-01-10", 52_300), Bill("2", "2026-03-01", 41_000));
        await club.Send(Events.Return("2", lines: [new { lineId = "1", amount = 100m }]));
        Assert.Equal(SuspicionState.Confirmed, (await Decide(club, Assert.Single(await Open(club)), clear: false, "k1")).Value.Answer.State);
        Assert.Equal((Points.Of(4.9m), Points.Of(4.9m)), await Held(club, member));
        Assert.Equal("already-reversed", Assert.Single(await club.Send(Events.Return("2", id: "RT-2"))).Problem!.Code);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_refused_bill_is_booked_once_it_is_cleared_and_never_once_it_is_false()
    {
        await using var club = Club();
        var member = (await club.Register()).MemberId;
        string[] bills = [Bare("1"), Bare("2")];
        Assert.All(await club.Send(bills), receipt => Assert.Equal("in-doubt", receipt.Problem!.Code));
        Assert.All(await club.Send(bills), receipt => Assert.Equal("in-doubt", receipt.Problem!.Code));
        var open = await Open(club);
        Assert.Equal(["1", "2"], open.Select(one => one.SourceId).Order());
        Assert.Empty(await club.Entries(member));
        var (first, second) = (open.Single(one => one.SourceId == "1"), open.Single(one => one.SourceId == "2"));

        Assert.Equal(SuspicionState.Cleared, (await Decide(club, first, clear: true, "k1")).Value.Answer.State);
        Assert.Equal("王审", Assert.Single(await club.Entries(member)).ApprovedBy);
        Assert.True((await Decide(club, first, clear: true, "k1")).Value.IsRepeat);

        Assert.Equal(SuspicionState.Confirmed, (await Decide(club, second, clear: false, "k2")).Value.Answer.State);
        var approved = await club.Get<Accrue>().Approve(second.RejectionId!, "批准", Finance, Cancellation);
        Assert.Equal("in-doubt", approved.Value.Problem!.Code);
        Assert.Contains("was found false", approved.Value.Problem!.Message, StringComparison.Ordinal);
        Assert.Single(await club.Entries(member));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Whoever_approves_a_refused_bill_in_the_list_of_rejections_clears_it_for_her_reason()
    {
        await using var club = Club();
        await club.Register();
        await club.Send(Bare("1"));
        var open = Assert.Single(await Open(club));
        Assert.Equal(Fate.Booked, (await club.Get<Accrue>().Approve(open.RejectionId!, "只换玻璃水", Finance, Cancellation)).Value.Fate);
        var cleared = Assert.Single((await club.Get<FraudDesk>().List(SuspicionState.Cleared, null, 10, null, Cancellation)).Items);
        Assert.Equal(("只换玻璃水", "王审"), (cleared.Reason, cleared.DecidedBy));
        Assert.Equal("already-decided", (await club.Get<FraudDesk>().Clear(open.SuspicionId, "别的", new Command("k9", "c"), Finance,
            Cancellation)).Problem!.Code);
    }

    [Fact]
    public async Task What_the_club_books_by_itself_is_no_bill()
    {
        await using var club = Club();
        var member = (await club.Register()).MemberId;
        var receipt = await club.Get<OwnTransactions>().RecordTold(member, new Transaction("/club/interaction", "like-1", club.Clock.GetUtcNow(),
            new DateOnly(2026, 3, 2), null, null, null, null, null, [new TransactionLine("1", "like", null, null, 1, Money.Zero)]), Cancellation);
        Assert.Equal(Fate.Booked, receipt.Fate);
        Assert.Empty(await Open(club));
    }

    [Fact]
    public async Task Bills_are_compared_whoever_brought_the_vehicle_and_in_whatever_order_they_come()
    {
        await using var club = Club();
        await club.Register();
        await club.Register("13700137000");
        await club.Send(Bill("late", "2026-02-20", 41_000));
        await club.Send(Bill("early", "2026-01-10", 52_300, phone: "13700137000"));
        Assert.Equal(["early"], (await Open(club)).Select(one => one.SourceId));
        await club.Send(Bill("there", "2026-02-20", 41_010, dealer: "D022", phone: "13700137000"));
        var there = (await Open(club)).Single(one => one.SourceId == "there");
        Assert.Equal([("there", new DealerId("D021"))], there.Findings.Select(one => (one.Check, one.DealerId!.Value)));
        await club.Send(Bill("third", "2026-02-23", 41_020));
        Assert.Equal([("many", 3)], (await Open(club)).Single(one => one.SourceId == "third").Findings.Select(one => (one.Check, one.Now!.Value)));
        await club.Send(Bill("later", "2026-03-01", 41_500));
        Assert.Equal(3, (await Open(club)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_one_bill_judged_as_at_first(bool unanswered)
    {
        var crashes = 0;
        for (var writes = 0; writes < 8; writes++)
        {
            var store = new MemoryStore();
            MemberId member;
            await using (var club = Club(store))
            {
                member = (await club.Register()).MemberId;
                await club.Send(Bill("1", "2026-01-10", 52_300));
            }
            var dying = new CrashingStore(store) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            await using (var club = Club(dying))
                if (await Record.ExceptionAsync(() => club.Send(Bill("2", "2026-03-01", 41_000))) is not null) crashes++;
            await using var next = Club(store);
            await next.Send(Bill("2", "2026-03-01", 41_000));
            Assert.Equal((Points.Of(4.9m), Points.Of(9.8m)), await Held(next, member));
            var found = Assert.Single(await Open(next));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Decide(next, found, clear: i % 2 == 0, $"k{i}"))));
            var decided = Assert.Single((await next.Get<FraudDesk>().List(null, null, 50, null, Cancellation)).Items);
            var (available, balance) = await Held(next, member);
            Assert.Equal(decided.State == SuspicionState.Cleared ? Points.Of(9.8m) : Points.Of(4.9m), available);
            Assert.Equal(available, balance);
            Assert.Equal([], await next.Verify());
        }
        Assert.True(crashes > 1, $"{crashes}");
    }

    [Fact]
    public async Task It_goes_along_with_a_merge_and_keeps_nothing_of_where_a_car_was_when_she_is_forgotten()
    {
        await using var club = Club(keys: new MemoryStore());
        var owner = (await club.Register("13700137000")).MemberId;
        var fan = (await club.Register(with: form => form with { Vehicles = [new Vehicle(Vehicle, "明锐", null, null)] })).MemberId;
        await club.Send(Bill("1", "2026-01-10", 52_300), Bill("2", "2026-03-01", 41_000));
        await club.Get<Merge>().Handle(fan, owner, Cancellation);
        var found = Assert.Single(await Open(club));
        Assert.Equal(owner, found.MemberId);
        Assert.Equal(SuspicionState.Cleared, (await Decide(club, found, clear: true, "k1")).Value.Answer.State);
        Assert.Equal((Points.Of(9.8m), Points.Of(9.8m)), await Held(club, owner));
        await club.Get<EraseMember>().Handle(owner, "本人申请", Caller.OperatorAs("A017"), Cancellation);
        var left = Assert.Single((await club.Get<FraudDesk>().List(null, null, 50, null, Cancellation)).Items);
        Assert.Null(left.Reason);
        Assert.DoesNotContain(await club.Changes(), document => document.Type == "vehicleLog");
        Assert.Equal([], await club.Verify());
    }

    [Theory]
    [InlineData("data.vehicle", "[]", "$.data.vehicle")]
    [InlineData("data.vehicle.odometer", "-1", "$.data.vehicle.odometer")]
    [InlineData("data.vehicle.odometer", "12.5", "$.data.vehicle.odometer")]
    [InlineData("data.vehicle.odometer", "99999999999", "$.data.vehicle.odometer")]
    [InlineData("data.vehicle.vin", "\"LSVFF26R7D212345O\"", "$.data.vehicle.vin")]
    public async Task What_is_wrong_about_the_vehicle_is_told_with_its_place(string path, string value, string told)
    {
        await using var club = Club();
        await club.Register();
        var receipt = Assert.Single(await club.Send(Events.With(Bill("1", "2026-03-02", 41_000), path, JsonNode.Parse(value))));
        Assert.Equal((Fate.Rejected, told), (receipt.Fate, receipt.Problem!.Path));
    }

    private static ClubFixture Club(IClubStore? store = null, IClubStore? keys = null) =>
        new(store: store, keys: keys, rules: Book.With(
            $$$"""{"checks":{{{Checks}}},"dealers":{"regions":[{"code":"north","name":"北","branches":["D021-D022"]}]}}"""));

    private static string Bill(string id, string on, int odometer, string dealer = "D021", string phone = "13800138000") => Events.With(
        Events.Bill(id, phone, time: $"{on}T10:00:00+08:00", dealerId: dealer), "data.vehicle",
        new JsonObject { ["vin"] = Vehicle, ["odometer"] = odometer });

    private static string Bare(string id) => Events.Bill(id, lines: [Events.Line("1", "gift", 300m)]);

    private static async Task<IReadOnlyList<SuspicionView>> Open(ClubFixture club) =>
        (await club.Get<FraudDesk>().List(SuspicionState.Open, null, 50, null, Cancellation)).Items;

    private static Task<Outcome<Answered<SuspicionView>>> Decide(ClubFixture club, SuspicionView one, bool clear, string key)
    {
        var (desk, command) = (club.Get<FraudDesk>(), new Command(key, $"{clear} {one.SuspicionId}"));
        return clear ? desk.Clear(one.SuspicionId, "已核对", command, Finance, Cancellation)
            : desk.Confirm(one.SuspicionId, "假单", command, Finance, Cancellation);
    }

    /// <summary>What can be spent, and what there is with whatever waits.</summary>
    private static async Task<(Points Available, Points Balance)> Held(ClubFixture club, MemberId member)
    {
        var account = await club.Account(member);
        return (account.Available(club.Programme.DefaultWallet.Code, new DateOnly(2026, 3, 2)), account.Balance(club.Programme.DefaultWallet.Code));
    }
}
