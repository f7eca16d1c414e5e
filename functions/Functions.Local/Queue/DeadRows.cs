using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

/// <summary>A dead letter as it stands in the file.</summary>
internal sealed record DeadRow(long Id, string MessageId, string Body, DateTime EnqueuedUtc, DateTime DiedUtc, int Deliveries,
    string Reason);

internal static class DeadRows
{
    /// <summary>The dead letters of a queue with an id above <paramref name="after"/>, the least first.</summary>
    public static IReadOnlyList<DeadRow> After(DurableQueues queues, string name, long after, int limit)
    {
        if (queues.Find(name) is not { } queue) return [];
        using var connection = queues.File.Open();
        using var command = connection.Command("""
            SELECT id, message_id, body, enqueued, died, deliveries, reason FROM dead_letter
            WHERE queue = $queue AND id > $after ORDER BY id LIMIT $limit
            """, ("$queue", queue.Code), ("$after", after), ("$limit", limit));
        using var row = command.ExecuteReader();
        var found = new List<DeadRow>();
        while (row.Read())
        {
            found.Add(new DeadRow(row.GetInt64(0), Text(row, 1), Text(row, 2), Moment(row, 3), Moment(row, 4), Deliveries(row, 5),
                Text(row, 6)));
        }

        return found;
    }

    /// <summary>Of a damaged row, too, something is shown.</summary>
    internal static DateTime Moment(SqliteDataReader row, int column) =>
        new(Math.Clamp(row.GetInt64(column), 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    internal static int Deliveries(SqliteDataReader row, int column) => (int)Math.Clamp(row.GetInt64(column), 0, int.MaxValue);

    internal static string Text(SqliteDataReader row, int column) => row.GetValue(column) as string ?? "";
}
