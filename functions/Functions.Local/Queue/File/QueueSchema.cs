using Functions.Local.Hosting;
using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

internal static class QueueSchema
{
    private const int Version = 3;

    /// <summary>
    /// <c>queue.dispatched</c> is the highest id handed out by a host that has not stopped cleanly since; <c>sent_with</c> is the name of
    /// the sender's key; what is <c>scheduled</c> becomes a message when its time has come; <c>sum</c> is the row's
    /// <see cref="MessageSum"/>, and where one number is all that changes,
    /// <c>twin</c> is its opposite, which SQLite's own check compares. Times are UTC ticks.
    /// </summary>
    private const string Create = """
        CREATE TABLE queue (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dispatched INTEGER NOT NULL DEFAULT 0,
          twin INTEGER NOT NULL DEFAULT 0 CHECK (twin = -dispatched));
        CREATE TABLE message (
          id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, message_id TEXT NOT NULL,
          body TEXT NOT NULL, enqueued INTEGER NOT NULL, sent_with TEXT, deliveries INTEGER NOT NULL DEFAULT 0, sum INTEGER NOT NULL);
        CREATE INDEX message_by_queue ON message (queue);
        CREATE TABLE scheduled (
          id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, message_id TEXT NOT NULL,
          body TEXT NOT NULL, sent_with TEXT, due INTEGER NOT NULL, sum INTEGER NOT NULL);
        CREATE INDEX scheduled_by_due ON scheduled (due);
        CREATE TABLE dead_letter (
          id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
          enqueued INTEGER NOT NULL, sent_with TEXT, deliveries INTEGER NOT NULL, died INTEGER NOT NULL, reason TEXT NOT NULL, sum INTEGER NOT NULL);
        CREATE INDEX dead_letter_by_queue ON dead_letter (queue);
        CREATE TABLE timer (name TEXT PRIMARY KEY, last INTEGER NOT NULL, twin INTEGER NOT NULL CHECK (twin = -last));
        PRAGMA user_version = 3;
        """;

    /// <summary>What stands in the catalogue of a whole file, made once in memory.</summary>
    private static readonly Lazy<string> Catalogue = new(static () =>
    {
        using var empty = new SqliteConnection("Data Source=:memory:;Pooling=False");
        empty.Open();
        empty.Run(Create);
        return CatalogueOf(empty);
    });

    public static void Ensure(SqliteConnection connection)
    {
        if (VersionOf(connection) == 0) connection.Run("BEGIN;" + Create + "COMMIT;");
        if (Refusal(connection) is { } refusal) throw new StartException(refusal);
    }

    /// <summary>Whether nothing has been made in it yet.</summary>
    public static bool IsEmpty(SqliteConnection connection) =>
        VersionOf(connection) == 0 && connection.Scalar("SELECT 1 FROM sqlite_schema LIMIT 1") is null;

    /// <summary>Why a file is not what this host made, in a sentence; null when it is.</summary>
    public static string? Refusal(SqliteConnection connection) =>
        VersionOf(connection) is var version && version != Version
            ? $"{connection.DataSource} is of version {version}; this host knows version {Version}."
        : CatalogueOf(connection) != Catalogue.Value ? $"{connection.DataSource}: its tables are not described as they were made."
        : null;

    private static long VersionOf(SqliteConnection connection) => (long)connection.Scalar("PRAGMA user_version")!;

    private static string CatalogueOf(SqliteConnection connection) => (string)connection.Scalar("""
        SELECT ifnull(group_concat(described, char(10)), '')
        FROM (SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') AS described FROM sqlite_schema ORDER BY name)
        """)!;
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

    public static SqliteCommand Command(this SqliteConnection connection, string sql,
        params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
