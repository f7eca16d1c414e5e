using Club.Care;
using Club.Gifts;
using Club.Ledger;
using Club.Members;
using Club.Outgoing;
using Club.Proof;
using Club.Referrals;
using Club.Running;
using Club.Spending;
using Club.Store;
using Club.Tiers;
using Club.Value;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>
/// The clock. Each timer only starts a sweep; the <c>work</c> queue carries it out. The hosts run schedules in UTC, and the brand's
/// midnight is where
/// <c>Club__TimeZone</c> puts it: the time zones of the world begin their days on a quarter of an hour, and a sweep that finds nothing due
/// costs next to nothing.
/// </summary>
public sealed class TimerFunctions(Work work)
{
    /// <summary>Every five minutes: a message must leave soon after quiet hours end, and what is held too long, points and orders, is
    /// free again. Events go out by themselves; here go those that a host which ended did not send.</summary>
    [Function("CareTimer")]
    public Task Care([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        work.Start(cancellation, CareSweep.Word, SmsSweep.Word, HoldSweep.Word, OrderSweep.Word, FollowJob.Word, OutgoingJob.Word);

    /// <summary>A minute after each quarter of an hour, so a minute after the brand's midnight too, summer time included: tiers, and
    /// classes by spend and visits.</summary>
    [Function("TierTimer")]
    public Task Tiers([TimerTrigger("0 1/15 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        work.Start(cancellation, TierSweep.Word, ClassSweep.Word);

    /// <summary>Every hour: lapsed points and memberships, whatever a crash left half done, complaints that are overdue, owners
    /// of older vehicles, the reports, and once a day the root.</summary>
    [Function("PointsTimer")]
    public Task Points([TimerTrigger("0 20 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        work.Start(cancellation, PointsSweep.Word, OverdraftSweep.Word, LapseSweep.Word, FinishSweep.Word, ForgetSweep.Word,
            ComplaintSweep.Word, ReferralSweep.Word, RepurchaseSweep.Word, FeedJob.Word, RootJob.Word);
}
