using System.Globalization;

namespace Functions.Local.Queue;

/// <summary>How a queue stands. No bodies: they carry personal data.</summary>
/// <param name="OldestSeconds">The age of the oldest message that waits or runs.</param>
/// <param name="Scheduled">Messages whose sender wants them handed out later.</param>
/// <param name="NextScheduledAt">When the first of them is due.</param>
internal sealed record QueueOverview(
    string Queue, long Active, double? OldestSeconds, long Scheduled, DateTime? NextScheduledAt, long DeadLettered,
    IReadOnlyList<DeadLetter> LastDeadLetters);

internal sealed record DeadLetter(string MessageId, DateTime EnqueuedAt, DateTime DiedAt, int Deliveries, string Reason);

internal static class QueueOverviews
{
    private const int Shown = 20;

    public static IReadOnlyList<QueueOverview> Read(DurableQueues queues, DateTime nowUtc)
    {
        using var connection = queues.File.Open();
        return [.. queues.Names.Order(StringComparer.Ordinal).Select(name =>
        {
            var queue = queues.Find(name)!;
            var oldest = connection.Scalar(
                "SELECT enqueued FROM message WHERE queue = $queue ORDER BY id LIMIT 1", ("$queue", queue.Code)) as long?;
            var dead = (long)connection.Scalar("SELECT COUNT(*) FROM dead_letter WHERE queue = $queue", ("$queue", queue.Code))!;
            double? age = oldest is { } ticks ? Math.Round((nowUtc - new DateTime(ticks, DateTimeKind.Utc)).TotalSeconds, 1) : null;
            var (scheduled, next) = Scheduled(connection, queue.Code);
            return new QueueOverview(queue.Name, queue.Active, age, scheduled, next, dead, [.. Dead(connection, queue.Code)]);
        })];
    }

    private static (long Count, DateTime? Next) Scheduled(Microsoft.Data.Sqlite.SqliteConnection connection, long queue)
    {
        using var command = connection.Command("SELECT COUNT(*), MIN(due) FROM scheduled WHERE queue = $queue", ("$queue", queue));
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : new DateTime(reader.GetInt64(1), DateTimeKind.Utc));
    }

    private static IEnumerable<DeadLetter> Dead(Microsoft.Data.Sqlite.SqliteConnection connection, long queue)
    {
        using var command = connection.Command(
            "SELECT message_id, enqueued, died, deliveries, reason FROM dead_letter WHERE queue = $queue ORDER BY id DESC LIMIT " + Shown.ToString(CultureInfo.InvariantCulture),
            ("$queue", queue));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new DeadLetter(
                DeadRows.Text(reader, 0), DeadRows.Moment(reader, 1), DeadRows.Moment(reader, 2), DeadRows.Deliveries(reader, 3),
                DeadRows.Text(reader, 4));
        }
    }
}
