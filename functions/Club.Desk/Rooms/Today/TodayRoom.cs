using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Today;

/// <summary>What is to be done today 今日工作, and what was done.</summary>
public sealed class TodayRoom : Room
{
    public const string Address = "today";

    public override string Path => Address;
    public override Said Title => TodayWords.Today;
    public override Right Right => Right.ReadToday;
    public override int Order => 11;

    public override IReadOnlyList<Route> Routes { get; } = [Route.Page<TodayPage>("", Right.ReadToday)];
}
