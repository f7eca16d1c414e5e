using Microsoft.Data.Sqlite;

namespace Club.Local.Queue;

internal static class QueueSchema
{
    private const int Version = 2;

    /// <summary>
    /// <c>queue.dispatched</c> is the highest id handed out by a host that has not stopped cleanly since; <c>sent_with</c> is the name of the sender's key;
    /// what is <c>scheduled</c> becomes a message when its time has come. Times are UTC ticks.
    /// </summary>
    private const string Create = """
        CREATE TABLE queue (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dispatched INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE message (
          id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, message_id TEXT NOT NULL,
          body TEXT NOT NULL, enqueued INTEGER NOT NULL, sent_with TEXT, deliveries INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX message_by_queue ON message (queue);
        CREATE TABLE scheduled (
          id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, message_id TEXT NOT NULL,
          body TEXT NOT NULL, sent_with TEXT, due INTEGER NOT NULL);
        CREATE INDEX scheduled_by_due ON scheduled (due);
        CREATE TABLE dead_letter (
          id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
          enqueued INTEGER NOT NULL, sent_with TEXT, deliveries INTEGER NOT NULL, died INTEGER NOT NULL, reason TEXT NOT NULL);
        CREATE INDEX dead_letter_by_queue ON dead_letter (queue);
        CREATE TABLE timer (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
        PRAGMA user_version = 2;
        """;

    public static void Ensure(SqliteConnection connection)
    {
        var version = (long)connection.Scalar("PRAGMA user_version")!;
        if (version == 0) connection.Run("BEGIN;" + Create + "COMMIT;");
        else if (version != Version) throw new StartException($"{connection.DataSource} is of version {version}; this host knows version {Version}.");
    }
}

internal static class SqliteCalls
{
    public static void Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar();
    }

    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
