using Club.Access;
using Club.Activities;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>Sign-ups when two members become one, when a person is forgotten, and of whom they are told.</summary>
public sealed class ActivityMemberTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true, SignUpState.Attended, 100)]
    [InlineData(true, false, SignUpState.Attended, 100)]
    [InlineData(false, true, SignUpState.Attended, 100)]
    [InlineData(false, false, SignUpState.SignedUp, 0)]
    public async Task Of_two_sign_ups_of_one_person_one_stays_with_one_place_and_one_reward(bool fanCame, bool ownerCame, SignUpState state,
        int points)
    {
        await using var club = new ClubFixture("skoda");
        await club.Open(places: 10);
        var owner = (await club.Register()).MemberId;
        var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
        await club.SignUp(owner);
        await club.SignUp(fan);
        club.At(2026, 3, 7);
        if (fanCame) await club.CheckIn(fan);
        if (ownerCame) await club.CheckIn(owner);
        await club.Get<Merge>().Handle(fan, owner, Cancellation);
        Assert.Equal(state, (await club.Hers(owner)).State);
        Assert.Equal((9L, 1), (await club.Report()) is var report ? (report.Left, report.SignedUp + report.Attended) : default);
        Assert.Equal(Points.Of(points), await club.Balance(owner));
        Assert.Equal([], await club.Verify());
    }

    /// <summary>Whatever another host does with it at any moment at which it is moved.</summary>
    [Theory]
    [InlineData("sign up")]
    [InlineData("cancel")]
    [InlineData("check in")]
    public async Task A_merge_loses_nothing_that_happens_to_a_sign_up_meanwhile(string what)
    {
        for (var call = 1; ; call++)
        {
            var store = new InterruptedStore(new MemoryStore());
            await using var club = new ClubFixture("skoda", store.Inner);
            await using var slow = new ClubFixture("skoda", store);
            await club.Open(places: 10);
            var owner = (await club.Register()).MemberId;
            var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
            if (what != "sign up") await club.SignUp(fan, guests: 1);
            if (what == "check in")
            {
                club.At(2026, 3, 7);
                slow.At(2026, 3, 7);
            }
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                // What cannot be done now is done by whoever tries again.
                await Record.ExceptionAsync(() => Do(what, club, fan));
            });
            await slow.Get<Merge>().Handle(fan, owner, Cancellation);
            await Do(what, club, fan);
            club.Clock.Advance(TimeSpan.FromHours(1));
            await club.Sweep(FinishSweep.Word);
            var hers = await club.Hers(owner);
            Assert.Equal(what switch { "sign up" => SignUpState.SignedUp, "cancel" => SignUpState.Cancelled, _ => SignUpState.Attended }, hers.State);
            Assert.Equal(what == "cancel" ? 10L : 9L - hers.Guests, (await club.Report()).Left);
            Assert.Equal(what == "check in" ? Points.Of(100) : Points.Zero, await club.Balance(owner));
            Assert.Equal([], await club.Verify());
            if (!isMet) return;
        }
    }

    private static Task Do(string what, ClubFixture club, MemberId member) => what switch
    {
        "sign up" => club.SignUp(member),
        "cancel" => club.Get<SignUps>().Cancel(member, ActivityClub.Drive, Caller.OperatorAs("A017"), default),
        _ => club.CheckIn(member),
    };

    [Fact]
    public async Task Who_is_forgotten_leaves_her_place_and_no_word()
    {
        await using var club = new ClubFixture("skoda", keys: new MemoryStore());
        await club.Open(places: 2);
        var (came, comes) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId);
        await club.SignUp(comes);
        club.At(2026, 3, 7);
        await club.CheckIn(came);
        await club.Get<SignUps>().Tell(came, ActivityClub.Drive, new FeedbackRequest(5, "王小明很开心"), Caller.OperatorAs("A017"), Cancellation);
        foreach (var gone in (MemberId[])[came, comes])
            Assert.Equal(1, (await club.Get<EraseMember>().Handle(gone, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Value.Erased["activities"]);
        var report = await club.Report();
        Assert.Equal((1, 0, 1L, 5m), (report.Attended, report.SignedUp, report.Left, report.Rating));
        Assert.Null(Assert.Single((await club.Get<ActivityReports>().SignUps(ActivityClub.Drive, SignUpState.Attended, Caller.Operator, 50, null,
            Cancellation))!.Value.Items).Feedback!.Text);
        Assert.Equal([], await club.Verify());
    }

    /// <summary>Her dealer's staff may write down what she says, and nothing else in its place.</summary>
    [Fact]
    public async Task What_she_said_herself_stays()
    {
        await using var club = new ClubFixture("skoda");
        await club.Open();
        var member = (await club.Register(with: form => form with { DealerId = new DealerId("D021") })).MemberId;
        club.At(2026, 3, 7);
        await club.CheckIn(member);
        var director = new Caller([Role.Director], "李主任") { Dealer = new DealerId("D021") };
        var herself = new Caller([Role.Member], null) { Member = member };
        Task<Outcome<SignUpView>> Tell(int rating, Caller caller) =>
            club.Get<SignUps>().Tell(member, ActivityClub.Drive, new FeedbackRequest(rating, null), caller, Cancellation);
        Assert.Equal(4, (await Tell(4, director)).Value.Feedback!.Rating);
        Assert.Equal(2, (await Tell(2, herself)).Value.Feedback!.Rating);
        Assert.Equal("wrong-state", (await Tell(5, director)).Problem!.Code);
        Assert.Equal(3, (await Tell(3, herself)).Value.Feedback!.Rating);
        Assert.Equal(3, (await club.Hers(member)).Feedback!.Rating);
    }

    [Fact]
    public async Task Each_sees_what_is_hers()
    {
        await using var club = new ClubFixture("skoda");
        var (mine, theirs) = (new DealerId("D021"), new DealerId("D022"));
        var director = new Caller([Role.Director], "李主任") { Dealer = mine };
        var (plans, reports) = (club.Get<ActivityPlans>(), club.Get<ActivityReports>());
        Assert.Equal("denied", (await plans.Put(ActivityClub.Drive, ActivityClub.Wanted(dealer: theirs), null, director, Cancellation)).Problem!.Code);
        Assert.Equal(mine, (await plans.Put("mine", ActivityClub.Wanted(), null, director, Cancellation)).Value.Activity.DealerId);
        await club.Open(dealer: theirs);
        Assert.Equal("not-found", (await plans.Put(ActivityClub.Drive, ActivityClub.Wanted(), null, director, Cancellation)).Problem!.Code);
        Assert.Equal("not-found", (await plans.Go(ActivityClub.Drive, new ActivityStep(ActivityState.Cancelled, "x"), director, Cancellation)).Problem!.Code);
        Assert.Null(await reports.Of(ActivityClub.Drive, director, Cancellation));
        Assert.Equal(["mine"], (await plans.List(null, null, director, 50, null, Cancellation)).Items.Select(one => one.Code));
        await plans.Put("hq", ActivityClub.Wanted(), null, ActivityClub.Marketing, Cancellation);
        Assert.Equal("not-found", (await plans.Go("hq", new ActivityStep(ActivityState.Open), director, Cancellation)).Problem!.Code);
        Assert.Equal(["hq"], (await plans.List(null, new DealerId(ClubActivity.Headquarters), director, 50, null, Cancellation)).Items.Select(one => one.Code));

        var guest = (await club.Register(with: form => form with { DealerId = mine })).MemberId;
        club.At(2026, 3, 7);
        var advisor = new Caller([Role.Advisor], "王顾问") { Dealer = theirs };
        Assert.Equal("not-found", (await club.CheckIn(guest, caller: advisor)).Problem!.Code);
        Assert.Equal(guest, (await club.CheckIn("13800138000", advisor)).Value.SignUp.MemberId);
        var herself = new Caller([Role.Member], null) { Member = guest };
        Assert.Single((await reports.History(guest, herself, 50, null, Cancellation))!.Value.Items);
        var other = new Caller([Role.Member], null) { Member = new MemberId("M0") };
        Assert.Null(await reports.History(guest, other, 50, null, Cancellation));
    }
}
