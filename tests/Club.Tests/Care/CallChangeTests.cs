using Club.Access;
using Club.Care;
using Club.Dealers;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Care;

/// <summary>What changes about a member after she was put on the call list.</summary>
public sealed class CallChangeTests : IAsyncDisposable
{
    private static readonly Programme Rules = Book.With("""
        {"care":[{"occasion":"birthday","holdout":0,"channels":["call"],"template":"wish"}]}
        """);

    private readonly ClubFixture _club = new(rules: Rules);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Caller Advisor(string dealer) => new([Role.Advisor], "小赵") { Dealer = new DealerId(dealer) };

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task An_open_call_goes_with_her_to_another_branch()
    {
        var member = await Member();
        var call = Assert.Single(await Calls("D001"));
        await _club.Get<Transfers>().Move(member, new TransferRequest(new DealerId("D002"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
        await _club.Sweep(FollowJob.Word);
        Assert.Empty(await Calls("D001"));
        Assert.Equal(("D002", "+8613800138000"), Assert.Single(await Calls("D002")) is var moved ? (moved.DealerId?.Value, moved.Phone) : default);
        Assert.Equal("not-found", (await Take(call, CallResult.Reached, "D001")).Problem!.Code);
        Assert.True((await Take(call, CallResult.Reached, "D002")).Succeeded);
        // What is done stays with whoever did it.
        await _club.Get<Transfers>().Move(member, new TransferRequest(new DealerId("D001"), "搬回"), Caller.OperatorAs("A017"), Cancellation);
        await _club.Sweep(FollowJob.Word);
        Assert.Single(await Calls("D002", CallState.Done));
        Assert.Equal([], await _club.Verify());
    }

    /// <summary>Whose dealer closes goes to another, or to headquarters, as whoever moves.</summary>
    [Theory]
    [InlineData("D002")]
    [InlineData(null)]
    public async Task An_open_call_is_made_by_whoever_takes_over(string? into)
    {
        await Member();
        await _club.Get<DealerClosings>().Close(new DealerId("D001"),
            new CloseRequest(new DateOnly(2026, 3, 2), into is null ? null : new DealerId(into), "网络调整"), Caller.OperatorAs("A017"), Cancellation);
        foreach (var message in _club.Queue.Take()) await _club.Get<Work>().Handle(message, Cancellation);
        await _club.Sweep(FollowJob.Word);
        Assert.Empty(await Calls("D001"));
        var open = (await _club.Get<CareCalls>().List(CallState.Open, null, null, Caller.OperatorAs("A017"), 200, null, Cancellation)).Items;
        Assert.Equal(into, Assert.Single(open).DealerId?.Value);
    }

    [Fact]
    public async Task Who_wants_no_calls_any_more_is_not_called()
    {
        var member = await Member();
        var call = Assert.Single(await Calls("D001"));
        await _club.Get<ChangeConsent>().Handle(member, new ConsentWish(null, false), Caller.OperatorAs("A017"), Cancellation);
        // At once there is no number to dial, and soon no call.
        Assert.Null(Assert.Single(await Calls("D001")).Phone);
        await _club.Sweep(FollowJob.Word);
        Assert.Empty(await Calls("D001"));
        Assert.Equal(call.Id, Assert.Single(await Calls("D001", CallState.Stopped)).Id);
    }

    [Fact]
    public async Task A_call_that_is_over_refuses_none_for_her()
    {
        var member = await Member();
        var call = Assert.Single(await Calls("D001"));
        Assert.True((await Take(call, CallResult.Reached, "D001")).Succeeded);
        Assert.Equal("already-decided", (await Take(call, CallResult.DoNotCall, "D001")).Problem!.Code);
        Assert.True((await _club.Store.Read<Profile>(member, Profile.Id, Cancellation))!.Value.Consents.MayCall);
    }

    private async Task<MemberId> Member()
    {
        var member = (await _club.Register(with: form => form with
        {
            Name = "王小明", Birthday = new DateOnly(1990, 3, 2), DealerId = new DealerId("D001"),
        })).MemberId;
        await _club.Sweep(CareSweep.Word);
        await _club.Sweep(FollowJob.Word);
        return member;
    }

    private async Task<IReadOnlyList<CallView>> Calls(string dealer, CallState state = CallState.Open) =>
        (await _club.Get<CareCalls>().List(state, null, null, Advisor(dealer), 200, null, Cancellation)).Items;

    private Task<Outcome<CallView>> Take(CallView call, CallResult result, string dealer) =>
        _club.Get<CareCalls>().Take(call.Id, new CallRequest(result, "", null), Advisor(dealer), Cancellation);
}
