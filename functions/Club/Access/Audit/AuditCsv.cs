using System.Globalization;
using Club.Kernel;
using CsvHelper;

namespace Club.Access;

/// <summary>Records as CSV (RFC 4180) in UTF-8 with a byte order mark, page after page, however many there are.</summary>
public static class AuditCsv
{
    private const int PageSize = 200;
    private static readonly string[] Columns =
        ["at", "author", "roles", "dealer", "purpose", "action", "members", "subject", "status", "authorId"];

    public static async Task Write(Stream stream, AuditTrail audit, AuditCriteria criteria, CancellationToken cancellation)
    {
        string? continuation = null;
        var isFirst = true;
        do
        {
            var (items, next) = await audit.Find(criteria, PageSize, continuation, cancellation);
            // The writer writes at once, which the web server does not take: each page goes through memory.
            using var page = new MemoryStream();
            await using (var csv = CsvWriter.Create(page, new CsvWriterOptions { WriteByteOrderMark = isFirst }, leaveOpen: true))
            {
                if (isFirst) csv.WriteRecord(Columns);
                foreach (var record in items) csv.WriteRecord(Line(record));
            }
            await stream.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), cancellation);
            (continuation, isFirst) = (next, false);
        } while (continuation is not null);
    }

    private static string[] Line(AuditRecord record) =>
    [
        record.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture), CsvText.Visible(record.Author),
        string.Join(' ', record.Roles.Select(RoleWords.Of)), CsvText.Visible(record.Dealer?.Value ?? ""),
        record.Purpose?.ToString().ToLowerInvariant() ?? "", record.Action, string.Join(' ', record.Members),
        CsvText.Harmless(record.Subject ?? ""), record.Status?.ToString(CultureInfo.InvariantCulture) ?? "",
        CsvText.Visible(record.AuthorId ?? ""),
    ];
}
