using Club.Access;
using Club.Kernel;

namespace Club.Activities;

/// <summary>A sign-up as answers tell it.</summary>
/// <param name="Activity">The activity's code.</param>
/// <param name="CheckedInBy">A person, or <c>qr</c>.</param>
/// <param name="Points">What her coming brought, by wallet; empty until it is booked.</param>
/// <param name="Reason">Why nothing was booked: a code.</param>
/// <param name="Feedback">Its words are told to herself, and to those who are told of persons.</param>
public sealed record SignUpView(string Activity, string Name, MemberId MemberId, SignUpState State, int Guests, DateTimeOffset At,
    DateTimeOffset? CheckedInAt, string? CheckedInBy, IReadOnlyList<Earned> Points, string? Reason, Feedback? Feedback) : IOfMember
{
    public static SignUpView Of(SignUp one) => new(one.Activity, one.Name, one.MemberId, one.State, one.Guests, one.At, one.CheckedInAt,
        one.CheckedInBy, one.Points, one.Reason, one.Feedback);

    /// <summary>Without what she says in her own words.</summary>
    public SignUpView Wordless() => this with { Feedback = Feedback is { } told ? told with { Text = null } : null };
}

/// <summary>What became of somebody at the door.</summary>
/// <param name="IsRepeat">She was let in before.</param>
public sealed record CheckedIn(SignUpView SignUp, bool IsRepeat) : IOfMember
{
    MemberId IOfMember.MemberId => SignUp.MemberId;
}
