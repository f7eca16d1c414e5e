using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Value;

/// <summary>The nine cells 客户细分矩阵.</summary>
/// <param name="DealerId">Null: all branches.</param>
/// <param name="Cells">The best first; all nine, whoever is in them. None by a rule book that tells nobody apart.</param>
public sealed record MatrixView(DealerId? DealerId, int Members, Money Spend, IReadOnlyList<CellView> Cells)
{
    public required MovedView Moved { get; init; }
}

/// <param name="Spend">Of these members, each in the window that ends with her last visit, in CNY.</param>
public sealed record CellView(string Cell, int Members, Money Spend, StrategyView? Strategy);

/// <summary>Who moved between cells in a month.</summary>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Moves">From where a member stood when the month began to where she stood at its end, or by now; the most members
/// first.</param>
public sealed record MovedView(string Month, IReadOnlyList<MoveView> Moves);

/// <param name="From">Null: she was in no cell, for she had not come yet or was no member.</param>
/// <param name="To">Null: she is in none any more.</param>
public sealed record MoveView(string? From, string? To, Trend Trend, int Members);

/// <summary>How many members are in which cell, as the reports have counted up to now.</summary>
public sealed class ValueMatrix(IClubStore store, ProgrammeLibrary library, MembersByClass projection, ClubCalendar calendar)
{
    /// <param name="dealer">Null: all branches; a dealer's staff see their own alone.</param>
    /// <param name="month">Of which month the moves are told; null: of this one.</param>
    public async Task<MatrixView> Of(DealerId? dealer, Caller caller, CancellationToken cancellation, StatementMonth? month = null)
    {
        var asked = (month ?? StatementMonth.Of(calendar.Today)).ToString();
        var branch = caller.IsScoped ? new DealerId(caller.Dealer ?? "") : dealer;
        if ((await library.Now(cancellation)).Current.Value is not { } terms
            || caller.IsScoped && dealer is { } named && named != caller.Dealer)
            return new MatrixView(dealer, 0, Money.Zero, []) { Moved = new MovedView(asked, []) };
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
                new CellView(cell, sums[cell].Members, new Money(sums[cell].Fen), StrategyView.Of(terms.StrategyOf(cell))))])
        {
            Moved = await Moved(asked, branch, cancellation),
        };
    }

    private async Task<MovedView> Moved(string month, DealerId? branch, CancellationToken cancellation)
    {
        var id = branch is { } one ? ClassMoves.IdOf(month, one) : ClassMoves.IdOf(month);
        var row = (await store.Read<ClassMoves>(Projections.PartitionOf(projection), id, cancellation))?.Value;
        return new MovedView(month, [.. (row?.All() ?? []).OrderByDescending(move => move.Members)
            .ThenBy(move => $"{move.From}>{move.To}", StringComparer.Ordinal)
            .Select(move => new MoveView(move.From, move.To, MoveRules.TrendOf(move.From, move.To), move.Members))]);
    }
}
