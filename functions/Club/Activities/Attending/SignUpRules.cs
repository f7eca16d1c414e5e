using Club.Earning;
using Club.Kernel;

namespace Club.Activities;

/// <summary>Who takes part in an activity, and what that earns. Pure.</summary>
public static class SignUpRules
{
    /// <summary>The source under which attendance is booked.</summary>
    public const string Source = "/club/activity";

    public const string Category = "activity", GuestCategory = "activity-guest";

    /// <summary>Why nobody can sign up; null when they can.</summary>
    public static Problem? Closed(ClubActivity activity, DateTimeOffset now) =>
        activity.State != ActivityState.Open ? WrongState($"Activity {activity.Code} is {Word(activity)}.")
        : now > activity.SignUpUntil ? WrongState($"Nobody can sign up for {activity.Name} any more.") : null;

    /// <summary>Why nobody can come in; null when they can.</summary>
    public static Problem? NotOn(ClubActivity activity, DateTimeOffset at, ClubCalendar calendar) =>
        activity.State != ActivityState.Open ? WrongState($"Activity {activity.Code} is {Word(activity)}.")
        : PlanRules.IsOn(activity, at, calendar) ? null
        : new Problem("wrong-day", $"{activity.Name} is from {calendar.DateOf(activity.From):yyyy-MM-dd} to {calendar.DateOf(activity.Until):yyyy-MM-dd}.")
        { Kind = ProblemKind.Conflict };

    public static Problem? TooMany(ClubActivity activity, int guests) => guests <= activity.GuestsPerMember ? null
        : new Problem("over-limit", $"$.guests: a member brings at most {activity.GuestsPerMember} to {activity.Name}.", "$.guests")
        {
            Kind = ProblemKind.Conflict, Numbers = new Dictionary<string, decimal> { ["available"] = activity.GuestsPerMember },
        };

    public static Problem NoPlaces(ClubActivity activity, long left) =>
        new("no-places", left == 0 ? $"{activity.Name} is full." : $"{left} places of {activity.Name} are left.")
        {
            Kind = ProblemKind.Conflict, Numbers = new Dictionary<string, decimal> { ["available"] = left },
        };

    /// <summary>Of two of one person the one that went further, or her own; what both had is in it once.</summary>
    /// <param name="own">Null: she had none.</param>
    /// <returns>As it was, where it was joined before.</returns>
    public static SignUp Join(SignUp? own, SignUp brought, MemberId to)
    {
        if (own is null) return brought with { MemberId = to };
        if (own.Cause == brought.Cause || own.Joined.Contains(brought.Cause)) return own;
        var (kept, other) = Rank(brought) > Rank(own) ? (brought, own) : (own, brought);
        return kept with
        {
            MemberId = to, At = own.At < brought.At ? own.At : brought.At, Loose = [.. kept.Loose.Union(other.Loose).Append(other.Cause)],
            Joined = [.. own.Joined.Union(brought.Joined).Append(other.Cause)], Feedback = kept.Feedback ?? other.Feedback,
        };
    }

    /// <summary>Without her words. What was to come does not.</summary>
    public static SignUp Erased(SignUp one) => one with
    {
        Feedback = one.Feedback is { } told ? told with { Text = null } : null,
        State = one.State switch
        {
            SignUpState.SignedUp => SignUpState.Cancelled,
            SignUpState.Opening => SignUpState.Failed,
            _ => one.State,
        },
        Loose = one.State is SignUpState.SignedUp or SignUpState.Opening ? [.. one.Loose, one.Cause] : one.Loose,
    };

    /// <summary>Points are what the rule book gives for a line <c>activity</c>, and for guests one of <c>activity-guest</c>, with the
    /// activity as the campaign.</summary>
    public static Transaction Attendance(SignUp one, ClubActivity activity, ClubCalendar calendar)
    {
        var at = one.CheckedInAt!.Value;
        return new Transaction(Source, one.Cause, at, calendar.DateOf(at), activity.DealerId, one.Channel, null, null, activity.Code,
            [Line("1", Category, activity.Kind, 1), .. one.Guests > 0 ? [Line("2", GuestCategory, activity.Kind, one.Guests)] : (TransactionLine[])[]]);
    }

    private static TransactionLine Line(string id, string category, string? kind, int count) =>
        new(id, category, kind, null, count, Money.Zero);

    private static int Rank(SignUp one) => one.State switch
    {
        SignUpState.Attended => 3,
        SignUpState.SignedUp => 2,
        SignUpState.Cancelled => 1,
        _ => 0,
    };

    private static string Word(ClubActivity activity) => $"{activity.State}".ToLowerInvariant();

    private static Problem WrongState(string sentence) => new("wrong-state", sentence) { Kind = ProblemKind.Conflict };
}
