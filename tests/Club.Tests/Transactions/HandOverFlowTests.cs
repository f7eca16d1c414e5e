using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

public class HandOverFlowTests : Flow
{
    /// <summary>Works off what the club left for itself, as its queue would.</summary>
    private static async Task WorkOff(ClubFixture club)
    {
        while (club.Queue.Take() is { Count: > 0 } messages)
            foreach (var message in messages) await club.Get<Work>().Handle(message);
    }

    [Fact]
    public async Task Bills_are_handed_over_before_their_returns_however_many_there_are()
    {
        await using var club = await Open();
        for (var i = 0; i < 130; i++) await club.Send(Events.Bill($"B{i}"));
        for (var i = 0; i < 130; i++) await club.Send(Events.Return($"B{i}", $"R{i}", lines: [new { lineId = "1", amount = 100m }]));

        var member = await club.Register();
        await WorkOff(club);

        Assert.Equal(Points.Of(130 * 3.9m), await club.Balance(member.MemberId));
        Assert.Empty((await club.Store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last))).Documents);
        Assert.Empty((await club.Store.Find(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last))).Documents);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Thousands_of_parked_bills_do_not_delay_the_answer_to_the_registration()
    {
        await using var club = await Open();
        for (var i = 0; i < 45; i++) await club.Send([.. Enumerable.Range(0, 50).Select(j => Events.Bill($"B{i}-{j}"))]);

        var member = await club.Register();
        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        // What comes meanwhile is booked at once and not lost.
        await club.Send(Events.Bill("LATER"), Events.Return("B3-3", "R"));
        await WorkOff(club);

        Assert.Equal(Points.Of(2250 * 4.9m), await club.Balance(member.MemberId));
        Assert.Empty((await club.Store.Find(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last))).Documents);
        Assert.Empty(await club.Verify());
        Assert.Equal((0, 0), await club.Sweep(FinishSweep.Word));
    }

    [Fact]
    public async Task Two_hand_overs_at_once_book_everything_once()
    {
        await using var club = await Open();
        for (var i = 0; i < 6; i++) await club.Send([.. Enumerable.Range(0, 50).Select(j => Events.Bill($"B{i}-{j}"))]);
        var member = await club.Register();
        var messages = club.Queue.Take();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            foreach (var message in messages) await club.Get<Work>().Handle(message);
        })));
        await WorkOff(club);
        Assert.Equal(Points.Of(300 * 4.9m), await club.Balance(member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Sixty_four_forms_of_one_phone_at_once_make_one_member_and_none_fails()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var club = await Open();
            var registered = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
                club.Register(with: registration => registration with { OpenId = $"openid-{i}", Hobbies = [$"h{i % 20}"] }))));
            Assert.Single(registered.Select(member => member.MemberId).Distinct());
            Assert.Single(registered, member => member.IsNew);
            Assert.Equal(64, (await club.Get<Membership>().Find(registered[0].MemberId, default))!.OpenIds.Count);
        }
    }
}
