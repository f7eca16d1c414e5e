using Club.Access;
using Club.Activities;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>Places whose number changes, which are too few, or of somebody who is being forgotten: none is given twice, none is lost.</summary>
public sealed class PlacesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Who_signed_up_before_there_was_a_limit_counts_under_it(int shards)
    {
        await using var club = Club(shards);
        await club.Open();
        var (one, other) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId);
        await club.SignUp(one, guests: 1);
        await Limit(club, 2);
        Assert.Equal(0L, (await club.Report()).Left);
        Assert.Equal("no-places", (await club.SignUp(other)).Problem!.Code);
        await Limit(club, 3);
        Assert.Equal(1L, (await club.Report()).Left);
        Assert.True((await club.SignUp(other)).Succeeded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Who_has_places_keeps_them_when_there_are_fewer_than_are_taken(int shards)
    {
        await using var club = Club(shards);
        await club.Open(places: 4);
        var (one, other, third) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId,
            (await club.Register("13700137000")).MemberId);
        await club.SignUp(one, guests: 1);
        await club.SignUp(other, guests: 1);
        await Limit(club, 1);
        club.At(2026, 3, 7);
        Assert.Equal(("no-places", 0m), (await club.CheckIn(one, guests: 2)).Problem is { } full ? (full.Code, full.Numbers!["available"]) : default);
        Assert.Equal(1, (await club.CheckIn(one)).Value.SignUp.Guests);
        await Limit(club, 4);
        Assert.Equal(0L, (await club.Report()).Left);
        Assert.Equal("no-places", (await club.CheckIn(third)).Problem!.Code);
        Assert.Equal(0, (await club.CheckIn(other, guests: 0)).Value.SignUp.Guests);
        Assert.True((await club.CheckIn(third)).Succeeded);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Who_asks_for_more_than_there_is_keeps_nothing_from_those_who_ask_for_less()
    {
        for (var round = 0; round < 10; round++)
        {
            await using var club = Club(1);
            await club.Open(places: 1);
            var small = (await club.Register()).MemberId;
            var greedy = new List<MemberId>();
            for (var i = 0; i < 8; i++) greedy.Add((await club.Register($"1390013900{i}")).MemberId);
            var asked = greedy.Select(member => Task.Run(() => club.SignUp(member, guests: 2))).ToArray();
            Assert.True((await club.SignUp(small)).Succeeded);
            Assert.All(await Task.WhenAll(asked), one => Assert.Equal("no-places", one.Problem!.Code));
        }
    }

    /// <summary>At every moment of it.</summary>
    [Fact]
    public async Task Who_is_forgotten_while_she_signs_up_takes_no_place()
    {
        for (var call = 1; ; call++)
        {
            var (store, keys) = (new InterruptedStore(new MemoryStore()), new MemoryStore());
            await using var club = new ClubFixture("skoda", store.Inner, keys: keys);
            await using var slow = new ClubFixture("skoda", store, keys: keys);
            var member = (await club.Register()).MemberId;
            await club.Open(places: 3);
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                Assert.True((await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
            });
            await slow.SignUp(member, guests: 1);
            if (!isMet) return;
            club.Clock.Advance(TimeSpan.FromHours(1));
            await club.Sweep(FinishSweep.Word);
            Assert.Equal((0, 3L), (await club.Report()) is var report ? (report.SignedUp, report.Left) : default);
            Assert.Equal([], await club.Verify());
        }
    }

    private static ClubFixture Club(int shards) =>
        new("skoda", more: new Dictionary<string, string?> { ["Allotments:Shards"] = $"{shards}" });

    private static async Task Limit(ClubFixture club, int places) => Assert.True((await club.Get<ActivityPlans>().Put(ActivityClub.Drive,
        ActivityClub.Wanted(places), null, ActivityClub.Marketing, Cancellation)).Succeeded);
}
