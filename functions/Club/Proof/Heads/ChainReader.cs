using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Proof;

/// <summary>Looks into the ledger for what a head tells of.</summary>
internal sealed class ChainReader(IClubStore store)
{
    private const long Last = 9_999_999_999;

    /// <summary>Whether the entry of the head is there, and still the same.</summary>
    public async Task<bool> Holds(Head head, CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(Between(head.MemberId, head.Sequence, head.Sequence), cancellation))
            return Is(document.As<Entry>(), head);
        return false;
    }

    /// <summary>Follows the chain from a head as far as its links hold; null: from the beginning.</summary>
    /// <returns>The newest head, null where there is none; and whether it no longer holds the head from which it was to go on.</returns>
    public async Task<(Head? Head, bool IsRewritten)> Follow(MemberId memberId, Head? head, CancellationToken cancellation)
    {
        var entries = new SortedDictionary<long, Entry>();
        await foreach (var document in store.FindAll(Between(memberId, head?.Sequence ?? 1, Last), cancellation))
        {
            var entry = document.As<Entry>();
            entries[entry.Sequence] = entry;
        }
        if (head is { } before && !(entries.Remove(before.Sequence, out var own) && Is(own, before))) return (head, IsRewritten: true);
        foreach (var (sequence, entry) in entries)
        {
            if (sequence != (head?.Sequence ?? 0) + 1 || entry.PreviousHash != head?.Hash.ToString()
                || entry.Hash != entry.ComputeHash() || !Digest.TryParse(entry.Hash, out var hash))
                break;
            head = new Head(memberId, sequence, hash);
        }
        return (head, IsRewritten: false);
    }

    /// <summary>Whether an entry, its content included, is the one of the head.</summary>
    public static bool Is(Entry entry, Head head) =>
        entry.Sequence == head.Sequence && entry.MemberId == head.MemberId && entry.ComputeHash() == head.Hash.ToString();

    private static IndexQuery Between(MemberId memberId, long from, long to) =>
        new(Entry.SequenceIndex, Entry.SequenceKey(memberId, from), Entry.SequenceKey(memberId, to), Partition: memberId, Limit: 1000);
}
