using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>草稿 → 待批 → 已批 or 驳回 → 报名中 → 已结束 or 已取消.</summary>
[JsonConverter(typeof(CamelCaseEnum<ActivityState>))]
public enum ActivityState { Draft, Requested, Approved, Refused, Open, Closed, Cancelled }

/// <summary>What an activity may cost, who said so, and what it did cost.</summary>
/// <param name="Asked">Zero: it costs nothing, and nobody has to agree.</param>
/// <param name="By">Who asked; null: nobody yet.</param>
/// <param name="DecidedBy">Who agreed or refused.</param>
/// <param name="Spent">Null until it is closed.</param>
public sealed record ActivityBudget(Money Asked, ActingPerson? By = null, DateTimeOffset? RequestedAt = null,
    ActingPerson? DecidedBy = null, DateTimeOffset? DecidedAt = null, string? Refusal = null, Money? Spent = null);

/// <summary>Something that the club, or one dealer, does with members 活动.</summary>
public sealed record ClubActivity : IStored<ClubActivity>
{
    public const string Id = "activity";
    public const string ListIndex = "activity", StateIndex = "activityState", DealerIndex = "activityDealer",
        CheckInIndex = "activityCheckIn";

    /// <summary>Whose it is where no dealer's.</summary>
    public const string Headquarters = "hq";

    /// <summary>Names it to rule books too, as the campaign of what is earned by coming.</summary>
    public required string Code { get; init; }

    /// <summary>As members read it.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of activity, such as a drive or a lecture: rule books may tell them apart by it.</summary>
    public string? Kind { get; init; }
    public string? Place { get; init; }
    public string? Description { get; init; }

    /// <summary>Null: headquarters.</summary>
    public DealerId? DealerId { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>The last moment at which somebody may sign up.</summary>
    public required DateTimeOffset SignUpUntil { get; init; }

    /// <summary>For members and the guests they bring; null: for all who come.</summary>
    public int? Places { get; init; }
    public int GuestsPerMember { get; init; }
    public required ActivityBudget Budget { get; init; }
    public required ActivityState State { get; init; }

    /// <summary>Stands in the QR code at the door, and nowhere else: nobody guesses it.</summary>
    public required string CheckInCode { get; init; }

    /// <summary>To how many members an invitation goes out, or went.</summary>
    public int Invited { get; init; }

    /// <summary>How many were chosen and not written to, by their own wish or for want of a number.</summary>
    public int NotInvited { get; init; }

    /// <summary>Why it was cancelled.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string Author { get; init; }

    public static string PartitionOf(string code) => $"activity:{code}";

    /// <summary>The allotment out of which places are promised.</summary>
    public static string AllotmentOf(string code) => $"activity:{code}";

    /// <summary>The allotment that counts invitations which were planned and did not leave.</summary>
    public static string UnsaidOf(string code) => $"uninvited:{code}";

    /// <summary>What the QR code at the door says.</summary>
    [JsonIgnore] public string Scene => $"a:{CheckInCode}";

    static string IStored<ClubActivity>.DocumentType => Id;
    static JsonTypeInfo<ClubActivity> IStored<ClubActivity>.JsonType => ActivitiesDocuments.Default.ClubActivity;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index => new([new(ListIndex, IndexKeys.Latest(From)), new(StateIndex, $"{State}"),
        new(DealerIndex, DealerId?.Value ?? Headquarters), new(CheckInIndex, CheckInCode)]);
}
