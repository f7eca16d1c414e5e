using System.Text.Json.Nodes;
using Club.Access;
using Club.Care;
using Club.Fraud;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Tests.Value;
using Club.Value;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Maintenance is due by date or by the odometer, whichever comes first, and her branch sees it until she comes.</summary>
public sealed class MaintenanceTests : Flow
{
    private const string Vehicle = "LSVFF26R7D2123456";
    private const string Other = "LSVFF26R0D2123458";

    private static readonly Programme Rules = Book.With($$$"""
        {"effectiveFrom":"2020-01-01","value":{{{ValueClub.Section}}},
         "checks":[{"id":"km","kind":"odometerFalls","severity":"hold"}],
         "care":[{"occasion":"maintenanceDue","daysBefore":14,"kilometres":5000,"holdout":0,"template":"by {{ expectedBy }}"}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D009"]}]}}
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Seen(string id, string day, int kilometres, string vin = Vehicle) =>
        Events.With(ValueClub.Bill(id, day), "data.vehicle", new JsonObject { ["vin"] = vin, ["odometer"] = kilometres });

    private static async Task<MaintenanceView> Due(ClubFixture club, MemberId member, Caller? caller = null) =>
        (await club.Get<MemberMaintenance>().Of(member, caller ?? Caller.Operator, Cancellation))!;

    private static async Task<IReadOnlyList<TodayItem>> Desk(ClubFixture club, string dealer = "D001") =>
        (await club.Get<TodayDesk>().Tell(null, ValueClub.Director(dealer), Cancellation)).Sections.Single(one => one.Name == "maintenance").Items;

    private static Task<(int Done, int Failed)> Sweep(ClubFixture club) =>
        club.Sweep(FollowJob.Word, CareSweep.Word, SmsSweep.Word, FollowJob.Word);

    [Fact]
    public async Task Two_readings_of_her_own_tell_the_day_and_a_new_one_tells_another()
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(Seen("B-1", "2025-12-02", 10_000));
        Assert.Null((await Due(club, member)).ByOdometer);
        // 9,000 km in 90 days: 5,000 more take 50 days, and come before the 95 days that her visits tell.
        await club.Send(Seen("B-2", "2026-03-02", 19_000));
        var due = await Due(club, member);
        Assert.Equal((new DateOnly(2026, 4, 21), new DateOnly(2026, 6, 5)), (due.ExpectedBy, due.ByDate));
        Assert.Equal((100m, 19_000, 10_000, 19_000), due.ByOdometer is { } by ? (by.PerDay, by.AtVisit, by.FromKilometres, by.ToKilometres) : default);
        Assert.Contains(due.English, said => said.Contains("100 km a day", StringComparison.Ordinal));
        Assert.Contains(due.Chinese, said => said.Contains("日均100公里", StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2026, 4, 7), (await club.Account(member)).CareDue);
        // She drives less than it seemed: what is no visit moves the day, though it is no visit.
        club.At(2026, 3, 22);
        await club.Send(Events.With(Seen("T-1", "2026-03-22", 19_200), "data.lines", new JsonArray(JsonNode.Parse(
            """{"lineId":"1","category":"gift","quantity":1,"amount":10}"""))));
        var later = (await Due(club, member)).ExpectedBy!.Value;
        Assert.True(later > due.ExpectedBy, $"{later}");
        Assert.Equal(later.AddDays(-14), (await club.Account(member)).CareDue);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task She_is_told_on_the_day_by_the_odometer_and_not_when_she_came_meanwhile()
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(Seen("B-1", "2025-12-02", 10_000), Seen("B-2", "2026-03-02", 19_000));
        club.At(2026, 4, 7, 2);
        await Sweep(club);
        Assert.Empty(club.Sms.Sent);
        Assert.Equal((member, "王小明", NextStep.Call, new DateOnly(2026, 4, 21)),
            Assert.Single(await Desk(club)) is var item ? (item.MemberId!.Value, item.Name, item.Next, item.DueOn!.Value) : default);
        Assert.Empty(await Desk(club, "D002"));
        await club.Send(Seen("B-3", "2026-04-06", 22_600));
        club.At(2026, 4, 7, 10);
        await Sweep(club);
        Assert.Empty(club.Sms.Sent);
        Assert.Empty(await Desk(club));
        var record = (await club.Store.Read<SmsRecord>(member, SmsRecord.IdOf("maintenanceDue:2026-03-02:14"), Cancellation))!.Value;
        Assert.Equal("over", record.Why);
        Assert.Equal([], await club.Verify());
    }

    [Theory]
    [InlineData("clear", 21_000)]
    [InlineData("confirm", null)]
    [InlineData("return", null)]
    [InlineData("nothing", null)]
    public async Task A_reading_that_falls_is_not_believed_until_somebody_has_looked(string then, int? last)
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(Seen("B-1", "2025-12-02", 30_000), Seen("B-2", "2026-01-02", 20_000));
        Assert.Null((await Due(club, member)).ByOdometer);
        var doubt = Assert.Single((await club.Get<FraudDesk>().List(SuspicionState.Open, null, 50, null, Cancellation)).Items);
        var (desk, finance, command) = (club.Get<FraudDesk>(), new Caller([Role.Finance], "王审"), new Command("k", "c"));
        if (then == "clear") Assert.True((await desk.Clear(doubt.SuspicionId, "换表", command, finance, Cancellation)).Succeeded);
        if (then == "confirm") Assert.True((await desk.Confirm(doubt.SuspicionId, "假单", command, finance, Cancellation)).Succeeded);
        if (then == "return") await club.Send(Events.Return("B-2", "R-1"));
        await club.Send(Seen("B-3", "2026-03-02", 21_000));
        Assert.Equal(last, (await Due(club, member)).ByOdometer?.ToKilometres);
    }

    /// <summary>The typing error came first: once its bill is returned, what was doubted because of it counts.</summary>
    [Fact]
    public async Task What_was_doubted_because_of_a_false_reading_counts_when_that_is_gone()
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(Seen("typo", "2025-11-02", 300_000), Seen("B-1", "2025-12-02", 10_000), Seen("B-2", "2026-03-02", 19_000));
        Assert.Null((await Due(club, member)).ByOdometer);
        await club.Send(Events.Return("typo", "R-1"));
        Assert.Equal(19_000, (await Due(club, member)).ByOdometer!.ToKilometres);
    }

    [Fact]
    public async Task The_car_that_she_came_with_last_counts_and_a_second_delivery_reads_nothing_twice()
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(Seen("A-1", "2025-10-02", 10_000), Seen("A-2", "2025-12-02", 40_000));
        await club.Send(Seen("B-1", "2025-12-12", 1_000, Other), Seen("B-2", "2026-03-02", 5_000, Other));
        await club.Send(Seen("B-2", "2026-03-02", 5_000, Other));
        Assert.Equal((1_000, 5_000), (await Due(club, member)).ByOdometer is { } by ? (by.FromKilometres, by.ToKilometres) : default);
        Assert.Equal([2, 2], (await club.Account(member)).Driven!.Select(one => one.Readings.Count));
    }

    [Fact]
    public async Task Readings_and_what_is_due_go_with_her_to_another_branch_into_a_merge_and_with_the_person()
    {
        await using var club = new ClubFixture(store: await NewStore(), rules: Rules, keys: new MemoryStore());
        var (one, other) = ((await ValueClub.Register(club)).MemberId, (await ValueClub.Register(club, "13900139000")).MemberId);
        await club.Send(Seen("B-1", "2025-12-02", 10_000), Seen("B-2", "2026-03-02", 19_000));
        club.At(2026, 4, 7);
        await Sweep(club);
        Assert.Single(await Desk(club));
        await club.Get<Transfers>().Move(one, new TransferRequest(new DealerId("D002"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
        await Sweep(club);
        Assert.Empty(await Desk(club));
        Assert.Single(await Desk(club, "D002"));
        await club.Get<Merge>().Handle(other, one, Cancellation);
        for (var i = 0; i < 2; i++) await Sweep(club);
        var survivor = (await club.Account(one)).MemberId;
        Assert.Equal(new DateOnly(2026, 4, 21), (await Due(club, survivor)).ExpectedBy);
        Assert.Single((await Desk(club)).Concat(await Desk(club, "D002")));
        Assert.True((await club.Get<EraseMember>().Handle(survivor, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.Empty((await Desk(club)).Concat(await Desk(club, "D002")));
        Assert.Null((await club.Account(survivor)).Driven);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_crash_after_any_write_leaves_one_message_and_one_item_at_the_desk()
    {
        for (var writes = 0; writes < 14; writes++)
        {
            var store = new CrashingStore(await NewStore());
            await using var club = new ClubFixture(store: store, rules: Rules);
            await ValueClub.Register(club);
            await club.Send(Seen("B-1", "2025-12-02", 10_000), Seen("B-2", "2026-03-02", 19_000));
            club.At(2026, 4, 7);
            store.CrashAfter(writes);
            try { await Sweep(club); }
            catch (StoreException) { }
            store.Recover();
            for (var i = 0; i < 2; i++) await Sweep(club);
            Assert.Single(club.Sms.Sent);
            Assert.Single(await Desk(club));
        }
    }

    [Fact]
    public async Task Who_came_before_it_was_told_that_she_was_due_is_not_waited_for()
    {
        await using var club = await Open(rules: Rules);
        await ValueClub.Register(club);
        await club.Send(Seen("B-1", "2025-12-02", 10_000), Seen("B-2", "2026-03-02", 19_000));
        await club.Sweep(FollowJob.Word);
        club.At(2026, 4, 7);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Single(club.Sms.Sent);
        club.At(2026, 4, 9);
        await club.Send(Seen("B-3", "2026-04-09", 22_000));
        for (var i = 0; i < 2; i++) await club.Sweep(FollowJob.Word);
        Assert.Empty(await Desk(club));
    }

    [Fact]
    public async Task Whoever_is_due_first_is_listed_first_for_headquarters_and_masked_for_an_auditor()
    {
        await using var club = await Open(rules: Rules);
        for (var i = 0; i < TodayDesk.MostItems + 8; i++)
        {
            var day = new DateOnly(2026, 5, 28).AddDays(-i);
            var one = new DueVisit { MemberId = (await ValueClub.Register(club, $"139001{i:D5}")).MemberId, LastVisit = day, ExpectedBy = day, ForgetOn = day };
            await club.Store.Commit(one.MemberId, [one.ToCreate()], Cancellation);
        }
        foreach (var role in (Role[])[Role.Hq, Role.Auditor])
        {
            var told = (await club.Get<TodayDesk>().Tell(null, new Caller([role], "x"), Cancellation)).Sections.Single(one => one.Name == "maintenance");
            Assert.True(told.HasMore);
            Assert.Equal(Enumerable.Range(0, TodayDesk.MostItems).Select(i => (DateOnly?)new DateOnly(2026, 5, 1).AddDays(i)), told.Items.Select(one => one.DueOn));
            Assert.All(told.Items, one => Assert.Equal(role == Role.Auditor, one.Name!.Contains('*', StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Nobody_waits_for_her_for_ever_and_another_dealer_is_told_nothing()
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(Seen("B-1", "2025-12-02", 10_000), Seen("B-2", "2026-03-02", 19_000));
        club.At(2026, 4, 7);
        await Sweep(club);
        Assert.Null(await club.Get<MemberMaintenance>().Of(member, ValueClub.Director("D002"), Cancellation));
        Assert.NotNull(await club.Get<MemberMaintenance>().Of(member, ValueClub.Director("D001"), Cancellation));
        club.At(2026, 4, 30);
        Assert.True(Assert.Single(await Desk(club)).IsOverdue);
        // Until she counts as lost, and is among those.
        var lost = (await club.Get<MemberValue>().Of(member, Caller.Operator, Cancellation))!.Inputs!.LostFrom;
        club.At(lost.Year, lost.Month, lost.Day);
        await club.Sweep(FollowJob.Word, ForgetSweep.Word);
        Assert.Single(await Desk(club));
        club.Clock.Advance(TimeSpan.FromDays(1));
        await club.Sweep(ForgetSweep.Word);
        Assert.Empty(await Desk(club));
    }

    [Fact]
    public void Who_has_driven_too_far_already_is_told_within_a_week_and_who_hardly_drives_by_date()
    {
        var (first, last) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 3, 2));
        MileageForecast? Of(int from, int to, DateOnly visit) => MileageRules.Of([new DrivenVehicle("a",
            [new OdometerReading("1", first, from), new OdometerReading("2", last, to)])], 5000, visit);
        Assert.Equal(last.AddDays(7), Of(10_000, 16_000, first)!.On);
        Assert.Null(Of(10_000, 10_001, first));
        Assert.Null(Of(10_000, 10_000, first));
        Assert.Null(Of(10_000, 16_000, last.AddDays(1)));
        Assert.Equal(last.AddDays(50), Of(10_000, 16_000, last)!.On);
        Assert.Equal(13_100, Of(10_000, 16_000, new DateOnly(2026, 2, 1))!.AtVisit);
    }
}
