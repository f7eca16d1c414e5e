using System.Text.Json.Nodes;
using Club.Access;
using Club.Edges;
using Club.Kernel;
using Club.Programmes;
using Club.Tiers;
using Club.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Tiers;

/// <summary>Around the brand's midnight: bills dated minutes ahead, tiers that end, wherever the brand is.</summary>
public sealed class MidnightTests
{
    private static string TwoCars(string id, string time) =>
        Events.Bill(id, time: time, lines: [Events.Line("1", "vehicle", 150_000m, "明锐"), Events.Line("2", "vehicle", 150_000m, "明锐")]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_bill_dated_minutes_over_midnight_lifts_the_tier_on_its_business_day_however_late_the_sweep(int daysLater)
    {
        await using var club = new ClubFixture("skoda");
        club.At(2026, 3, 2, 23, 55);
        var member = await club.Register();
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(TwoCars("V", "2026-03-03T00:04:00+08:00"))).Fate);
        Assert.Equal("ordinary", (await club.Get<MemberViews>().Account(member.MemberId, Caller.Operator, default))!.Tier.Code);

        club.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromDays(daysLater));
        var view = (await club.Get<MemberViews>().Account(member.MemberId, Caller.Operator, default))!;
        Assert.Equal(("gold", new DateOnly(2026, 3, 3)), (view.Tier.Code, view.Tier.Since));
        Assert.Equal((1, 0), await club.Sweep(TierSweep.Word));
        Assert.Equal((0, 0), await club.Sweep(TierSweep.Word));

        var account = await club.Account(member.MemberId);
        Assert.Equal((new TierCode("gold"), new DateOnly(2026, 3, 3), null), (account.Tier.Code, account.Tier.Since, account.TierAhead));
        Assert.Empty(await club.Verify());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_dated_ahead_counts_on_its_day_beside_a_later_bill_or_a_grant(bool grant)
    {
        await using var club = new ClubFixture("skoda");
        club.At(2026, 3, 2, 23, 55);
        var member = await club.Register();
        await club.Send(TwoCars("V", "2026-03-03T00:04:00+08:00"));
        club.At(2026, 3, 10);

        if (grant)
            await club.Get<TierGrants>().Give(member.MemberId, new GrantRequest(new TierCode("gold"), new DateOnly(2026, 4, 1), "r"), null, Caller.OperatorAs(
                "a"), TestContext.Current.CancellationToken);
        else await club.Send(Events.Bill("B", time: "2026-03-10T10:00:00+08:00"));

        Assert.Equal(("gold", new DateOnly(2026, 3, 3)),
            ((await club.Account(member.MemberId)).EarnedTier.Code, (await club.Account(member.MemberId)).EarnedTier.Since));
    }

    [Fact]
    public async Task A_return_of_what_was_dated_ahead_leaves_no_tier()
    {
        await using var club = new ClubFixture("skoda");
        club.At(2026, 3, 2, 23, 55);
        var member = await club.Register();
        await club.Send(TwoCars("V", "2026-03-03T00:04:00+08:00"), Events.Return("V", time: "2026-03-03T00:05:00+08:00"));
        club.At(2026, 3, 3);
        await club.Sweep(TierSweep.Word);
        Assert.Equal("ordinary", (await club.Account(member.MemberId)).Tier.Code);
    }

    /// <summary>The tier's last day ends at midnight in the brand's zone; UTC's date, and the sweep, have nothing to say about
    /// it.</summary>
    [Theory]
    [InlineData("Asia/Shanghai", "2026-06-10T15:59:59Z", "2026-06-10T16:00:00Z")]
    [InlineData("America/New_York", "2026-06-11T03:59:59Z", "2026-06-11T04:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-06-10T18:14:59Z", "2026-06-10T18:15:00Z")]
    [InlineData("Pacific/Auckland", "2026-06-10T11:59:59Z", "2026-06-10T12:00:00Z")]
    public async Task Answers_tell_the_tier_of_the_moment_in_the_brand_s_zone(string zone, string last, string first)
    {
        await using var club = new ClubFixture(rules: Ending, zone: zone);
        var member = await club.Register();
        club.Clock.SetUtcNow(DateTimeOffset.Parse("2026-05-11T12:00:00Z", null).AddHours(zone == "Pacific/Auckland" ? -12 : 0));
        await club.Get<TierGrants>().Give(member.MemberId, new GrantRequest(new TierCode("gold"), new DateOnly(2026, 6, 10), "r"), null, Caller.OperatorAs("a"),
            TestContext.Current.CancellationToken);

        club.Clock.SetUtcNow(DateTimeOffset.Parse(last, null));
        Assert.Equal(("gold", "gold"), await Told(club, member.MemberId));
        Assert.Equal([member.MemberId], await Found(club, "gold"));
        club.Clock.SetUtcNow(DateTimeOffset.Parse(first, null));
        Assert.Equal(("ordinary", "ordinary"), await Told(club, member.MemberId));
        Assert.Empty(await Found(club, "gold"));

        Assert.Equal((1, 0), await club.Sweep(TierSweep.Word));
        Assert.Equal(("ordinary", "ordinary"), await Told(club, member.MemberId));
        Assert.Equal([member.MemberId], await Found(club, "ordinary"));
    }

    private static readonly Programme Ending = Book.With("""
        {"effectiveFrom":"2020-01-01","tiers":[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":100},"validityMonths":12}]}
        """);

    private static async Task<(string Member, string Account)> Told(ClubFixture club, MemberId memberId) =>
        ((await club.Get<MemberViews>().Member(memberId, Caller.Operator, default))!.Tier,
            (await club.Get<MemberViews>().Account(memberId, Caller.Operator, default))!.Tier.Code);

    private static async Task<string[]> Found(ClubFixture club, string tier)
    {
        var context = new DefaultHttpContext { RequestServices = club.Get<IServiceProvider>(), Response = { Body = new MemoryStream() },
            Request = { QueryString = new QueryString($"?tier={tier}") } };
        context.Features.Set(Caller.Operator);
        await (await ActivatorUtilities.CreateInstance<Triggers.MemberFunctions>(context.RequestServices)
            .Search(context.Request, TestContext.Current.CancellationToken)).ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return [.. JsonNode.Parse(context.Response.Body)!["items"]!.AsArray().Select(item => (string)item!["memberId"]!)];
    }

    /// <summary>Every zone of the world begins its days on a quarter of an hour, which is when the timer runs.</summary>
    [Fact]
    public void The_tier_timer_runs_within_minutes_of_midnight_in_every_zone()
    {
        var schedule = NCrontab.CrontabSchedule.Parse(TierSchedule, new NCrontab.CrontabSchedule.ParseOptions { IncludingSeconds = true });
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
            for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2027, 1, 1); day = day.AddDays(1))
            {
                var midnight = new ClubCalendar(TimeProvider.System, zone).At(day, TimeOnly.MinValue).UtcDateTime;
                Assert.True(schedule.GetNextOccurrence(midnight.AddSeconds(-1)) - midnight <= TimeSpan.FromMinutes(2), $"{zone.Id} {day}");
            }
    }

    private static string TierSchedule => typeof(Triggers.TimerFunctions).GetMethod("Tiers")!.GetParameters()[0]
        .GetCustomAttributesData().Single(attribute =>
            attribute.AttributeType.Name == "TimerTriggerAttribute").ConstructorArguments[0].Value!.ToString()!;
}
