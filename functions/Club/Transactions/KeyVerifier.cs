using Club.Ledger;
using Club.Store;

namespace Club.Transactions;

/// <summary>A key leads to one member, so a message that stands in two ledgers is not the key's in one of them.</summary>
internal sealed class KeyVerifier(MessageKeys keys) : IVerifiesLedger, IVerifies
{
    public async Task Verify(Account account, IReadOnlyList<Entry> entries, Action<string> differs, CancellationToken cancellation)
    {
        if (account.MergedInto is not null) return;
        foreach (var entry in entries.Where(entry => entry.Cause is Cause.Told
            && entry.Id == Entry.IdOf(entry.Source, entry.SourceId)))
        {
            if (await keys.Find(entry.Id, cancellation) is not { } key) differs($"entry {entry.Sequence} has no idempotency key.");
            else if (key.Value.MemberId != account.MemberId && await keys.PersonOf(key.Value, cancellation) is var person
                && person != account.MemberId)
                differs($"the idempotency key of entry {entry.Sequence} is that of {person}.");
        }
    }

    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (document.Type == "parked" && await keys.Find(document.Id, cancellation) is null)
            differs($"Parked transaction {document.Id} has no idempotency key.");
    }
}
