using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;

namespace Club.Transactions;

/// <summary>
/// Takes idempotency keys. A crash between a key and its entry leaves a key that the redelivered message takes up; one that nothing came of
/// for an hour, or that was taken for nobody, is free again.
/// </summary>
public sealed class MessageKeys(IClubStore store, ClubCalendar calendar)
{
    /// <summary>Longer than any writer needs from the key to the entry.</summary>
    private static readonly TimeSpan Void = TimeSpan.FromHours(1);

    /// <param name="owner">The member, or the claim of a customer who is not known yet.</param>
    /// <returns>Null when the key is the owner's: book it, or park it. Otherwise what it was used for before: by the same person a repeat,
    /// by another one refused.</returns>
    public async Task<Receipt?> Take(Incoming message, MessageKey owner, CancellationToken cancellation) =>
        await store.Commit(message.EntryId, [owner.ToCreate()], cancellation) is CommitResult.Written
            ? null
            : await TakeAgain(message, owner, cancellation);

    private Task<Receipt?> TakeAgain(Incoming message, MessageKey owner, CancellationToken cancellation) =>
        Retry.UntilDone<Receipt?>("The key of a message", async () =>
    {
        if (await Find(message.EntryId, cancellation) is not { } taken)
            return await store.Commit(message.EntryId, [owner.ToCreate()], cancellation) is CommitResult.Written ? (Receipt?)null
                : Retry.Again;
        var isOwn = taken.Value.Partition == owner.Partition;
        var (holder, mine) = isOwn ? (owner.Partition, owner.Partition)
            : (await PersonOf(taken.Value, cancellation), await PersonOf(owner, cancellation));
        var before = await store.Read(taken.Value.Partition, message.EntryId, cancellation)
            ?? (holder == taken.Value.Partition ? null : await store.Read(holder, message.EntryId, cancellation));
        if (holder == mine)
            return before is null || before.Type == "parked" && before.Partition != mine ? null
                : Booking.Repeat(ContentOf(before), message);
        if (before is not null || !await IsVoid(taken.Value, holder, cancellation))
            return new Receipt(message, Fate.Rejected, Problems.OtherContent(message));
        return await store.Commit(message.EntryId, [owner.ToReplace(taken.ETag)], cancellation) is CommitResult.Written ? (Receipt?)null
            : Retry.Again;
    }, cancellation);

    /// <summary>
    /// Gives a key that was taken for a claim to the member who has the claim, before what waited is booked for her: the claim may become
    /// another's, what was booked does not.
    /// </summary>
    /// <returns>Whose it is: whoever came first keeps it.</returns>
    public Task<MemberId> Give(string entryId, MemberId memberId, CancellationToken cancellation) =>
        Retry.UntilDone<MemberId>("The key of a message", async () =>
    {
        var taken = await Find(entryId, cancellation);
        if (taken?.Value.MemberId is { } owner) return owner;
        return await store.Commit(entryId, [OfMember(memberId).ToWrite(taken?.ETag)], cancellation) is CommitResult.Written ? memberId
            : Retry.Again;
    }, cancellation);

    /// <summary>A key for a member.</summary>
    public MessageKey OfMember(MemberId memberId) => new() { MemberId = memberId, TakenAt = calendar.Now };

    /// <summary>A key for whoever will claim an identity.</summary>
    public MessageKey OfClaim(string partition) => new() { Claim = partition, TakenAt = calendar.Now };

    /// <summary>Whose a key is; null when no message came with it.</summary>
    public ValueTask<Stored<MessageKey>?> Find(string entryId, CancellationToken cancellation) =>
        store.Read<MessageKey>(entryId, MessageKey.Id, cancellation);

    /// <summary>The member whom a key belongs to by now, merges and registrations included, or the claim that is still nobody's.</summary>
    public async ValueTask<string> PersonOf(MessageKey key, CancellationToken cancellation)
    {
        var memberId = key.MemberId ?? (await store.Read<Claim>(key.Claim!, Claim.Id, cancellation))?.Value.Owner;
        if (memberId is null) return key.Claim!;
        for (var signpost = 0; signpost < MemberLedger.MostSignposts; signpost++)
        {
            if ((await store.Read<Account>(memberId, Account.Id, cancellation))?.Value.MergedInto is not { } survivor) return memberId;
            memberId = survivor;
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    private async Task<bool> IsVoid(MessageKey key, string holder, CancellationToken cancellation) =>
        key.TakenAt + Void < calendar.Now
        || key.MemberId is not null && await store.Read(holder, Account.Id, cancellation) is null
            && await store.Read(holder, Profile.Id, cancellation) is null;

    private static string? ContentOf(Document document) =>
        document.Type == "parked" ? document.As<Parked>().ContentHash : document.As<Entry>().ContentHash;
}
