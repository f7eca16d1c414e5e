using Club.Kernel;

namespace Club.Ledger;

/// <summary>
/// Takes along what a feature keeps about a member when she turns out to be another one. Every step may be repeated, by several at once.
/// What stands in the account itself is joined by <see cref="ISettles.Join"/>.
/// </summary>
public interface IMovesOnMerge
{
    /// <summary>Before her entries are booked again: for what must be there when something follows up on them.</summary>
    Task BeforeEntries(IReadOnlyList<Entry> entries, MemberId to, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>After her entries and account.</summary>
    Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) => Task.CompletedTask;
}
