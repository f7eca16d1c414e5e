using System.Collections.Concurrent;
using Club.Kernel;
using Club.Outgoing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>A topic is told everything, as a subscription is.</summary>
public sealed class TopicTests
{
    [Fact]
    public async Task A_topic_is_told_everything_in_order_from_when_it_is_there_and_after_it_was_down()
    {
        await using var club = new ClubFixture();
        await club.Register("13900139000");
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        var topic = new Kept();
        var teller = new TopicTeller(club.Store, [topic], club.Get<FeedMarkBook>(), club.Get<Holder>(), club.Get<ClubCalendar>(),
            NullLogger<TopicTeller>.Instance);
        Assert.Null(await teller.Run(default));
        Assert.Empty(topic.Events);

        var member = (await club.Register()).MemberId;
        topic.IsDown = true;
        Assert.Equal(club.Clock.GetUtcNow().AddSeconds(5), await teller.Run(default));
        Assert.Equal(club.Clock.GetUtcNow().AddSeconds(5), await teller.Run(default));
        topic.IsDown = false;
        await club.Send(Events.Bill(), Events.Bill("B-2"));
        club.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await teller.Run(default));
        Assert.Null(await teller.Run(default));
        Assert.All(topic.Events, one => Assert.Equal(member.Value, one.Member));
        Assert.Equal([EventTypes.Registered, EventTypes.Accrued, EventTypes.Accrued],
            topic.Events.Select(one => one.Type).Where(type => type is EventTypes.Registered or EventTypes.Accrued));
        Assert.Equal(topic.Events.Count, topic.Events.Select(one => one.Id).Distinct().Count());
        Assert.Equal([], await club.Verify());
    }

    private sealed class Kept : ITopic
    {
        public bool IsDown { get; set; }
        public ConcurrentQueue<TopicEvent> Events { get; } = [];

        public Task Send(IReadOnlyList<TopicEvent> events, CancellationToken cancellation)
        {
            if (IsDown) throw new IOException("The topic is down.");
            foreach (var one in events) Events.Enqueue(one);
            return Task.CompletedTask;
        }
    }
}
