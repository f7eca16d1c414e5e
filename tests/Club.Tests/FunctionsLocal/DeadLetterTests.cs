using Functions.Local.Queue;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>A dead letter becomes a message again, in one commit.</summary>
public sealed class DeadLetterTests
{
    private readonly Probe _probe = new() { OnMessages = _ => throw new InvalidOperationException("it never works") };

    [Fact]
    public async Task It_is_delivered_as_new_with_its_id_and_the_key_of_its_sender()
    {
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)]);
        await host.Queue("transactions").Append([new NewMessage("body", "WO-1") { SentWith = "dms" }]);
        var dead = await Dead(host);
        _probe.OnMessages = _ => Task.CompletedTask;
        Assert.Equal(Revival.Revived, await host.Queue("transactions").Revive(dead.Id));
        await Eventually.True(() => _probe.Deliveries.Count == 11 && host.Queue("transactions").Active == 0, "it is delivered once more");
        Assert.Equal((1, "WO-1", "body"), (_probe.Deliveries.Last().Counts[0], _probe.Deliveries.Last().MessageIds[0], _probe.Deliveries.Last().Bodies[0]));
        Assert.Equal(0, host.Overview().Sum(queue => queue.DeadLettered));
        Assert.Equal(Revival.Unknown, await host.Queue("transactions").Revive(dead.Id));
        Assert.Equal(11, _probe.Deliveries.Count);
    }

    [Fact]
    public async Task The_senders_key_goes_with_it()
    {
        using var directory = new TempDirectory();
        await using (var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory))
        {
            await host.Queue("transactions").Append([new NewMessage("body") { SentWith = "dms" }]);
            await Dead(host);
        }
        await using var idle = await TestHost.Start(_probe, [], directory);
        Assert.Equal(Revival.Revived, await idle.Queue("transactions").Revive((await Dead(idle)).Id));
        Assert.Equal("dms", Value(directory, "SELECT sent_with FROM message"));
    }

    [Fact]
    public async Task What_is_dropped_is_gone_from_its_own_queue_alone()
    {
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)]);
        await host.Queue("transactions").Append([new NewMessage("body", "WO-1")]);
        var dead = await Dead(host);
        Assert.False(await host.Queue("work").DropDead(dead.Id));
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => host.Queue("transactions").DropDead(dead.Id))));
        Assert.Single(all, one => one);
        Assert.Equal(Revival.Unknown, await host.Queue("transactions").Revive(dead.Id));
        Assert.Equal(0, host.Overview().Sum(queue => queue.DeadLettered));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_is_heard()
    {
        using var directory = new TempDirectory();
        await using (var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory))
        {
            await host.Send("transactions", "body");
            await Dead(host);
        }
        await using var idle = await TestHost.Start(_probe, [], directory);
        var dead = await Dead(idle);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => idle.Queue("transactions").Revive(dead.Id))));
        Assert.Equal((1, 19), (all.Count(one => one == Revival.Revived), all.Count(one => one == Revival.Unknown)));
        Assert.Equal(1, idle.Queue("transactions").Active);
    }

    [Fact]
    public async Task A_host_that_is_killed_has_it_in_one_place()
    {
        using var directory = new TempDirectory();
        await using (var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory))
        {
            await host.Send("transactions", "body");
            await Dead(host);
        }
        await using var idle = await TestHost.Start(_probe, [], directory);
        using var before = directory.CopyAsIfKilled();
        await idle.Queue("transactions").Revive((await Dead(idle)).Id);
        using var after = directory.CopyAsIfKilled();
        Assert.Equal((0L, 1L), (Value(before, "SELECT COUNT(*) FROM message"), Value(before, "SELECT COUNT(*) FROM dead_letter")));
        Assert.Equal((1L, 0L), (Value(after, "SELECT COUNT(*) FROM message"), Value(after, "SELECT COUNT(*) FROM dead_letter")));
        await using var next = await TestHost.Start(_probe, [], after);
        Assert.Equal(1, next.Queue("transactions").Active);
    }

    [Theory]
    [InlineData("UPDATE dead_letter SET body = 'another body'")]
    [InlineData("UPDATE dead_letter SET sent_with = 'dms'")]
    [InlineData("UPDATE dead_letter SET reason = x'00FF'")]
    [InlineData("UPDATE dead_letter SET deliveries = 9223372036854775807")]
    public async Task What_is_not_what_was_written_stays_where_it_is(string damage)
    {
        using var directory = new TempDirectory();
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory);
        await host.Send("transactions", "body");
        var dead = await Dead(host);
        Run(directory, damage);
        Assert.Equal(Revival.Damaged, await host.Queue("transactions").Revive(dead.Id));
        Assert.Equal((0, 1), (host.Queue("transactions").Active, host.Overview().Sum(queue => queue.DeadLettered)));
        Assert.Single(DeadRows.After(Queues(host), "transactions", 0, 10));
    }

    [Fact]
    public async Task What_was_damaged_when_it_died_is_never_handed_out()
    {
        using var directory = new TempDirectory();
        await using var host = await TestHost.Start(_probe, [], directory);
        await host.Queue("transactions").Append([new NewMessage("body")]);
        var file = Queues(host).File;
        file.Enqueue(new BuryMessage(host.Queue("transactions").Code, new QueueMessage(1, "m", "bogus", DateTime.UtcNow, 1), DateTime.UtcNow, QueueFile.DamageReason));
        Assert.Equal(Revival.Damaged, await host.Queue("transactions").Revive(1));
    }

    private static DurableQueues Queues(TestHost host) => host.Host.Services.GetRequiredService<DurableQueues>();

    private static async Task<DeadRow> Dead(TestHost host)
    {
        await Eventually.True(() => DeadRows.After(Queues(host), "transactions", 0, 10).Count == 1, "it is dead");
        return DeadRows.After(Queues(host), "transactions", 0, 10)[0];
    }

    private static object? Value(TempDirectory directory, string sql)
    {
        using var connection = Open(directory);
        return connection.Scalar(sql);
    }

    private static void Run(TempDirectory directory, string sql)
    {
        using var connection = Open(directory);
        connection.Run(sql);
    }

    private static SqliteConnection Open(TempDirectory directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "queue.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
