using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Activities;

/// <summary>已报名 → 已签到 or 已取消.</summary>
[JsonConverter(typeof(CamelCaseEnum<SignUpState>))]
public enum SignUpState
{
    SignedUp, Attended, Cancelled,

    /// <summary>On its way: places are being promised to it, and nobody is told of it.</summary>
    Opening,

    /// <summary>Nothing came of it: what it was promised is given back.</summary>
    Failed,
}

/// <summary>What a member thought of it.</summary>
/// <param name="Rating">1 to 5.</param>
/// <param name="Text">In her own words.</param>
/// <param name="IsOwn">She told it herself: nobody else tells it otherwise.</param>
public sealed record Feedback(int Rating, string? Text, DateTimeOffset At, bool IsOwn = false);

/// <summary>Points that an attendance brought.</summary>
public sealed record Earned(WalletCode Wallet, Points Points);

/// <summary>That a member takes part in an activity 报名: one of each, with her.</summary>
public sealed record SignUp : IStored<SignUp>
{
    public const string Document = "signUp";
    public const string MemberIndex = "ownSignUp", ActivityIndex = "signUp", StateIndex = "signUpState", BranchIndex = "signUpBranch";

    /// <summary>How long a host may take from the promise of places to the sign-up, before the sweep gives them back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public required MemberId MemberId { get; init; }

    /// <summary>By its code.</summary>
    public required string Activity { get; init; }

    /// <summary>Of the activity, as it was called then.</summary>
    public required string Name { get; init; }
    public required SignUpState State { get; init; }

    /// <summary>Whom she brings, besides herself.</summary>
    public int Guests { get; init; }

    /// <summary>The member's own dealer then.</summary>
    public DealerId? Branch { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }

    /// <summary>Under what her places are promised, and under what her points are booked: another each time she signs up anew.</summary>
    public required string Cause { get; init; }

    /// <summary>Promises of places that are to be given back.</summary>
    public IReadOnlyList<string> Loose { get; init; } = [];

    /// <summary>Causes of sign-ups of hers for the same activity that a merge brought along.</summary>
    public IReadOnlyList<string> Joined { get; init; } = [];

    /// <summary>While it is on its way: she had cancelled before.</summary>
    public bool IsAgain { get; init; }

    /// <summary>When she came; null: not yet.</summary>
    public DateTimeOffset? CheckedInAt { get; init; }

    /// <summary>Who let her in: a person, or the QR code.</summary>
    public string? CheckedInBy { get; init; }
    public string? Channel { get; init; }

    /// <summary>Whether what her coming earns is booked.</summary>
    public bool IsBooked { get; init; }
    public IReadOnlyList<Earned> Points { get; init; } = [];

    /// <summary>Why nothing was booked: a code.</summary>
    public string? Reason { get; init; }
    public Feedback? Feedback { get; init; }

    public static string IdOf(string activity) => $"signUp:{activity}";

    /// <summary>What is not for anybody to see.</summary>
    [JsonIgnore] public bool IsHidden => State is SignUpState.Opening or SignUpState.Failed;

    /// <summary>Whether she takes part by it who did not before.</summary>
    public bool Begins(SignUp? before) =>
        State is SignUpState.Opening or SignUpState.SignedUp or SignUpState.Attended
        && (before is null || before.State != State || before.Cause != Cause);

    /// <summary>How many places it takes.</summary>
    [JsonIgnore] public int Places => 1 + Guests;

    static string IStored<SignUp>.DocumentType => Document;
    static JsonTypeInfo<SignUp> IStored<SignUp>.JsonType => ActivitiesDocuments.Default.SignUp;
    [JsonIgnore] public string DocumentId => IdOf(Activity);
    [JsonIgnore] public bool IsPersonal => Feedback?.Text is not null;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(5) { new(MemberIndex, IndexKeys.Latest(At)) };
            if (!IsHidden)
            {
                keys.AddRange([new(ActivityIndex, Activity), new(StateIndex, $"{State}")]);
                if (Branch is { } branch) keys.Add(new IndexKey(BranchIndex, branch));
            }
            if (State == SignUpState.Opening || Loose.Count > 0 || State == SignUpState.Attended && !IsBooked)
                keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(DateOnly.FromDateTime((CheckedInAt ?? At).UtcDateTime))));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
