using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Transactions;

/// <summary>A transaction that waits for its customer to register.</summary>
public sealed record Parked : IStored<Parked>
{
    public const string ParkedIndex = "parked";

    /// <summary>The id of the ledger entry it will become.</summary>
    public required string Id { get; init; }
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The kind of identity it waits for.</summary>
    public required string WaitsFor { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>The name of the queue key with which it was sent.</summary>
    public string? SentWith { get; init; }
    public required string Message { get; init; }

    /// <summary>The day on which it waits no longer.</summary>
    public DateOnly? ForgetOn { get; init; }

    static string IStored<Parked>.DocumentType => "parked";
    static JsonTypeInfo<Parked> IStored<Parked>.JsonType => TransactionsDocuments.Default.Parked;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => true;

    [JsonIgnore]
    public IndexKeys Index => new([new(ParkedIndex, IndexKeys.Moment(ReceivedAt)),
        .. ForgetOn is { } day ? [new IndexKey(DueIndex.Forget, IndexKeys.Date(day))] : (IndexKey[])[]], Ids.Bucket(Id));
}

/// <summary>Keeps transactions of unknown customers beside the claim of their identity and hands them over once it is taken.</summary>
public sealed class Parking(IClubStore store, Claims claims, MessageKeys keys, ParkedKeys sealing, Membership membership,
    Booking booking, ProgrammeLibrary library, TransactionReader reader, Rejections rejections, ClubCalendar calendar,
    IOptions<RetentionOptions> retention)
{
    /// <summary>More than this many are left to the work queue: the answer to a call must not wait for them.</summary>
    public const int HandedOverAtOnce = 100;

    /// <summary>The most that one message of the work queue hands over.</summary>
    public const int MostAtOnce = 1000;

    private const string FollowsReversal = "reversal", FollowsConfirmation = "confirmation";
    private const int HandedOverPerCommit = 40;

    /// <returns>Null when the identity was claimed meanwhile: book it.</returns>
    public Task<Receipt?> Park(FoundClaim found, Incoming.Recorded message, CancellationToken cancellation) =>
        Park(found.Partition, found.Claim, JsonNamingPolicy.CamelCase.ConvertName($"{found.Identity.Kind}"), message,
            message.Transaction.At, cancellation);

    /// <summary>Parks what follows up on a parked transaction beside it.</summary>
    public async Task<Receipt?> ParkFollowUp(string partition, Incoming message, CancellationToken cancellation)
    {
        var (waitsFor, at) = message switch
        {
            Incoming.Returned returned => (FollowsReversal, returned.Reversal.At),
            Incoming.Confirmed confirmed => (FollowsConfirmation, confirmed.Confirmation.At),
            _ => throw new InvalidOperationException("Only reversals and confirmations follow up."),
        };
        return await Park(partition, await store.Read<Claim>(partition, Claim.Id, cancellation), waitsFor, message, at, cancellation);
    }

    private async Task<Receipt?> Park(string partition, Stored<Claim>? claim, string waitsFor, Incoming message, DateTimeOffset at,
        CancellationToken cancellation)
    {
        var parked = new Parked
        {
            Id = message.EntryId,
            Source = message.Source,
            SourceId = message.Id,
            At = at,
            ReceivedAt = calendar.Now,
            WaitsFor = waitsFor,
            ContentHash = message.ContentHash,
            SentWith = message.SentWith,
            Message = message.Raw,
            ForgetOn = calendar.Today.AddDays(retention.Value.ParkedDays),
        };
        return await Retry.UntilDone<Receipt?>("A claim", async () =>
        {
            if (claim?.Value.Owner is not null) return (Receipt?)null;
            if (claim?.Value.KeyIsDue is true)
            {
                await sealing.Drop(partition, cancellation);
                claim = await store.Read<Claim>(partition, Claim.Id, cancellation);
                return Retry.Again;
            }
            var waiting = claim?.Value ?? new Claim { Partition = partition };
            var result = await store.Commit(partition,
                [parked.ToCreate(), (waiting with { Parked = waiting.Parked + 1 }).ToWrite(claim?.ETag)], cancellation);
            if (result is CommitResult.Written)
            {
                Telemetry.Parked.Add(1);
                return new Receipt(message, Fate.Parked);
            }
            if (result is CommitResult.Exists exists && exists.Ids.Contains(parked.Id)
                && await store.Read<Parked>(partition, parked.Id, cancellation) is { } before)
                return Booking.Repeat(before.Value.ContentHash, message);
            claim = await store.Read<Claim>(partition, Claim.Id, cancellation);
            return Retry.Again;
        }, cancellation);
    }

    /// <summary>Looks whether the phone or card that a sender told beside a VIN leads to the member who typed it: then what waits is
    /// hers.</summary>
    /// <returns>The claim as it is now.</returns>
    public async Task<FoundClaim> Confirm(FoundClaim vin, PersonIdentity? holder, CancellationToken cancellation)
    {
        if (holder is not { } known || await PersonOf((await claims.Find(known, cancellation)).MemberId, cancellation) is not { } person
            || person != await PersonOf(vin.MemberId, cancellation)) return vin;
        return await claims.Confirm(vin, cancellation);
    }

    /// <summary>The same, by what was parked with a phone or a card.</summary>
    public async Task ConfirmByWaiting(PersonIdentity vin, CancellationToken cancellation)
    {
        var found = await claims.Find(vin, cancellation);
        if (found.Claim is not { Value.Unconfirmed: true }) return;
        var rules = await library.Now(cancellation);
        await foreach (var document in store.FindAll(
            new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Partition: found.Partition, Limit: 500), cancellation))
            if (Read(document.As<Parked>(), rules) is { Problem: null, Value: Incoming.Recorded { Member.Holder: { } holder } }
                && (await Confirm(found, holder, cancellation)).Owner is not null)
                return;
    }

    private async ValueTask<MemberId?> PersonOf(MemberId? memberId, CancellationToken cancellation) =>
        memberId is { } known ? (await membership.Find(known, cancellation))?.MemberId : null;

    public Task<bool> HandOver(PersonIdentity identity, CancellationToken cancellation) =>
        HandOver(claims.PartitionOf(identity), cancellation);

    public Task<bool> HandOver(string partition, CancellationToken cancellation) => HandOver(partition, int.MaxValue, cancellation);

    /// <summary>
    /// Books what was parked under a claim that is now taken: all transactions first, then what follows up on them, in the order in which
    /// they came. Safe to repeat: a booked one is a duplicate, then it is removed.
    /// </summary>
    /// <param name="most">No more than these; with more, the rest waits for the next call.</param>
    /// <returns>Whether nothing is left.</returns>
    public Task<bool> HandOver(string partition, int most, CancellationToken cancellation) =>
        Retry.UntilDone<bool>($"What was parked at {partition}", async () =>
    {
        if (await store.Read<Claim>(partition, Claim.Id, cancellation) is not { Value: { Owner: { } memberId, FinishDue: not null } })
            return true;
        var waiting = await Waiting(partition, cancellation);
        foreach (var part in waiting.Take(most).Chunk(HandedOverPerCommit))
            if (!await HandOver(partition, memberId, part, cancellation)) return Retry.Again;
        if (waiting.Count > most) return false;
        return await Close(partition, cancellation) ? true : Retry.Again;
    }, cancellation);

    /// <summary>Only what the order needs is kept: thousands may wait.</summary>
    private sealed record Waits(string Id, bool FollowsUp, DateTimeOffset ReceivedAt);

    private async Task<List<Waits>> Waiting(string partition, CancellationToken cancellation)
    {
        var waiting = new List<Waits>();
        await foreach (var document in store.FindAll(
            new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Partition: partition, Limit: 500), cancellation))
        {
            var parked = document.As<Parked>();
            waiting.Add(new Waits(parked.Id, parked.WaitsFor is FollowsReversal or FollowsConfirmation, parked.ReceivedAt));
        }
        return [.. waiting.OrderBy(one => one.FollowsUp).ThenBy(one => one.ReceivedAt)];
    }

    /// <returns>False when another hand-over came between.</returns>
    private async Task<bool> HandOver(string partition, MemberId memberId, IReadOnlyList<Waits> part, CancellationToken cancellation)
    {
        var parked = new List<Stored<Parked>>(part.Count);
        foreach (var one in part)
            if (await store.Read<Parked>(partition, one.Id, cancellation) is { } stored) parked.Add(stored);
        if (parked.Count == 0) return true;
        await Book(memberId, [.. parked.Select(one => one.Value)], cancellation);
        if (await store.Read<Claim>(partition, Claim.Id, cancellation) is not { } claim) return false;
        var left = Math.Max(0, claim.Value.Parked - parked.Count);
        var after = claim.Value with { Parked = left, FinishDue = left == 0 ? null : claim.Value.FinishDue };
        Write[] writes = [.. parked.Select(one => new Write.Delete(one.Value.Id, one.ETag)), after.ToReplace(claim.ETag)];
        return await store.Commit(partition, writes, cancellation) is CommitResult.Written;
    }

    /// <returns>False when something was parked, or another hand-over came, since it was looked for: the claim may have had another owner
    /// meanwhile, and none.</returns>
    private async Task<bool> Close(string partition, CancellationToken cancellation)
    {
        if (await store.Read<Claim>(partition, Claim.Id, cancellation) is not { Value.FinishDue: not null } claim) return true;
        if (await store.HasParked(partition, cancellation)) return false;
        var done = claim.Value with { Parked = 0, FinishDue = null };
        return await store.Commit(partition, [done.ToReplace(claim.ETag)], cancellation) is CommitResult.Written;
    }

    /// <summary>Transactions are booked together; what follows up, one by one, where its original is.</summary>
    private async Task Book(MemberId memberId, IReadOnlyList<Parked> parked, CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        var read = parked.Select(one => (Parked: one, Read: Read(one, rules))).ToArray();
        var recorded = read.Where(one => one.Read is { Problem: null, Value: Incoming.Recorded })
            .ToDictionary(one => one.Parked.Id, one => one.Parked);
        var owned = await Task.WhenAll(read.Select(one => one.Read).Where(one => one.Succeeded).Select(one => one.Value)
            .OfType<Incoming.Recorded>()
            .Select(async one => (Message: one, Owner: await keys.Give(one.EntryId, memberId, cancellation))));
        foreach (var owner in owned.GroupBy(one => one.Owner, one => one.Message))
            foreach (var receipt in await booking.Book(owner.Key, [.. owner], cancellation))
                await Keep(receipt, recorded[receipt.Message!.EntryId], cancellation);
        foreach (var (one, message) in read.Where(one => !recorded.ContainsKey(one.Parked.Id)))
            await Keep(message.Problem is { } problem ? new Receipt(null, Fate.Rejected, problem)
                : await FollowUp(memberId, message.Value!, cancellation), one, cancellation);
    }

    private async Task<Receipt> FollowUp(MemberId memberId, Incoming message, CancellationToken cancellation)
    {
        var original = message.Original is { } followed ? (await keys.Find(followed.EntryId, cancellation))?.Value.MemberId : null;
        return await booking.FollowUp(await keys.Give(message.EntryId, original ?? memberId, cancellation), message, cancellation);
    }

    private Outcome<Incoming> Read(Parked parked, ProgrammeVersions rules)
    {
        var read = reader.Read(parked.Message, rules);
        return read.Succeeded ? read.Value!.With(parked.SentWith) : read;
    }

    private async Task Keep(Receipt receipt, Parked parked, CancellationToken cancellation)
    {
        if (receipt.Fate == Fate.Rejected)
            await rejections.Add(parked.Message, parked.Source, parked.SourceId, parked.SentWith, receipt.Problem!, cancellation);
    }
}
