using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Settling;

/// <summary>What parties owe each other for points 结算, down to the entry, and what the club owes for unspent ones 负债.</summary>
public sealed class SettlingRoom : Room
{
    public const string Address = "settlement";

    public override string Path => Address;
    public override Said Title => SettlingWords.Settlement;
    public override Right Right => Right.ReadSettlements;
    public override int Order => 26;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<SettlementPage>("", Right.ReadSettlements),
        Route.Page<LiabilityPage>("liability", Right.ReadLiability),
        Route.Page<StatementPage>("{month}/{party}", Right.ReadSettlements),
        Route.Page<StatementLinesPage>("{month}/{party}/lines", Right.ReadSettlements),
        Route.Page<StatementFile>("{month}/{party}/file", Right.ReadSettlements),
        Route.Form<CloseMonth>("{month}/close", Right.CloseSettlements),
    ];
}
