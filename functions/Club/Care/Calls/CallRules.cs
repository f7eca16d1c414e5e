using Club.Kernel;
using Club.Members;

namespace Club.Care;

/// <summary>When somebody is to be called, and what follows from a call. Pure.</summary>
public static class CallRules
{
    /// <summary>Why a message is not sent: she is called instead.</summary>
    public const string Why = "call";

    /// <summary>Calls take longer than messages: so many days after the last on which a message made sense.</summary>
    public const int LateDays = 7;

    public static bool MayCall(Profile profile) =>
        profile is { Status: MemberStatus.Member, Phone: not null } && profile.Consents.MayCall;

    /// <summary>An open call as it becomes by what she is now: her branch's, done because she came, or stopped. Of another branch no
    /// advisor of the one before calls.</summary>
    /// <param name="holds">Whether there still is a reason to call.</param>
    public static CareCall Settled(CareCall call, Profile profile, bool holds, DateOnly today, int keptDays) =>
        call.State != CallState.Open ? call
        : !MayCall(profile) ? Ended(call, CallState.Stopped, today, keptDays)
        : !holds ? Ended(call, OccasionKeys.IsOfVisits(call.Occasion) ? CallState.Done : CallState.Stopped, today, keptDays)
        : call.DealerId == profile.DealerId ? call : call with { DealerId = profile.DealerId, Advisor = null };

    /// <summary>Why nothing more can be said of a call; null when it can.</summary>
    public static Problem? Over(CareCall call, CallRequest said, string author) =>
        call.State == CallState.Open && call.Outcomes.Count < CareCall.MostOutcomes || IsRepeat(call, said, author) ? null
        : new Problem("already-decided", $"Call {call.Id} is not open any more.") { Kind = ProblemKind.Conflict };

    /// <summary>A call that comes twice, as after an answer that was lost.</summary>
    public static bool IsRepeat(CareCall call, CallRequest said, string author) => call.Outcomes is [.., var last]
        && last.Author == author && last.Result == said.Outcome && last.Note == said.Note && last.NextOn == said.NextOn;

    /// <param name="keptDays">How long notes are kept.</param>
    public static CareCall After(CareCall call, CallRequest said, string author, DateTimeOffset now, DateOnly today, int keptDays)
    {
        var next = said.NextOn ?? (said.Outcome == CallResult.NoAnswer ? today.AddDays(1) : null);
        // Whoever agrees on a day has a reason to call then.
        var until = said.NextOn > call.Until ? said.NextOn.Value : call.Until;
        var state = said.Outcome switch
        {
            CallResult.WrongNumber or CallResult.DoNotCall => CallState.Stopped,
            _ when next is null => CallState.Done,
            _ => next > until ? CallState.Lapsed : CallState.Open,
        };
        var outcome = new CallOutcome(now, author, said.Outcome, said.Note, said.NextOn);
        var told = call with { Outcomes = [.. call.Outcomes, outcome], Until = until };
        return state == CallState.Open ? told with { On = next!.Value, ForgetOn = until.AddDays(1) } : Ended(told, state, today, keptDays);
    }

    public static CareCall Ended(CareCall call, CallState state, DateOnly today, int keptDays) =>
        call with { State = state, On = today, ForgetOn = today.AddDays(keptDays) };

    /// <summary>What is left when its time is over, and then when its notes were kept long enough.</summary>
    public static CareCall Forgotten(CareCall call, DateOnly today, int keptDays) => call.State == CallState.Open
        ? Ended(call, CallState.Lapsed, today, keptDays)
        : call with { ForgetOn = null, Outcomes = [.. call.Outcomes.Select(outcome => outcome with { Note = "" })] };
}
