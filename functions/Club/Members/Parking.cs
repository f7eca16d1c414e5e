using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

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
    public required string Message { get; init; }

    static string IStored<Parked>.DocumentType => "parked";
    static JsonTypeInfo<Parked> IStored<Parked>.JsonType => ClubDocuments.Shared.Parked;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([new(ParkedIndex, IndexKeys.Moment(ReceivedAt))]);
}

/// <summary>Keeps transactions of unknown customers beside the claim of their identity and hands them over once it is taken.</summary>
public sealed class Parking(IClubStore store, Claims claims, Booking booking, TransactionReader reader, Rejections rejections, ClubCalendar calendar)
{
    private const string FollowsReversal = "reversal", FollowsConfirmation = "confirmation";

    /// <returns>Null when the identity was claimed meanwhile: book it.</returns>
    public Task<Receipt?> Park(FoundClaim found, Incoming.Recorded message, CancellationToken cancellation) =>
        Park(found.Partition, found.Claim, JsonNamingPolicy.CamelCase.ConvertName($"{found.Identity.Kind}"), message, message.Transaction.At, cancellation);

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

    private async Task<Receipt?> Park(string partition, Stored<Claim>? claim, string waitsFor, Incoming message, DateTimeOffset at, CancellationToken cancellation)
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
            Message = message.Raw,
        };
        while (claim?.Value.MemberId is null)
        {
            var waiting = claim?.Value ?? new Claim { Partition = partition };
            var result = await store.Commit(partition, [parked.ToCreate(), (waiting with { Parked = waiting.Parked + 1 }).ToWrite(claim?.ETag)], cancellation);
            if (result is CommitResult.Written)
            {
                Telemetry.Parked.Add(1);
                return new Receipt(message, Fate.Parked);
            }
            if (result is CommitResult.Exists exists && exists.Ids.Contains(parked.Id)
                && await store.Read<Parked>(partition, parked.Id, cancellation) is { } before)
                return Booking.Repeat(before.Value.ContentHash, message);
            claim = await store.Read<Claim>(partition, Claim.Id, cancellation);
        }
        return null;
    }

    public Task HandOver(PersonIdentity identity, CancellationToken cancellation) => HandOver(claims.PartitionOf(identity), cancellation);

    /// <summary>Books what was parked under a claim that is now taken. Safe to repeat: a booked one is a duplicate, then it is removed.</summary>
    public async Task HandOver(string partition, CancellationToken cancellation)
    {
        while (await store.Read<Claim>(partition, Claim.Id, cancellation) is { Value: { MemberId: { } memberId, FinishDue: not null } } claim)
        {
            var page = await store.Find(new IndexQuery(Parked.ParkedIndex, "", IndexQuery.Last, Partition: partition, Limit: 50), cancellation);
            // What follows up comes after its transaction, even when the clock did not tell the two apart.
            var waiting = page.Documents.OrderBy(document => document.As<Parked>().WaitsFor is FollowsReversal or FollowsConfirmation)
                .ThenBy(document => document.As<Parked>().ReceivedAt).ToArray();
            foreach (var document in waiting) await Book(memberId, document.As<Parked>(), cancellation);
            var left = claim.Value.Parked - waiting.Length;
            var after = claim.Value with { Parked = Math.Max(0, left), FinishDue = page.Continuation is null ? null : claim.Value.FinishDue };
            await store.Commit(partition, [.. waiting.Select(document => new Write.Delete(document.Id, document.ETag)), after.ToReplace(claim.ETag)], cancellation);
        }
    }

    private async Task Book(string memberId, Parked parked, CancellationToken cancellation)
    {
        var read = reader.Read(parked.Message);
        var receipt = read.Problem is { } problem ? new Receipt(null, Fate.Rejected, problem) : read.Value switch
        {
            Incoming.Recorded recorded => (await booking.Book(memberId, [recorded], cancellation))[0],
            var followUp => await booking.FollowUp(memberId, followUp!, cancellation),
        };
        if (receipt.Fate == Fate.Rejected) await rejections.Add(parked.Message, parked.Source, parked.SourceId, receipt.Problem!, cancellation);
    }
}
