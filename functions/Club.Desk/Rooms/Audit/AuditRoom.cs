using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Audit;

/// <summary>Who changed what, and who read whose data 审计.</summary>
public sealed class AuditRoom : Room
{
    public const string Address = "audit";

    public override string Path => Address;
    public override Said Title => TrailWords.Audit;
    public override Right Right => Right.ReadAudit;
    public override int Order => 40;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<AuditPage>("", Right.ReadAudit),
        Route.Page<AuditFile>("csv", Right.ReadAudit),
    ];
}
