using Club.Access;
using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Moq;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Whom no message reaches is called, once for each occasion, by her own branch, until she is reached or does not want it.</summary>
public sealed class CallTests : Flow
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Programme Rules(string channels, string holdout = "0") => Book.With($$"""
        {"care":[{"occasion":"birthday","holdout":{{holdout}},"channels":{{channels}},"template":"wish"}]}
        """);

    private static Caller Advisor(string dealer = "D001") => new([Role.Advisor], "小赵") { Dealer = new DealerId(dealer) };

    private static async Task<MemberId> Member(ClubFixture club, bool? consent = null, string phone = "13800138000", int day = 2) =>
        (await club.Register(phone, form => form with
        {
            Name = "王小明", SmsConsent = consent, Birthday = new DateOnly(1990, 3, day), DealerId = new DealerId("D001"),
        })).MemberId;

    private static Task<(int Done, int Failed)> Sweep(ClubFixture club) => club.Sweep(CareSweep.Word, SmsSweep.Word, FollowJob.Word);

    private static async Task<IReadOnlyList<CallView>> Calls(ClubFixture club, CallState state = CallState.Open, Caller? caller = null,
        DateOnly? on = null) => (await club.Get<CareCalls>().List(state, null, on, caller ?? Advisor(), 200, null, Cancellation)).Items;

    private static Task<Outcome<CallView>> Take(ClubFixture club, CallView call, CallResult result, DateOnly? next = null, string note = "",
        Caller? caller = null) => club.Get<CareCalls>().Take(call.Id, new CallRequest(result, note, next), caller ?? Advisor(), Cancellation);

    [Theory]
    [InlineData("""["sms","call"]""", null, true)]
    [InlineData("""["sms","call"]""", true, false)]
    [InlineData("""["sms","call"]""", false, false)]
    [InlineData("""["sms"]""", null, false)]
    [InlineData("""["call"]""", true, true)]
    [InlineData("""["call","sms"]""", true, true)]
    public async Task Whom_no_message_may_reach_is_called_and_who_refused_messages_is_left_in_peace(string channels, bool? consent, bool isCalled)
    {
        await using var club = await Open(rules: Rules(channels));
        var member = await Member(club, consent);
        for (var i = 0; i < 3; i++) await Sweep(club);
        Assert.Equal(isCalled, await Calls(club) is [{ Name: "王小明", Phone: "+8613800138000", Occasion: "birthday:2026" } call] && call.MemberId == member);
        Assert.Equal(consent is true && channels.StartsWith("[\"sms", StringComparison.Ordinal) ? 1 : 0, club.Sms.Sent.Count);
        Assert.Empty(await Calls(club, caller: Advisor("D002")));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_message_that_fails_for_good_becomes_a_call_and_one_that_is_on_its_way_does_not()
    {
        var sms = new Mock<ISms>();
        sms.SetupSequence(port => port.Send(It.IsAny<SmsMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SmsResult.TryLater("429", TimeSpan.FromMinutes(2))).ReturnsAsync(new SmsResult.Refused("4003", "unsupported"));
        await using var club = await Open(rules: Rules("""["sms","call"]"""), sms: sms.Object);
        await Member(club, consent: true);
        await Sweep(club);
        Assert.Empty(await Calls(club));
        club.Clock.Advance(TimeSpan.FromMinutes(3));
        for (var i = 0; i < 2; i++) await Sweep(club);
        Assert.Single(await Calls(club));
    }

    [Fact]
    public async Task What_becomes_of_a_call_says_whether_there_is_another()
    {
        await using var club = await Open(rules: Rules("""["call"]"""));
        await Member(club);
        await Sweep(club);
        var call = Assert.Single(await Calls(club));
        Assert.Equal(new DateOnly(2026, 3, 11), call.Until);
        for (var i = 0; i < 2; i++) Assert.Single((await Take(club, call, CallResult.NoAnswer)).Value.Outcomes);
        Assert.Empty(await Calls(club));
        club.At(2026, 3, 3);
        Assert.Single(await Calls(club));
        Assert.Equal("invalid-data", (await Take(club, call, CallResult.Reached, new DateOnly(2026, 3, 3))).Problem!.Code);
        // An agreed day counts, though it is later than the call made sense.
        Assert.Equal(CallState.Open, (await Take(club, call, CallResult.Reached, new DateOnly(2026, 3, 20), "下班后再打")).Value.State);
        Assert.Empty(await Calls(club, on: new DateOnly(2026, 3, 19)));
        Assert.Single(await Calls(club, on: new DateOnly(2026, 3, 20)));
        Assert.Equal("not-found", (await Take(club, call, CallResult.Booked, caller: Advisor("D002"))).Problem!.Code);
        var done = (await Take(club, call, CallResult.Booked)).Value;
        Assert.Equal((CallState.Done, "小赵", "下班后再打"), (done.State, done.Outcomes[^1].Author, done.Outcomes[1].Note));
        Assert.Equal("already-decided", (await Take(club, call, CallResult.Reached)).Problem!.Code);
        Assert.Single(await Calls(club, CallState.Done));
    }

    [Fact]
    public async Task A_call_that_nobody_makes_lapses_and_notes_go_when_they_were_kept_long_enough()
    {
        await using var club = await Open(rules: Rules("""["call"]"""));
        await Member(club);
        await Sweep(club);
        var call = Assert.Single(await Calls(club));
        await Take(club, call, CallResult.NoAnswer, note: "占线");
        club.At(2026, 3, 12);
        await club.Sweep(ForgetSweep.Word);
        Assert.Empty(await Calls(club));
        Assert.Equal("占线", Assert.Single(await Calls(club, CallState.Lapsed)).Outcomes[0].Note);
        club.At(2027, 3, 13);
        await club.Sweep(ForgetSweep.Word);
        Assert.Equal("", Assert.Single(await Calls(club, CallState.Lapsed)).Outcomes[0].Note);
    }

    [Fact]
    public async Task Who_wants_no_calls_is_called_on_no_occasion_until_she_says_otherwise()
    {
        await using var club = await Open(rules: Book.With("""
            {"care":[{"occasion":"birthday","holdout":0,"channels":["call"],"template":"wish"},
             {"occasion":"birthday","holdout":0,"daysBefore":1,"channels":["call"],"template":"soon"},
             {"occasion":"purchaseAnniversary","holdout":0,"channels":["call"],"template":"years"}]}
            """));
        var member = await Member(club, day: 3);
        await club.Register(with: form => form with { Vehicles = [new Vehicle(null, "明锐", new DateOnly(2020, 3, 3), "京A12345")] });
        await Sweep(club);
        club.At(2026, 3, 3);
        await Sweep(club);
        var calls = await Calls(club);
        Assert.Equal(2, calls.Count);
        Assert.True((await Take(club, calls[0], CallResult.DoNotCall)).Succeeded);
        Assert.Equal(2, (await Calls(club, CallState.Stopped)).Count);
        Assert.False((await club.Store.Read<Profile>(member, Profile.Id, Cancellation))!.Value.Consents.MayCall);
        club.At(2027, 3, 3);
        await Sweep(club);
        Assert.Empty(await Calls(club));
        await club.Get<ChangeConsent>().Handle(member, new ConsentWish(null, true), Caller.OperatorAs("A017"), Cancellation);
        club.At(2028, 3, 3);
        await Sweep(club);
        Assert.Equal(2, (await Calls(club)).Count);
    }

    [Fact]
    public async Task Calls_move_along_with_a_merge_are_exported_and_go_with_the_person()
    {
        await using var club = new ClubFixture(store: await NewStore(), rules: Rules("""["call"]"""), keys: new MemoryStore());
        var (one, other) = (await Member(club), await Member(club, phone: "13900139000", day: 20));
        await Sweep(club);
        var call = Assert.Single(await Calls(club));
        await Take(club, call, CallResult.NoAnswer, note: "占线");
        await club.Get<Merge>().Handle(other, one, Cancellation);
        Assert.Equal("占线", (await club.Get<CareCalls>().Find(call.Id, Caller.OperatorAs("A017"), Cancellation))!.Outcomes[0].Note);
        Assert.True((await Take(club, call, CallResult.Reached)).Succeeded);
        await club.Get<Projections>().Rebuild(club.Get<MeasuredCare>(), Cancellation);
        await Sweep(club);
        Assert.Empty(await Calls(club));
        Assert.True((await club.Get<EraseMember>().Handle(other, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.Empty(await Calls(club, CallState.Done, Caller.OperatorAs("A017")));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Calls_are_measured_and_held_out_as_messages_are()
    {
        await using var club = await Open(rules: Rules("""["call"]""", "0.5"));
        for (var i = 0; i < 40; i++) await Member(club, phone: $"138{i:D8}");
        for (var i = 0; i < 2; i++) await Sweep(club);
        await club.Sweep(FeedJob.Word);
        var effect = Assert.Single((await club.Get<CareEffects>().Of(new MonthRange("2026-03", "2026-03"), Cancellation)).Items);
        Assert.Equal((40, (await Calls(club)).Count), (effect.Written + effect.Held, effect.Written));
        Assert.InRange(effect.Held, 5, 35);
    }

    [Fact]
    public async Task A_crash_after_any_write_leaves_one_call()
    {
        for (var writes = 1; writes < 12; writes++)
        {
            var store = new CrashingStore(await NewStore());
            await using var club = new ClubFixture(store: store, rules: Rules("""["call"]"""));
            await Member(club);
            store.CrashAfter(writes);
            try { await Sweep(club); }
            catch (StoreException) { }
            store.Recover();
            for (var i = 0; i < 2; i++) await Sweep(club);
            Assert.Single(await Calls(club));
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""["letter"]""")]
    [InlineData("""["sms","sms"]""")]
    public void Channels_that_are_none_are_refused(string channels) => Assert.Throws<ProgrammeException>(() => Rules(channels));
}
