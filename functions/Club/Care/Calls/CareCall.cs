using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Care;

/// <summary>待拨 → 已完成, 已终止 or 已过期.</summary>
[JsonConverter(typeof(CamelCaseEnum<CallState>))]
public enum CallState
{
    /// <summary>She is to be called.</summary>
    Open,

    /// <summary>She was reached, or came by it.</summary>
    Done,

    /// <summary>She is not to be called, or cannot be.</summary>
    Stopped,

    /// <summary>Its time is over.</summary>
    Lapsed,
}

/// <summary>What became of one call.</summary>
[JsonConverter(typeof(CamelCaseEnum<CallResult>))]
public enum CallResult { Reached, NoAnswer, WrongNumber, DoNotCall, Booked }

/// <summary>One call that was made.</summary>
/// <param name="Note">In the caller's words; empty once it has lapsed.</param>
/// <param name="NextOn">The day on which she is to be called again; null: nobody said.</param>
public sealed record CallOutcome(DateTimeOffset At, string Author, CallResult Result, string Note, DateOnly? NextOn);

/// <summary>That a member is to be called on an occasion, because the rule book says so or no message reached her.</summary>
public sealed record CareCall : IStored<CareCall>
{
    public const string Document = "call", MemberIndex = "ownCall", OccasionIndex = "callOccasion", DayIndex = "callDay",
        StateIndex = "callState", DealerIndex = "callDealer",
        AdvisorIndex = "callAdvisor";

    /// <summary>So many calls are enough for one occasion.</summary>
    public const int MostOutcomes = 30;

    /// <summary>Begins with the member for whom it was planned, so that one read finds it.</summary>
    public required string Id { get; init; }
    public required MemberId MemberId { get; init; }

    /// <summary>Whose advisors call: her branch when it was planned; null: headquarters.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>Who of the branch calls; null: whoever comes to it.</summary>
    public string? Advisor { get; init; }

    /// <summary>What it is about, as messages name it, without the days before.</summary>
    public required string Occasion { get; init; }
    public required CallState State { get; init; }

    /// <summary>The day on which she is to be called next, or on which the last call was.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The last day on which it makes sense.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The channels that follow when she cannot be reached; null: none.</summary>
    public string? Then { get; init; }
    public IReadOnlyList<CallOutcome> Outcomes { get; init; } = [];

    /// <summary>The day on which it lapses, and then the one on which its notes go.</summary>
    public DateOnly? ForgetOn { get; init; }

    static string IStored<CareCall>.DocumentType => Document;
    static JsonTypeInfo<CareCall> IStored<CareCall>.JsonType => CareDocuments.Default.CareCall;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Outcomes.Any(outcome => outcome.Note.Length > 0);

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(7)
            {
                new(MemberIndex, Id), new(OccasionIndex, Occasion), new(DayIndex, IndexKeys.Date(On)), new(StateIndex, $"{State}"),
            };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            if (Advisor is { } advisor) keys.Add(new IndexKey(AdvisorIndex, advisor));
            if (ForgetOn is { } day) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(day)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
