using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Care;

/// <summary>待寄 → 已寄 → 退回, 已终止 or 已过期.</summary>
[JsonConverter(typeof(CamelCaseEnum<LetterState>))]
public enum LetterState
{
    /// <summary>She is to be written to.</summary>
    Open,

    /// <summary>It is in the post.</summary>
    Sent,

    /// <summary>It came back; the next channel has its turn.</summary>
    Returned,

    /// <summary>It is not to be written any more.</summary>
    Stopped,

    /// <summary>Its time is over.</summary>
    Lapsed,
}

/// <summary>What became of a letter.</summary>
[JsonConverter(typeof(CamelCaseEnum<LetterResult>))]
public enum LetterResult { Sent, Returned, Stopped }

public sealed record LetterOutcome(DateTimeOffset At, string Author, LetterResult Result);

/// <summary>That a member is to be written to by post on an occasion. The address stands in her profile alone.</summary>
public sealed record CareLetter : IStored<CareLetter>
{
    public const string Document = "letter", MemberIndex = "ownLetter", OccasionIndex = "letterOccasion", DayIndex = "letterDay",
        StateIndex = "letterState", DealerIndex = "letterDealer";

    /// <summary>Begins with the member for whom it was planned, so that one read finds it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>Whose members' list it is on: her branch; null: headquarters'.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>What it is about, as messages name it, without the days before.</summary>
    public required string Occasion { get; init; }
    public required LetterState State { get; init; }

    /// <summary>What it says; empty once it has lapsed.</summary>
    public required string Text { get; init; }

    /// <summary>The day on which it was planned, or on which something became of it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The last day on which it makes sense.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The channels that follow when it comes back; null: none.</summary>
    public string? Then { get; init; }
    public IReadOnlyList<LetterOutcome> Outcomes { get; init; } = [];

    /// <summary>The day on which it lapses, and then the one on which its text goes.</summary>
    public DateOnly? ForgetOn { get; init; }

    static string IStored<CareLetter>.DocumentType => Document;
    static JsonTypeInfo<CareLetter> IStored<CareLetter>.JsonType => CareDocuments.Default.CareLetter;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Text.Length > 0;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(6)
            {
                new(MemberIndex, Id), new(OccasionIndex, Occasion), new(DayIndex, IndexKeys.Date(On)), new(StateIndex, $"{State}"),
            };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            if (ForgetOn is { } day) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(day)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
