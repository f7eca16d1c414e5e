using Microsoft.Data.Sqlite;
using Sqlite.Integrity;

namespace Functions.Local.Queue;

/// <summary>Looks whether the queue's file is whole, page by page and row by row. A damaged one is not opened: it would lose messages in
/// silence.</summary>
internal static class QueueCheck
{
    private const int Most = 20;

    /// <returns>What is wrong, one sentence each; empty when nothing is, or when there is no such file.</returns>
    public static IReadOnlyList<string> Check(string path)
    {
        if (!File.Exists(path)) return [];
        // Before it is opened: SQLite passes over a damaged log in silence.
        if (LogCheck.Check(path) is { } damage) return [damage];
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
            connection.Open();
            return Check(connection);
        }
        catch (SqliteException e)
        {
            return [$"{path}: {e.Message}"];
        }
    }

    /// <inheritdoc cref="Check(string)"/>
    public static IReadOnlyList<string> Check(SqliteConnection connection)
    {
        if (QueueSchema.IsEmpty(connection)) return [];
        var differences = new List<string>();
        var file = Path.GetFileName(connection.DataSource);
        using (var command = connection.Command(FormattableString.Invariant($"PRAGMA integrity_check({Most})")))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                if (reader.GetString(0) is var line && line != "ok") differences.Add($"{file}: {line.TrimEnd('.')}.");
        }

        if (QueueSchema.Refusal(connection) is { } refusal) return [.. differences, refusal];
        Rows(connection, $"SELECT {QueueRows.OfMessage} FROM message", QueueRows.Message, "Message", differences);
        Rows(connection, $"SELECT {QueueRows.OfScheduled} FROM scheduled", QueueRows.Scheduled, "Scheduled message", differences);
        Rows(connection, $"SELECT {QueueRows.OfDead} FROM dead_letter", QueueRows.Dead, "Dead letter", differences);
        // A number that is given out twice cannot become a dead letter.
        if (connection.Scalar(
            "SELECT 1 FROM dead_letter WHERE id > (SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'message')") is not null)
            differences.Add($"{file}: the counter of messages is behind the dead letters.");
        return differences;
    }

    private static void Rows(SqliteConnection connection, string sql,
        Func<SqliteDataReader, QueueRow> read, string what, List<string> differences)
    {
        using var command = connection.Command(sql);
        using var reader = command.ExecuteReader();
        while (differences.Count < Most && reader.Read())
            if (read(reader) is { IsWhole: false } row) differences.Add($"{what} {row.Id} is not what was written.");
    }
}
