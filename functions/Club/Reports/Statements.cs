using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Reports;

/// <param name="IsNew">False when the statement had been written before.</param>
public sealed record StatementFile(FileName Name, bool IsNew);

/// <summary>Statements of points, one file for each member and month. A month has to be over; its statement is written once.</summary>
public sealed class Statements(IFiles files, IClubStore store, Membership membership, ProgrammeLibrary library, ClubCalendar calendar)
{
    /// <summary>The member's statement of the month; of a merged member, the survivor's.</summary>
    /// <returns>The file, or <c>not-found</c> or <c>month-open</c>.</returns>
    public async Task<Outcome<StatementFile>> Make(MemberId memberId, StatementMonth month, CancellationToken cancellation)
    {
        if (await membership.Find(memberId, cancellation) is not { } profile) return Problem.NotFound($"Member \"{memberId}\"");
        if (!month.IsClosed(calendar))
            return new Problem("month-open", $"$.month: {month} is still open: it is over, and all of it booked, one hour after its end.", "$.month");
        var name = FileName.Parse($"statements/{profile.MemberId}/{month}.csv").Value;
        if (await files.Open(name, cancellation) is { } written)
        {
            await written.DisposeAsync();
            return new StatementFile(name, IsNew: false);
        }
        // Of a month that is over nothing changes, whatever is published later.
        var (begin, end) = (month.Begin(calendar), month.End(calendar));
        var programme = (await library.Now(cancellation)).On(calendar.DateOf(end).AddDays(-1));
        var lines = StatementLines.Of(await Ledger(profile.MemberId, cancellation), programme, begin, end);
        using var csv = new MemoryStream();
        await StatementCsv.Write(csv, lines, calendar);
        csv.Position = 0;
        await files.Write(name, csv, cancellation);
        return new StatementFile(name, IsNew: true);
    }

    /// <summary>The month, of a body that asks for a statement.</summary>
    public static Outcome<StatementMonth> Read(JsonFields fields)
    {
        var text = fields.Text("month");
        if (text is not null && StatementMonth.TryParse(text, out var month)) return month;
        fields.Fail("month", "a month since 2000-01 is expected (yyyy-MM)");
        return fields.Problem!;
    }

    private async Task<List<Entry>> Ledger(MemberId memberId, CancellationToken cancellation)
    {
        var query = new IndexQuery(
            Entry.SequenceIndex, Entry.SequenceKey(memberId, 1), Entry.SequenceKey(memberId, 9_999_999_999), Partition: memberId,
            Limit: 1000);
        var entries = new List<Entry>();
        await foreach (var document in store.FindAll(query, cancellation)) entries.Add(document.As<Entry>());
        entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return entries;
    }
}
