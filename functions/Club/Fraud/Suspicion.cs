using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;
using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Fraud;

/// <summary>待核查 → 已排除 or 已认定, or 已作罢.</summary>
[JsonConverter(typeof(CamelCaseEnum<SuspicionState>))]
public enum SuspicionState
{
    Open, Cleared, Confirmed,

    /// <summary>She was forgotten before anybody had decided.</summary>
    Dropped,
}

/// <summary>What one check found.</summary>
/// <param name="Check">Its id in the rule book.</param>
public sealed record Finding(string Check, CheckKind Kind, CheckSeverity Severity)
{
    /// <summary>What the bill says: kilometres, the number of the bill, or how many are in the circle.</summary>
    public int? Now { get; init; }

    /// <summary>What it should go with: kilometres of another day, the most bills, or those that are usual.</summary>
    public int? Known { get; init; }

    /// <summary>That day.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The other dealer, or the one that has so many.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>Of a circle: the members, each named by the one before, and the first by the last.</summary>
    public IReadOnlyList<MemberId>? Circle { get; init; }
}

/// <summary>A bill in doubt, kept with the member for whom it came until somebody has decided.</summary>
public sealed record Suspicion : IStored<Suspicion>
{
    public const string WhenIndex = "suspicion", StateIndex = "suspicionState", MemberIndex = "ownSuspicion",
        DealerIndex = "suspicionDealer";

    /// <summary>Begins with the member, so that one read finds it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required SuspicionState State { get; init; }

    /// <summary>The severest of what was found: what became of the bill.</summary>
    public required CheckSeverity Severity { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The entry that the bill made, or would have made.</summary>
    public required string EntryId { get; init; }
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public DealerId? DealerId { get; init; }

    /// <summary>When the bill was made.</summary>
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Of a refused bill: where it waits.</summary>
    public string? RejectionId { get; init; }

    /// <summary>The partition of the vehicle's log.</summary>
    public string? Vehicle { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public ActingPerson? DecidedBy { get; init; }

    /// <summary>Why it was decided so; null once the person is forgotten.</summary>
    public string? Reason { get; init; }

    public static string IdOf(MemberId memberId, string entryId) => OwnedId.Of(memberId, "suspicion", entryId);

    static string IStored<Suspicion>.DocumentType => "suspicion";
    static JsonTypeInfo<Suspicion> IStored<Suspicion>.JsonType => FraudDocuments.Default.Suspicion;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Reason is not null;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            List<IndexKey> keys = [new(WhenIndex, IndexKeys.Latest(FoundAt)), new(StateIndex, $"{State}"),
                new(MemberIndex, IndexKeys.Latest(FoundAt))];
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            return new IndexKeys(keys);
        }
    }
}
