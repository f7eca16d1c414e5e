using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Care;

/// <summary>The care plan 关怀计划, and whether it makes members come.</summary>
public sealed class CareRoom : Room
{
    public const string Address = "care";

    public override string Path => Address;
    public override Said Title => CareWords.Care;
    public override Right Right => Right.ReadCare;
    public override int Order => 34;

    public override IReadOnlyList<Route> Routes { get; } = [Route.Page<CarePage>("", Right.ReadCare)];
}
