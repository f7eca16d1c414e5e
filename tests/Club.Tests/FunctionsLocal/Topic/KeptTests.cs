using Azure.Messaging.ServiceBus;
using Functions.Local.Hosting;
using Functions.Local.Topic;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>What a subscription keeps: over the end of a host, until it is settled, has outlived its time, or no more has room.</summary>
public sealed class KeptTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task What_was_told_and_not_completed_is_there_after_a_kill_in_its_order()
    {
        using var directory = new TempDirectory();
        TempDirectory killed;
        await using (var host = await TopicHost.Start(directory: directory))
        {
            await host.Tell(300, members: 3);
            await using var receiver = host.Client.CreateReceiver("events", "crm");
            var some = await TopicHost.Take(receiver, 60);
            Assert.Equal(60, some.Count);
            await Task.WhenAll(some.Take(30).Select(message => receiver.CompleteMessageAsync(message)));
            await receiver.DeadLetterMessageAsync(some[30]);
            killed = directory.CopyAsIfKilled();
        }

        using (killed)
        {
            await using var host = await TopicHost.Start(directory: killed);
            Assert.Equal((269, 0, 1), (host.Overview().Active, host.Overview().Locked, host.Overview().DeadLettered));
            await using var receiver = host.Client.CreateReceiver("events", "crm");
            var all = new List<ServiceBusReceivedMessage>();
            while (all.Count < 269) all.AddRange(await TopicHost.Take(receiver, 300));
            // Without sessions nothing is promised of the order: what comes between two calls the client gives back.
            foreach (var member in all.GroupBy(message => message.SessionId))
                Assert.Equal(Enumerable.Range(10, 90).TakeLast(member.Count()), member.Select(TopicHost.Number).Order());
            await using var sessions = await host.Client.AcceptSessionAsync("events", "dwh", "M-1");
            Assert.Equal(Enumerable.Range(0, 100), (await TopicHost.Take(sessions, 100)).Select(TopicHost.Number));
        }
    }

    [Fact]
    public async Task Deliveries_are_counted_over_a_restart()
    {
        using var directory = new TempDirectory();
        for (var i = 1; i <= 3; i++)
        {
            await using var host = await TopicHost.Start(directory: directory);
            if (i == 1) await host.Tell(1);
            await using var receiver = host.Client.CreateReceiver("events", "crm");
            Assert.Equal(i, (await receiver.ReceiveMessageAsync(Soon)).DeliveryCount);
        }
    }

    [Fact]
    public async Task What_outlives_its_time_goes_dead_letters_too_and_what_is_in_hand_stays()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using var host = await TopicHost.Start(directory: directory, time: time);
        await host.Tell(6, members: 2);
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync(Soon));
        var held = await receiver.ReceiveMessageAsync(Soon);
        time.Advance(TimeSpan.FromDays(13));
        await host.Topic.Outlive();
        Assert.Equal((5, 1), (host.Overview().Active, host.Overview().DeadLettered));
        time.Advance(TimeSpan.FromDays(2));
        await host.Tell(1);
        await host.Topic.Outlive();
        Assert.Equal((2, 0), (host.Overview().Active, host.Overview().DeadLettered));
        await receiver.CompleteMessageAsync(held);
        Assert.Equal((1, 1), (host.Overview().Active, host.Overview("dwh").Active));
        Assert.Equal("M-0/0", (await receiver.ReceiveMessageAsync(Soon)).MessageId);
        Assert.InRange(host.Overview().Characters, 50, 300);
    }

    [Fact]
    public async Task What_is_left_of_a_subscription_that_is_set_no_more_outlives_its_time_as_well()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using (var host = await TopicHost.Start(directory: directory, time: time)) await host.Tell(5);
        var setup = new TopicSetup("events", new Dictionary<string, bool> { ["other"] = false });
        using var topic = new DurableTopic(setup, new TopicPacing(), time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<DurableTopic>.Instance);
        topic.Open(Path.Combine(directory.Path, "topic.db"));
        Assert.Equal(10L, Rows(directory));
        time.Advance(TimeSpan.FromDays(15));
        await topic.Outlive();
        Assert.Equal(0L, Rows(directory));
    }

    [Fact]
    public async Task A_subscription_that_is_full_lets_the_topic_take_no_more_until_somebody_takes_from_it()
    {
        await using var host = await TopicHost.Start(new TopicPacing { MostMessages = 10 });
        await host.Tell(10);
        await Assert.ThrowsAsync<IOException>(() => host.Tell(1));
        Assert.Equal((10, 10), (host.Overview().Active, host.Overview("dwh").Active));
        await using (var receiver = host.Client.CreateReceiver("events", "crm",
            new() { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete }))
            Assert.NotNull(await receiver.ReceiveMessageAsync(Soon));
        await Assert.ThrowsAsync<IOException>(() => host.Tell(1));
        await using (var sessions = await host.Client.AcceptNextSessionAsync("events", "dwh"))
            await sessions.CompleteMessageAsync(await sessions.ReceiveMessageAsync(Soon));
        await Eventually.True(() => host.Overview().Active == 9, "both have room");
        await host.Tell(1);
    }

    [Fact]
    public async Task A_damaged_message_is_never_handed_out()
    {
        using var directory = new TempDirectory();
        await using var host = await TopicHost.Start(directory: directory);
        await host.Tell(3);
        Run(directory, "UPDATE message SET body = replace(body, 'number', 'cipher') WHERE message_id = 'M-0/1'");
        await using var receiver = host.Client.CreateReceiver("events", "crm");
        var got = await TopicHost.Take(receiver, 3);
        while (got.Count < 2) got = [.. got, .. await TopicHost.Take(receiver, 3)];
        Assert.Equal([0, 2], got.Select(TopicHost.Number));
        await Eventually.True(() => host.Overview().DeadLettered == 1, "it is set aside");
    }

    [Fact]
    public async Task A_damaged_file_stops_the_start()
    {
        using var directory = new TempDirectory();
        await using (var host = await TopicHost.Start(directory: directory)) await host.Tell(3);
        Run(directory, "UPDATE message SET enqueued = enqueued + 1 WHERE message_id = 'M-0/1'");
        var stopped = await Assert.ThrowsAsync<StartException>(() => TopicHost.Start(directory: directory));
        Assert.Contains("topic.db is damaged", stopped.Message, StringComparison.Ordinal);
    }

    private static object Rows(TempDirectory directory)
    {
        using var connection = Open(directory);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM message";
        return command.ExecuteScalar()!;
    }

    private static void Run(TempDirectory directory, string sql)
    {
        using var connection = Open(directory);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(TempDirectory directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "topic.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
