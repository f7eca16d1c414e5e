using Club.Store;

namespace Club.Sqlite;

/// <summary>Looks whether a store's file is whole: its pages, every document's checksum, and every key by which documents are found. Only reads.</summary>
public static class StoreCheck
{
    private const int MostDifferences = 1000;

    /// <returns>What is wrong, one sentence each; empty when nothing is.</returns>
    public static IReadOnlyList<string> Check(string path)
    {
        var differences = new List<string>();
        try
        {
            using var database = new Database(path, readOnly: true);
            Schema.Verify(database, path);
            Pages(database, Path.GetFileName(path), differences);
            Documents(database, differences);
            Keys(database, differences);
        }
        catch (StoreException fault)
        {
            differences.Add($"{fault.Message} What comes after it was not looked at.");
        }
        return differences;
    }

    private static void Pages(Database database, string file, List<string> differences)
    {
        using var check = database.Prepare(FormattableString.Invariant($"PRAGMA quick_check({MostDifferences})"));
        while (check.Step())
            if (check.Text(0) is var line && line != "ok") differences.Add($"{file}: {line}.");
    }

    private static void Documents(Database database, List<string> differences)
    {
        using var rows = database.Prepare("SELECT n, version, bucket, partition, id, type, ix, sum, body, EXISTS(SELECT 1 FROM changes c WHERE c.version = docs.version AND c.n = docs.n) FROM docs");
        while (differences.Count < MostDifferences && rows.Step())
        {
            var content = Checksum.OfContent(rows.Bytes(3), rows.Bytes(4), rows.Bytes(5), rows.Bytes(6), rows.Bytes(8));
            if (Checksum.OfRow(content, rows.Long(0), rows.Long(1), rows.Long(2)) != rows.Long(7))
                differences.Add($"Document {rows.Text(4)} of {rows.Text(3)} ({rows.Text(5)}) is not what was written.");
            else if (rows.Long(1) != rows.Long(0) && rows.Long(9) == 0)
                differences.Add($"Document {rows.Text(4)} of {rows.Text(3)} ({rows.Text(5)}) is not among the changes.");
        }
    }

    /// <summary>Every declared key is a row, and no row is anybody else's.</summary>
    private static void Keys(Database database, List<string> differences)
    {
        using var documents = database.Prepare("SELECT n, bucket, partition, id, ix FROM docs");
        using var find = database.Prepare("SELECT 1 FROM keys WHERE name = ?1 AND bucket = ?2 AND value = ?3 AND n = ?4");
        var declared = 0L;
        while (differences.Count < MostDifferences && documents.Step())
        {
            foreach (var key in PreparedKeys.Stored(documents.Bytes(4), (int)documents.Long(1)).Keys)
            {
                declared++;
                if (find.BindText(1, key.Name).Bind(2, key.Bucket).BindText(3, key.Value).Bind(4, documents.Long(0)).Step() is false)
                    differences.Add($"Document {documents.Text(3)} of {documents.Text(2)} is not found by its key {key.Key.Name}.");
                find.Reset();
            }
        }
        var rows = database.Scalar("SELECT count(*) FROM keys");
        if (rows != declared && differences.Count == 0) differences.Add($"There are {rows} keys, the documents declare {declared}.");
    }
}
