using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Ledger;

/// <summary>What became of a message.</summary>
public enum Fate { Booked, Duplicate, Parked, Rejected }

/// <param name="Problem">Why it was rejected.</param>
public sealed record Receipt(Incoming? Message, Fate Fate, Problem? Problem = null);

/// <summary>Books messages of one known member; what was booked before is told as a duplicate, or refused when its content differs.</summary>
public sealed class Booking(IClubStore store, Programme programme, MemberLedger ledger)
{
    /// <summary>Leaves room in a commit for several wallets, tier events and the account.</summary>
    private const int TransactionsPerCommit = 20;

    public async Task<IReadOnlyList<Receipt>> Book(string memberId, IReadOnlyList<Incoming.Recorded> messages, CancellationToken cancellation)
    {
        var receipts = new List<Receipt>(messages.Count);
        foreach (var chunk in messages.Chunk(TransactionsPerCommit)) await BookChunk(memberId, [.. chunk], receipts, cancellation);
        return receipts;
    }

    private async Task BookChunk(string memberId, List<Incoming.Recorded> open, List<Receipt> receipts, CancellationToken cancellation)
    {
        SetAsideRepeats(open, receipts);
        while (open.Count > 0)
        {
            var (_, existing) = await ledger.Change(memberId, journal =>
            {
                foreach (var message in open) AccrualRules.Accrue(journal, message.Transaction, message.ContentHash);
                return ValueTask.FromResult(true);
            }, cancellation);
            if (existing.Count == 0)
            {
                receipts.AddRange(open.Select(message => new Receipt(message, Fate.Booked)));
                Telemetry.Accruals.Add(open.Count);
                return;
            }
            var before = open.Count;
            foreach (var message in open.ToArray())
            {
                if (!existing.Contains(message.EntryId)) continue;
                receipts.Add(await Repeated(memberId, message, cancellation));
                open.Remove(message);
            }
            if (open.Count == before) throw new StoreException($"The ledger of member {memberId} holds {string.Join(", ", existing)} without their transactions.");
        }
    }

    /// <summary>Takes back what an accrual earned. <paramref name="memberId"/> is the member in whose ledger the accrual was found.</summary>
    public async Task<Receipt> Reverse(string memberId, Incoming.Returned message, CancellationToken cancellation)
    {
        var (problem, existing) = await ledger.Change(memberId, async journal =>
        {
            var member = journal.Account.MemberId;
            if (await store.Read<Entry>(member, message.EntryId, cancellation) is { } repeat) return Repeat(repeat.Value, message).Problem;
            var originals = await Originals(member, message.OriginalEntryId, cancellation);
            if (originals.Count == 0) return Problems.UnknownOriginal(message.Reversal);
            var reversed = await store.Read<Reversed>(member, Reversed.IdOf(message.OriginalEntryId), cancellation);
            return ReversalRules.Reverse(
                journal, message.Reversal, originals, reversed?.Value ?? new Reversed { EntryId = message.OriginalEntryId }, message.ContentHash, reversed?.ETag);
        }, cancellation);
        if (existing.Count > 0) return await Reverse(memberId, message, cancellation);
        if (problem is null) return new Receipt(message, Fate.Booked);
        return problem == Problems.Repeated ? new Receipt(message, Fate.Duplicate) : new Receipt(message, Fate.Rejected, problem);
    }

    private async Task<List<Entry>> Originals(string memberId, string entryId, CancellationToken cancellation)
    {
        var originals = new List<Entry>();
        foreach (var wallet in programme.Wallets)
        {
            var id = wallet.Code == programme.DefaultWallet.Code ? entryId : $"{entryId}:{wallet.Code}";
            if (await store.Read<Entry>(memberId, id, cancellation) is { } entry) originals.Add(entry.Value);
        }
        return originals;
    }

    /// <summary>A batch may hold the same message twice; the first one counts.</summary>
    private static void SetAsideRepeats(List<Incoming.Recorded> open, List<Receipt> receipts)
    {
        if (open.Count == 1) return;
        var first = new Dictionary<string, string>(open.Count);
        open.RemoveAll(message =>
        {
            if (first.TryAdd(message.EntryId, message.ContentHash)) return false;
            receipts.Add(Repeat(first[message.EntryId], message));
            return true;
        });
    }

    private async Task<Receipt> Repeated(string memberId, Incoming message, CancellationToken cancellation)
    {
        var account = await ledger.Load(memberId, cancellation);
        var entry = await store.Read<Entry>(account.MemberId, message.EntryId, cancellation)
            ?? throw new StoreException($"Entry {message.EntryId} exists and cannot be read.");
        return Repeat(entry.Value, message);
    }

    private static Receipt Repeat(Entry entry, Incoming message) => Repeat(entry.ContentHash, message);

    public static Receipt Repeat(string? contentHash, Incoming message)
    {
        if (contentHash != message.ContentHash) return new Receipt(message, Fate.Rejected, Problems.OtherContent(message));
        Telemetry.Duplicates.Add(1);
        return new Receipt(message, Fate.Duplicate, Problems.Repeated);
    }
}

/// <summary>Refusals that more than one place gives.</summary>
public static class Problems
{
    /// <summary>Not a refusal to be stored: the message was booked before.</summary>
    public static readonly Problem Repeated = new("duplicate", "The message was booked before.");

    public static Problem OtherContent(Incoming message) =>
        new("different-content", $"Message {message.Id} of {message.Source} came before with other content or for another member.", "$.id");

    public static Problem UnknownOriginal(Reversal reversal) =>
        new("unknown-original", $"Transaction {reversal.OriginalId} of {reversal.Source} is not known.", "$.data.originalId");
}
