using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Outgoing;

/// <summary>An event that waits, by the document that tells it.</summary>
public sealed record Waiting(string EventId, string Document);

/// <summary>
/// Events of one member that wait because one before them was not taken, in their order. There may be several of a member, by their
/// numbers;
/// the first is the one that is due.
/// </summary>
public sealed record Parcel : IStored<Parcel>
{
    public const string DueIndex = "ownParcelDue", MemberIndex = "ownParcel";

    /// <summary>So many events lie in one document.</summary>
    public const int Most = 500;

    /// <summary>Whose documents they are: the member's partition.</summary>
    public required string Member { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }
    public required IReadOnlyList<Waiting> Events { get; init; }

    /// <summary>How often the first event was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>When the first event was first sent.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>When it is sent next; null: when those before it are gone.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What the receiver answered last; 0: nothing.</summary>
    public int Status { get; init; }

    public static string IdOf(string member, int number) => string.Create(CultureInfo.InvariantCulture, $"parcel:{member}:{number:D6}");

    static string IStored<Parcel>.DocumentType => "eventParcel";
    static JsonTypeInfo<Parcel> IStored<Parcel>.JsonType => OutgoingDocuments.Default.Parcel;
    [JsonIgnore] public string DocumentId => IdOf(Member, Number);

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(3) { new(Subscription.PartIndex, DocumentId), new(MemberIndex, DocumentId) };
            if (DueAt is { } due) keys.Add(new IndexKey(DueIndex, IndexKeys.Moment(due)));
            return new IndexKeys(keys);
        }
    }
}

/// <summary>An event that was given up: staff may have it sent again. It goes after a while.</summary>
public sealed record DeadEvent : IStored<DeadEvent>
{
    public const string LatestIndex = "ownDeadEvent";

    /// <summary>How many days it is kept.</summary>
    public const int Days = 30;

    public required string SubscriptionId { get; init; }
    public required string EventId { get; init; }

    /// <summary>Where the document lies that tells it.</summary>
    public required string Member { get; init; }
    public required string Document { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int Attempts { get; init; }
    public required int Status { get; init; }
    public required DateOnly ForgetOn { get; init; }

    public static string IdOf(string eventId) => $"dead:{eventId}";

    static string IStored<DeadEvent>.DocumentType => "deadEvent";
    static JsonTypeInfo<DeadEvent> IStored<DeadEvent>.JsonType => OutgoingDocuments.Default.DeadEvent;
    [JsonIgnore] public string DocumentId => IdOf(EventId);

    [JsonIgnore]
    public IndexKeys Index => new([new(Subscription.PartIndex, DocumentId), new(LatestIndex, IndexKeys.Latest(At)),
        new(Store.DueIndex.Forget, IndexKeys.Date(ForgetOn))], Ids.Bucket(Subscription.PartitionOf(SubscriptionId)));
}
