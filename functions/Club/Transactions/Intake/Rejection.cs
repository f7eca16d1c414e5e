using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Transactions;

[JsonConverter(typeof(CamelCaseEnum<RejectionState>))]
public enum RejectionState { Open, Replayed, Lapsed }

/// <summary>A message that could not be booked, kept with the reason, to be looked at and replayed. Its text lapses some day; what is known
/// of it stays.</summary>
public sealed record Rejection : IStored<Rejection>
{
    public const string RejectedIndex = "rejected";

    /// <summary>Has whatever still tells of a person, replayed or not.</summary>
    public const string EveryIndex = "rejection";

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

    /// <summary>The text as it came, or its beginning where <see cref="IsCut"/>; null once it has lapsed.</summary>
    public string? Raw { get; init; }

    /// <summary>Only the beginning is kept: it was too long, and would never be booked as it stands.</summary>
    public bool IsCut { get; init; }

    /// <summary>The day on which the text goes; null once it has gone.</summary>
    public DateOnly? ForgetOn { get; init; }

    static string IStored<Rejection>.DocumentType => "rejection";
    static JsonTypeInfo<Rejection> IStored<Rejection>.JsonType => TransactionsDocuments.Default.Rejection;
    [JsonIgnore] public string DocumentId => "rejection";

    /// <summary>What is wrong may quote what somebody is known by, as the text itself does.</summary>
    [JsonIgnore] public bool IsPersonal => Raw is not null || Message.Length > 0;

    /// <summary>What is left when whom it is about is forgotten.</summary>
    public Rejection Erased() => this with { State = RejectionState.Lapsed, Raw = null, Message = "", ForgetOn = null, RetryUntil = null,
        KeyIsDue = true };

    /// <summary>Whom it was about is forgotten, and the key under which it was kept is still to go.</summary>
    public bool? KeyIsDue { get; init; }

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(4);
            if (IsPersonal || KeyIsDue is true) keys.Add(new IndexKey(EveryIndex, IndexKeys.Moment(ReceivedAt)));
            if (State is RejectionState.Open or RejectionState.Lapsed) keys.Add(new IndexKey(RejectedIndex, IndexKeys.Moment(ReceivedAt)));
            if (ForgetOn is { } day) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(day)));
            if (State == RejectionState.Open && RetryUntil is not null)
                keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(DateOnly.FromDateTime(ReceivedAt.UtcDateTime))));
            return new IndexKeys(keys, Ids.Bucket(Id));
        }
    }

    /// <summary>Why it cannot be handled again; null when it can.</summary>
    [JsonIgnore]
    public Problem? Unrepeatable =>
        Raw is null ? new Problem("rejection-lapsed",
            $"The text of rejection {Id} has lapsed; have its sender send the message again.") { Kind = ProblemKind.Conflict }
        : IsCut ? new Problem("rejection-cut",
            $"Of the message of rejection {Id} only the beginning is kept: it was too long, and wrong as it stands.") { Kind =
            ProblemKind.Conflict }
        : null;
}
