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

    /// <summary>What is left of a commit is for returns and whatever else makes room.</summary>
    private const int LargestAccount = StoreLimits.BytesPerCommit - 100_000;

    public async Task<IReadOnlyList<Receipt>> Book(string memberId, IReadOnlyList<Incoming.Recorded> messages, CancellationToken cancellation)
    {
        var receipts = new List<Receipt>(messages.Count);
        foreach (var chunk in SetAsideRepeats(messages, receipts).Chunk(TransactionsPerCommit)) await BookTogether(memberId, chunk, receipts, cancellation);
        return receipts;
    }

    /// <summary>What does not fit into one commit is booked in halves; a message that does not fit by itself is refused, and no other with it.</summary>
    private async Task BookTogether(string memberId, ReadOnlyMemory<Incoming.Recorded> messages, List<Receipt> receipts, CancellationToken cancellation)
    {
        switch (await ledger.TryChange(memberId, journal => Decide(journal, messages, cancellation), cancellation, LargestAccount))
        {
            case LedgerChange<IReadOnlyList<Receipt>>.Decided { Answer: var booked }:
                receipts.AddRange(booked);
                Telemetry.Accruals.Add(booked.Count(receipt => receipt.Fate == Fate.Booked));
                break;
            case LedgerChange<IReadOnlyList<Receipt>>.TooLarge { IsFull: false } when messages.Length > 1:
                await BookTogether(memberId, messages[..(messages.Length / 2)], receipts, cancellation);
                await BookTogether(memberId, messages[(messages.Length / 2)..], receipts, cancellation);
                break;
            case LedgerChange<IReadOnlyList<Receipt>>.TooLarge { Reason: var reason }:
                foreach (var message in messages.ToArray()) receipts.Add(new Receipt(message, Fate.Rejected, Problems.AccountFull(memberId, reason)));
                break;
        }
    }

    /// <summary>
    /// Prices and posts each message on top of the one before. Whether it was booked before is asked where the ledger met its entry, and where a
    /// budget would promise points, which must not happen again.
    /// </summary>
    private async ValueTask<IReadOnlyList<Receipt>> Decide(Journal journal, ReadOnlyMemory<Incoming.Recorded> messages, CancellationToken cancellation)
    {
        var receipts = new List<Receipt>(messages.Length);
        Profile? profile = null;
        var before = journal.Account;
        IReadOnlyList<Entry>? history = null;
        // Claims lead only to members, and a ledger with entries is proof enough; a member id may lead nowhere.
        var mayBeNobody = journal.Account.Sequence == 0;
        for (var i = 0; i < messages.Length; i++)
        {
            var message = messages.Span[i];
            if (journal.Met(message.EntryId) && await Repeated(journal, message, cancellation) is { } repeated) { receipts.Add(repeated); continue; }
            var asked = journal.ProgrammeOn(message.Transaction.On).AsksMember(message.Transaction).NeedsProfile;
            if (asked || mayBeNobody && IsByMemberId(message)) profile ??= (await store.Read<Profile>(journal.Account.MemberId, Profile.Id, cancellation))?.Value;
            if (mayBeNobody && IsByMemberId(message) && profile is null)
            {
                receipts.Add(new Receipt(message, Fate.Rejected, Problems.UnknownMember(message.Member.MemberId!)));
                continue;
            }
            var late = AccrualRules.NeedsHistory(journal, message.Transaction, asked ? profile : null);
            if (late) history ??= await store.Entries(before, cancellation);
            receipts.Add(await Post(journal, message, asked ? profile : null, late ? history! : [], cancellation));
        }
        return receipts;
    }

    private async ValueTask<Receipt> Post(Journal journal, Incoming.Recorded message, Profile? profile, IReadOnlyList<Entry> history, CancellationToken cancellation)
    {
        var priced = AccrualRules.Price(journal, message.Transaction, profile, history);
        if (AccrualRules.NeedsApproval(message.Transaction, priced, out var points) is { } wallet)
            return await Repeated(journal, message, cancellation) ?? new Receipt(message, Fate.Rejected, Problems.NeedsApproval(message, wallet, points));
        if (priced.Awards.Any(award => award.By.Budget is not null))
        {
            if (await Repeated(journal, message, cancellation) is { } repeated) return repeated;
            priced = await budgets.Fund(priced, message.Transaction, cancellation);
        }
        AccrualRules.Book(journal, message.Transaction, message.ContentHash, priced);
        return new Receipt(message, Fate.Booked);
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

    /// <summary>Books a message that follows up on an accrual. A repeat takes up what is no longer there, or meets its own entry.</summary>
    private async Task<Receipt> Follow(
        string memberId, Incoming message, string originalEntryId, string originalId, Func<Journal, IReadOnlyList<Entry>, ValueTask<Problem?>> decide, CancellationToken cancellation)
    {
        var change = await ledger.TryChange(memberId, async journal =>
        {
            if (journal.Met(message.EntryId) && await Repeated(journal, message, cancellation) is { } repeated) return repeated;
            var originals = await Originals(journal.Account.MemberId, originalEntryId, cancellation);
            var problem = originals.Count == 0 ? Problems.UnknownOriginal(message.Source, originalId) : await decide(journal, originals);
            if (problem is null) return new Receipt(message, Fate.Booked);
            return await Repeated(journal, message, cancellation) ?? new Receipt(message, Fate.Rejected, problem);
        }, cancellation);
        return change switch
        {
            LedgerChange<Receipt>.Decided decided => decided.Answer,
            LedgerChange<Receipt>.TooLarge large => new Receipt(message, Fate.Rejected, Problems.AccountFull(memberId, large.Reason)),
            _ => throw new InvalidOperationException("A change is decided or too large."),
        };
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
    private static Incoming.Recorded[] SetAsideRepeats(IReadOnlyList<Incoming.Recorded> messages, List<Receipt> receipts)
    {
        if (messages.Count == 1) return [messages[0]];
        var first = new Dictionary<string, string>(messages.Count);
        var open = new List<Incoming.Recorded>(messages.Count);
        foreach (var message in messages)
            if (first.TryAdd(message.EntryId, message.ContentHash)) open.Add(message);
            else receipts.Add(Repeat(first[message.EntryId], message));
        return [.. open];
    }

    private async Task<Receipt?> Repeated(Journal journal, Incoming message, CancellationToken cancellation) =>
        await store.Read<Entry>(journal.Account.MemberId, message.EntryId, cancellation) is { } entry ? Repeat(entry.Value.ContentHash, message) : null;

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

    /// <summary>The code of what gives more than a message gives by itself.</summary>
    public const string AwaitsApproval = "needs-approval";

    public static Problem NotFound(string what) => new("not-found", $"{what} is not known.");

    public static Problem OtherContent(Incoming message) =>
        new("different-content", $"Message {message.Id} of {message.Source} came before with other content or for another member.", "$.id");

    public static Problem NeedsApproval(Incoming message, Wallet wallet, Points points) =>
        new("needs-approval", $"Message {message.Id} of {message.Source} would give {points} points into wallet {wallet.Code}; more than {wallet.ApproveAbove} wait for approval.", "$.data.lines");

    public static Problem UnknownMember(string memberId) => new("unknown-member", $"Member \"{memberId}\" is unknown.", "$.data.member.memberId");

    public static Problem AccountFull(string memberId, string reason) =>
        new("account-full", $"Nothing more can be booked for member {memberId}. {reason}", "$.data.member");

    public static Problem UnknownOriginal(string source, string originalId) =>
        new("unknown-original", $"Transaction {originalId} of {source} is not known.", "$.data.originalId");
}
