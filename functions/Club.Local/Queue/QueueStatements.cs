using Microsoft.Data.Sqlite;

namespace Club.Local.Queue;

/// <summary>The writer's statements, prepared once.</summary>
internal sealed class QueueStatements : IDisposable
{
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteCommand _append;
    private readonly SqliteCommand _complete;
    private readonly SqliteCommand _abandon;
    private readonly SqliteCommand _bury;
    private readonly SqliteCommand _dispatched;
    private readonly SqliteCommand _timer;

    public QueueStatements(SqliteConnection connection)
    {
        _append = Prepare(connection, "INSERT INTO message (queue, message_id, body, enqueued) VALUES ($a, $b, $c, $d) RETURNING id", 4);
        _complete = Prepare(connection, "DELETE FROM message WHERE id = $a", 1);
        _abandon = Prepare(connection, "UPDATE message SET deliveries = $b WHERE id = $a", 2);
        _bury = Prepare(connection, """
            INSERT INTO dead_letter (id, queue, message_id, body, enqueued, deliveries, died, reason)
            SELECT id, queue, message_id, body, enqueued, $b, $c, $d FROM message WHERE id = $a
            """, 4);
        _dispatched = Prepare(connection, "UPDATE queue SET dispatched = $b WHERE code = $a", 2);
        _timer = Prepare(connection, "INSERT INTO timer (name, last) VALUES ($a, $b) ON CONFLICT (name) DO UPDATE SET last = $b", 2);
    }

    public SqliteTransaction Transaction
    {
        set => _all.ForEach(command => command.Transaction = value);
    }

    public long Append(long queue, string messageId, string body, long enqueued) => (long)With(_append, queue, messageId, body, enqueued).ExecuteScalar()!;

    public void Complete(long id) => With(_complete, id).ExecuteNonQuery();

    public void Abandon(long id, int deliveries) => With(_abandon, id, (long)deliveries).ExecuteNonQuery();

    public void Bury(long id, int deliveries, long died, string reason)
    {
        With(_bury, id, (long)deliveries, died, reason).ExecuteNonQuery();
        Complete(id);
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
