using Club.Sweeps;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The clock. Each timer only starts a sweep; the <c>work</c> queue carries it out. Times are UTC.</summary>
public sealed class TimerFunctions(Work work)
{
    /// <summary>Every five minutes: a message must leave soon after quiet hours end.</summary>
    [Function("CareTimer")]
    public Task Care([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => work.Start(cancellation, Work.Care, Work.Sms);

    /// <summary>Ten past midnight in Shanghai.</summary>
    [Function("TierTimer")]
    public Task Tiers([TimerTrigger("0 10 16 * * *")] TimerInfo timer, CancellationToken cancellation) => work.Start(cancellation, Work.Tiers);

    /// <summary>Every hour: lapsed points, and whatever a crash left half done.</summary>
    [Function("PointsTimer")]
    public Task Points([TimerTrigger("0 20 * * * *")] TimerInfo timer, CancellationToken cancellation) => work.Start(cancellation, Work.Points, Work.Finish, Work.Forget);
}
