using Functions.Local.Hosting;
using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

/// <summary>All queues of the host, in one file. Queue names compare without case, as on Service Bus.</summary>
internal sealed partial class DurableQueues(
    IEnumerable<QueueFunction> functions, QueueNames standing, QueuePacing pacing, TimeProvider time, IServiceScopeFactory scopes,
    ILogger<DurableQueues> log) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<QueueFunction> _functions = [.. functions];
    private readonly Dictionary<string, DurableQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<QueueDispatcher> _dispatchers = [];
    private QueueFile? _file;
    private QueueSchedule? _schedule;

    public QueueNames Standing { get; } = standing;

    public IEnumerable<string> Names => _queues.Keys;

    public QueueFile File => _file ?? throw new InvalidOperationException("The host has not started: its queues are closed.");

    public DurableQueue? Find(string name) => _queues.GetValueOrDefault(name);

    public void Open(string path)
    {
        if (QueueCheck.Check(path) is [var damage, ..])
            throw new StartException(
                $"The queue's file {path} is damaged ({damage}). Restore it from a backup, or move it away to start with empty queues; what waited in it is then lost.");
        try
        {
            _file = new QueueFile(path, log);
            using var connection = _file.Open();
            _schedule = new QueueSchedule(_file, time, log);
            foreach (var name in _functions.Select(f => f.Queue).Append(Standing.Inbox).Append(Standing.Own)
                .Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var queue = new DurableQueue(name, Code(connection, name), _file, _schedule, pacing, time);
                queue.Recover(connection);
                _queues.Add(name, queue);
            }
        }
        catch (SqliteException e)
        {
            throw new StartException($"The queue's file {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Starts handing messages to functions. A queue without a function keeps its messages.</summary>
    public void Dispatch()
    {
        foreach (var function in _functions)
        {
            var dispatcher = new QueueDispatcher(_queues[function.Queue], function, pacing, scopes, log);
            _dispatchers.Add(dispatcher);
            dispatcher.Start();
        }

        _schedule!.Start(_queues.Values);
    }

    /// <summary>Leaves messages in <see cref="QueueNames.Own"/>; returns when all are on disk.</summary>
    public Task Leave(IReadOnlyList<string> messages, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        _ = File;
        return _queues[Standing.Own].Append([.. messages.Select(body => new NewMessage(body))]).WaitAsync(cancellation);
    }

    /// <summary>Hands out no more and waits, within bounds, for running functions.</summary>
    /// <summary>Takes out, for good, the dead letters and the scheduled messages with such a body.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> Drop(Func<string, bool> isMeant)
    {
        var (dead, scheduled) = (new List<long>(), new List<long>());
        using (var connection = File.Open())
        {
            foreach (var (table, found) in ((string, List<long>)[])[("dead_letter", dead), ("scheduled", scheduled)])
            {
                using var command = connection.Command(table == "scheduled" ? "SELECT id, body FROM scheduled" : "SELECT id, body FROM dead_letter");
                using var row = command.ExecuteReader();
                while (row.Read())
                    if (row.GetValue(1) is string body && isMeant(body)) found.Add(row.GetInt64(0));
            }
        }
        var drop = new DropMessages(dead, scheduled);
        File.Enqueue(drop);
        await drop.Done;
        return dead.Count + scheduled.Count;
    }

    public async Task Drain()
    {
        var ended = await Task.WhenAll(_dispatchers.Select(d => d.Stop(LocalHost.Patience, Grace)));
        if (!ended.All(e => e)) Log.NotEnded(log);
        else if (_file is not null)
            foreach (var queue in _queues.Values) queue.Rest();
    }

    public void Close()
    {
        _schedule?.Dispose();
        _file?.Dispose();
    }

    public void Dispose()
    {
        Close();
        foreach (var dispatcher in _dispatchers) dispatcher.Dispose();
        foreach (var queue in _queues.Values) queue.Dispose();
    }

    /// <summary>The number under which a queue stands in a file.</summary>
    public static long Code(SqliteConnection connection, string name)
    {
        connection.Run("INSERT INTO queue (name) VALUES ($name) ON CONFLICT DO NOTHING", ("$name", name.ToLowerInvariant()));
        return (long)connection.Scalar("SELECT code FROM queue WHERE name = $name", ("$name", name.ToLowerInvariant()))!;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Some functions did not end in time; their messages come back after a restart")]
        public static partial void NotEnded(ILogger logger);
    }
}
