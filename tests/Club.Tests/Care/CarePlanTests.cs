using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Club.Tests.Value;
using Club.Value;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Visits that are due or missed and insurances that end are spoken of once, to whom the rule book means, and not too often.</summary>
public sealed class CarePlanTests : Flow
{
    private const string Maintenance = """{"occasion":"maintenanceDue","daysBefore":14,"holdout":0,"template":"due {{ expectedBy }} since {{ lastVisit }}"}""";
    private const string WinBack = """{"occasion":"winBack","holdout":0,"template":"back {{ lastVisit }}"}""";
    private const string Insurance = """{"occasion":"insuranceEnd","daysBefore":30,"holdout":0,"template":"insured until {{ endsOn }}"}""";

    private static Programme Rules(string more, params string[] care) => Book.With($$"""
        {"effectiveFrom":"2020-01-01","value":{{ValueClub.Section}},"care":[{{string.Join(',', care)}}]{{more}}}
        """);

    private static async Task<string> Told(ClubFixture club, MemberId member) => string.Join("; ", (await club.Store.Find(
            IndexQuery.Prefix(SmsRecord.MemberIndex, $"{member}:") with { Partition = member })).Documents
        .Select(document => document.As<SmsRecord>()).OrderBy(record => record.PlannedAt).ThenBy(record => record.Occasion, StringComparer.Ordinal)
        .Select(record => $"{record.PlannedAt:MM-dd} {record.Occasion} {record.Why ?? $"{record.State}"}"));

    private static async Task Days(ClubFixture club, string from, int days)
    {
        for (var day = DateOnly.Parse(from, null); days-- > 0; day = day.AddDays(1))
        {
            club.At(day.Year, day.Month, day.Day);
            await club.Sweep(ClassSweep.Word, FollowJob.Word, CareSweep.Word, SmsSweep.Word);
        }
    }

    [Fact]
    public async Task Maintenance_is_due_once_after_each_visit_and_who_is_lost_is_asked_back_once()
    {
        await using var club = await Open(rules: Rules("", Maintenance, WinBack));
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(ValueClub.Bill("B-1", "2026-03-02"));
        // Expected after 100 days, on 10 June; lost after 200, on 19 September.
        await Days(club, "2026-05-20", 20);
        Assert.Equal("05-27 maintenanceDue:2026-03-02:14 Sent", await Told(club, member));
        Assert.Contains("due 2026年6月10日 since 2026年3月2日", Assert.Single(club.Sms.Sent).Text, StringComparison.Ordinal);
        await Days(club, "2026-09-15", 10);
        Assert.Equal("05-27 maintenanceDue:2026-03-02:14 Sent; 09-19 winBack:2026-03-02 Sent", await Told(club, member));
        // She comes, and all begins anew.
        await club.Send(ValueClub.Bill("B-2", "2026-09-24"));
        await Days(club, "2026-09-25", 3);
        Assert.Equal(2, club.Sms.Sent.Count);
        // Of two gaps, 206 and the usual 100: expected after 153 days, on 24 February.
        await Days(club, "2027-02-05", 8);
        Assert.EndsWith("02-10 maintenanceDue:2026-09-24:14 Sent", await Told(club, member), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_came_before_she_was_lost_is_not_asked_back()
    {
        await using var club = await Open(rules: Rules("", WinBack));
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(ValueClub.Bill("B-1", "2026-03-02"));
        await Days(club, "2026-09-17", 2);
        await club.Send(ValueClub.Bill("B-2", "2026-09-18"));
        await Days(club, "2026-09-19", 3);
        Assert.Equal("", await Told(club, member));
    }

    [Fact]
    public async Task A_club_that_learns_late_of_a_visit_long_past_asks_nobody_back_and_looks_no_more()
    {
        await using var club = await Open(rules: Rules("", Maintenance, WinBack));
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(ValueClub.Bill("B-1", "2025-03-02"));
        await Days(club, "2026-03-02", 3);
        Assert.Equal("", await Told(club, member));
        Assert.Null((await club.Account(member)).CareDue);
        Assert.Equal(0, (await club.Sweep(CareSweep.Word)).Done);
    }

    [Fact]
    public async Task An_insurance_is_remembered_a_year_until_it_is_renewed_or_taken_back()
    {
        await using var club = await Open(rules: Rules("", Insurance));
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(ValueClub.Bill("I-1", "2026-03-02", category: "insurance"));
        await club.Sweep(FollowJob.Word);
        await club.Sweep(FollowJob.Word);
        Assert.Equal(new DateOnly(2027, 1, 31), (await club.Account(member)).CareDue);
        await Days(club, "2027-01-29", 5);
        Assert.Equal("01-31 insuranceEnd:2026-03-02:30 Sent", await Told(club, member));
        await club.Send(ValueClub.Bill("I-2", "2027-02-02", category: "insurance"));
        await club.Sweep(FollowJob.Word);
        Assert.Equal(new DateOnly(2028, 1, 3), (await club.Account(member)).CareDue);
        await club.Send(ValueClub.Return("I-2", "R-1", "2027-02-02"));
        await club.Sweep(FollowJob.Word);
        Assert.Null((await club.Account(member)).CareDue);
    }

    [Fact]
    public async Task Two_who_are_one_keep_the_later_insurance_and_are_reminded_once()
    {
        await using var club = await Open(rules: Rules("", Insurance));
        var (one, other) = ((await ValueClub.Register(club)).MemberId, (await ValueClub.Register(club, "13900139000")).MemberId);
        await club.Send(ValueClub.Bill("I-1", "2026-03-02", category: "insurance"),
            ValueClub.Bill("I-2", "2026-03-01", category: "insurance", phone: "13900139000"));
        await club.Sweep(FollowJob.Word);
        await club.Get<Merge>().Handle(one, other, TestContext.Current.CancellationToken);
        await club.Sweep(FollowJob.Word);
        await Days(club, "2027-01-29", 5);
        Assert.Single(club.Sms.Sent);
        Assert.Empty(await club.Verify());
    }

    [Theory]
    [InlineData("""{"tier":["ordinary"],"region":["north"]}""", true)]
    [InlineData("""{"tier":["gold"]}""", false)]
    [InlineData("""{"dealer":["D001"]}""", true)]
    [InlineData("""{"dealer":["D002"]}""", false)]
    [InlineData("""{"valueClass":["S"],"loyaltyClass":["A"]}""", true)]
    [InlineData("""{"loyaltyClass":["C"]}""", false)]
    [InlineData("""{"any":[{"hobby":["golf"]},{"memberMonths":{"lessThan":1}}]}""", true)]
    [InlineData("""{"none":[{"season":[{"from":"03-01","to":"03-31"}]}]}""", false)]
    public async Task It_is_said_to_whom_the_conditions_mean(string when, bool isSaid)
    {
        await using var club = await Open(rules: Rules("", $$"""{"occasion":"birthday","holdout":0,"when":{{when}},"template":"wish"}"""));
        var member = (await club.Register(with: form => form with
        {
            SmsConsent = true, Birthday = new DateOnly(1990, 3, 3), DealerId = new DealerId("D001"),
        })).MemberId;
        await club.Send(ValueClub.Bill("B-1", "2026-03-02"));
        await Days(club, "2026-03-03", 3);
        Assert.Equal(isSaid ? "03-03 birthday:2026 Sent" : "", await Told(club, member));
    }

    [Fact]
    public async Task Marketing_speaks_no_more_often_than_the_rule_book_allows_and_what_she_must_know_is_free()
    {
        await using var club = await Open(rules: Rules(""","careLimit":{"most":2,"days":30}""",
            """{"occasion":"welcome","template":"welcome"}""", """{"occasion":"birthday","holdout":0,"template":"wish"}""",
            """{"occasion":"birthday","daysBefore":2,"holdout":0,"template":"soon"}""",
            """{"occasion":"birthday","daysBefore":1,"holdout":0.5,"template":"tomorrow"}"""));
        var member = (await club.Register(with: form => form with { SmsConsent = true, Birthday = new DateOnly(1990, 3, 5) })).MemberId;
        await Days(club, "2026-03-02", 6);
        Assert.Equal("03-02 welcome Sent; 03-03 birthday:2026:2 Sent; 03-04 birthday:2026:1 too-often; 03-05 birthday:2026 too-often",
            await Told(club, member));
        await Days(club, "2027-03-03", 3);
        Assert.Contains("03-03 birthday:2027:2 Sent", await Told(club, member), StringComparison.Ordinal);
        Assert.EndsWith("03-05 birthday:2027 too-often", await Told(club, member), StringComparison.Ordinal);
    }

    /// <summary>What was planned in the night waits for the morning, and by then may have lost its cause.</summary>
    [Fact]
    public async Task Who_came_in_the_night_is_not_told_to_come()
    {
        await using var club = await Open(rules: Rules("", Maintenance));
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(ValueClub.Bill("B-1", "2026-03-02"));
        club.At(2026, 5, 27, 2);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal("05-27 maintenanceDue:2026-03-02:14 Planned", await Told(club, member));
        await club.Send(ValueClub.Bill("B-2", "2026-05-26"));
        club.At(2026, 5, 27, 10);
        await club.Sweep(SmsSweep.Word);
        Assert.Equal("05-27 maintenanceDue:2026-03-02:14 over", await Told(club, member));
        Assert.Empty(club.Sms.Sent);
        Assert.Empty(await club.Verify());
    }
}
