using Club.Access;
using Club.Activities;
using Club.Dealers;
using Club.Kernel;
using Club.Running;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>A dealer that closes does nothing more with members.</summary>
public sealed class ClosedDealerTests : IAsyncDisposable
{
    private static readonly DealerId Mine = new("D021"), Theirs = new("D022");
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task What_is_to_come_is_cancelled_with_the_dealer_and_nothing_else()
    {
        await _club.Open(dealer: Mine);
        var plans = _club.Get<ActivityPlans>();
        foreach (var (code, dealer) in ((string, DealerId?)[])[("drafted", Mine), ("theirs", Theirs), ("hq", null)])
            Assert.True((await plans.Put(code, ActivityClub.Wanted(dealer: dealer), null, ActivityClub.Marketing, Cancellation)).Succeeded);
        await Close(new DateOnly(2026, 3, 4));
        Assert.Equal(ActivityState.Open, await StateOf(ActivityClub.Drive));
        _club.At(2026, 3, 4);
        await _club.Sweep(FinishSweep.Word);
        foreach (var code in (string[])[ActivityClub.Drive, "drafted"])
        {
            var one = (await plans.Read(code, Cancellation))!.Value;
            Assert.Equal((ActivityState.Cancelled, "网络调整", "王芳"), (one.State, one.Reason, one.Author));
        }
        Assert.Equal((ActivityState.Draft, ActivityState.Draft), (await StateOf("theirs"), await StateOf("hq")));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task What_is_over_by_then_is_still_closed_with_what_it_cost()
    {
        await _club.Open(dealer: Mine);
        await Close(new DateOnly(2026, 3, 9));
        _club.At(2026, 3, 9);
        await _club.Sweep(FinishSweep.Word);
        Assert.Equal(ActivityState.Open, await StateOf(ActivityClub.Drive));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public async Task Nothing_is_planned_for_a_day_on_which_it_is_closed(int closedOn, bool isPlanned)
    {
        var plans = _club.Get<ActivityPlans>();
        await plans.Put("before", ActivityClub.Wanted(dealer: Mine), null, ActivityClub.Marketing, Cancellation);
        await Close(new DateOnly(2026, 3, closedOn));
        foreach (var caller in (Caller[])[ActivityClub.Marketing, new Caller([Role.Director], "李主任") { Dealer = Mine }])
            Assert.Equal(isPlanned ? null : "wrong-state", (await plans.Put(ActivityClub.Drive, ActivityClub.Wanted(dealer: Mine), null, caller,
                Cancellation)).Problem?.Code);
        Assert.Equal(isPlanned ? null : "wrong-state",
            (await plans.Go("before", new ActivityStep(ActivityState.Open), ActivityClub.Marketing, Cancellation)).Problem?.Code);
    }

    private async Task Close(DateOnly on) => Assert.True((await _club.Get<DealerClosings>().Close(Mine, new CloseRequest(on, Theirs, "网络调整"),
        new Caller([Role.Hq], "王芳"), Cancellation)).Succeeded);

    private async Task<ActivityState> StateOf(string code) => (await _club.Get<ActivityPlans>().Read(code, Cancellation))!.Value.State;
}
