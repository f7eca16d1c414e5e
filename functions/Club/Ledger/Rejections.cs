using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Ledger;

[JsonConverter(typeof(CamelCaseEnum<RejectionState>))]
public enum RejectionState { Open, Replayed }

/// <summary>A message that could not be booked, kept whole with the reason, to be looked at and replayed.</summary>
public sealed record Rejection : IStored<Rejection>
{
    public const string RejectedIndex = "rejected";

    public required string Id { get; init; }
    public required RejectionState State { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }
    public string? Path { get; init; }
    public string? Source { get; init; }
    public string? SourceId { get; init; }

    /// <summary>The name of the queue key with which it was sent.</summary>
    public string? SentWith { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>Set while the club itself tries again, as with a reversal that came before its transaction.</summary>
    public DateOnly? RetryUntil { get; init; }

    /// <summary>Who let it give more than a message gives by itself.</summary>
    public Approval? Approval { get; init; }
    public required string Raw { get; init; }

    static string IStored<Rejection>.DocumentType => "rejection";
    static JsonTypeInfo<Rejection> IStored<Rejection>.JsonType => ClubDocuments.Shared.Rejection;
    [JsonIgnore] public string DocumentId => "rejection";

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var listed = new IndexKey(RejectedIndex, IndexKeys.Moment(ReceivedAt));
            return State == RejectionState.Open && RetryUntil is not null
                ? new([listed, new("dueFinish", IndexKeys.Date(DateOnly.FromDateTime(ReceivedAt.UtcDateTime)))], Ids.Bucket(Id))
                : State == RejectionState.Open ? new([listed]) : IndexKeys.None;
        }
    }
}

/// <summary>The one place where refused messages are kept. Telling the same refusal twice keeps it once.</summary>
public sealed partial class Rejections(IClubStore store, ClubCalendar calendar, ILogger<Rejections> logger)
{
    private const int RetryDays = 7;

    /// <summary>Keeps a refused message. One that was refused before, of the same sender, is one rejection still, with the reason of the last time.</summary>
    public async Task Add(string raw, string? source, string? sourceId, string? sentWith, Problem problem, CancellationToken cancellation)
    {
        var id = Ids.Derived("R", raw, sentWith);
        var rejection = Told(New(id, raw, source, sourceId, sentWith), problem);
        if (await store.Commit(id, [rejection.ToCreate()], cancellation) is CommitResult.Written)
        {
            Note(rejection);
            return;
        }
        while (await Find(id, cancellation) is { } before && Told(before.Value, problem) is var after && after != before.Value)
        {
            if (await store.Commit(id, [after.ToReplace(before.ETag)], cancellation) is not CommitResult.Written) continue;
            Note(after);
            return;
        }
    }

    private void Note(Rejection rejection)
    {
        Telemetry.Rejections.Add(1, new KeyValuePair<string, object?>("code", rejection.Code));
        Log.Rejected(logger, rejection.Id, rejection.Code, rejection.Path);
    }

    public ValueTask<Stored<Rejection>?> Find(string id, CancellationToken cancellation) => store.Read<Rejection>(id, "rejection", cancellation);

    /// <summary>Notes who approved a message that waits for it. The first approval counts.</summary>
    public async Task<Outcome<Stored<Rejection>>> Approve(string id, Approval approval, CancellationToken cancellation)
    {
        while (await Find(id, cancellation) is { } rejection)
        {
            if (rejection.Value.Code != Problems.AwaitsApproval) return new Problem("not-awaiting-approval", $"Rejection {id} is {rejection.Value.Code}: nothing of it waits for approval.");
            if (rejection.Value.Approval is not null) return rejection;
            await store.Commit(id, [(rejection.Value with { Approval = approval }).ToReplace(rejection.ETag)], cancellation);
        }
        return Problems.NotFound($"Rejection \"{id}\"");
    }

    /// <summary>Notes how a replay went: done, or refused again, of which <see cref="Add"/> was told and which ends the club's own tries some day.</summary>
    public async Task Settle(string id, Receipt receipt, CancellationToken cancellation)
    {
        while (await Find(id, cancellation) is { } rejection)
        {
            var after = receipt.Fate == Fate.Rejected
                ? Told(rejection.Value, receipt.Problem!) with { RetryUntil = rejection.Value.RetryUntil > calendar.Today ? rejection.Value.RetryUntil : null }
                : rejection.Value with { State = RejectionState.Replayed, ReplayedAt = calendar.Now };
            if (after == rejection.Value || await store.Commit(id, [after.ToReplace(rejection.ETag)], cancellation) is CommitResult.Written) return;
        }
    }

    private Rejection New(string id, string raw, string? source, string? sourceId, string? sentWith) => new()
    {
        Id = id,
        State = RejectionState.Replayed,
        Code = "",
        Message = "",
        Source = source,
        SourceId = sourceId,
        SentWith = sentWith,
        ReceivedAt = calendar.Now,
        Raw = raw,
    };

    private Rejection Told(Rejection before, Problem problem) => before with
    {
        State = RejectionState.Open,
        ReplayedAt = null,
        Code = problem.Code,
        Message = problem.Message,
        Path = problem.Path,
        RetryUntil = problem.Code == "unknown-original" && before.Code != problem.Code ? calendar.Today.AddDays(RetryDays) : before.RetryUntil,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Message refused as {RejectionId}: {Code} at {Path}.")]
        public static partial void Rejected(ILogger logger, string rejectionId, string code, string? path);
    }
}
