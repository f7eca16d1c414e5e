using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Care;

/// <summary>That a member's maintenance is due: from the day on which the care plan spoke of it until she comes.</summary>
public sealed record DueVisit : IStored<DueVisit>
{
    public const string Id = "dueVisit", Document = "dueVisit", DayIndex = "maintenanceDay", DealerIndex = "maintenanceDealer";

    public required MemberId MemberId { get; init; }

    /// <summary>Her branch; null: headquarters.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>The visit after which it is due.</summary>
    public required DateOnly LastVisit { get; init; }

    /// <summary>The last day on which she is not late.</summary>
    public required DateOnly ExpectedBy { get; init; }

    /// <summary>The day on which nobody waits for her any more.</summary>
    public required DateOnly ForgetOn { get; init; }

    static string IStored<DueVisit>.DocumentType => Document;
    static JsonTypeInfo<DueVisit> IStored<DueVisit>.JsonType => CareDocuments.Default.DueVisit;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(3)
            {
                new(DayIndex, IndexKeys.Date(ExpectedBy)), new(DueIndex.Forget, IndexKeys.Date(ForgetOn)),
            };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
