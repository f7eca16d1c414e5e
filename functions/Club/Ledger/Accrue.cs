using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Ledger;

/// <summary>
/// Takes messages of the <c>transactions</c> queue. Each is booked, found to be a duplicate, parked for an unknown customer, or stored as a
/// rejection; a fault throws, and the queue delivers again.
/// </summary>
public sealed class Accrue(
    IClubStore store, ProgrammeLibrary library, TransactionReader reader, Claims claims, MemberLedger ledger, Booking booking, Parking parking, Rejections rejections, KeyCheck keys)
{
    /// <returns>One receipt per message, in no promised order.</returns>
    public Task<IReadOnlyList<Receipt>> Handle(IReadOnlyList<string> messages, CancellationToken cancellation = default) => Handle(messages, [], cancellation);

    /// <param name="sentWith">The names of the queue keys with which they were sent, where the host knows them.</param>
    public async Task<IReadOnlyList<Receipt>> Handle(IReadOnlyList<string> messages, IReadOnlyList<string?> sentWith, CancellationToken cancellation)
    {
        using var activity = Telemetry.Activities.StartActivity("accrue");
        await library.Refresh(cancellation);
        var receipts = new List<Receipt>(messages.Count);
        var recorded = new Dictionary<string, List<Incoming.Recorded>>();
        var followUps = new List<Incoming>();
        var owners = new Dictionary<string, string>();
        foreach (var (message, key) in messages.Select((message, i) => (message, sentWith.ElementAtOrDefault(i))))
        {
            var read = Read(message, key);
            if (read.Problem is { } problem) receipts.Add(await Reject(message, null, key, problem, cancellation));
            else if (read.Value is not Incoming.Recorded) followUps.Add(read.Value!);
            else if (read.Value is Incoming.Recorded accrual)
            {
                var (memberId, receipt) = await Resolve(accrual, cancellation);
                if (receipt is not null) receipts.Add(receipt);
                else if (!owners.TryAdd(accrual.EntryId, memberId!) && owners[accrual.EntryId] != memberId)
                    receipts.Add(new Receipt(accrual, Fate.Rejected, Problems.OtherContent(accrual)));
                else if (recorded.TryGetValue(memberId!, out var list)) list.Add(accrual);
                else recorded[memberId!] = [accrual];
            }
        }
        foreach (var group in await Task.WhenAll(recorded.Select(member => booking.Book(member.Key, member.Value, cancellation)))) receipts.AddRange(group);
        foreach (var message in followUps) receipts.Add(await Follow(message, cancellation));
        foreach (var receipt in receipts.Where(receipt => receipt is { Fate: Fate.Rejected, Message: not null }))
            await Reject(receipt.Message!.Raw, receipt.Message, receipt.Message.SentWith, receipt.Problem!, cancellation);
        return receipts;
    }

    /// <summary>Handles a stored rejection again, as if it had just arrived.</summary>
    public async Task<Receipt> Replay(Stored<Rejection> rejection, CancellationToken cancellation = default)
    {
        var receipt = (await Handle([rejection.Value.Raw], [rejection.Value.SentWith], cancellation))[0];
        await rejections.Settle(rejection.Value.Id, receipt, cancellation);
        return receipt;
    }

    private Outcome<Incoming> Read(string message, string? key)
    {
        var read = reader.Read(message);
        if (!read.Succeeded || key is null) return read;
        return keys.Refuse(key, read.Value!) is { } foreign ? foreign : read.Value!.With(key);
    }

    private async Task<(string? MemberId, Receipt? Receipt)> Resolve(Incoming.Recorded message, CancellationToken cancellation)
    {
        if (message.Member.MemberId is { } memberId) return (memberId, await Before(message, memberId, cancellation));
        var identity = message.Member.Identity!.Value;
        while (true)
        {
            var claim = await claims.Find(identity, cancellation);
            if (await Before(message, claim.MemberId ?? claim.Partition, cancellation) is { } before) return (null, before);
            if (claim.MemberId is { } owner) return (owner, null);
            if (await parking.Park(claim, message, cancellation) is { } receipt) return (null, receipt);
        }
    }

    /// <summary>
    /// What the key was used for before, wherever that was: a repeat for the same customer, and refused for somebody else, as when a dealer corrects
    /// the phone and keeps the number of the bill. Two such messages within the same milliseconds are not seen here (docs/decisions/0003 and 0006).
    /// </summary>
    /// <returns>Null when it is new, or on its way out of the waiting room: book it.</returns>
    private async Task<Receipt?> Before(Incoming.Recorded message, string owner, CancellationToken cancellation)
    {
        var page = await store.Find(IndexQuery.Equal(Entry.TransactionIndex, message.EntryId) with { Limit = 10 }, cancellation);
        if (page.Documents.FirstOrDefault(document => document.Partition == owner) is { } own)
            return Booking.Repeat(own.Type == "entry" ? own.As<Entry>().ContentHash : own.As<Parked>().ContentHash, message);
        foreach (var document in page.Documents)
        {
            var other = document.Type == "entry"
                ? (await ledger.Load(document.Partition, cancellation)).MemberId
                : (await store.Read<Claim>(document.Partition, Claim.Id, cancellation))?.Value.MemberId;
            if (other is not null && other == (await ledger.Load(owner, cancellation)).MemberId)
                return document.Type == "entry" ? Booking.Repeat(document.As<Entry>().ContentHash, message) : null;
        }
        return page.Documents.Count == 0 ? null : new Receipt(message, Fate.Rejected, Problems.OtherContent(message));
    }

    /// <summary>A reversal or a confirmation goes where its original is: into a ledger, or among the parked.</summary>
    private async Task<Receipt> Follow(Incoming message, CancellationToken cancellation)
    {
        var (originalEntryId, originalId) = message switch
        {
            Incoming.Returned reversal => (reversal.OriginalEntryId, reversal.Reversal.OriginalId),
            Incoming.Confirmed confirmation => (confirmation.OriginalEntryId, confirmation.Confirmation.OriginalId),
            _ => throw new InvalidOperationException("Only reversals and confirmations follow up."),
        };
        while (true)
        {
            var page = await store.Find(IndexQuery.Equal(Entry.TransactionIndex, originalEntryId) with { Limit = 10 }, cancellation);
            if (page.Documents.FirstOrDefault(document => document.Type == "entry") is { } entry)
                return await booking.FollowUp(entry.As<Entry>().MemberId, message, cancellation);
            if (page.Documents is not [var parked, ..])
                return new Receipt(message, Fate.Rejected, Problems.UnknownOriginal(message.Source, originalId));
            if (await parking.ParkFollowUp(parked.Partition, message, cancellation) is { } receipt) return receipt;
            // The customer registered at this moment: the transaction is on its way into the ledger.
            await parking.HandOver(parked.Partition, cancellation);
        }
    }

    private async Task<Receipt> Reject(string raw, Incoming? message, string? sentWith, Problem problem, CancellationToken cancellation)
    {
        var (source, id) = message is null ? TransactionReader.KeyOf(raw) : (message.Source, message.Id);
        await rejections.Add(raw, source, id, sentWith, problem, cancellation);
        return new Receipt(message, Fate.Rejected, problem);
    }
}
