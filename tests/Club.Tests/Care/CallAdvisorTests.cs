using Club.Access;
using Club.Care;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tests.Joining;
using Club.Tests.Value;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Calls are shared out among the advisors of a branch, and end by themselves where she came.</summary>
public sealed class CallAdvisorTests : Flow
{
    private static readonly Programme Rules = Book.With($$"""
        {"effectiveFrom":"2020-01-01","value":{{ValueClub.Section}},
         "care":[{"occasion":"winBack","holdout":0,"channels":["call"],"template":"back"},
          {"occasion":"birthday","holdout":0,"channels":["call"],"template":"wish"}]}
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Caller Advisor(string name, string dealer = "D001") => new([Role.Advisor], name) { Dealer = new DealerId(dealer) };

    private static Task<Outcome<CallView>> Give(ClubFixture club, CallView call, string? advisor, Caller caller) =>
        club.Get<CallAdvisors>().Give(call.Id, new CallAdvisorRequest(advisor), caller, Cancellation);

    private static Task<Outcome<CallView>> GiveBack(ClubFixture club, CallView call, Caller caller) =>
        club.Get<CallAdvisors>().Give(call.Id, new CallAdvisorRequest(null, Free: true), caller, Cancellation);

    private static async Task<IReadOnlyList<CallView>> Calls(ClubFixture club, string? advisor = null, string dealer = "D001",
        CallState state = CallState.Open) =>
        (await club.Get<CareCalls>().List(state, null, null, ValueClub.Director(dealer), 200, null, Cancellation, advisor)).Items;

    private static async Task<(MemberId Member, CallView Call)> Planned(ClubFixture club)
    {
        var member = (await club.Register(with: form => form with
        {
            Name = "王小明", Birthday = new DateOnly(1990, 3, 2), DealerId = new DealerId("D001"),
        })).MemberId;
        await club.Sweep(CareSweep.Word, FollowJob.Word);
        return (member, Assert.Single(await Calls(club)));
    }

    [Fact]
    public async Task An_advisor_takes_what_nobody_has_and_a_director_gives_it_to_another()
    {
        await using var club = await Open(rules: Rules);
        var (_, call) = await Planned(club);
        Assert.Equal("denied", (await Give(club, call, "小李", Advisor("小赵"))).Problem!.Code);
        for (var i = 0; i < 2; i++) Assert.Equal("小赵", (await Give(club, call, null, Advisor("小赵"))).Value.Advisor);
        Assert.Equal("already-decided", (await Give(club, call, null, Advisor("小李"))).Problem!.Code);
        Assert.Equal("not-found", (await Give(club, call, null, Advisor("小钱", "D002"))).Problem!.Code);
        Assert.Equal("not-found", (await Give(club, call, "小钱", ValueClub.Director("D002"))).Problem!.Code);
        Assert.Single(await Calls(club, "小赵"));
        Assert.Empty(await Calls(club, "小李"));
        Assert.Single(await Today(club, "小赵"));
        Assert.Empty(await Today(club, "小李"));
        Assert.Equal("小李", (await Give(club, call, "小李", ValueClub.Director("D001"))).Value.Advisor);
        Assert.Empty(await Calls(club, "小赵"));
        // Whoever has it, a colleague may answer for her.
        Assert.True((await club.Get<CareCalls>().Take(call.Id, new CallRequest(CallResult.Booked, "", null), Advisor("小赵"), Cancellation)).Succeeded);
        Assert.Equal("already-decided", (await Give(club, call, "小王", ValueClub.Director("D001"))).Problem!.Code);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Whoever_has_it_gives_it_back_and_so_does_a_director()
    {
        await using var club = await Open(rules: Rules);
        var (_, call) = await Planned(club);
        Assert.Null((await GiveBack(club, call, Advisor("小赵"))).Value.Advisor);
        await Give(club, call, null, Advisor("小赵"));
        Assert.Equal("already-decided", (await GiveBack(club, call, Advisor("小李"))).Problem!.Code);
        Assert.Null((await GiveBack(club, call, Advisor("小赵"))).Value.Advisor);
        Assert.Empty(await Calls(club, "小赵"));
        Assert.Equal("小李", (await Give(club, call, null, Advisor("小李"))).Value.Advisor);
        Assert.Null((await GiveBack(club, call, ValueClub.Director("D001"))).Value.Advisor);
        var both = JsonFields.Parse("""{"advisor":"小李","free":true}"""u8.ToArray(), CallAdvisorRequest.Read).Problem!;
        Assert.Equal(("invalid-data", "$.free"), (both.Code, both.Path));
    }

    [Fact]
    public async Task Of_two_who_take_it_at_once_the_first_has_it()
    {
        var store = await NewStore();
        await using var one = new ClubFixture(store: store, rules: Rules);
        var (_, call) = await Planned(one);
        var between = new InterruptedStore(store);
        await using var other = new ClubFixture(store: between, rules: Rules);
        await other.Get<CareCalls>().Find(call.Id, Advisor("小李"), Cancellation);
        for (var at = 1; at < 8; at++)
            between.At(at, async () => await Give(one, call, null, Advisor("小赵")));
        Assert.Equal("already-decided", (await Give(other, call, null, Advisor("小李"))).Problem!.Code);
        Assert.Equal("小赵", Assert.Single(await Calls(one)).Advisor);
    }

    [Fact]
    public async Task With_another_branch_it_is_nobody_s_again()
    {
        await using var club = await Open(rules: Rules);
        var (member, call) = await Planned(club);
        await Give(club, call, null, Advisor("小赵"));
        await club.Get<Transfers>().Move(member, new TransferRequest(new DealerId("D002"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
        await club.Sweep(FollowJob.Word);
        Assert.Null(Assert.Single(await Calls(club, dealer: "D002")).Advisor);
    }

    [Fact]
    public async Task A_win_back_ends_when_she_comes_and_another_call_does_not()
    {
        await using var club = await Open(rules: Rules);
        var member = (await ValueClub.Register(club)).MemberId;
        await club.Send(ValueClub.Bill("B-1", "2026-03-02"));
        club.At(2026, 9, 19);
        await club.Sweep(CareSweep.Word, FollowJob.Word);
        Assert.Equal("winBack:2026-03-02", Assert.Single(await Calls(club)).Occasion);
        await club.Get<CareCalls>().Add(member, "birthday:2026", new DateOnly(2026, 9, 30), Cancellation);
        await Correct(club, member);
        await club.Send(ValueClub.Bill("B-2", "2026-09-19"));
        for (var i = 0; i < 2; i++) await club.Sweep(FollowJob.Word);
        Assert.Equal("birthday:2026", Assert.Single(await Calls(club)).Occasion);
        Assert.Equal("winBack:2026-03-02", Assert.Single(await Calls(club, state: CallState.Done)).Occasion);
        Assert.Equal([], await club.Verify());
    }

    private static Task<bool> Correct(ClubFixture club, MemberId member) => club.Get<Profiles>().Change(member, draft =>
    {
        draft.Become(draft.Before! with { Birthday = new DateOnly(1990, 9, 19) }, "test");
        return true;
    }, Cancellation);

    private static async Task<IReadOnlyList<TodayItem>> Today(ClubFixture club, string advisor) =>
        (await club.Get<TodayDesk>().Tell(null, Advisor(advisor), Cancellation)).Sections.Single(one => one.Name == "calls").Items;
}
