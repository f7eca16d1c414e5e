using Functions.Local.Queue;
using Microsoft.Data.Sqlite;

namespace Functions.Local.Topic;

/// <summary>What is known of a kept message without its body.</summary>
internal readonly record struct ShelfItem(long Id, string Session, int Deliveries, int Characters);

/// <summary>A kept message.</summary>
/// <param name="Reason">Why it is a dead letter; null for one that is none.</param>
internal sealed record ShelfRow(QueueRow Row, string? Reason)
{
    public TopicMessage Message => TopicMessage.Unwrap(Row.MessageId, Row.Body);
}

/// <summary>The rows of a subscription: its messages, or its dead letters.</summary>
internal sealed class Shelf(long code, bool isDead)
{
    private const string Known = "id, substr(body, 1, instr(body, char(10)) - 1), deliveries, length(body)";

    public long Code { get; } = code;
    public bool IsDead { get; } = isDead;

    /// <summary>All, in the order in which they came.</summary>
    public IEnumerable<ShelfItem> Items(SqliteConnection connection)
    {
        using var command = connection.Command(IsDead
            ? $"SELECT {Known} FROM dead_letter WHERE queue = $queue ORDER BY died, id"
            : $"SELECT {Known} FROM message WHERE queue = $queue ORDER BY id", ("$queue", Code));
        using var row = command.ExecuteReader();
        while (row.Read())
            yield return new ShelfItem(row.GetInt64(0), DeadRows.Text(row, 1), DeadRows.Deliveries(row, 2), row.GetInt32(3));
    }

    /// <summary>Null when it is gone.</summary>
    public ShelfRow? Read(SqliteConnection connection, long id) => From(connection, id, 1) is [var row] && row.Row.Id == id ? row : null;

    /// <summary>So many with an id from <paramref name="id"/> on.</summary>
    public IReadOnlyList<ShelfRow> From(SqliteConnection connection, long id, int most)
    {
        using var command = connection.Command(IsDead
            ? $"SELECT {QueueRows.OfDead} FROM dead_letter WHERE queue = $queue AND id >= $id ORDER BY id LIMIT $most"
            : $"SELECT {QueueRows.OfMessage} FROM message WHERE queue = $queue AND id >= $id ORDER BY id LIMIT $most",
            ("$queue", Code), ("$id", id), ("$most", most));
        using var row = command.ExecuteReader();
        var found = new List<ShelfRow>();
        while (row.Read())
            found.Add(IsDead ? new(QueueRows.Dead(row), DeadRows.Text(row, 9)) : new(QueueRows.Message(row), null));
        return found;
    }

    /// <summary>What came before <paramref name="before"/>, the earliest first.</summary>
    public IReadOnlyList<ShelfItem> Outlived(SqliteConnection connection, DateTime before, int most)
    {
        using var command = connection.Command(IsDead
            ? $"SELECT {Known} FROM dead_letter WHERE queue = $queue AND died < $before ORDER BY id LIMIT $most"
            : $"SELECT {Known} FROM message WHERE queue = $queue AND enqueued < $before ORDER BY id LIMIT $most",
            ("$queue", Code), ("$before", before.Ticks), ("$most", most));
        using var row = command.ExecuteReader();
        var found = new List<ShelfItem>();
        while (row.Read()) found.Add(new(row.GetInt64(0), "", 0, row.GetInt32(3)));
        return found;
    }
}
