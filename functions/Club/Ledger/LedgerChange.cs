namespace Club.Ledger;

/// <summary>What became of a change that was decided about one member.</summary>
public abstract record LedgerChange<T>
{
    private LedgerChange() { }

    /// <summary>It is committed, or there was nothing to commit.</summary>
    public sealed record Decided(T Answer) : LedgerChange<T>;

    /// <summary>It does not fit into one commit of the store; nothing was written.</summary>
    /// <param name="Reason">A sentence.</param>
    /// <param name="IsFull">The account by itself is too large for what was to come, however little that is.</param>
    public sealed record TooLarge(string Reason, bool IsFull) : LedgerChange<T>;
}
