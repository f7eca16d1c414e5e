using System.Text;
using Club.Sqlite;
using Club.Store;
using Microsoft.Data.Sqlite;

namespace Club.Chaos;

/// <summary>All that the two files would say to whoever asks.</summary>
/// <param name="Documents">By partition and id, as told among the changes.</param>
/// <param name="Found">The ids found by every key of the store, in its order, and every document read by its id.</param>
/// <param name="Queue">Every row of the queue's file.</param>
internal sealed record Served(IReadOnlyDictionary<(string Partition, string Id), string> Documents,
    IReadOnlyList<string> Found, IReadOnlyList<string> Queue)
{
    /// <param name="whole">What the whole files say: its documents and keys are asked for.</param>
    public static async Task<Served> Read(string directory, Served? whole)
    {
        var (documents, found) = await ReadStore(directory, whole);
        return new Served(documents, found, ReadQueue(directory));
    }

    public bool Equals(Served? other) => other is not null && Found.SequenceEqual(other.Found) && Queue.SequenceEqual(other.Queue)
        && Documents.Count == other.Documents.Count
            && Documents.All(document => other.Documents.TryGetValue(document.Key, out var same) && same == document.Value);

    public override int GetHashCode() => Documents.Count;

    /// <summary>What was told as if it had been written, and was not.</summary>
    public static async Task<string?> False(string directory, Served whole)
    {
        try
        {
            var (documents, _) = await ReadStore(directory, whole);
            return documents.FirstOrDefault(document => !whole.Documents.TryGetValue(document.Key, out var written)
                || written != document.Value) is { Value: not null } wrong ? wrong.Key.ToString() : null;
        }
        catch (Exception e) when (e is StoreException or SqliteException)
        {
            return null;
        }
    }

    private static async Task<(Dictionary<(string, string), string>, List<string>)> ReadStore(string directory, Served? whole)
    {
        var file = Path.Combine(directory, "club.db");
        await using var store = SqliteClubStore.Open(file, readOnly: true);
        var documents = new Dictionary<(string, string), string>();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await store.Changes(page?.Bookmark);
            foreach (var document in page.Documents) documents[(document.Partition, document.Id)] = Text(document);
        }
        var found = new List<string>();
        foreach (var (partition, id) in (whole?.Documents ?? documents).Keys.OrderBy(key => key.Partition + key.Id, StringComparer.Ordinal))
            if (await store.Read(partition, id) is { } document) found.Add(Text(document));
        foreach (var name in Names(file))
            await foreach (var document in store.FindAll(new IndexQuery(name, "", IndexQuery.Last)))
                found.Add($"{name}: {document.Partition} {document.Id}");
        return (documents, found);
    }

    /// <summary>The names of all keys by which anything can be found.</summary>
    private static List<string> Names(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT name FROM keys";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    private static string Text(Document document) =>
        $"{document.Partition} {document.Id} {document.Type} {document.ETag} {Encoding.UTF8.GetString(document.Json.Span)}";

    private static List<string> ReadQueue(string directory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "queue.db")};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var table in (string[])["message", "scheduled", "dead_letter", "queue", "timer"])
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            using var reader = command.ExecuteReader();
            while (reader.Read()) rows.Add($"{table}|{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue))}");
        }
        return rows;
    }
}
