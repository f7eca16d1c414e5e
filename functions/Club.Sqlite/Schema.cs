using Club.Store;
using Sqlite.Integrity;

namespace Club.Sqlite;

/// <summary>
/// <c>docs</c> appends new documents and replaces them in place: <c>n</c> is the version under which a document was created, <c>version</c>
/// its latest and its ETag. <c>changes</c> logs all later versions; a row counts while it is its document's latest version. A write costs
/// the pages it dirties: beside the ends of the tables, these are the replaced document's and those of the ids in <c>UNIQUE(partition,
/// id)</c>.
/// <c>sum</c> is the row's <see cref="Checksum"/>. <c>keys</c> holds one row per declared key; <c>bucket</c> is the document's for
/// <c>due…</c> keys and -1 for all others. Text compares by its UTF-8 bytes: ordinal order, except that U+E000–U+FFFF sort before the
/// supplementary planes.
/// </summary>
internal static class Schema
{
    private const int Version = 2;
    private const int ApplicationId = 0x436C7562; // "Club"

    /// <summary>What stands in the catalogue of a whole file, made once in memory.</summary>
    private static readonly Lazy<List<string>> Catalogue = new(static () =>
    {
        using var empty = new Database(":memory:", readOnly: false);
        empty.Execute(Tables);
        return CatalogueOf(empty);
    });

    private const string Tables = """
        CREATE TABLE docs(
            n INTEGER PRIMARY KEY, version INTEGER NOT NULL, bucket INTEGER NOT NULL,
            partition TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, ix TEXT NOT NULL, sum INTEGER NOT NULL, body BLOB NOT NULL,
            UNIQUE(partition, id));
        CREATE TABLE changes(version INTEGER PRIMARY KEY, n INTEGER NOT NULL);
        CREATE TABLE keys(
            name TEXT NOT NULL, bucket INTEGER NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL,
            PRIMARY KEY(name, bucket, value, n)) WITHOUT ROWID;
        """;

    /// <summary>Creates the tables in an empty file.</summary>
    /// <exception cref="StoreException">The file is something else, or of another version.</exception>
    public static void Ensure(Database database, string path)
    {
        database.Execute("PRAGMA page_size = 4096");
        database.Execute("PRAGMA journal_mode = WAL");
        // What is deleted or replaced is overwritten: a file that is copied tells nothing of who was erased.
        database.Execute("PRAGMA secure_delete = ON");
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            if (database.Scalar("SELECT count(*) FROM sqlite_schema") == 0)
            {
                database.Execute(Tables);
                database.Execute(FormattableString.Invariant($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
            }
            Verify(database, path);
            database.Execute("COMMIT");
        }
        catch
        {
            if (database.InTransaction) database.Execute("ROLLBACK");
            throw;
        }
    }

    /// <exception cref="StoreException">The file is not a club's, or of another version.</exception>
    public static void Verify(Database database, string path)
    {
        if (database.Scalar("PRAGMA application_id") != ApplicationId)
            throw new StoreException($"{path} is an SQLite file, but not a club store.");
        var version = database.Scalar("PRAGMA user_version");
        if (version != Version)
            throw new StoreException($"{path} has store version {version}; this program reads version {Version}.");
        if (!CatalogueOf(database).SequenceEqual(Catalogue.Value))
            throw new StoreException($"{path} is damaged: its tables are not described as they were made. Restore it from a backup.");
    }

    private static List<string> CatalogueOf(Database database)
    {
        using var rows = database.Prepare(
            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema ORDER BY name");
        var catalogue = new List<string>();
        while (rows.Step()) catalogue.Add(rows.Text(0));
        return catalogue;
    }
}
