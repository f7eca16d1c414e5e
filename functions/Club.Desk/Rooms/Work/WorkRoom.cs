using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Parts;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Work;

/// <summary>What waits for somebody: messages that were refused, bills whose customer is not known, vehicles and numbers in
/// dispute, messages that were given up.</summary>
public sealed class WorkRoom : Room
{
    public const string Address = "work";

    public override string Path => Address;
    public override Said Title => WorkWords.Work;
    public override Right Right => Right.ReadWork;
    public override int Order => 20;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<RejectionsPage>("", Right.ReadWork),
        Route.Form<ReplayRejection>("rejections/{id}/replay", Right.DoWork),
        Route.Form<ApproveRejection>("rejections/{id}/approve", Right.Approve),
        Route.Page<ParkedPage>("parked", Right.ReadWork),
        Route.Page<DisputesPage>("disputes", Right.ReadWork),
        Route.Form<SettleDispute>("disputes/{id}/settle", Right.DoWork),
        Route.Page<DeadLettersPage>("dead-letters", Right.ReadWork),
        Route.Form<ResendDeadLetter>("dead-letters/{id}/resend", Right.DoWork),
        Route.Form<DropDeadLetter>("dead-letters/{id}/drop", Right.DoWork),
        Route.Page<DeadLetterPage>("dead-letters/{id}", Right.DoWork),
    ];

    public static IEnumerable<Tab> Tabs(Visit visit) =>
    [
        new(WorkWords.Rejections, Visit.To(Address, []), visit.Path == Address || visit.Path.StartsWith("work/rejections", StringComparison.Ordinal)),
        new(WorkWords.Parked, Visit.To(Address, ["parked"]), visit.Path == "work/parked"),
        new(WorkWords.Disputes, Visit.To(Address, ["disputes"]), visit.Path.StartsWith("work/disputes", StringComparison.Ordinal)),
        new(WorkWords.DeadLetters, Visit.To(Address, [DeadLettersPage.Address]), visit.Path.StartsWith("work/dead-letters", StringComparison.Ordinal)),
    ];
}
