using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Moving;

/// <summary>Who came to a branch and who left it 转会.</summary>
public sealed class MovingRoom : Room
{
    public const string Address = "transfers";

    public override string Path => Address;
    public override Said Title => MovingWords.Transfers;
    public override Right Right => Right.ReadTransfers;
    public override int Order => 16;

    public override IReadOnlyList<Route> Routes { get; } = [Route.Page<TransfersPage>("", Right.ReadTransfers)];
}
