using Club.Store;

namespace Club.Ledger;

public static class LedgerEntries
{
    /// <summary>The entries that an account follows from, in order: not those written after it was read.</summary>
    public static async Task<IReadOnlyList<Entry>> Entries(this IClubStore store, Account account, CancellationToken cancellation)
    {
        if (account.Sequence == 0) return [];
        var query = new IndexQuery(
            Entry.SequenceIndex, Entry.SequenceKey(account.MemberId, 1), Entry.SequenceKey(account.MemberId, account.Sequence),
            Partition: account.MemberId, Limit: 1000);
        var entries = new List<Entry>();
        await foreach (var document in store.FindAll(query, cancellation)) entries.Add(document.As<Entry>());
        entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return entries;
    }
}
