using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Worth;

/// <summary>What members are worth and how they come 客户价值: the matrix, and who is lost 流失.</summary>
public sealed class WorthRoom : Room
{
    public const string Address = "value";

    public override string Path => Address;
    public override Said Title => WorthWords.Worth;
    public override Right Right => Right.ReadMatrix;
    public override int Order => 18;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<MatrixPage>("", Right.ReadMatrix),
        Route.Page<ChurnPage>("churn", Right.ReadValue),
    ];
}
