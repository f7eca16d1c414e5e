using System.Globalization;
using Club.Access;
using Club.Kernel;
using CsvHelper;

namespace Club.Care;

/// <summary>The letters to be written as CSV (RFC 4180) in UTF-8 with a byte order mark, page after page, however many there are.</summary>
public static class LetterFile
{
    public const string ContentType = "text/csv; charset=utf-8", Name = "letters.csv";
    private const int PageSize = 200;
    private static readonly string[] Columns = ["id", "name", "address", "dealer", "occasion", "until", "text"];

    public static async Task Write(Stream stream, CareLetters letters, LetterState state, DealerId? dealer, Caller caller,
        CancellationToken cancellation)
    {
        string? continuation = null;
        var isFirst = true;
        do
        {
            var (items, next) = await letters.List(state, dealer, caller, PageSize, continuation, cancellation);
            // The writer writes at once, which the web server does not take: each page goes through memory.
            using var page = new MemoryStream();
            await using (var csv = CsvWriter.Create(page, new CsvWriterOptions { WriteByteOrderMark = isFirst }, leaveOpen: true))
            {
                if (isFirst) csv.WriteRecord(Columns);
                foreach (var letter in items.Where(one => one.Address is not null)) csv.WriteRecord(Line(letter));
            }
            await stream.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), cancellation);
            (continuation, isFirst) = (next, false);
        } while (continuation is not null);
    }

    private static string[] Line(LetterView letter) =>
    [
        letter.Id, CsvText.Visible(letter.Name ?? ""), CsvText.Visible(letter.Address!), CsvText.Visible(letter.DealerId?.Value ?? ""),
        letter.Occasion, letter.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CsvText.Harmless(letter.Text ?? ""),
    ];
}
