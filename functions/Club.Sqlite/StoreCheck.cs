using Club.Store;
using Sqlite.Integrity;

namespace Club.Sqlite;

/// <summary>Looks whether a store's file is whole: its pages, every document's checksum, and every key by which documents are found. Only
/// reads.</summary>
public static class StoreCheck
{
    private const int MostDifferences = 1000;

    /// <returns>What is wrong, one sentence each; empty when nothing is.</returns>
    public static IReadOnlyList<string> Check(string path)
    {
        var differences = new List<string>();
        try
        {
            if (LogCheck.Check(path) is { } damage) differences.Add(damage);
            using var database = new Database(path, readOnly: true);
            Schema.Verify(database, path);
            Pages(database, Path.GetFileName(path), differences);
            Documents(database, differences);
        }
        catch (StoreException fault)
        {
            differences.Add($"{fault.Message} What comes after it was not looked at.");
        }
        return differences;
    }

    /// <summary>Page by page, and what is found by an id or a key against the rows themselves: an index that forgets a row hides it from
    /// whoever asks for it.</summary>
    private static void Pages(Database database, string file, List<string> differences)
    {
        using var check = database.Prepare(FormattableString.Invariant($"PRAGMA integrity_check({MostDifferences})"));
        while (check.Step())
            if (check.Text(0) is var line && line != "ok") differences.Add($"{file}: {line}.");
    }

    /// <summary>Every document is what was written, is told among the changes, and is found by its keys; no key is nobody's.</summary>
    private static void Documents(Database database, List<string> differences)
    {
        using var rows = database.Prepare(
            "SELECT n, version, bucket, partition, id, type, ix, sum, body, EXISTS(SELECT 1 FROM changes c WHERE c.version = docs.version AND c.n = docs.n) FROM docs");
        using var find = database.Prepare("SELECT 1 FROM keys WHERE name = ?1 AND bucket = ?2 AND value = ?3 AND n = ?4");
        var (declared, damaged) = (0L, false);
        while (differences.Count < MostDifferences && rows.Step())
        {
            var what = $"Document {rows.Text(4)} of {rows.Text(3)} ({rows.Text(5)})";
            var content = Checksum.OfContent(rows.Bytes(3), rows.Bytes(4), rows.Bytes(5), rows.Bytes(6), rows.Bytes(8));
            if (Checksum.OfRow(content, rows.Long(0), rows.Long(1), rows.Long(2)) != rows.Long(7))
            {
                differences.Add($"{what} is not what was written.");
                damaged = true;
                continue;
            }
            if (rows.Long(1) != rows.Long(0) && rows.Long(9) == 0) differences.Add($"{what} is not among the changes.");
            foreach (var key in PreparedKeys.Stored(rows.Bytes(6), (int)rows.Long(2)).Keys)
            {
                declared++;
                if (!find.BindText(1, key.Name).Bind(2, key.Bucket).BindText(3, key.Value).Bind(4, rows.Long(0)).Step())
                    differences.Add($"{what} is not found by its key {key.Key.Name}.");
                find.Reset();
            }
        }
        if (!damaged && differences.Count < MostDifferences && database.Scalar("SELECT count(*) FROM keys") is var kept && kept != declared)
            differences.Add($"There are {kept} keys, the documents declare {declared}.");
    }
}
