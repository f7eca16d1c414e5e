using Club.Access;
using Club.Kernel;

namespace Club.Activities;

/// <summary>How an activity comes about and ends, and who may say so. Pure.</summary>
public static class PlanRules
{
    /// <summary>Makes an activity, or makes it another. What was agreed to stays: its budget, and whose it is.</summary>
    /// <param name="before">Null: it is new.</param>
    /// <param name="checkInCode">For a new one.</param>
    /// <returns>Problems: <c>wrong-state</c>.</returns>
    public static Outcome<ClubActivity> Put(ClubActivity? before, string code, ActivityRequest wanted, string checkInCode,
        DateTimeOffset now, string author)
    {
        if (before?.State is ActivityState.Closed or ActivityState.Cancelled or ActivityState.Requested)
            return WrongState(before, "cannot be changed");
        var isAgreed = before?.State is ActivityState.Approved or ActivityState.Open;
        if (isAgreed && (wanted.Asked != before!.Budget.Asked || wanted.DealerId != before.DealerId))
            return WrongState(before, "keeps its budget and its dealer");
        return new ClubActivity
        {
            Code = code, Name = wanted.Name, Kind = wanted.Kind, Place = wanted.Place, Description = wanted.Description,
            DealerId = wanted.DealerId, From = wanted.From, Until = wanted.Until, SignUpUntil = wanted.SignUpUntil, Places = wanted.Places,
            GuestsPerMember = wanted.GuestsPerMember, Budget = isAgreed ? before!.Budget : new ActivityBudget(wanted.Asked),
            State = isAgreed ? before!.State : ActivityState.Draft, CheckInCode = before?.CheckInCode ?? checkInCode,
            Invited = before?.Invited ?? 0, NotInvited = before?.NotInvited ?? 0, ChangedAt = now, Author = author,
        };
    }

    /// <returns>The same, where it has gone there before. Problems: <c>wrong-state</c>, <c>own-request</c>.</returns>
    public static Outcome<ClubActivity> Go(ClubActivity activity, ActivityStep step, ActingPerson by, DateTimeOffset now)
    {
        var budget = activity.Budget;
        if (step.To == ActivityState.Closed) return Close(activity, step, by, now);
        if (activity.State == step.To) return activity;
        if (!Before(step.To, budget).Contains(activity.State)) return WrongState(activity, $"cannot become {Word(step.To)}");
        var isDecision = step.To is ActivityState.Approved or ActivityState.Refused;
        if (isDecision && budget.By!.MustNotDecide($"The budget of {activity.Code}", by) is { } own) return own;
        if (step.To == ActivityState.Open && activity.Until < now) return WrongState(activity, "is over");
        return activity with
        {
            State = step.To, ChangedAt = now, Author = by.Name,
            Reason = step.To == ActivityState.Cancelled ? step.Reason : activity.Reason,
            Budget = step.To == ActivityState.Requested ? new ActivityBudget(budget.Asked, by, now)
                : isDecision ? budget with { DecidedBy = by, DecidedAt = now, Refusal = step.Reason } : budget,
        };
    }

    /// <summary>Whether somebody may come in on this day.</summary>
    public static bool IsOn(ClubActivity activity, DateTimeOffset at, ClubCalendar calendar) => activity.State == ActivityState.Open
        && calendar.DateOf(activity.From) <= calendar.DateOf(at) && calendar.DateOf(at) <= calendar.DateOf(activity.Until);

    /// <summary>Closed again it is told anew what it cost: bills come late.</summary>
    private static Outcome<ClubActivity> Close(ClubActivity activity, ActivityStep step, ActingPerson by, DateTimeOffset now)
    {
        if (activity.State is not (ActivityState.Open or ActivityState.Closed)) return WrongState(activity, "cannot become closed");
        var spent = step.Spent ?? activity.Budget.Spent;
        if (activity.State == ActivityState.Closed && spent == activity.Budget.Spent) return activity;
        return activity with
        {
            State = ActivityState.Closed, Budget = activity.Budget with { Spent = spent }, ChangedAt = now, Author = by.Name,
        };
    }

    private static ActivityState[] Before(ActivityState to, ActivityBudget budget) => to switch
    {
        ActivityState.Requested when budget.Asked != Money.Zero => [ActivityState.Draft, ActivityState.Refused],
        ActivityState.Approved or ActivityState.Refused => [ActivityState.Requested],
        // What costs nothing needs nobody's word.
        ActivityState.Open when budget.Asked == Money.Zero => [ActivityState.Draft, ActivityState.Approved],
        ActivityState.Open => [ActivityState.Approved],
        ActivityState.Cancelled =>
            [ActivityState.Draft, ActivityState.Requested, ActivityState.Approved, ActivityState.Refused, ActivityState.Open],
        _ => [],
    };

    private static Problem WrongState(ClubActivity activity, string what) =>
        new("wrong-state", $"Activity {activity.Code} is {Word(activity.State)} and {what}.") { Kind = ProblemKind.Conflict };

    private static string Word(ActivityState state) => $"{state}".ToLowerInvariant();
}
