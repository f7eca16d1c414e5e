using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>受理 → 处理中 → 已解决 → 已关闭; a solved one that was not is open again.</summary>
[JsonConverter(typeof(CamelCaseEnum<ComplaintState>))]
public enum ComplaintState { Open, InProgress, Resolved, Closed }

/// <summary>One step of following a complaint up.</summary>
/// <param name="Text">Empty once it has lapsed.</param>
public sealed record ComplaintNote(DateTimeOffset At, string Author, ComplaintState State, string Text);

/// <summary>What a member complains of 投诉, who follows it up, and until when.</summary>
public sealed record Complaint : IStored<Complaint>
{
    public const string OpenIndex = "complaint", DealerIndex = "complaintDealer", OwnerIndex = "complaintOwner",
        StateIndex = "complaintState", MemberIndex = "ownComplaint";

    /// <summary>So many steps are enough to look at; what goes on beyond them is another complaint.</summary>
    public const int MostNotes = 100;

    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>The dealer of whom or with whom it is; null: headquarters.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>In a few words; empty once it has lapsed.</summary>
    public required string Subject { get; init; }
    public string? Channel { get; init; }
    public required ComplaintState State { get; init; }

    /// <summary>Who follows it up.</summary>
    public required string Owner { get; init; }

    /// <summary>The last day on which it should be solved.</summary>
    public required DateOnly DueOn { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required string OpenedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The business date on which it was closed; null: it is open, or its texts have gone.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>When the member was asked whether all is well, or it was found that she is not to be: once, however often it is
    /// closed.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>It was opened again after that, and nobody asks any more.</summary>
    public bool? IsAskingOver { get; init; }
    public IReadOnlyList<ComplaintNote> Notes { get; init; } = [];

    /// <summary>A digest of what it was opened with, where the caller gave a key.</summary>
    public string? Content { get; init; }

    /// <summary>How often its owner was reminded that it is overdue.</summary>
    public int Reminders { get; init; }

    /// <summary>The next day on which the owner is reminded; null when nobody has to be.</summary>
    public DateOnly? RemindOn { get; init; }

    /// <summary>The day on which its texts go.</summary>
    public DateOnly? ForgetOn { get; init; }

    [JsonIgnore] public bool IsOpen => State is ComplaintState.Open or ComplaintState.InProgress;

    /// <summary>What is left when its texts were kept long enough.</summary>
    public Complaint Forgotten() => this with
    {
        Subject = "", Notes = [.. Notes.Select(note => note with { Text = "" })], ForgetOn = null, ClosedOn = null,
        IsAskingOver = AskedOn is null ? null : true,
    };

    static string IStored<Complaint>.DocumentType => "complaint";
    static JsonTypeInfo<Complaint> IStored<Complaint>.JsonType => MembersDocuments.Default.Complaint;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Subject.Length > 0 || Notes.Any(note => note.Text.Length > 0);

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var when = IndexKeys.Latest(OpenedAt);
            var keys = new List<IndexKey>(7) { new(OpenIndex, when), new(MemberIndex, when), new(OwnerIndex, Owner), new(StateIndex, $"{State}") };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            if (RemindOn is { } day) keys.Add(new IndexKey(DueIndex.Complaint, IndexKeys.Date(day)));
            if (AskedOn is null && ClosedOn is { } closed) keys.Add(new IndexKey(DueIndex.ComplaintCare, IndexKeys.Date(closed)));
            else if (AskedOn is { } asked && ClosedOn is null && IsAskingOver is null)
                keys.Add(new IndexKey(DueIndex.ComplaintCare, IndexKeys.Date(asked.AddYears(-1))));
            if (ForgetOn is { } last) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(last)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
