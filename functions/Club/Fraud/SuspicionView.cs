using Club.Access;
using Club.Kernel;
using Club.Programmes;

namespace Club.Fraud;

/// <summary>A bill in doubt as staff see it.</summary>
/// <param name="EntryId">The ledger entry of the bill; null where it was refused.</param>
public sealed record SuspicionView(string SuspicionId, MemberId MemberId, SuspicionState State, CheckSeverity Severity,
    IReadOnlyList<FindingView> Findings, string Source, string SourceId, DealerId? DealerId, DateTimeOffset At, DateTimeOffset FoundAt,
    string? EntryId, string? RejectionId, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason) : IOfMember
{
    public static SuspicionView Of(Suspicion one) => new(one.Id, one.MemberId, one.State, one.Severity,
        [.. one.Findings.Select(FindingView.Of)],
        one.Source, one.SourceId, one.DealerId, one.At, one.FoundAt, one.RejectionId is null ? one.EntryId : null, one.RejectionId,
        one.DecidedAt, one.DecidedBy?.Name, one.Reason);
}

public sealed record FindingView(string Check, CheckKind Kind, CheckSeverity Severity, int? Now, int? Known, DateOnly? On,
    DealerId? DealerId, IReadOnlyList<MemberId>? Circle)
{
    /// <summary>What was found, in English.</summary>
    public string Text => CheckWords.Of(this, Language.English);

    public static FindingView Of(Finding one) =>
        new(one.Check, one.Kind, one.Severity, one.Now, one.Known, one.On, one.DealerId, one.Circle);
}

/// <summary>Says what a check found.</summary>
public static class CheckWords
{
    public static string Of(FindingView one, Language language) => one.Kind switch
    {
        CheckKind.OdometerFalls => language.Say($"The odometer shows {one.Now} km, on {one.On:yyyy-MM-dd} it showed {one.Known} km.",
            $"里程表读数{one.Now}公里，而{one.On:yyyy-MM-dd}为{one.Known}公里。"),
        CheckKind.VehicleElsewhere => language.Say($"The vehicle was at dealer {one.DealerId} on the same day.",
            $"该车同日在经销商{one.DealerId}处有工单。"),
        CheckKind.LinesMissing => language.Say("It has none of the lines that a work order has.", "工单无配件也无工时。"),
        CheckKind.DealerBurst => language.Say(
            $"It is bill number {one.Now} of dealer {one.DealerId} on {one.On:yyyy-MM-dd}, where {one.Known} a day are usual.",
            $"该单为经销商{one.DealerId}{one.On:yyyy-MM-dd}当日第{one.Now}张工单，该店平日约{one.Known}张。"),
        CheckKind.ReferralCircle => language.Say($"Who bought and who named her are in a circle of {one.Now} who named each other.",
            $"购车人与推荐人处于{one.Now}人的循环转介绍中。"),
        _ => language.Say($"It is bill number {one.Now} of the vehicle where {one.Known} are usual.",
            $"该车短期内第{one.Now}张工单，通常不超过{one.Known}张。"),
    };
}
