using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>What the sign-ups of one activity come to.</summary>
public sealed record ActivityTally : IStored<ActivityTally>
{
    /// <summary>Its code.</summary>
    public required string Activity { get; init; }
    public int SignedUp { get; init; }
    public int Cancelled { get; init; }
    public int Attended { get; init; }

    /// <summary>Whom those who came brought.</summary>
    public int Guests { get; init; }

    /// <summary>How many who came said what they thought, and the sum of it.</summary>
    public int Ratings { get; init; }
    public int RatingSum { get; init; }

    /// <summary>What coming earned, by wallet.</summary>
    public IReadOnlyList<Earned> Points { get; init; } = [];

    /// <param name="times">1, or -1 for what is counted no more.</param>
    public ActivityTally Plus(SignUpShare share, int times) => this with
    {
        SignedUp = SignedUp + (share.State == SignUpState.SignedUp ? times : 0),
        Cancelled = Cancelled + (share.State == SignUpState.Cancelled ? times : 0),
        Attended = Attended + (share.State == SignUpState.Attended ? times : 0),
        Guests = Guests + times * share.Guests,
        Ratings = Ratings + (share.Rating is null ? 0 : times),
        RatingSum = RatingSum + times * (share.Rating ?? 0),
        Points = [.. Points.Concat(share.Points.Select(one => one with { Points = times < 0 ? -one.Points : one.Points }))
            .GroupBy(one => one.Wallet).OrderBy(wallet => wallet.Key.Value, StringComparer.Ordinal)
            .Select(wallet => new Earned(wallet.Key, wallet.Sum(one => one.Points))).Where(sum => !sum.Points.IsZero)],
    };

    public static string IdOf(string activity) => $"a:{activity}";

    static string IStored<ActivityTally>.DocumentType => "activityTally";
    static JsonTypeInfo<ActivityTally> IStored<ActivityTally>.JsonType => ActivitiesDocuments.Default.ActivityTally;
    [JsonIgnore] public string DocumentId => IdOf(Activity);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}

/// <summary>What of one sign-up is counted. Whom she brought, what she thought and what it earned count once she came.</summary>
public sealed record SignUpShare(SignUpState State, int Guests, int? Rating, IReadOnlyList<Earned> Points)
{
    /// <returns>Null: nothing of it.</returns>
    public static SignUpShare? Of(SignUp one) => one.IsHidden ? null
        : one.State == SignUpState.Attended ? new(one.State, one.Guests, one.Feedback?.Rating, one.Points)
        : new(one.State, 0, null, []);

    public bool IsLike(SignUpShare? other) => other is not null && State == other.State && Guests == other.Guests && Rating == other.Rating
        && Points.SequenceEqual(other.Points);
}

/// <summary>Where the sign-ups of a member are counted: what is told again changes nothing.</summary>
public sealed record SignUpPlaces : IStored<SignUpPlaces>
{
    public required MemberId MemberId { get; init; }

    /// <summary>By the activity's code.</summary>
    public IReadOnlyDictionary<string, SignUpShare> Counted { get; init; } = new Dictionary<string, SignUpShare>();

    /// <summary>Found to be another member, to whom her sign-ups went.</summary>
    public bool? Merged { get; init; }

    public static string IdOf(MemberId memberId) => $"m:{memberId}";

    static string IStored<SignUpPlaces>.DocumentType => "signUpPlaces";
    static JsonTypeInfo<SignUpPlaces> IStored<SignUpPlaces>.JsonType => ActivitiesDocuments.Default.SignUpPlaces;
    [JsonIgnore] public string DocumentId => IdOf(MemberId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
