using Microsoft.Data.Sqlite;

namespace Club.Local.Queue;

/// <summary>Looks whether the queue's file is whole. A damaged one is not opened: it would lose messages in silence.</summary>
internal static class QueueCheck
{
    private const int Most = 20;

    /// <returns>What is wrong, one sentence each; empty when nothing is, or when there is no such file.</returns>
    public static IReadOnlyList<string> Check(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
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
        var differences = new List<string>();
        using var command = connection.Command(FormattableString.Invariant($"PRAGMA integrity_check({Most})"));
        using var reader = command.ExecuteReader();
        while (reader.Read())
            if (reader.GetString(0) is var line && line != "ok") differences.Add($"{Path.GetFileName(connection.DataSource)}: {line.TrimEnd('.')}.");
        return differences;
    }
}
