using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Value;

/// <summary>The nine cells 客户细分矩阵.</summary>
/// <param name="DealerId">Null: all branches.</param>
/// <param name="Cells">The best first; all nine, whoever is in them. None by a rule book that tells nobody apart.</param>
public sealed record MatrixView(DealerId? DealerId, int Members, Money Spend, IReadOnlyList<CellView> Cells);

/// <param name="Spend">Of these members, each in the window that ends with her last visit, in CNY.</param>
public sealed record CellView(string Cell, int Members, Money Spend, StrategyView? Strategy);

/// <summary>How many members are in which cell, as the reports have counted up to now.</summary>
public sealed class ValueMatrix(IClubStore store, ProgrammeLibrary library, MembersByClass projection)
{
    /// <param name="dealer">Null: all branches; a dealer's staff see their own alone.</param>
    public async Task<MatrixView> Of(DealerId? dealer, Caller caller, CancellationToken cancellation)
    {
        var branch = caller.IsScoped ? new DealerId(caller.Dealer ?? "") : dealer;
        if ((await library.Now(cancellation)).Current.Value is not { } terms
            || caller.IsScoped && dealer is { } asked && asked != caller.Dealer)
            return new MatrixView(dealer, 0, Money.Zero, []);
        var prefix = branch is { } one ? ClassRow.IdOf(one, "") : ClassRow.Prefix;
        var query = IndexQuery.Prefix(ProjectionRows.RowIndex, prefix) with
        {
            Partition = Projections.PartitionOf(projection), Limit = 1000,
        };
        var sums = CellStrategy.Cells.ToDictionary(cell => cell, _ => (Members: 0, Fen: 0L));
        await foreach (var document in store.FindAll(query, cancellation))
        {
            var row = document.As<ClassRow>();
            if (sums.TryGetValue(row.Cell, out var sum)) sums[row.Cell] = (sum.Members + row.Members, sum.Fen + row.Spend.Fen);
        }
        return new MatrixView(branch, sums.Values.Sum(sum => sum.Members), new Money(sums.Values.Sum(sum => sum.Fen)),
            [.. CellStrategy.Cells.Select(cell =>
                new CellView(cell, sums[cell].Members, new Money(sums[cell].Fen), StrategyView.Of(terms.StrategyOf(cell))))]);
    }
}
