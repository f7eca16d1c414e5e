using Club.Kernel;
using Club.Members;

namespace Club.Care;

/// <summary>When somebody is to be written to by post, and what follows from a letter. Pure.</summary>
public static class LetterRules
{
    /// <summary>Why a message is not sent: she is written to by post instead.</summary>
    public const string Why = "mail";

    /// <summary>Letters take longer than messages and calls: so many days after the last on which a message made sense.</summary>
    public const int LateDays = 21;

    public static bool MayWrite(Profile profile) => profile is { Status: MemberStatus.Member, Address: not null };

    /// <summary>An open letter as it becomes by what she is now: on her branch's list, or stopped.</summary>
    public static CareLetter Settled(CareLetter letter, Profile profile, bool holds, DateOnly today, int keptDays) =>
        letter.State != LetterState.Open ? letter
        : MayWrite(profile) && holds ? letter with { DealerId = profile.DealerId }
        : Ended(letter, LetterState.Stopped, today, keptDays);

    /// <summary>Why that cannot become of it; null when it can.</summary>
    public static Problem? Unfit(CareLetter letter, LetterResult result) => (letter.State, result) switch
    {
        (LetterState.Open, LetterResult.Sent or LetterResult.Stopped) or (LetterState.Sent, LetterResult.Returned) => null,
        _ when IsRepeat(letter, result) => null,
        _ => new Problem("already-decided", $"Letter {letter.Id} is {letter.State.ToString().ToLowerInvariant()}.")
        {
            Kind = ProblemKind.Conflict,
        },
    };

    public static bool IsRepeat(CareLetter letter, LetterResult result) => letter.Outcomes is [.., var last] && last.Result == result;

    public static CareLetter After(CareLetter letter, LetterResult result, string author, DateTimeOffset now, DateOnly today,
        int keptDays) =>
        Ended(letter with { Outcomes = [.. letter.Outcomes, new LetterOutcome(now, author, result)] }, result switch
        {
            LetterResult.Sent => LetterState.Sent,
            LetterResult.Returned => LetterState.Returned,
            _ => LetterState.Stopped,
        }, today, keptDays);

    /// <summary>What is left when its time is over, and then when its text was kept long enough.</summary>
    public static CareLetter Forgotten(CareLetter letter, DateOnly today, int keptDays) => letter.State == LetterState.Open
        ? Ended(letter, LetterState.Lapsed, today, keptDays) : letter with { Text = "", ForgetOn = null };

    private static CareLetter Ended(CareLetter letter, LetterState state, DateOnly today, int keptDays) =>
        letter with { State = state, On = today, ForgetOn = today.AddDays(keptDays) };
}
