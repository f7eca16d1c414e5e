using System.Text;
using System.Xml;
using CsvHelper;
using SpreadCheetah;

namespace Club.Settlement;

/// <summary>Statements as files for people and their programs.</summary>
public static class StatementFiles
{
    public const string Csv = "text/csv; charset=utf-8", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        JsonLines = "application/jsonl; charset=utf-8";

    /// <summary>CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel does not read Chinese.</summary>
    public static async Task<byte[]> ToCsv(StatementTable table)
    {
        using var bytes = new MemoryStream();
        await using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord([.. table.Columns]);
            foreach (var row in table.Rows) csv.WriteRecord([.. row.Select(StatementTables.TextOf)]);
        }
        return bytes.ToArray();
    }

    /// <summary>A workbook of one sheet, whose numbers are numbers.</summary>
    public static async Task<byte[]> ToXlsx(StatementTable table, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await using (var sheets = await Spreadsheet.CreateNewAsync(bytes, cancellationToken: cancellation))
        {
            await sheets.StartWorksheetAsync(table.Name, token: cancellation);
            await sheets.AddRowAsync([.. table.Columns.Select(column => new DataCell(column))], cancellation);
            foreach (var row in table.Rows) await sheets.AddRowAsync([.. row.Select(CellOf)], cancellation);
            await sheets.FinishAsync(cancellation);
        }
        return bytes.ToArray();
    }

    /// <summary>The very bytes that a closing's hash is of.</summary>
    public static byte[] ToJsonLines(IEnumerable<Statement> statements) => Encoding.UTF8.GetBytes(ClosingRules.LinesOf(statements));

    private static DataCell CellOf(object? cell) => cell is decimal number ? new DataCell(number) : new DataCell(Writable(cell as string ?? ""));

    /// <summary>Without what no XML may hold.</summary>
    private static string Writable(string text) => text.All(XmlConvert.IsXmlChar) ? text
        : string.Concat(text.Select(character => XmlConvert.IsXmlChar(character) ? character : '?'));
}
