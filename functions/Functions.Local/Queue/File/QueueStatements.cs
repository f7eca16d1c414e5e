using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

/// <summary>The writer's statements, prepared once.</summary>
internal sealed class QueueStatements : IDisposable
{
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteCommand _append;
    private readonly SqliteCommand _schedule;
    private readonly SqliteCommand _due;
    private readonly SqliteCommand _unschedule;
    private readonly SqliteCommand _complete;
    private readonly SqliteCommand _abandon;
    private readonly SqliteCommand _bury;
    private readonly SqliteCommand _dispatched;
    private readonly SqliteCommand _timer;

    public QueueStatements(SqliteConnection connection)
    {
        _append = Prepare(connection,
            "INSERT INTO message (queue, message_id, body, enqueued, sent_with, sum) VALUES ($a, $b, $c, $d, $e, $f) RETURNING id", 6);
        _schedule = Prepare(connection,
            "INSERT INTO scheduled (queue, message_id, body, sent_with, due, sum) VALUES ($a, $b, $c, $d, $e, $f)", 6);
        _due = Prepare(connection, $"SELECT {QueueRows.OfScheduled} FROM scheduled WHERE due <= $a ORDER BY due, id LIMIT $b", 2);
        _unschedule = Prepare(connection, "DELETE FROM scheduled WHERE id = $a", 1);
        _complete = Prepare(connection, "DELETE FROM message WHERE id = $a", 1);
        _abandon = Prepare(connection, "UPDATE message SET sum = sum - deliveries + $b, deliveries = $b WHERE id = $a", 2);
        _bury = Prepare(connection, """
            INSERT INTO dead_letter (id, queue, message_id, body, enqueued, sent_with, deliveries, died, reason, sum)
            VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j)
            """, 10);
        _dispatched = Prepare(connection, "UPDATE queue SET dispatched = $b, twin = -$b WHERE code = $a", 2);
        _timer = Prepare(connection,
            "INSERT INTO timer (name, last, twin) VALUES ($a, $b, -$b) ON CONFLICT (name) DO UPDATE SET last = $b, twin = -$b", 2);
    }

    public SqliteTransaction Transaction
    {
        set => _all.ForEach(command => command.Transaction = value);
    }

    public QueueMessage Append(long queue, string messageId, string body, string? sentWith, DateTime enqueuedUtc)
    {
        var sum = MessageSum.OfMessage(queue, messageId, body, sentWith, enqueuedUtc.Ticks, 0);
        var id = (long)With(_append, queue, messageId, body, enqueuedUtc.Ticks, (object?)sentWith ?? DBNull.Value, sum).ExecuteScalar()!;
        return new QueueMessage(id, messageId, body, enqueuedUtc, 0, sentWith);
    }

    public void Schedule(long queue, string messageId, string body, string? sentWith, DateTime dueUtc) =>
        With(_schedule, queue, messageId, body, (object?)sentWith ?? DBNull.Value, dueUtc.Ticks,
            MessageSum.OfScheduled(queue, messageId, body, sentWith, dueUtc.Ticks)).ExecuteNonQuery();

    /// <summary>Makes messages of what is due, the earliest first. What is damaged becomes a dead letter.</summary>
    public IReadOnlyList<(QueueRow Scheduled, QueueMessage Message)> Release(DateTime nowUtc, int most)
    {
        var due = new List<QueueRow>();
        using (var reader = With(_due, nowUtc.Ticks, (long)most).ExecuteReader())
        {
            while (reader.Read()) due.Add(QueueRows.Scheduled(reader));
        }

        return [.. due.Select(scheduled =>
        {
            With(_unschedule, scheduled.Id).ExecuteNonQuery();
            var message = Append(scheduled.Queue, scheduled.MessageId, scheduled.Body, scheduled.SentWith, nowUtc);
            if (!scheduled.IsWhole) Bury(scheduled.Queue, message, nowUtc.Ticks, QueueFile.DamageReason);
            return (scheduled, message);
        })];
    }

    public void Drop(string table, long id)
    {
        using var command = Rare(table == "scheduled" ? "DELETE FROM scheduled WHERE id = $a" : "DELETE FROM dead_letter WHERE id = $a",
            ("$a", id));
        command.ExecuteNonQuery();
    }

    /// <summary>Makes a message of a dead letter, unless it is not what was written, now or when it died.</summary>
    public (Revival Result, QueueMessage? Message) Revive(long queue, long id, DateTime nowUtc)
    {
        QueueRow dead;
        using (var command = Rare($"SELECT {QueueRows.OfDead} FROM dead_letter WHERE id = $a AND queue = $b", ("$a", id), ("$b", queue)))
        using (var row = command.ExecuteReader())
        {
            if (!row.Read()) return (Revival.Unknown, null);
            dead = QueueRows.Dead(row);
            if (!dead.IsWhole || row.GetValue(9) as string == QueueFile.DamageReason) return (Revival.Damaged, null);
        }

        Drop("dead_letter", id);
        return (Revival.Revived, Append(queue, dead.MessageId, dead.Body, dead.SentWith, nowUtc));
    }

    /// <summary>Takes a dead letter out for good.</summary>
    /// <returns>Whether it was there.</returns>
    public bool DropDead(long queue, long id)
    {
        using var command = Rare("DELETE FROM dead_letter WHERE id = $a AND queue = $b", ("$a", id), ("$b", queue));
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Not prepared.</summary>
    private SqliteCommand Rare(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _complete.Connection!.Command(sql, parameters);
        command.Transaction = _complete.Transaction;
        return command;
    }

    public void Complete(long id) => With(_complete, id).ExecuteNonQuery();

    public void Abandon(long id, int deliveries) => With(_abandon, id, (long)deliveries).ExecuteNonQuery();

    public void Bury(long queue, QueueMessage message, long died, string reason)
    {
        var (enqueued, deliveries) = (message.EnqueuedUtc.Ticks, (long)message.Deliveries);
        var sum = MessageSum.OfDead(queue, message.MessageId, message.Body, message.SentWith, enqueued, deliveries, died, reason);
        With(_bury, message.Id, queue, message.MessageId, message.Body, enqueued, (object?)message.SentWith ?? DBNull.Value, deliveries,
            died, reason, sum).ExecuteNonQuery();
        Complete(message.Id);
    }

    /// <summary>Makes a dead letter of a message that is not at hand; null when it is gone.</summary>
    public QueueRow? Bury(long queue, long id, int deliveries, DateTime diedUtc, string reason)
    {
        QueueRow found;
        using (var command = Rare($"SELECT {QueueRows.OfMessage} FROM message WHERE id = $a AND queue = $b", ("$a", id), ("$b", queue)))
        using (var row = command.ExecuteReader())
        {
            if (!row.Read()) return null;
            found = QueueRows.Message(row);
        }

        var message = found.ToMessage(diedUtc);
        message.Deliveries = deliveries;
        Bury(queue, message, diedUtc.Ticks, found.IsWhole ? reason : QueueFile.DamageReason);
        return found;
    }

    public void Dispatched(long queue, long id) => With(_dispatched, queue, id).ExecuteNonQuery();

    public void TimerRan(string name, long last) => With(_timer, name, last).ExecuteNonQuery();

    public void Dispose() => _all.ForEach(command => command.Dispose());

    private SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter("$" + (char)('a' + i), null));
        command.Prepare();
        _all.Add(command);
        return command;
    }

    private static SqliteCommand With(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command;
    }
}
