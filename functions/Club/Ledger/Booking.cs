using Club.Kernel;
using Club.Members;
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
            var (known, existing) = await ledger.Change(memberId, async journal =>
            {
                if (open.Exists(IsByMemberId) && !await IsKnown(journal.Account, cancellation)) return false;
                foreach (var message in open) AccrualRules.Accrue(journal, message.Transaction, message.ContentHash);
                return true;
            }, cancellation);
            if (!known)
            {
                receipts.AddRange(open.Where(IsByMemberId).Select(message => new Receipt(message, Fate.Rejected, Problems.UnknownMember(memberId))));
                open.RemoveAll(IsByMemberId);
                continue;
            }
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
                receipts.Add(await Repeated(memberId, message, cancellation) ?? throw new StoreException($"Entry {message.EntryId} exists and cannot be read."));
                open.Remove(message);
            }
            if (open.Count == before) throw new StoreException($"The ledger of member {memberId} holds {string.Join(", ", existing)} without their transactions.");
        }
    }

    private static bool IsByMemberId(Incoming.Recorded message) => message.Member.MemberId is not null;

    /// <summary>Claims lead only to members; a member id in a message may lead nowhere. A ledger with entries is proof enough.</summary>
    private async ValueTask<bool> IsKnown(Account account, CancellationToken cancellation) =>
        account.Sequence > 0 || await store.Read(account.MemberId, Profile.Id, cancellation) is not null;

    /// <summary>Takes back what an accrual earned. <paramref name="memberId"/> is the member in whose ledger the accrual was found.</summary>
    public async Task<Receipt> Reverse(string memberId, Incoming.Returned message, CancellationToken cancellation)
    {
        var (problem, existing) = await ledger.Change(memberId, async journal =>
        {
            var member = journal.Account.MemberId;
            var originals = await Originals(member, message.OriginalEntryId, cancellation);
            if (originals.Count == 0) return Problems.UnknownOriginal(message.Reversal);
            var reversed = await store.Read<Reversed>(member, Reversed.IdOf(message.OriginalEntryId), cancellation);
            return ReversalRules.Reverse(
                journal, message.Reversal, originals, reversed?.Value ?? new Reversed { EntryId = message.OriginalEntryId }, message.ContentHash, reversed?.ETag);
        }, cancellation);
        if (problem is null && existing.Count == 0) return new Receipt(message, Fate.Booked);
        // A repeat reverses what is no longer there, or meets its own entry.
        if (await Repeated(memberId, message, cancellation) is { } repeated) return repeated;
        return problem is null ? await Reverse(memberId, message, cancellation) : new Receipt(message, Fate.Rejected, problem);
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

    private async Task<Receipt?> Repeated(string memberId, Incoming message, CancellationToken cancellation)
    {
        var account = await ledger.Load(memberId, cancellation);
        return await store.Read<Entry>(account.MemberId, message.EntryId, cancellation) is { } entry ? Repeat(entry.Value.ContentHash, message) : null;
    }

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

    public static Problem UnknownMember(string memberId) => new("unknown-member", $"Member \"{memberId}\" is unknown.", "$.data.member.memberId");

    public static Problem UnknownOriginal(Reversal reversal) =>
        new("unknown-original", $"Transaction {reversal.OriginalId} of {reversal.Source} is not known.", "$.data.originalId");
}
