using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

/// <summary>A row as it stands in the file, whether or not it is what was written.</summary>
/// <param name="Moment">UTC ticks: when it was enqueued, or is due.</param>
internal sealed record QueueRow(long Id, long Queue, string MessageId, string Body, string? SentWith, long Moment, long Deliveries,
    bool IsWhole)
{
    /// <summary>As a message. What is damaged has been enqueued now, where nobody can tell any more.</summary>
    public QueueMessage ToMessage(DateTime nowUtc) =>
        new(Id, MessageId, Body, Moment is >= 0 && Moment <= DateTime.MaxValue.Ticks ? new DateTime(Moment, DateTimeKind.Utc) : nowUtc,
            (int)Math.Clamp(Deliveries, 0, int.MaxValue), SentWith);
}

/// <summary>Reads rows with their checksums. Nothing in a row is believed before: even a column's kind may be another than what was
/// written.</summary>
internal static class QueueRows
{
    /// <summary>The columns of a message, in the order in which <see cref="Message"/> reads them.</summary>
    public const string OfMessage = "id, queue, message_id, body, sent_with, enqueued, sum, deliveries";
    public const string OfScheduled = "id, queue, message_id, body, sent_with, due, sum";
    public const string OfDead = OfMessage + ", died, reason";

    public static QueueRow Message(SqliteDataReader row) => Read(row, row.GetInt64(7), read =>
        MessageSum.OfMessage(read.Queue, read.MessageId, read.Body, read.SentWith, read.Moment, read.Deliveries));

    public static QueueRow Scheduled(SqliteDataReader row) => Read(row, 0, read =>
        MessageSum.OfScheduled(read.Queue, read.MessageId, read.Body, read.SentWith, read.Moment));

    public static QueueRow Dead(SqliteDataReader row) => Read(row, row.GetInt64(7), read =>
        MessageSum.OfDead(read.Queue, read.MessageId, read.Body, read.SentWith, read.Moment, read.Deliveries, row.GetInt64(8),
            Text(row, 9)));

    private static QueueRow Read(SqliteDataReader row, long deliveries, Func<QueueRow, long> sum)
    {
        var read = new QueueRow(row.GetInt64(0), row.GetInt64(1), Text(row, 2), Text(row, 3), row.IsDBNull(4) ? null : Text(row, 4),
            row.GetInt64(5), deliveries, false);
        return read with { IsWhole = sum(read) == row.GetInt64(6) };
    }

    private static string Text(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        string text => text,
        byte[] bytes => Convert.ToHexString(bytes),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
