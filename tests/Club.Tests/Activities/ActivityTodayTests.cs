using Club.Access;
using Club.Activities;
using Club.Kernel;
using Club.Members;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>What takes place today stands on the day of whoever lets members in, however much is planned for later.</summary>
public sealed class ActivityTodayTests
{
    private static readonly DealerId Own = new("D021"), Other = new("D022");

    [Fact]
    public async Task Of_very_many_activities_those_of_today_are_told()
    {
        await using var club = new ClubFixture("skoda");
        await Open(club, "over", Own, days: 0);
        club.Clock.Advance(TimeSpan.FromDays(3));
        for (var later = 1; later <= TodayDesk.MostItems + 5; later++) await Open(club, $"later-{later}", Own, days: later);
        await Open(club, "now", Own, days: 0);
        await Open(club, "elsewhere", Other, days: 0);
        Assert.Equal(["now"], await Told(club, new Caller([Role.Advisor], "李娜") { Dealer = Own }));
        Assert.Equal(["elsewhere", "now"], await Told(club, new Caller([Role.Hq], "王芳")));
        Assert.Equal(["elsewhere"], await Told(club, new Caller([Role.Hq], "王芳"), Other));
    }

    private static async Task<IEnumerable<string?>> Told(ClubFixture club, Caller caller, DealerId? dealer = null) =>
        (await club.Get<TodayDesk>().Tell(dealer, caller, TestContext.Current.CancellationToken)).Sections
            .Single(section => section.Name == "activities").Items.Select(item => item.Id).Order();

    private static async Task Open(ClubFixture club, string code, DealerId dealer, int days)
    {
        var (plans, from) = (club.Get<ActivityPlans>(), club.Clock.GetUtcNow().AddDays(days));
        var wanted = new ActivityRequest("自驾游", "drive", "杭州", null, dealer, from, from.AddHours(5), from, null, 2, Money.Zero);
        Assert.True((await plans.Put(code, wanted, null, ActivityClub.Marketing, default)).Succeeded);
        Assert.True((await plans.Go(code, new ActivityStep(ActivityState.Open), ActivityClub.Marketing, default)).Succeeded);
    }
}
