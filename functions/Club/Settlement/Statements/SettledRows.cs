using Club.Kernel;
using Club.Partners;
using Club.Store;

namespace Club.Settlement;

/// <summary>All statements of a month as they are now, whoever asks.</summary>
/// <param name="Entries">Whether an entry was settled in the month or before it.</param>
public sealed record Settled(IReadOnlyList<Statement> Statements, IReadOnlyList<SettlementCheck> Check, bool Adds, bool Entries);

/// <summary>Reads what <see cref="SettledMonths"/> has summed up, after it was brought up to now.</summary>
public sealed class SettledRows(IClubStore store, Projections projections, SettledMonths months, PartnerBook partners)
{
    /// <summary>As many as bring up a club that was never asked.</summary>
    private const int MostCommits = 100_000;

    private string Partition => Projections.PartitionOf(months);

    /// <summary>Makes the statements of a month from the sums of it and of all before.</summary>
    public async Task<Settled> Of(StatementMonth month, CancellationToken cancellation)
    {
        await projections.Advance(months, MostCommits, cancellation);
        var known = (await store.Read<SettledSoFar>(Partition, SettledSoFar.Id, cancellation))?.Value.Months ?? [];
        var (cells, opening, ledger) = (new List<Cell>(), new Dictionary<(Party, WalletCode), Points>(), new List<LedgerSum>());
        foreach (var one in known.Where(one => string.CompareOrdinal(one.Month, $"{month}") <= 0))
            foreach (var group in one.Groups)
            {
                var id = MonthCells.IdOf(one.Month, group);
                if (await store.Read<MonthCells>(Partition, id, cancellation) is not { Value: var row }) continue;
                ledger.AddRange(row.Ledger ?? []);
                if (one.Month == $"{month}") cells.AddRange(row.Cells);
                else
                    foreach (var cell in row.Cells.Where(cell => cell.Line <= LineKind.Owed))
                        opening[(cell.Party, cell.Wallet)] = opening.GetValueOrDefault((cell.Party, cell.Wallet)) + cell.Points;
            }
        var agreements = await Agreements(cells, cancellation);
        var statements = StatementRules.Of($"{month}", cells, opening, party => agreements.GetValueOrDefault(party));
        var check = StatementRules.Check(statements, ledger);
        return new Settled(statements, check, StatementRules.Adds(statements, check), ledger.Count > 0);
    }

    /// <summary>The movements of a party in a month, in the order in which the club learned of them.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<MovedLine> Items, string? Continuation)> Lines(StatementMonth month, Party party, LineKind? line,
        int limit, string? continuation, CancellationToken cancellation)
    {
        var (number, skipped) = LinesPage.Parse(continuation);
        await projections.Advance(months, MostCommits, cancellation);
        var found = new List<MovedLine>();
        var key = MonthLines.KeyOf($"{month}", party);
        var query = new IndexQuery(MonthLines.GroupIndex, $"{key}{number:D7}", $"{key}{IndexQuery.Last}", Partition: Partition, Limit: 20);
        while (true)
        {
            var page = await store.Find(query, cancellation);
            foreach (var row in page.Documents.Select(document => document.As<MonthLines>()).OrderBy(row => row.Number))
                for (var i = row.Number == number ? skipped : 0; i < row.Lines.Count; i++)
                {
                    if (row.Lines[i].Party != party || line is { } asked && row.Lines[i].Line != asked) continue;
                    if (found.Count == limit) return (found, new LinesPage(row.Number, i).ToString());
                    found.Add(row.Lines[i]);
                }
            if (page.Continuation is null) return (found, null);
            query = query with { Continuation = page.Continuation };
        }
    }

    private async Task<Dictionary<Party, Partner>> Agreements(IEnumerable<Cell> cells, CancellationToken cancellation)
    {
        var known = new Dictionary<Party, Partner>();
        foreach (var party in cells.Select(cell => cell.Party).Where(party => party.Kind == PartyKind.Partner).Distinct())
            if (await partners.Of(party.Code, cancellation) is { } partner) known[party] = partner;
        return known;
    }
}

/// <summary>Where a list of movements goes on.</summary>
/// <param name="Number">Of the document.</param>
/// <param name="At">The line in it.</param>
internal readonly record struct LinesPage(int Number, int At)
{
    /// <exception cref="ArgumentException">It is none.</exception>
    public static LinesPage Parse(string? text)
    {
        if (text is null) return default;
        var parts = text.Split('-');
        return parts.Length == 2 && int.TryParse(parts[0], out var number) && int.TryParse(parts[1], out var at) && number >= 0 && at >= 0
            ? new LinesPage(number, at) : throw new ArgumentException("The continuation is not one that this list gave.", nameof(text));
    }

    public override string ToString() => $"{Number}-{At}";
}
