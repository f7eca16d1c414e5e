using Club.Care;
using Club.Kernel;
using Club.Messaging;
using Club.Store;

namespace Club.Activities;

/// <summary>An invitation is to something for which she can still sign up; one that does not leave after all is none.</summary>
internal sealed class InvitationOccasions(ActivityPlans plans, Allotments allotments, ClubCalendar calendar) : IOccasions
{
    public string Kind => Inviting.Kind;

    public async ValueTask<bool> Holds(MemberId memberId, string occasion, CancellationToken cancellation) =>
        await plans.Read(CodeOf(occasion), cancellation) is { Value: var activity } && SignUpRules.Closed(activity, calendar.Now) is null;

    /// <summary>Counted as a promise is: of each member once, however often it is told.</summary>
    public Task NotSaid(SmsRecord message, CancellationToken cancellation) =>
        allotments.PromiseUndivided(ClubActivity.UnsaidOf(CodeOf(message.Occasion)), message.MemberId, 1, long.MaxValue, cancellation);

    private static string CodeOf(string occasion) => occasion[(Inviting.Kind.Length + 1)..];
}
