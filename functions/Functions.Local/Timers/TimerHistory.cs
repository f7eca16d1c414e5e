using System.Collections.Concurrent;
using Functions.Local.Queue;

namespace Functions.Local.Timers;

/// <summary>When each monitored timer last ran (UTC), kept in the queue's file.</summary>
internal sealed class TimerHistory(DurableQueues queues)
{
    private readonly ConcurrentDictionary<string, DateTime> _last = new(StringComparer.OrdinalIgnoreCase);

    public void Load()
    {
        using var connection = queues.File.Open();
        using var command = connection.Command("SELECT name, last FROM timer");
        using var reader = command.ExecuteReader();
        while (reader.Read()) _last[reader.GetString(0)] = new DateTime(reader.GetInt64(1), DateTimeKind.Utc);
    }

    public DateTime? Last(string timer) => _last.TryGetValue(timer, out var last) ? last : null;

    public void Record(string timer, DateTime lastUtc)
    {
        _last[timer] = lastUtc;
        queues.File.Enqueue(new RecordTimerRun(timer, lastUtc));
    }
}
