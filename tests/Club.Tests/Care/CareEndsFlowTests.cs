using Club.Access;
using Club.Care;
using Club.Edges;
using Club.Edges.Sms;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Warnings tell of one date and what ends on it; messages go out while they make sense; no person's data stop her care.</summary>
public class CareEndsFlowTests : Flow
{
    private const string Warning = """{"occasion":"pointsExpiring","daysBefore":30,"template":"{{ pointsExpiring }} on {{ expiresOn }}"}""";

    private static Programme Rules(params string[] care) => Book.With($$"""
        {"wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":24},"unitCost":1}],
         "earning":[{"id":"all","when":{"category":["parts"]},"award":{"rate":1} }],"care":[{{string.Join(',', care.Select(Said))}}]}
        """);

    /// <summary>To everybody: what is held out has tests of its own.</summary>
    private static string Said(string message) => message.Contains("\"birthday\"", StringComparison.Ordinal)
        || message.Contains("\"purchaseAnniversary\"", StringComparison.Ordinal)
        ? message.Replace("\"template\"", "\"holdout\":0,\"template\"", StringComparison.Ordinal) : message;

    private Task<ClubFixture> Open(params string[] care) => Open("foton", Rules(care));

    private static Task<Registered> Member(ClubFixture club, Func<Registration, Registration>? with = null) =>
        club.Register(with: registration => (with?.Invoke(registration) ?? registration) with { SmsConsent = true });

    private static async Task Bill(ClubFixture club, string id, decimal points, string day) =>
        Assert.Equal(Fate.Booked, Assert.Single(
            await club.Send(Events.Bill(id, time: $"{day}T10:00:00+08:00", dealerId: "D001",
            lines: [Events.Line("1", "parts", points)]))).Fate);

    private static async Task<IReadOnlyList<SmsRecord>> Records(ClubFixture club, MemberId memberId)
    {
        var page = await club.Store.Find(IndexQuery.Prefix(SmsRecord.MemberIndex, memberId + ":") with { Partition = memberId });
        return [.. page.Documents.Select(document => document.As<SmsRecord>()).OrderBy(record => record.PlannedAt)
            .ThenBy(record => record.Occasion)];
    }

    private static async Task<IReadOnlyList<string>> Texts(ClubFixture club, MemberId memberId) =>
        [.. (await Records(club, memberId)).Where(record => record.State == SmsState.Sent)
            .Select(record => record.Text.Replace("【车友会】", "", StringComparison.Ordinal).Replace("拒收请回复R", "", StringComparison.Ordinal))];

    private static async Task Days(ClubFixture club, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            club.At(day.Year, day.Month, day.Day);
            Assert.Equal(0, (await club.Sweep(CareSweep.Word, SmsSweep.Word)).Failed);
        }
    }

    [Fact]
    public async Task A_warning_tells_what_lapses_on_its_day_and_not_what_lapses_later()
    {
        await using var club = await Open(Warning);
        var member = await Member(club);
        await Bill(club, "1", 100, "2025-12-20");
        await Bill(club, "2", 600, "2026-01-08");
        await Days(club, new(2027, 11, 18), new(2027, 12, 31));
        Assert.Equal(["100 on 2027年12月20日", "600 on 2028年1月8日"], await Texts(club, member.MemberId));
        Assert.Equal(["pointsExpiring:2027-12-20:30", "pointsExpiring:2028-01-08:30"],
            (await Records(club, member.MemberId)).Select(record => record.Occasion));
    }

    [Fact]
    public async Task Fewer_points_than_the_minimum_are_not_worth_a_message_until_they_are_enough()
    {
        await using var club = await Open(Warning.Replace("\"template\"", "\"minimumPoints\":100,\"template\"", StringComparison.Ordinal));
        var member = await Member(club);
        await Bill(club, "1", 20, "2025-12-20");
        await Days(club, new(2027, 11, 18), new(2027, 11, 25));
        Assert.Empty(await Records(club, member.MemberId));
        Assert.Equal(0, (await club.Sweep(CareSweep.Word)).Done);
        await Bill(club, "2", 80, "2025-12-20");
        await Days(club, new(2027, 11, 26), new(2027, 12, 31));
        Assert.Equal(["100 on 2027年12月20日"], await Texts(club, member.MemberId));
    }

    [Fact]
    public async Task Points_that_become_known_inside_an_announced_window_are_warned_about()
    {
        await using var club = await Open(Warning);
        var member = await Member(club);
        await Bill(club, "1", 100, "2025-12-20");
        await Days(club, new(2027, 11, 20), new(2027, 11, 21));
        await Bill(club, "2", 5000, "2025-12-22");
        await Bill(club, "3", 40, "2025-12-20");
        await Days(club, new(2027, 11, 25), new(2027, 12, 24));
        Assert.Equal(["100 on 2027年12月20日", "140 on 2027年12月20日", "5000 on 2027年12月22日"], (await Texts(club, member.MemberId)).Order());
        Assert.Contains(await Records(club, member.MemberId), record => record.Occasion == "pointsExpiring:2027-12-20:30:again2");
    }

    [Fact]
    public async Task Points_that_lapse_today_are_not_announced_and_leave_nothing_due()
    {
        await using var club = await Open(Warning);
        var member = await Member(club);
        club.At(2027, 12, 19, 23, 0);
        await Bill(club, "1", 100, "2025-12-20");
        club.At(2027, 12, 20);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Empty(await Records(club, member.MemberId));
        Assert.Equal(0, (await club.Sweep(CareSweep.Word)).Done);
    }

    [Fact]
    public async Task Two_warnings_and_two_wishes_of_a_programme_are_both_sent_each_on_its_day()
    {
        await using var club = await Open(
            Warning, Warning.Replace("30", "7", StringComparison.Ordinal),
            """{"occasion":"birthday","daysBefore":7,"template":"soon"}""", """{"occasion":"birthday","template":"today"}""");
        var member = await Member(club, registration => registration with { Birthday = new DateOnly(1990, 12, 10) });
        await Bill(club, "1", 100, "2025-12-20");
        await Days(club, new(2027, 11, 15), new(2027, 12, 25));
        Assert.Equal(
            [("pointsExpiring:2027-12-20:30", "2027-11-20"), ("birthday:2027:7", "2027-12-03"), ("birthday:2027", "2027-12-10"),
            ("pointsExpiring:2027-12-20:7", "2027-12-13")],
            (await Records(club, member.MemberId)).Where(record => record.SentAt > new DateTimeOffset(2027, 11, 1, 0, 0, 0, TimeSpan.Zero))
            .Select(record => (record.Occasion, $"{record.SentAt:yyyy-MM-dd}")));
    }

    [Fact]
    public async Task Warnings_that_fall_due_together_after_a_stop_are_said_once()
    {
        await using var club = await Open(Warning, Warning.Replace("30", "7", StringComparison.Ordinal));
        var member = await Member(club);
        await Bill(club, "1", 100, "2025-12-20");
        await Days(club, new(2027, 12, 15), new(2027, 12, 25));
        Assert.Equal("pointsExpiring:2027-12-20:7", Assert.Single(await Records(club, member.MemberId)).Occasion);
    }

    [Fact]
    public async Task The_end_of_a_tier_is_announced_by_each_of_its_warnings()
    {
        await using var club = await Open("""{"occasion":"tierExpiring","daysBefore":30,"template":"until {{ validUntil }}"}""",
            """{"occasion":"tierExpiring","daysBefore":7,"template":"soon {{ validUntil }}"}""");
        var member = await Member(club);
        await Bill(club, "1", 500, "2026-03-01");
        var end = (await club.Account(member.MemberId)).Tier.ValidUntil!.Value;
        await Days(club, end.AddDays(-32), end.AddDays(1));
        Assert.Equal([$"until {end:yyyy年M月d日}", $"soon {end:yyyy年M月d日}"], await Texts(club, member.MemberId));
    }

    [Theory]
    [InlineData("birthday", """{"occasion":"birthday","template":"x"}""", "2026-04-01T00:10", 3, 4)]
    [InlineData("birthday", """{"occasion":"birthday","daysBefore":1,"template":"x"}""", "2026-03-31T00:10", 2, 3)]
    [InlineData("pointsExpiring", Warning, "2027-11-20T00:10", 28, 30)]
    [InlineData("welcome", """{"occasion":"welcome","template":"x"}""", "2026-03-02T22:00", 2, 3)]
    public async Task A_message_that_waited_goes_out_while_it_makes_sense_and_never_after(string occasion, string care, string planned,
        int inTime, int late)
    {
        foreach (var (days, state) in new[] { (inTime, SmsState.Sent), (late, SmsState.Suppressed) })
        {
            await using var club = await Open(care);
            var at = DateTimeOffset.Parse($"{planned}:00+08:00", null);
            if (occasion == "welcome") club.Clock.SetUtcNow(at);
            var member = await Member(club, registration => registration with { Birthday = new DateOnly(1990, 4, 1) });
            await Bill(club, "1", 100, "2025-12-20");
            club.Clock.SetUtcNow(at);
            await club.Sweep(CareSweep.Word);
            Assert.Equal(SmsState.Planned, Assert.Single(await Records(club, member.MemberId)).State);
            // The club stood still at night, and comes back days later at noon.
            club.Clock.SetUtcNow(new DateTimeOffset(at.Year, at.Month, at.Day, 12, 0, 0, TimeSpan.FromHours(8)).AddDays(
                occasion == "birthday" ? days - 1 : days));
            await club.Sweep(CareSweep.Word, SmsSweep.Word);
            var record = Assert.Single(await Records(club, member.MemberId));
            Assert.Equal((state, state == SmsState.Sent ? null : "too-late"), (record.State, record.Why));
        }
    }

    [Fact]
    public async Task What_quiet_hours_would_move_beyond_its_last_day_is_suppressed_at_once()
    {
        await using var club = await Open(Warning);
        var member = await Member(club);
        club.At(2027, 12, 19, 22, 0);
        await Bill(club, "1", 100, "2025-12-20");
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal((SmsState.Suppressed, "too-late"),
            (await Records(club, member.MemberId)).Select(record => (record.State, record.Why)).Single());
    }

    [Fact]
    public async Task A_plate_that_moved_from_one_car_to_the_next_silences_nobody()
    {
        await using var club = await Open("""{"occasion":"purchaseAnniversary","template":"{{ years }}"}""",
            """{"occasion":"birthday","template":"wish"}""");
        var member = await Member(club, registration => registration with
        {
            Birthday = new DateOnly(1990, 6, 1),
            Vehicles = [new Vehicle(null, "明锐", new DateOnly(2020, 6, 1), "京A12345"),
            new Vehicle(null, "速派", new DateOnly(2023, 6, 1), "京A12345")],
        });
        var other = await club.Register("13900139000", registration =>
            registration with { Birthday = new DateOnly(1990, 6, 1), SmsConsent = true });
        await Days(club, new(2026, 6, 1), new(2026, 6, 2));
        Assert.Equal(["3", "6", "wish"], (await Texts(club, member.MemberId)).Order());
        Assert.Equal(["wish"], await Texts(club, other.MemberId));
    }

    [Fact]
    public async Task Any_vehicles_bought_on_any_days_leave_nothing_due_and_nothing_twice()
    {
        var random = new Random(7);
        await using var club = await Open("""{"occasion":"purchaseAnniversary","template":"{{ years }}"}""",
            """{"occasion":"purchaseAnniversary","daysBefore":1,"template":"{{ years }}"}""");
        string?[] texts = [null, "A", "京A1"];
        var member = await Member(club, registration => registration with
        {
            Vehicles = [.. Enumerable.Range(0, 60)
                .Select(_ => new Vehicle(null, texts[random.Next(3)] ?? "B", new DateOnly(2015 + random.Next(6), 6, 1 + random.Next(2)),
                texts[random.Next(3)])).Distinct()],
        });
        // Years of a stop come to more messages than a commit takes.
        club.At(2029, 7, 1);
        Assert.Equal(0, (await club.Sweep(CareSweep.Word)).Failed);
        Assert.Equal(0, (await club.Sweep(CareSweep.Word)).Done);
        var records = await club.Store.Find(
            IndexQuery.Prefix(SmsRecord.MemberIndex, member.MemberId + ":") with { Partition = member.MemberId, Limit = 1000 });
        Assert.InRange(records.Documents.Count, 20, 1000);
    }

    [Fact]
    public async Task A_name_that_makes_a_text_too_long_stops_neither_the_registration_nor_other_care()
    {
        var names = string.Concat(Enumerable.Repeat("{{ name }}", 18));
        await using var club = await Open($$"""{"occasion":"welcome","template":"{{names}}"}""",
            $$"""{"occasion":"birthday","template":"{{names}}"}""", """{"occasion":"purchaseAnniversary","template":"ok"}""");
        var member = await Member(club, registration => registration with
        {
            Name = new string('王', 30), Birthday = new DateOnly(1990, 6, 1),
                Vehicles = [new Vehicle(null, "明锐", new DateOnly(2020, 6, 1), null)],
        });
        await Days(club, new(2026, 6, 1), new(2026, 6, 1));
        Assert.Equal(["ok"], await Texts(club, member.MemberId));
        Assert.Equal(2, (await Records(club, member.MemberId)).Count(record => record.Why == "sms-too-long"));
    }

    [Theory]
    [InlineData("王小明", true)]
    [InlineData("欧阳娜娜·阿依古丽", true)]
    [InlineData("J. R. R. Tolkien", true)]
    [InlineData("V6菱仕 150", true)]
    [InlineData("您中奖了请点 http://evil.example/x 领", false)]
    [InlineData("ｗｗｗ．evil．ｃｎ", false)]
    [InlineData("evil。com 领奖", false)]
    [InlineData("evil点com", false)]
    [InlineData("evil . com", false)]
    [InlineData("王 13800138000", false)]
    [InlineData("加我１３８００", false)]
    [InlineData("电一三八零零一三八", false)]
    [InlineData("me@evil.example", false)]
    [InlineData("尊敬的客户您的账户异常请立即联系我们的专员处理否则将被冻结并收取费用", false)]
    public async Task A_name_with_a_link_or_a_number_does_not_go_out_under_the_brands_signature(string name, bool goesOut)
    {
        await using var club = await Open("""{"occasion":"welcome","template":"{{ name | default: '车主' }}您好"}""",
            """{"occasion":"purchaseAnniversary","template":"{{ model | default: '爱车' }}"}""");
        var member = await Member(club, registration =>
            registration with { Name = name, Vehicles = [new Vehicle(null, name, new DateOnly(2020, 6, 1), null)] });
        await club.Sweep(SmsSweep.Word);
        await Days(club, new(2026, 6, 1), new(2026, 6, 1));
        Assert.Equal(goesOut ? [$"{name}您好", name] : ["车主您好", "爱车"], await Texts(club, member.MemberId));
        Assert.Equal(name, (await club.Get<MemberViews>().Member(member.MemberId, Caller.Operator, default))!.Name);
    }

    [Fact]
    public async Task A_report_that_overtakes_the_answer_of_the_provider_is_found_by_its_tag()
    {
        ClubFixture? club = null;
        var provider = new Reporting(message =>
            club!.Get<SmsFeedback>().Handle(new SmsEvents(
            [new SmsEvent.DeliveryReport("e", "m1", message.To, "Delivered", null, message.Tag, null)], 0)));
        club = await Open("foton", Rules("""{"occasion":"welcome","template":"x"}"""), provider);
        await using var _ = club;
        var member = await Member(club);
        // A report of a message that was never asked for says nothing.
        await club.Get<SmsFeedback>().Handle(new SmsEvents(
            [new SmsEvent.DeliveryReport("e0", "m0", "1", "Failed", null, $"{member.MemberId}:welcome", null)], 0));
        Assert.Equal(SmsState.Planned, Assert.Single(await Records(club, member.MemberId)).State);
        await club.Sweep(SmsSweep.Word);
        var record = Assert.Single(await Records(club, member.MemberId));
        Assert.Equal((SmsState.Delivered, "m1"), (record.State, record.MessageId));
        await club.Get<SmsFeedback>().Handle(new SmsEvents([new SmsEvent.DeliveryReport("e2", "m1", "1", "Failed", null, null, null)], 0));
        Assert.Equal(SmsState.Delivered, Assert.Single(await Records(club, member.MemberId)).State);
    }

    [Theory]
    [InlineData("Enqueued", SmsState.Sent, null)]
    [InlineData("Sent", SmsState.Sent, null)]
    [InlineData("Failed", SmsState.Failed, "Failed: 4008")]
    public async Task A_word_of_a_report_that_is_not_the_last_one_changes_nothing(string word, SmsState state, string? why)
    {
        await using var club = await Open("""{"occasion":"welcome","template":"x"}""");
        var member = await Member(club);
        await club.Sweep(SmsSweep.Word);
        var sent = Assert.Single(await Records(club, member.MemberId));
        await club.Get<SmsFeedback>().Handle(new SmsEvents(
            [new SmsEvent.DeliveryReport("e", sent.MessageId!, "1", word, "4008", null, null)], 0));
        var record = Assert.Single(await Records(club, member.MemberId));
        Assert.Equal((state, why), (record.State, record.Why));
        // What arrives in the end has arrived.
        await club.Get<SmsFeedback>().Handle(new SmsEvents(
            [new SmsEvent.DeliveryReport("e9", sent.MessageId!, "1", "Delivered", null, null, null)], 0));
        Assert.Equal(SmsState.Delivered, Assert.Single(await Records(club, member.MemberId)).State);
    }

    private sealed class Reporting(Func<SmsMessage, Task> before) : ISms
    {
        public async Task<SmsResult> Send(SmsMessage message, CancellationToken cancellation)
        {
            await before(message);
            return new SmsResult.Accepted("m1");
        }
    }
}
