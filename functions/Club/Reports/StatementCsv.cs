using System.Globalization;
using System.Text.Json;
using Club.Kernel;
using Club.Ledger;
using CsvHelper;

namespace Club.Reports;

/// <summary>A statement as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel does not read Chinese.</summary>
internal static class StatementCsv
{
    private static readonly string[] Columns = ["sequence", "at", "kind", "wallet", "source", "sourceId", "points", "balance"];

    public static async Task Write(Stream stream, StatementLines lines, ClubCalendar calendar)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        csv.WriteRecord(Columns);
        foreach (var (wallet, balance) in lines.Opening) Balance(csv, lines.Begin, "opening", wallet, balance);
        foreach (var entry in lines.Entries) Line(csv, entry, calendar);
        foreach (var (wallet, balance) in lines.Closing) Balance(csv, lines.End, "closing", wallet, balance);
    }

    private static void Line(CsvWriter csv, Entry entry, ClubCalendar calendar) => csv.WriteRecord(
    [
        entry.Sequence.ToString(CultureInfo.InvariantCulture), Moment(TimeZoneInfo.ConvertTime(entry.At, calendar.Zone)),
            JsonNamingPolicy.CamelCase.ConvertName(entry.Kind.ToString()),
        entry.Wallet, CsvText.Harmless(entry.Source), CsvText.Harmless(entry.SourceId), entry.Points.ToString(), entry.Balance.ToString(),
    ]);

    private static void Balance(CsvWriter csv, DateTimeOffset at, string kind, WalletCode wallet, Points balance) =>
        csv.WriteRecord(["", Moment(at), kind, wallet, "", "", "", balance.ToString()]);

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
