using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>A refused message is one rejection, however often and for whatever reason it is refused.</summary>
public sealed class RejectionFlowTests : Flow
{
    private static async Task<IReadOnlyList<Rejection>> Open(ClubFixture club) =>
        [.. (await club.Store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last, Limit: 100))).Documents.Select(document =>
            document.As<Rejection>())];

    private static readonly object[] TooMuch = [new { lineId = "1", amount = 9999m }];

    [Fact]
    public async Task A_return_before_its_sale_that_is_refused_later_is_listed_once()
    {
        await using var club = await Open();
        await club.Register();
        await club.Send(Events.Return(lines: TooMuch));
        var first = Assert.Single(await Open(club));
        Assert.Equal(("unknown-original", true), (first.Code, first.RetryUntil is not null));
        await club.Send(Events.Bill());
        await club.Sweep(FinishSweep.Word);
        var second = Assert.Single(await Open(club));
        Assert.Equal((first.Id, "reversal-exceeds", first.ReceivedAt), (second.Id, second.Code, second.ReceivedAt));
    }

    [Fact]
    public async Task A_replay_under_another_code_and_a_redelivery_leave_one()
    {
        await using var club = await Open();
        await club.Send(Events.Return(lines: TooMuch));
        await club.Send(Events.Bill());
        var stored = (await club.Get<Rejections>().Find(Assert.Single(await Open(club)).Id, default))!;
        var receipt = await club.Get<Accrue>().Replay(stored);
        Assert.Equal(Fate.Parked, receipt.Fate);
        Assert.Empty(await Open(club));

        // The customer turns up, the return is tried at last and refused for another reason: the same rejection is open again.
        await club.Register();
        var again = Assert.Single(await Open(club));
        Assert.Equal((stored.Value.Id, "reversal-exceeds", RejectionState.Open), (again.Id, again.Code, again.State));
        await club.Send(Events.Return(lines: TooMuch));
        await club.Get<Accrue>().Replay((await club.Get<Rejections>().Find(again.Id, default))!);
        Assert.Equal(again.Id, Assert.Single(await Open(club)).Id);
    }

    [Fact]
    public async Task Other_messages_of_one_key_are_rejections_of_their_own()
    {
        await using var club = await Open();
        await club.Register();
        await club.Send(Events.Bill());
        await club.Send(Events.With(Events.Bill(), "data.channel", "app"));
        await club.Send(Events.With(Events.Bill(), "data.channel", "web"));
        Assert.Equal(2, (await Open(club)).Count);
    }
}
