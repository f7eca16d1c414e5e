using Club.Kernel;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>A message is delivered as it was sent, or not at all.</summary>
public sealed class QueueDamageTests
{
    private readonly Probe _probe = new();

    [Fact]
    public async Task Every_single_bit_that_turns_over_is_found_or_changes_nothing()
    {
        using var killed = await Lived();
        Assert.True(new FileInfo(Path.Combine(killed.Path, "queue.db-wal")).Length > 20_000);
        var whole = Rows(Path.Combine(killed.Path, "queue.db"), killed);
        var random = new Random(20261125);
        var (found, harmless) = (0, 0);
        var flips = Thorough.Tries(60, all: 200);
        for (var flip = 0; flip < flips; flip++)
        {
            using var copy = killed.CopyAsIfKilled();
            var file = Path.Combine(copy.Path, flip % 2 == 0 ? "queue.db" : "queue.db-wal");
            var bytes = File.ReadAllBytes(file);
            var bit = random.NextInt64(bytes.LongLength * 8);
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(file, bytes);
            if (QueueCheck.Check(Path.Combine(copy.Path, "queue.db")).Count > 0)
            {
                found++;
                continue;
            }
            harmless++;
            Assert.True(whole.SequenceEqual(Rows(Path.Combine(copy.Path, "queue.db"), copy)),
                $"Bit {bit} of {Path.GetFileName(file)} changes what is handed out, and nobody noticed.");
        }
        Assert.True(found > flips / 4, $"{found} found, {harmless} harmless");
    }

    [Fact]
    public async Task Whatever_becomes_of_messages_their_checksums_go_along()
    {
        using var killed = await Lived();
        var file = Path.Combine(killed.Path, "queue.db");
        Assert.Empty(QueueCheck.Check(file));
        // Deliveries that the killed host began are counted.
        await using (await TestHost.Start(_probe, [], killed)) { }
        Assert.Empty(QueueCheck.Check(file));
        _probe.OnMessages = bodies => bodies[0].EndsWith('1') ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        await using (var host = await TestHost.Start(_probe, [typeof(SingleProbe)], killed))
            await Eventually.True(() => host.Queue("transactions").Active == 0, "all are done");
        Assert.Empty(QueueCheck.Check(file));
    }

    [Theory]
    [InlineData("UPDATE message SET body = replace(body, 'message 3', 'message 8') WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET enqueued = 9223372036854775807 WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET enqueued = -1 WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET deliveries = 9223372036854775807 WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET deliveries = -1 WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET deliveries = 1 WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET sent_with = 'dms' WHERE body LIKE 'message 3 %'")]
    [InlineData("UPDATE message SET queue = queue + 0, body = x'00FF' WHERE body LIKE 'message 3 %'")]
    public async Task A_message_that_is_damaged_while_the_host_runs_is_set_aside_loudly_and_its_neighbours_arrive(string damage)
    {
        var held = new TaskCompletionSource();
        _probe.OnMessages = _ => held.Task;
        using var directory = new TempDirectory();
        await using (var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory,
            pacing: TestHost.Hasty with { Held = 2, ConcurrentCalls = 1 }))
        {
            await host.Send("transactions", [.. Enumerable.Range(0, 6).Select(i => $"message {i} of six")]);
            await Eventually.True(() => _probe.Deliveries.Count == 1, "the first is running");
            Run(Path.Combine(directory.Path, "queue.db"), damage);
            held.SetResult();

            await Eventually.True(() => host.Queue("transactions").Active == 0, "all are done");
            Assert.Equal([0, 1, 2, 4, 5], _probe.Deliveries.Select(seen => seen.Bodies[0]["message ".Length] - '0'));
            await Eventually.True(() => host.Overview().Single(queue => queue.Queue == "transactions").DeadLettered == 1,
                "it is a dead letter");
            Assert.Contains("is damaged", host.Overview().Single(queue => queue.Queue == "transactions").LastDeadLetters[0].Reason,
                StringComparison.Ordinal);
            Assert.Equal(1, Assert.Single(host.Host.Services.GetServices<IBacklog>()).Damaged);
        }
        // It was set aside as it was found: the file is whole again.
        await using var next = await TestHost.Start(_probe, [], directory);
        Assert.Equal(0, Assert.Single(next.Host.Services.GetServices<IBacklog>()).Damaged);
    }

    [Fact]
    public async Task A_scheduled_message_that_is_damaged_is_never_handed_out()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero));
        using var directory = new TempDirectory();
        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory, time);
        await host.Queue("transactions")
            .Append([.. Enumerable.Range(0, 3)
            .Select(i => new NewMessage($"later {i}") { ScheduledUtc = time.GetUtcNow().UtcDateTime.AddMinutes(1 + i) })]);
        Run(Path.Combine(directory.Path, "queue.db"), "UPDATE scheduled SET body = 'later 7' WHERE body = 'later 1'");

        time.Advance(TimeSpan.FromMinutes(10));

        await Eventually.True(() => _probe.Deliveries.Count == 2
            && host.Overview().Single(queue => queue.Queue == "transactions").DeadLettered == 1, "two arrive, one is a dead letter");
        Assert.Equal(["later 0", "later 2"], _probe.Deliveries.Select(seen => seen.Bodies[0]).Order(StringComparer.Ordinal));
        Assert.Equal(1, Assert.Single(host.Host.Services.GetServices<IBacklog>()).Damaged);
    }

    [Theory]
    [InlineData("UPDATE message SET body = body || ' ' WHERE id = 2", "Message 2 is not what was written")]
    [InlineData("UPDATE scheduled SET due = due - 1", "Scheduled message 1 is not what was written")]
    [InlineData("UPDATE dead_letter SET reason = 'none'", "is not what was written")]
    [InlineData("UPDATE dead_letter SET died = -died", "is not what was written")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE timer SET last = 7", "CHECK constraint failed in timer")]
    [InlineData("PRAGMA ignore_check_constraints = ON; UPDATE queue SET dispatched = 99", "CHECK constraint failed in queue")]
    [InlineData("UPDATE sqlite_sequence SET seq = 0", "the counter of messages is behind")]
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'DEFAULT 0', 'DEFAULT 1')",
        "not described as they were made")]
    public async Task A_file_that_is_not_what_was_written_stops_the_start_with_a_sentence(string damage, string told)
    {
        using var directory = await Lived();
        var file = Path.Combine(directory.Path, "queue.db");
        Run(file, damage);

        var stopped = await Assert.ThrowsAsync<StartException>(() => TestHost.Start(_probe, [], directory));

        Assert.Contains("queue.db is damaged", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(told, stopped.Message, StringComparison.Ordinal);
        Assert.Contains(QueueCheck.Check(file), difference => difference.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_arrives_after_a_restart_as_it_was_sent()
    {
        string[] bodies = ["", "\0", "before\0after", "王小明 🚗", "\uFEFFmark", "\r\n"];
        using var directory = new TempDirectory();
        await using (var idle = await TestHost.Start(_probe, [], directory)) await idle.Send("transactions", bodies);

        await using var host = await TestHost.Start(_probe, [typeof(SingleProbe)], directory);

        await Eventually.True(() => host.Queue("transactions").Active == 0, "all are completed");
        Assert.Equal(bodies.Order(StringComparer.Ordinal), _probe.Deliveries.Select(seen => seen.Bodies[0]).Order(StringComparer.Ordinal));
    }

    /// <summary>A queue that has seen everything: waiting, running, failed, dead and scheduled messages, and timers. What a kill leaves of
    /// it is returned.</summary>
    private static async Task<TempDirectory> Lived()
    {
        using var directory = new TempDirectory();
        var held = new TaskCompletionSource();
        var probe = new Probe { OnMessages = bodies => bodies[0].StartsWith("poison", StringComparison.Ordinal)
            ? throw new InvalidOperationException("poison") : held.Task };
        await using var host = await TestHost.Start(probe, [typeof(SingleProbe)], directory,
            pacing: TestHost.Hasty with { MaxDeliveries = 3, ConcurrentCalls = 2 });
        await host.Queue("transactions").Append([new NewMessage("poison", "P-1") { SentWith = "dms" }]);
        await Eventually.True(() => host.Overview().Single(queue => queue.Queue == "transactions").DeadLettered == 1, "one is dead");
        await host.Queue("transactions").Append([.. Enumerable.Range(0, 20).Select(i => new NewMessage($"message {i}", $"M-{i}"))]);
        await host.Queue("transactions").Append([new NewMessage("later") { ScheduledUtc = DateTime.UtcNow.AddDays(1) }]);
        await Eventually.True(() => probe.Deliveries.Count(seen => seen.Bodies[0] != "poison") == 2, "two are running");
        host.Host.Services.GetRequiredService<DurableQueues>().File.Enqueue(new RecordTimerRun("PointsTimer", DateTime.UtcNow));
        await host.Send("work", "the file's writer has passed all that by now");
        var killed = directory.CopyAsIfKilled();
        held.SetResult();
        return killed;
    }

    private static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Run(sql);
    }

    /// <summary>All that the queue's file says, read from a copy: reading moves the log into the file.</summary>
    private static List<string> Rows(string file, TempDirectory directory)
    {
        using var copy = directory.CopyAsIfKilled();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(copy.Path, Path.GetFileName(file))};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var table in (string[])["message", "scheduled", "dead_letter", "queue", "timer"])
        {
            using var command = connection.Command($"SELECT * FROM {table}");
            using var reader = command.ExecuteReader();
            while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }
        return rows;
    }
}
