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
public sealed class Booking(IClubStore store, ProgrammeVersions programmes, MemberLedger ledger, Budgets budgets)
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
            var (known, existing) = await ledger.Change(memberId, journal => Decide(journal, open, cancellation), cancellation);
            if (known is null)
            {
                receipts.AddRange(open.Where(IsByMemberId).Select(message => new Receipt(message, Fate.Rejected, Problems.UnknownMember(memberId))));
                open.RemoveAll(IsByMemberId);
                continue;
            }
            foreach (var message in open.ToArray())
            {
                if (!known.Contains(message.EntryId) && !existing.Contains(message.EntryId)) continue;
                receipts.Add(await Repeated(memberId, message, cancellation) ?? throw new StoreException($"Entry {message.EntryId} exists and cannot be read."));
                open.Remove(message);
            }
            if (existing.Count == 0)
            {
                receipts.AddRange(open.Select(message => new Receipt(message, Fate.Booked)));
                Telemetry.Accruals.Add(open.Count);
                return;
            }
            if (!existing.Any(id => receipts.Exists(receipt => receipt.Message?.EntryId == id)))
                throw new StoreException($"The ledger of member {memberId} holds {string.Join(", ", existing)} without their transactions.");
        }
    }

    /// <summary>Prices and posts each message on top of the one before.</summary>
    /// <returns>
    /// The entries that were there before: asked only where a budget would promise points, which must not happen for them again. Null when a message
    /// names a member id that leads nowhere; claims lead only to members, and a ledger with entries is proof enough.
    /// </returns>
    private async ValueTask<IReadOnlyList<string>?> Decide(Journal journal, List<Incoming.Recorded> messages, CancellationToken cancellation)
    {
        var known = new List<string>();
        Profile? profile = null;
        if (journal.Account.Sequence == 0 && messages.Exists(IsByMemberId))
        {
            profile = (await store.Read<Profile>(journal.Account.MemberId, Profile.Id, cancellation))?.Value;
            if (profile is null) return null;
        }
        foreach (var message in messages)
        {
            var asked = journal.ProgrammeOn(message.Transaction.On).AsksMember(message.Transaction).NeedsProfile;
            if (asked) profile ??= (await store.Read<Profile>(journal.Account.MemberId, Profile.Id, cancellation))?.Value;
            var priced = AccrualRules.Price(journal, message.Transaction, asked ? profile : null);
            if (priced.Awards.Any(award => award.By.Budget is not null))
            {
                if (await store.Read(journal.Account.MemberId, message.EntryId, cancellation) is not null)
                {
                    known.Add(message.EntryId);
                    continue;
                }
                priced = await budgets.Fund(priced, message.Transaction, cancellation);
            }
            AccrualRules.Book(journal, message.Transaction, message.ContentHash, priced);
        }
        return known;
    }

    private static bool IsByMemberId(Incoming.Recorded message) => message.Member.MemberId is not null;

    /// <summary>Books what follows up on an accrual in this member's ledger.</summary>
    public Task<Receipt> FollowUp(string memberId, Incoming message, CancellationToken cancellation) => message switch
    {
        Incoming.Returned returned => Reverse(memberId, returned, cancellation),
        Incoming.Confirmed confirmed => Confirm(memberId, confirmed, cancellation),
        _ => throw new InvalidOperationException("Only reversals and confirmations follow up."),
    };

    /// <summary>Takes back what an accrual earned. <paramref name="memberId"/> is the member in whose ledger the accrual was found.</summary>
    private Task<Receipt> Reverse(string memberId, Incoming.Returned message, CancellationToken cancellation) =>
        Follow(memberId, message, message.OriginalEntryId, message.Reversal.OriginalId, async (journal, originals) =>
        {
            var reversed = await store.Read<Reversed>(journal.Account.MemberId, Reversed.IdOf(message.OriginalEntryId), cancellation);
            return ReversalRules.Reverse(
                journal, message.Reversal, originals, reversed?.Value ?? new Reversed { EntryId = message.OriginalEntryId }, message.ContentHash, reversed?.ETag);
        }, cancellation);

    /// <summary>Releases what of an accrual waited for an event.</summary>
    private Task<Receipt> Confirm(string memberId, Incoming.Confirmed message, CancellationToken cancellation) =>
        Follow(memberId, message, message.OriginalEntryId, message.Confirmation.OriginalId, (journal, originals) =>
            ValueTask.FromResult(ReleaseRules.Release(journal, message.Confirmation, originals, message.ContentHash)), cancellation);

    /// <summary>Books a message that follows up on an accrual.</summary>
    private async Task<Receipt> Follow(
        string memberId, Incoming message, string originalEntryId, string originalId, Func<Journal, IReadOnlyList<Entry>, ValueTask<Problem?>> decide, CancellationToken cancellation)
    {
        while (true)
        {
            var (problem, existing) = await ledger.Change(memberId, async journal =>
            {
                var member = journal.Account.MemberId;
                var originals = await Originals(member, originalEntryId, cancellation);
                return originals.Count == 0 ? Problems.UnknownOriginal(message.Source, originalId) : await decide(journal, originals);
            }, cancellation);
            if (problem is null && existing.Count == 0) return new Receipt(message, Fate.Booked);
            // A repeat takes up what is no longer there, or meets its own entry.
            if (await Repeated(memberId, message, cancellation) is { } repeated) return repeated;
            if (problem is not null) return new Receipt(message, Fate.Rejected, problem);
        }
    }

    private async Task<List<Entry>> Originals(string memberId, string entryId, CancellationToken cancellation)
    {
        var originals = new List<Entry>();
        if (await store.Read<Entry>(memberId, entryId, cancellation) is not { } first) return originals;
        originals.Add(first.Value);
        foreach (var wallet in (programmes.Find(first.Value.ProgrammeVersion) ?? programmes.Current).Wallets)
            if (wallet.Code != first.Value.Wallet && await store.Read<Entry>(memberId, $"{entryId}:{wallet.Code}", cancellation) is { } entry) originals.Add(entry.Value);
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

    public static Problem NotFound(string what) => new("not-found", $"{what} is not known.");

    public static Problem OtherContent(Incoming message) =>
        new("different-content", $"Message {message.Id} of {message.Source} came before with other content or for another member.", "$.id");

    public static Problem UnknownMember(string memberId) => new("unknown-member", $"Member \"{memberId}\" is unknown.", "$.data.member.memberId");

    public static Problem UnknownOriginal(string source, string originalId) =>
        new("unknown-original", $"Transaction {originalId} of {source} is not known.", "$.data.originalId");
}
