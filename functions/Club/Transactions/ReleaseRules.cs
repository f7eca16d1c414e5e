using Club.Earning;
using Club.Kernel;
using Club.Ledger;

namespace Club.Transactions;

/// <summary>Says that an event happened for which points of a transaction wait.</summary>
/// <param name="Event">As the rule names it, e.g. <c>delivered</c>.</param>
public sealed record Confirmation(string Source, string Id, DateTimeOffset At, DateOnly On, string OriginalId, string Event)
{
    /// <summary>The name of the queue key with which it was sent; null where the host does not know.</summary>
    public string? SentWith { get; init; }
}

/// <summary>Pending points become spendable (生效): an entry that moves them to the lot of the same terms that waits for nothing.
/// Pure.</summary>
public static class ReleaseRules
{
    /// <returns>A problem when nothing of the transaction ever waited for the event; an event that comes again by another message changes
    /// nothing.</returns>
    public static Problem? Release(Journal journal, Confirmation confirmation, IReadOnlyList<Entry> originals, string contentHash)
    {
        var awaited = originals.Select(original =>
            (Entry: original, Lots: original.Lots.Where(line => line.Awaits == confirmation.Event).Select(line => line.Lot).ToArray()))
            .Where(original => original.Lots.Length > 0).ToArray();
        if (awaited.Length == 0)
            return new Problem("nothing-awaits", $"Nothing of transaction {confirmation.OriginalId} awaits \"{confirmation.Event}\".",
                "$.data.event");
        foreach (var (original, lots) in awaited)
        {
            var waiting = journal.Account.Wallet(original.Wallet).Lots.Where(lot => lots.Contains(lot.Id)
                && lot.Awaits == confirmation.Event).ToArray();
            journal.Post(new Posting(
                Entry.IdOf(confirmation.Source, confirmation.Id, original == awaited[0].Entry ? null : original.Wallet),
                new Cause.Release(contentHash, confirmation.Event, original.Id), original.Wallet,
                confirmation.At, confirmation.On, confirmation.Source, confirmation.Id,
                [.. waiting.SelectMany(lot => (LotLine[])[lot.Take(lot.Remaining), Free(lot)])],
                [.. waiting.Select(lot => new Explanation(null, null, null, null, Points.Zero,
                new Calculation(How.Released, lot.Remaining.Value, Name: confirmation.Event) { Lot = lot.Id }))])
            {
                DealerId = original.DealerId,
                SentWith = confirmation.SentWith,
            });
        }
        return null;
    }

    /// <summary>The points among those of the same terms that never waited.</summary>
    private static LotLine Free(Lot lot) =>
        new(LotRules.Released(lot.Id), lot.Remaining, lot.EarnedOn, lot.LapsesOn, lot.AvailableOn) { UnitCost = lot.UnitCost,
            DealerId = lot.DealerId, Payers = lot.Payers };
}
