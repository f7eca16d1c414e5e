using Club.Access;
using Club.Activities;
using Club.Kernel;
using Club.Running;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>An activity from its plan to what it cost for each who came.</summary>
public sealed class ActivityFlowTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task It_is_planned_agreed_to_opened_visited_rewarded_judged_and_closed()
    {
        var plans = _club.Get<ActivityPlans>();
        await plans.Put(ActivityClub.Drive, ActivityClub.Wanted(places: 4, asked: 3000), null, ActivityClub.Marketing, Cancellation);
        Assert.Equal("wrong-state", (await Go(ActivityState.Open)).Problem!.Code);
        await Go(ActivityState.Requested);
        Assert.Equal("own-request", (await Go(ActivityState.Approved, ActivityClub.Marketing)).Problem!.Code);
        await Go(ActivityState.Approved, ActivityClub.Finance);
        Assert.Equal(ActivityState.Open, (await Go(ActivityState.Open)).Value.State);

        var (mother, friend) = ((await _club.Register()).MemberId, (await _club.Register("13900139000")).MemberId);
        Assert.Equal(SignUpState.SignedUp, (await _club.SignUp(mother, guests: 2)).Value.State);
        Assert.Equal("no-places", (await _club.SignUp(friend, guests: 1)).Problem!.Code);
        Assert.Equal(SignUpState.SignedUp, (await _club.SignUp(friend)).Value.State);
        Assert.Equal("wrong-state", (await _club.SignUp(mother, guests: 1)).Problem!.Code);
        Assert.Equal("wrong-day", (await _club.CheckIn(mother)).Problem!.Code);

        _club.At(2026, 3, 7, 9);
        var came = (await _club.CheckIn(mother, guests: 1)).Value;
        Assert.Equal((SignUpState.Attended, 1, false), (came.SignUp.State, came.SignUp.Guests, came.IsRepeat));
        Assert.Equal([new Earned(_club.Programme.DefaultWallet.Code, Points.Of(100))], came.SignUp.Points);
        var entry = Assert.Single(await _club.Entries(mother));
        Assert.Equal((SignUpRules.Source, ActivityClub.Drive), (entry.Source, entry.Inputs!.Campaign));
        Assert.True((await _club.CheckIn(mother)).Value.IsRepeat);
        Assert.Equal(Points.Of(100), await _club.Balance(mother));

        _club.At(2026, 3, 10);
        await _club.Get<SignUps>().Tell(mother, ActivityClub.Drive, new FeedbackRequest(4, "很开心"), Caller.OperatorAs("A017"), Cancellation);
        Assert.Equal("not-eligible", (await _club.Get<SignUps>().Tell(friend, ActivityClub.Drive, new FeedbackRequest(1, null),
            Caller.OperatorAs("A017"), Cancellation)).Problem!.Code);
        await plans.Go(ActivityClub.Drive, new ActivityStep(ActivityState.Closed, Spent: new Money(250_000)), ActivityClub.Marketing, Cancellation);
        var report = await _club.Report();
        Assert.Equal((1, 1, 1, 1L, 4m, new Money(125_000)),
            (report.SignedUp, report.Attended, report.Guests, report.Left, report.Rating, report.CostPerHead));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task Who_did_not_sign_up_comes_in_while_places_are_left_and_who_cancels_leaves_hers()
    {
        await _club.Open(places: 1);
        var (one, other) = ((await _club.Register()).MemberId, (await _club.Register("13900139000")).MemberId);
        await _club.SignUp(one);
        _club.At(2026, 3, 7);
        Assert.Equal(("no-places", 0m), (await _club.CheckIn(other)).Problem is { } full ? (full.Code, full.Numbers!["available"]) : default);
        await _club.Get<SignUps>().Cancel(one, ActivityClub.Drive, Caller.OperatorAs("A017"), Cancellation);
        Assert.Equal(SignUpState.Cancelled, (await _club.Get<SignUps>().Cancel(one, ActivityClub.Drive, Caller.OperatorAs("A017"), Cancellation)).Value.State);
        Assert.False((await _club.CheckIn(other)).Value.IsRepeat);
        Assert.Equal("no-places", (await _club.CheckIn(one)).Problem!.Code);
        Assert.Equal("wrong-state", (await _club.Get<SignUps>().Cancel(other, ActivityClub.Drive, Caller.OperatorAs("A017"), Cancellation)).Problem!.Code);
        Assert.Equal((1, 1, 0L), (await _club.Report()) is var report ? (report.Attended, report.Cancelled, report.Left) : default);
    }

    [Fact]
    public async Task More_guests_than_she_said_need_places_of_their_own_and_fewer_leave_theirs()
    {
        await _club.Open(places: 4);
        var (one, other) = ((await _club.Register()).MemberId, (await _club.Register("13900139000")).MemberId);
        await _club.SignUp(one, guests: 1);
        await _club.SignUp(other, guests: 1);
        _club.At(2026, 3, 8);
        Assert.Equal("no-places", (await _club.CheckIn(one, guests: 2)).Problem!.Code);
        Assert.Equal("over-limit", (await _club.CheckIn(one, guests: 3)).Problem!.Code);
        await _club.CheckIn(other, guests: 0);
        Assert.Equal(2, (await _club.CheckIn(one, guests: 2)).Value.SignUp.Guests);
        Assert.Equal(0L, (await _club.Report()).Left);
    }

    [Fact]
    public async Task Of_two_who_want_the_last_place_one_has_it()
    {
        var store = new MemoryStore();
        await using var setUp = new ClubFixture("skoda", store);
        await setUp.Open(places: 5);
        var members = new List<MemberId>();
        for (var i = 0; i < 8; i++) members.Add((await setUp.Register($"1390013900{i}")).MemberId);
        await using var other = new ClubFixture("skoda", store);
        var outcomes = await Task.WhenAll(members.SelectMany((member, i) =>
            (Task<Outcome<SignUpView>>[])[Task.Run(() => setUp.SignUp(member)), Task.Run(() => other.SignUp(member))]));
        Assert.All(outcomes.Where(one => !one.Succeeded), one => Assert.Equal("no-places", one.Problem!.Code));
        Assert.Equal((5, 0L), (await setUp.Report()) is var report ? (report.SignedUp, report.Left) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_no_place_behind_and_books_her_points_once(bool unanswered)
    {
        var crashes = 0;
        for (var writes = 0; writes < 22; writes++)
        {
            var store = new MemoryStore();
            MemberId member, idle;
            await using (var club = new ClubFixture("skoda", store))
            {
                (member, idle) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId);
                await club.Open(places: 3);
                club.At(2026, 3, 6);
            }
            var dying = new CrashingStore(store) { Unanswered = unanswered };
            dying.CrashAfter(writes);
            await using (var club = new ClubFixture("skoda", dying))
            {
                club.At(2026, 3, 6);
                if (await Record.ExceptionAsync(() => Story(club, member, idle)) is not null) crashes++;
            }
            await using var next = new ClubFixture("skoda", store);
            next.At(2026, 3, 7, 13);
            await next.Sweep(FinishSweep.Word);
            var known = (await next.Get<ActivityReports>().SignUps(ActivityClub.Drive, null, Caller.Operator, 50, null, Cancellation))!.Value.Items;
            var taken = known.Where(one => one.State is SignUpState.SignedUp or SignUpState.Attended).Sum(one => 1 + one.Guests);
            Assert.Equal(3 - taken, (await next.Report()).Left);
            await next.CheckIn(member, guests: 1);
            Assert.Equal((Points.Of(100), 1), (await next.Balance(member), (await next.Entries(member)).Count));
            Assert.Equal(SignUpState.Attended, (await next.Hers(member)).State);
            Assert.Equal([], await next.Verify());
        }
        Assert.True(crashes > 12, $"{crashes}");
    }

    /// <summary>She signs up and comes; somebody else signs up and does not.</summary>
    private static async Task Story(ClubFixture club, MemberId member, MemberId idle)
    {
        Assert.True((await club.SignUp(member, guests: 1)).Succeeded);
        Assert.True((await club.SignUp(idle)).Succeeded);
        Assert.True((await club.Get<SignUps>().Cancel(idle, ActivityClub.Drive, Caller.OperatorAs("A017"), default)).Succeeded);
        club.At(2026, 3, 7);
        Assert.True((await club.CheckIn(member, guests: 0)).Succeeded);
    }

    private Task<Outcome<ClubActivity>> Go(ActivityState to, Caller? caller = null) =>
        _club.Get<ActivityPlans>().Go(ActivityClub.Drive, new ActivityStep(to), caller ?? ActivityClub.Marketing, Cancellation);
}
