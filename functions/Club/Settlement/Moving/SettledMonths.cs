using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;

namespace Club.Settlement;

/// <summary>Sums up by month and party what entries did to those who pay for points and those who take them, from entries alone.</summary>
public sealed class SettledMonths(ProgrammeLibrary library, ClubCalendar calendar) : IProjection
{
    public string Name => "settlement";

    /// <summary>Few rows change however many entries there are.</summary>
    public int PageSize => 2000;

    public async Task Project(IReadOnlyList<Document> happened, ProjectionRows rows, CancellationToken cancellation)
    {
        var versions = await library.Now(cancellation);
        var before = await rows.Get<SettledSoFar>(SettledSoFar.Id, cancellation) ?? new SettledSoFar();
        var recent = before.Recent.ToHashSet();
        var told = new List<long>();
        var months = new Dictionary<string, MonthSums>(StringComparer.Ordinal);
        foreach (var document in happened)
        {
            if (document.Type != "entry") continue;
            var entry = SettledEntry.Of(document);
            if (entry.MergedFrom is not null) continue;
            var mark = MarkOf(entry);
            if (!recent.Add(mark)) continue;
            told.Add(mark);
            var month = $"{StatementMonth.Of(calendar.DateOf(entry.RecordedAt))}";
            if (!months.TryGetValue(month, out var sums)) months[month] = sums = new MonthSums();
            sums.Add(entry, MovementRules.Of(entry, versions.Find(entry.ProgrammeVersion) ?? versions.On(entry.On)));
        }
        if (told.Count == 0) return;
        var known = before.Months.ToDictionary(month => month.Month, StringComparer.Ordinal);
        foreach (var (month, sums) in months.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var had = known.GetValueOrDefault(month) ?? new SettledMonth(month, [MonthCells.GroupOf(Party.Programme)], 0);
            var groups = sums.Groups();
            await Write(month, groups, sums.Ledger, rows, cancellation);
            var filling = await Write(month, had.Filling, sums.Lines, rows, cancellation);
            string[] all = [.. had.Groups.Union(groups.Select(one => one.Key)).Order(StringComparer.Ordinal)];
            known[month] = new SettledMonth(month, all, filling);
        }
        rows.Put(before with
        {
            Months = [.. known.Values.OrderBy(month => month.Month, StringComparer.Ordinal)],
            Recent = [.. before.Recent.Concat(told).TakeLast(SettledSoFar.MostRecent)],
        });
    }

    private static async Task Write(string month, ILookup<string, Cell> groups, IEnumerable<LedgerSum> ledger, ProjectionRows rows,
        CancellationToken cancellation)
    {
        foreach (var cells in groups)
            await Change(month, cells.Key, row => row with { Cells = MonthSums.Sum(row.Cells.Concat(cells)) }, rows, cancellation);
        await Change(month, MonthCells.GroupOf(Party.Programme),
            row => row with { Ledger = MonthSums.Sum((row.Ledger ?? []).Concat(ledger)) }, rows, cancellation);
    }

    private static async Task Change(string month, string group, Func<MonthCells, MonthCells> change, ProjectionRows rows,
        CancellationToken cancellation) => rows.Put(change(await rows.Get<MonthCells>(MonthCells.IdOf(month, group), cancellation)
            ?? new MonthCells { Month = month, Group = group }));

    /// <returns>The number of the document that is filled next.</returns>
    private static async Task<int> Write(string month, int number, IReadOnlyList<MovedLine> lines, ProjectionRows rows,
        CancellationToken cancellation)
    {
        for (var at = 0; at < lines.Count;)
        {
            var row = await rows.Get<MonthLines>(MonthLines.IdOf(month, number), cancellation)
                ?? new MonthLines { Month = month, Number = number };
            var more = lines.Skip(at).Take(MonthLines.Most - row.Lines.Count).ToArray();
            if (more.Length > 0) rows.Put(row with { Lines = [.. row.Lines, .. more] });
            at += more.Length;
            if (row.Lines.Count + more.Length >= MonthLines.Most) number++;
        }
        return number;
    }

    /// <summary>64 bits tell a few thousand entries apart.</summary>
    private static long MarkOf(SettledEntry entry)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Entry.SequenceKey(entry.MemberId, entry.Sequence)), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash) >> 11;
    }
}

/// <summary>What a page of entries brings to one month.</summary>
internal sealed class MonthSums
{
    private readonly Dictionary<Cell, Points> _cells = [];
    private readonly List<LedgerSum> _ledger = [];
    private readonly List<MovedLine> _lines = [];

    public IReadOnlyList<MovedLine> Lines => _lines;
    public IEnumerable<LedgerSum> Ledger => _ledger;

    public ILookup<string, Cell> Groups() => _cells.Select(one => one.Key with { Points = one.Value })
        .ToLookup(cell => MonthCells.GroupOf(cell.Party), StringComparer.Ordinal);

    public void Add(SettledEntry entry, IReadOnlyList<Movement> moves)
    {
        foreach (var move in Whole(moves))
        {
            var key = Cell.Of(move) with { Points = Points.Zero };
            _cells[key] = _cells.GetValueOrDefault(key) + move.Points;
            _lines.Add(new MovedLine(entry.MemberId, entry.Sequence, entry.RecordedAt, move.Party, move.Line, move.Wallet, move.Points,
                move.Day, move.Price));
        }
        var at = _ledger.FindIndex(sum => sum.Wallet == entry.Wallet);
        var more = new LedgerSum(entry.Wallet, entry.Points, entry.Counter.Sum(line => line.Points));
        if (at < 0) _ledger.Add(more);
        else _ledger[at] = Plus(_ledger[at], more);
    }

    /// <summary>What cancels itself within an entry, as points that need wait no longer, is no line of anybody's.</summary>
    private static IEnumerable<Movement> Whole(IReadOnlyList<Movement> moves) =>
        moves.All(move => move.Points.IsNegative == moves[0].Points.IsNegative) ? moves
        : moves.GroupBy(move => (move.Party, move.Line, move.Wallet, move.Day, move.Price))
            .Where(group => !group.Sum(move => move.Points).IsZero).SelectMany(group => group);

    /// <summary>Cells of the same kind as one, in an order that depends on nothing but the cells.</summary>
    public static IReadOnlyList<Cell> Sum(IEnumerable<Cell> cells)
    {
        var sums = new Dictionary<Cell, Points>();
        foreach (var cell in cells)
        {
            var key = cell with { Points = Points.Zero };
            sums[key] = sums.GetValueOrDefault(key) + cell.Points;
        }
        return [.. sums.Select(one => one.Key with { Points = one.Value }).OrderBy(cell => cell.Party)
            .ThenBy(cell => cell.Wallet.Value, StringComparer.Ordinal).ThenBy(cell => cell.Line).ThenBy(cell => cell.Day)
            .ThenBy(cell => cell.Price)];
    }

    public static IReadOnlyList<LedgerSum> Sum(IEnumerable<LedgerSum> sums) =>
        [.. sums.GroupBy(sum => sum.Wallet).OrderBy(group => group.Key.Value, StringComparer.Ordinal)
            .Select(group => group.Aggregate(Plus))];

    private static LedgerSum Plus(LedgerSum one, LedgerSum other) =>
        one with { Entries = one.Entries + other.Entries, Counter = one.Counter + other.Counter };
}
