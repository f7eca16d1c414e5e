using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Transactions;

/// <summary>
/// Takes messages of the <c>transactions</c> queue. Each is booked, found to be a duplicate, parked for an unknown customer, answered, or
/// stored as a rejection; a fault throws, and the queue delivers again.
/// </summary>
public sealed class Accrue(
    IClubStore store, ProgrammeLibrary library, TransactionReader reader, Claims claims, MessageKeys keys, KeyCheck scopes, Booking booking,
    Parking parking, Rejections rejections, IEnumerable<IHandlesEvents> handlers)
{
    /// <returns>One receipt per message, in no promised order.</returns>
    public Task<IReadOnlyList<Receipt>> Handle(IReadOnlyList<string> messages, CancellationToken cancellation = default) =>
        Handle(messages, [], cancellation);

    /// <param name="sentWith">The names of the queue keys with which they were sent, where the host knows them.</param>
    public Task<IReadOnlyList<Receipt>> Handle(IReadOnlyList<string> messages, IReadOnlyList<string?> sentWith,
        CancellationToken cancellation) =>
        Handle([.. messages.Select((message, i) => new Sent(message, sentWith.ElementAtOrDefault(i)))], cancellation);

    /// <param name="ApprovedBy">Who approved that it gives more than a message gives by itself.</param>
    private readonly record struct Sent(string Raw, string? With, string? ApprovedBy = null);

    private async Task<IReadOnlyList<Receipt>> Handle(IReadOnlyList<Sent> messages, CancellationToken cancellation)
    {
        using var activity = Telemetry.Activities.StartActivity("accrue");
        var rules = await library.Now(cancellation);
        var receipts = new List<Receipt>(messages.Count);
        var recorded = new List<Incoming.Recorded>(messages.Count);
        var followUps = new List<Incoming>();
        var asked = new List<Asked>();
        foreach (var message in messages)
        {
            var read = Read(message.Raw, message.With, rules);
            if (read.Problem is { } problem) receipts.Add(await Reject(message.Raw, null, message.With, problem, cancellation));
            else if (read.Value is Incoming.Recorded accrual) recorded.Add(accrual.ApprovedBy(message.ApprovedBy));
            else if (read.Value is Asked question) asked.Add(question);
            else followUps.Add(read.Value!);
        }
        await Record(recorded, receipts, cancellation);
        foreach (var message in followUps) receipts.Add(await Follow(message, cancellation));
        var answered = await Task.WhenAll(asked.GroupBy(message => message.EntryId)
            .Select(group => InTurn(group, message => Answer(message, cancellation))));
        receipts.AddRange(answered.SelectMany(group => group));
        foreach (var receipt in receipts.Where(receipt => receipt is { Fate: Fate.Rejected, Message: not null }))
            await Reject(receipt.Message!.Raw, receipt.Message, receipt.Message.SentWith, receipt.Problem!, cancellation);
        return receipts;
    }

    /// <summary>Handles a stored rejection again, as if it had just arrived.</summary>
    public async Task<Receipt> Replay(Stored<Rejection> rejection, CancellationToken cancellation = default)
    {
        if (rejection.Value.Unrepeatable is { } gone) return new Receipt(null, Fate.Rejected, gone);
        var receipt = (await Handle([new Sent(rejection.Value.Raw!, rejection.Value.SentWith, rejection.Value.Approval?.Author)],
            cancellation))[0];
        await rejections.Settle(rejection.Value.Id, receipt, cancellation);
        return receipt;
    }

    /// <summary>Lets a message that waits for approval give what it gives.</summary>
    public async Task<Outcome<Receipt>> Approve(string id, string reason, Caller caller, CancellationToken cancellation = default)
    {
        var approved = await rejections.Approve(id, new Approval(caller.Author, reason), cancellation);
        return approved.Succeeded ? await Replay(approved.Value, cancellation) : approved.Problem!;
    }

    private Outcome<Incoming> Read(string message, string? key, ProgrammeVersions rules)
    {
        var read = reader.Read(message, rules);
        if (!read.Succeeded || key is null) return read;
        return scopes.Refuse(key, read.Value!, rules) is { } foreign ? foreign : read.Value!.With(key);
    }

    /// <summary>Claims are looked up and keys taken side by side, then each member's messages are booked together and in their
    /// order.</summary>
    private async Task Record(List<Incoming.Recorded> messages, List<Receipt> receipts, CancellationToken cancellation)
    {
        if (messages.Count == 0) return;
        var known = (await Task.WhenAll(messages.Select(message => message.Member.Identity).OfType<PersonIdentity>().Distinct()
            .Select(async identity => (identity, Claim: await claims.Find(identity, cancellation)))))
                .ToDictionary(found => found.identity, found => found.Claim);
        // Of two messages with one key the first counts, and of one stranger's the first is parked first.
        var resolved = await Task.WhenAll(
            messages.GroupBy(message => message.EntryId).Select(group => InTurn(group, message => Resolve(message, known, cancellation))));
        var parked = resolved.SelectMany(group => group).Where(one => one.Stranger is not null).GroupBy(one => one.Stranger!.Partition);
        var settled = await Task.WhenAll(parked.Select(group => InTurn(group, one => Park(one, cancellation))));
        var all = resolved.SelectMany(group => group).Where(one => one.Stranger is null).Concat(settled.SelectMany(group => group))
            .ToArray();
        receipts.AddRange(all.Select(one => one.Receipt).OfType<Receipt>());
        var booked = await Task.WhenAll(all.Where(one => one.Receipt is null).GroupBy(one => one.MemberId!.Value)
            .Select(member => booking.Book(member.Key, [.. member.Select(one => one.Message)], cancellation)));
        foreach (var group in booked) receipts.AddRange(group);
    }

    /// <summary>Whose a message is, or what became of it already.</summary>
    /// <param name="Stranger">Set while it is to be parked.</param>
    private sealed record Resolved(Incoming.Recorded Message, MemberId? MemberId = null, FoundClaim? Stranger = null,
        Receipt? Receipt = null);

    private async Task<Resolved> Resolve(Incoming.Recorded message, Dictionary<PersonIdentity, FoundClaim> known,
        CancellationToken cancellation)
    {
        var claim = message.Member.Identity is { } identity ? known[identity] : null;
        if (claim is { Claim.Value.Unconfirmed: true }) claim = await parking.Confirm(claim, message.Member.Holder, cancellation);
        var memberId = claim is null ? message.Member.MemberId : claim.Owner;
        var key = memberId is { } owner ? keys.OfMember(owner) : keys.OfClaim(claim!.Partition);
        return await keys.Take(message, key, cancellation) is { } before ? new Resolved(message, Receipt: before)
            : memberId is null ? new Resolved(message, Stranger: claim) : new Resolved(message, memberId);
    }

    private Task<Resolved> Park(Resolved one, CancellationToken cancellation) =>
        Retry.UntilDone<Resolved>("A message of a stranger", async () =>
    {
        if (await parking.Park(one.Stranger!, one.Message, cancellation) is { } receipt) return new Resolved(one.Message, Receipt: receipt);
        // The customer registered at this moment.
        return (await claims.Find(one.Stranger!.Identity, cancellation)).Owner is { } memberId ? new Resolved(one.Message, memberId)
            : Retry.Again;
    }, cancellation);

    private static async Task<IReadOnlyList<TResult>> InTurn<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> handle)
    {
        var results = new List<TResult>();
        foreach (var item in items) results.Add(await handle(item));
        return results;
    }

    /// <summary>A reversal or a confirmation goes where its original is: into a ledger, or among the parked.</summary>
    private async Task<Receipt> Follow(Incoming message, CancellationToken cancellation)
    {
        var (originalEntryId, originalId) =
            message.Original ?? throw new InvalidOperationException("Only reversals and confirmations follow up.");
        return await Retry.UntilDone<Receipt>("A message that follows up", async () =>
        {
            var unknown = new Receipt(message, Fate.Rejected, Problems.UnknownOriginal(message.Source, originalId));
            if (await keys.Find(originalEntryId, cancellation) is not { Value: var original }) return unknown;
            var claim = original.Claim is null ? null : await store.Read<Claim>(original.Claim, Claim.Id, cancellation);
            var memberId = original.MemberId ?? claim?.Value.Owner;
            if (memberId is null && await store.Read<Parked>(original.Partition, originalEntryId, cancellation) is null) return unknown;
            if (await keys.Take(message, memberId is { } owner ? keys.OfMember(owner) : keys.OfClaim(original.Partition), cancellation)
                is { } before)
                return before;
            if (memberId is null && await parking.ParkFollowUp(original.Partition, message, cancellation) is { } parked) return parked;
            if (memberId is null) return Retry.Again;
            // Where the customer registered at this moment, the transaction is on its way into the ledger.
            if (claim?.Value.FinishDue is not null) await parking.HandOver(original.Partition, cancellation);
            return await booking.FollowUp(memberId.Value, message, cancellation);
        }, cancellation);
    }

    private async Task<Receipt> Answer(Asked message, CancellationToken cancellation)
    {
        await handlers.First(one => one.Type == message.Type).Handle(message, cancellation);
        return new Receipt(message, Fate.Answered);
    }

    /// <summary>What cannot be read now and may be later, as it stands: a dealer is added, time passes, a key is given a further
    /// source.</summary>
    private static bool MayPass(string code) => code is "unknown-dealer" or "future-date" or "foreign-source" or "foreign-dealer";

    private async Task<Receipt> Reject(string raw, Incoming? message, string? sentWith, Problem problem, CancellationToken cancellation)
    {
        var (source, id) = message is null ? TransactionReader.KeyOf(raw) : (message.Source, message.Id);
        await rejections.Add(raw, source, id, sentWith, problem, cancellation, mayPass: message is not null || MayPass(problem.Code));
        return new Receipt(message, Fate.Rejected, problem);
    }
}
