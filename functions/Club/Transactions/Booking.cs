using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Transactions;

/// <summary>What became of a message.</summary>
public enum Fate { Booked, Duplicate, Parked, Answered, Rejected }

/// <param name="Problem">Why it was rejected.</param>
public sealed record Receipt(Incoming? Message, Fate Fate, Problem? Problem = null);

/// <summary>Books messages of one known member; what was booked before is told as a duplicate, or refused when its content
/// differs.</summary>
public sealed class Booking(MemberLedger ledger, BookingFactsReader facts, MemberReturn comingBack, IEnumerable<INotesBills> notes)
{
    /// <summary>Leaves room in a commit for several wallets, tier events and the account.</summary>
    private const int TransactionsPerCommit = 20;

    /// <summary>What is left of a commit is for returns and whatever else makes room.</summary>
    private const int LargestAccount = StoreLimits.BytesPerCommit - 100_000;

    public async Task<IReadOnlyList<Receipt>> Book(MemberId memberId, IReadOnlyList<Incoming.Recorded> messages,
        CancellationToken cancellation)
    {
        var receipts = new List<Receipt>(messages.Count);
        foreach (var chunk in SetAsideRepeats(messages, receipts).Chunk(TransactionsPerCommit))
        {
            // Before anybody's turn begins: what is noted may be another member's.
            foreach (var note in notes)
                foreach (var message in chunk) await note.Note(memberId, message, cancellation);
            await BookTogether(memberId, chunk, receipts, cancellation);
        }
        return receipts;
    }

    /// <summary>What does not fit into one commit is booked in halves; a message that does not fit by itself is refused, and no other with
    /// it.</summary>
    private async Task BookTogether(MemberId memberId, ReadOnlyMemory<Incoming.Recorded> messages, List<Receipt> receipts,
        CancellationToken cancellation)
    {
        switch (await ledger.TryChange(memberId, (trial, token) => facts.Gather(trial, messages, token), (journal, known) =>
            Decide(journal, messages, known), cancellation, LargestAccount))
        {
            case LedgerChange<List<Receipt>>.Decided { Answer: var booked }:
                foreach (var receipt in booked) receipts.Add(await OrRepeat(memberId, receipt, cancellation));
                Telemetry.Accruals.Add(booked.Count(receipt => receipt.Fate == Fate.Booked));
                break;
            case LedgerChange<List<Receipt>>.TooLarge { IsFull: false } when messages.Length > 1:
                await BookTogether(memberId, messages[..(messages.Length / 2)], receipts, cancellation);
                await BookTogether(memberId, messages[(messages.Length / 2)..], receipts, cancellation);
                break;
            case LedgerChange<List<Receipt>>.TooLarge { Reason: var reason }:
                foreach (var message in messages.ToArray())
                    receipts.Add(new Receipt(message, Fate.Rejected, Problems.AccountFull(memberId, reason)));
                break;
        }
    }

    /// <summary>Prices and posts each message on top of the one before. Pure.</summary>
    private List<Receipt> Decide(Journal journal, ReadOnlyMemory<Incoming.Recorded> messages, BookingFacts facts)
    {
        var receipts = new List<Receipt>(messages.Length);
        foreach (var message in messages.Span)
            receipts.Add(facts.Refuse(message) ?? Post(journal, message, facts));
        comingBack.Decide(journal, facts.Lapsed);
        return receipts;
    }

    private static Receipt Post(Journal journal, Incoming.Recorded message, BookingFacts facts)
    {
        var doubt = facts.DoubtOf(message);
        if (facts.IsRefused(message))
        {
            doubt!.Keep(journal);
            return new Receipt(message, Fate.Rejected, Problems.InDoubt(message, doubt));
        }
        var priced = facts.Price(journal, message);
        if (AccrualRules.NeedsApproval(message.Transaction, priced, out var points) is { } wallet)
            return new Receipt(message, Fate.Rejected, Problems.NeedsApproval(message, wallet, points));
        AccrualRules.Book(journal, facts.BillOf(message), message.ContentHash, facts.Paid(message, priced));
        journal.Account = MileageRules.Plus(journal.Account, message.EntryId, message.Vin, message.Transaction.On,
            message.Transaction.Odometer);
        doubt?.Keep(journal);
        return new Receipt(message, Fate.Booked);
    }

    /// <summary>What is refused may have been booked before, when it was not yet to be refused.</summary>
    private async ValueTask<Receipt> OrRepeat(MemberId memberId, Receipt receipt, CancellationToken cancellation) =>
        receipt.Fate == Fate.Rejected && await ledger.FindEntry(memberId, receipt.Message!.EntryId, cancellation) is { } entry
            ? Repeat(entry.ContentHash, receipt.Message) : receipt;

    /// <summary>Books what follows up on an accrual in this member's ledger.</summary>
    public Task<Receipt> FollowUp(MemberId memberId, Incoming message, CancellationToken cancellation) => message switch
    {
        Incoming.Returned returned => Reverse(memberId, returned, cancellation),
        Incoming.Confirmed confirmed => Confirm(memberId, confirmed, cancellation),
        _ => throw new InvalidOperationException("Only reversals and confirmations follow up."),
    };

    /// <summary>Takes back what an accrual earned. <paramref name="memberId"/> is the member in whose ledger the accrual was
    /// found.</summary>
    private Task<Receipt> Reverse(MemberId memberId, Incoming.Returned message, CancellationToken cancellation) =>
        Follow(memberId, message, message.OriginalEntryId, message.Reversal.OriginalId, (journal, facts) => ReversalRules.Reverse(
            journal, message.Reversal, facts.Originals, facts.Reversed?.Value ?? new Reversed { EntryId = message.OriginalEntryId },
            message.ContentHash, facts.Reversed?.ETag), cancellation);

    /// <summary>Releases what of an accrual waited for an event.</summary>
    private Task<Receipt> Confirm(MemberId memberId, Incoming.Confirmed message, CancellationToken cancellation) =>
        Follow(memberId, message, message.OriginalEntryId, message.Confirmation.OriginalId, (journal, facts) =>
            ReleaseRules.Release(journal, message.Confirmation, facts.Originals, message.ContentHash), cancellation);

    /// <summary>Books a message that follows up on an accrual. A repeat takes up what is no longer there, or meets its own entry.</summary>
    private async Task<Receipt> Follow(
        MemberId memberId, Incoming message, string originalEntryId, string originalId, Func<Journal, FollowUpFacts, Problem?> decide,
        CancellationToken cancellation)
    {
        var change = await ledger.TryChange(memberId, (trial, token) => facts.Gather(trial, message, originalEntryId, token),
            (journal, known) =>
        {
            if (known.Booked is { } before) return Repeat(before.ContentHash, message);
            var problem = known.Originals.Count == 0 ? Problems.UnknownOriginal(message.Source, originalId) : decide(journal, known);
            return problem is null ? new Receipt(message, Fate.Booked) : new Receipt(message, Fate.Rejected, problem);
        }, cancellation);
        return change switch
        {
            LedgerChange<Receipt>.Decided decided => await OrRepeat(memberId, decided.Answer, cancellation),
            LedgerChange<Receipt>.TooLarge large => new Receipt(message, Fate.Rejected, Problems.AccountFull(memberId, large.Reason)),
            _ => throw new InvalidOperationException("A change is decided or too large."),
        };
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

    public static Receipt Repeat(string? contentHash, Incoming message)
    {
        if (contentHash != message.ContentHash) return new Receipt(message, Fate.Rejected, Problems.OtherContent(message));
        Telemetry.Duplicates.Add(1);
        return new Receipt(message, Fate.Duplicate, Problems.Repeated);
    }
}
