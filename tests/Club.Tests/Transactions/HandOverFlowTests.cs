using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
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

    /// <summary>Its number may be another's by the time at which the partner sends again, or takes back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_handed_over_stays_hers_when_her_number_goes_to_another(bool areAllSent)
    {
        await using var club = await Open();
        await club.Send(Events.Bill("B-1"));
        if (areAllSent) await club.Send(Events.Return("B-1", "R-1", lines: [new { lineId = "1", amount = 100m }]));
        var first = (await club.Register()).MemberId;
        await WorkOff(club);
        await club.Get<CorrectMember>().Handle(first, Renumbered, Caller.Operator, default);
        var second = (await club.Register()).MemberId;
        Assert.NotEqual(first, second);

        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Bill("B-1"))).Problem?.Code);
        Assert.Equal(areAllSent ? Fate.Duplicate : Fate.Booked,
            Assert.Single(await club.Send(Events.Return("B-1", "R-1", lines: [new { lineId = "1", amount = 100m }]))).Fate);
        Assert.Equal((Points.Of(3.9m), Points.Zero), (await club.Balance(first), await club.Balance(second)));
        Assert.Empty(await club.Verify());
    }

    /// <summary>One host hands over to the member of before while another does to the one of now.</summary>
    [Fact]
    public async Task Of_two_hosts_that_hand_over_to_two_members_one_does()
    {
        for (var call = 1; ; call++)
        {
            var store = new InterruptedStore(new MemoryStore());
            await using var club = new ClubFixture(store: store.Inner);
            await using var slow = new ClubFixture(store: store);
            await club.Send(Events.Bill("B-1"), Events.Bill("B-2"));
            await club.Send(Events.Return("B-1", "R-1", lines: [new { lineId = "1", amount = 100m }]));
            var (members, isMet) = (new HashSet<MemberId>(), false);
            store.At(call, async () =>
            {
                isMet = true;
                if (await club.Get<Claims>().Find(Number, default) is not { Owner: { } owner }) return;
                await club.Get<CorrectMember>().Handle(owner, Renumbered, Caller.Operator, default);
                members.UnionWith([owner, (await club.Register()).MemberId]);
                await club.Sweep(FinishSweep.Word);
            });
            members.Add((await slow.Register()).MemberId);
            await club.Sweep(FinishSweep.Word);
            Assert.Equal([], await club.Verify());
            var booked = Points.Zero;
            foreach (var member in members) booked += await club.Balance(member);
            Assert.Equal(Points.Of(4.9m + 3.9m), booked);
            if (!isMet) return;
        }
    }

    private static Correction Renumbered =>
        new() { Named = new HashSet<string> { "phone" }, Phone = PhoneNumber.Parse("13900139000").Value };

    private static PersonIdentity Number => PersonIdentity.Of(PhoneNumber.Parse("13800138000").Value);

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
