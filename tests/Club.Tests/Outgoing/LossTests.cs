using System.Globalization;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Outgoing;
using Club.Store;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>Nothing is lost and nothing is overtaken, whatever fails in between.</summary>
public sealed class LossTests
{
    private const int Members = 250;

    [Fact]
    public async Task Ten_thousand_events_reach_a_receiver_that_fails_at_random_each_members_in_order()
    {
        const int Count = 10_000;
        await using var all = await Listening.Start();
        var random = new Random(20260302);
        all.Receiver.Answer = _ => random.Next(10) switch { < 2 => 500, 2 => 429, _ => 200 };
        for (var member = 0; member < Members; member++) await Happen(all.Club.Store, all.Club.Clock, member, 0, Count / Members);

        for (var rounds = 0; rounds < 2_000 && (all.Receiver.Taken.Count < Count || (await all.Deliveries(DeliveryState.Waiting)).Count > 0); rounds++)
        {
            await all.Deliver();
            all.Club.Clock.Advance(TimeSpan.FromMinutes(rounds < 100 ? 1 : 60));
        }
        Assert.Empty(await all.Deliveries(DeliveryState.Dead));
        AssertWhole(all.Receiver.Taken, Count);
        Assert.Equal(Count, all.Receiver.Taken.Count);
        Assert.Empty(all.Receiver.Wrong);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_after_any_commit_loses_nothing_and_overtakes_nothing(bool unanswered)
    {
        const int Count = 60;
        var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
        await using var all = await Listening.Start(store);
        var calls = 0;
        all.Receiver.Answer = _ => ++calls % 4 == 0 ? 500 : 200;
        for (var member = 0; member < 6; member++) await Happen(all.Club.Store, all.Club.Clock, member, 0, Count / 6);

        for (var commits = 1; commits < 40; commits++)
        {
            store.CrashAfter(commits % 4);
            try
            {
                await all.Deliver();
            }
            catch (StoreException)
            {
                all.Club.Queue.Take();
            }
            store.Recover();
            all.Club.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        for (var rounds = 0; rounds < 100; rounds++)
        {
            await all.Deliver();
            all.Club.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        AssertWhole(all.Receiver.Taken, Count);
        Assert.Empty(await all.Deliveries(DeliveryState.Waiting));
    }

    [Fact]
    public async Task Of_several_hosts_one_delivers_at_a_time_and_another_goes_on_where_it_ended()
    {
        const int Count = 600;
        var store = new MemoryStore();
        await using var all = await Listening.Start(store);
        await using var other = new ClubFixture(store: store, more: new Dictionary<string, string?> { ["Events:AllowPrivateAddresses"] = "true" });
        for (var member = 0; member < 20; member++) await Happen(all.Club.Store, all.Club.Clock, member, 0, Count / 20);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Listening.Deliver(i % 2 == 0 ? all.Club : other))));
        all.Club.Clock.Advance(TimeSpan.FromMinutes(1));
        await all.Deliver();
        AssertWhole(all.Receiver.Taken, Count);
        Assert.Equal(Count, all.Receiver.Taken.Count);
    }

    [Fact]
    public async Task A_host_that_lost_its_lease_writes_nothing_more()
    {
        var store = new MemoryStore();
        await using var all = await Listening.Start(store);
        var partition = Subscription.PartitionOf(Listening.Id);
        var calendar = all.Club.Get<ClubCalendar>();
        var mine = (await DeliveryBook.Open(store, calendar, partition, "one", default))!;
        Assert.Null(await DeliveryBook.Open(store, calendar, partition, "other", default));
        all.Club.Clock.Advance(TimeSpan.FromMinutes(1));
        var others = (await DeliveryBook.Open(store, calendar, partition, "other", default))!;
        Assert.False(await mine.Keep(mine.Cursor with { Position = "1" }, [], [], default));
        Assert.True(await others.Keep(others.Cursor with { Position = "2" }, [], [], default));
    }

    [Fact]
    public async Task More_than_a_document_holds_may_wait_of_one_member()
    {
        const int Count = 1_200;
        await using var all = await Listening.Start();
        all.Receiver.Answer = one => one.Member == Listening.Member(0).Value ? 500 : 200;
        await Happen(all.Club.Store, all.Club.Clock, 1, 0, 1);
        await Happen(all.Club.Store, all.Club.Clock, 0, 0, Count);
        await all.Deliver();
        Assert.Equal(Parcel.Most - 1, Assert.Single(await all.Deliveries(DeliveryState.Waiting)).Behind);
        all.Receiver.Answer = _ => 200;
        for (var i = 0; i < 4; i++)
        {
            all.Club.Clock.Advance(TimeSpan.FromMinutes(1));
            await all.Deliver();
        }
        AssertWhole(all.Receiver.Taken, Count + 1);
    }

    [Fact]
    public async Task A_subscription_that_is_deleted_leaves_nothing_behind_whatever_crashes()
    {
        for (var commits = 1; commits < 6; commits++)
        {
            var store = new CrashingStore(new MemoryStore());
            await using var all = await Listening.Start(store, new MemoryStore());
            all.Receiver.Answer = one => one.Member == Listening.Member(0).Value ? 500 : 200;
            for (var member = 0; member < 3; member++) await Happen(all.Club.Store, all.Club.Clock, member, 0, 3);
            await all.Deliver();
            store.CrashAfter(commits);
            try
            {
                await all.Book.Delete(Listening.Id, Caller.Operator, default);
            }
            catch (StoreException)
            {
            }
            store.Recover();
            Assert.Null(await all.Book.Find(Listening.Id, default));
            Assert.Empty((await all.Book.List(10, null, default)).Items);
            await all.Club.Sweep("finish");
            Assert.DoesNotContain(await all.Club.Changes(), document => document.Partition == Subscription.PartitionOf(Listening.Id));
            Assert.False(await all.Book.Delete(Listening.Id, Caller.Operator, default));
            await all.Subscribe();
            await Happen(all.Club.Store, all.Club.Clock, 9, 0, 1);
            await all.Deliver();
            Assert.Contains(all.Receiver.Taken, one => one.Member == Listening.Member(9).Value);
        }
    }

    /// <summary>A member's events, so many in a commit.</summary>
    private static async Task Happen(IClubStore store, TimeProvider clock, int member, int first, int count)
    {
        foreach (var numbers in Enumerable.Range(first, count).Chunk(50))
            await store.Commit(Listening.Member(member), [.. numbers.Select(number => new MemberEvent
            {
                Id = $"v:test:{number:D6}", MemberId = Listening.Member(member), Kind = MemberEventKind.SmsSent, At = clock.GetUtcNow(),
                Subject = $"test:{number}",
            }.ToCreate())]);
    }

    /// <summary>Each event came, and of each member none for the first time after a later one.</summary>
    private static void AssertWhole(IReadOnlyList<ReceivedEvent> taken, int count)
    {
        Assert.Equal(count, taken.Select(one => one.Id).Distinct().Count());
        foreach (var member in taken.GroupBy(one => one.Member))
        {
            var numbers = member.DistinctBy(one => one.Id).Select(one => int.Parse(((string)one.Body["data"]!["occasion"]!)[5..],
                CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        }
    }
}
