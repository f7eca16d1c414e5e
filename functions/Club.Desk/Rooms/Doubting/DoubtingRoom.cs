using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Doubting;

/// <summary>Bills in doubt 疑似假单, and what is decided about them.</summary>
public sealed class DoubtingRoom : Room
{
    public const string Address = "doubts";

    public override string Path => Address;
    public override Said Title => DoubtingWords.Doubts;
    public override Right Right => Right.ReadSuspicions;
    public override int Order => 23;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<DoubtsPage>("", Right.ReadSuspicions),
        Route.Form<ClearDoubt>("{suspicion}/clear", Right.DecideSuspicions),
        Route.Form<ConfirmDoubt>("{suspicion}/confirm", Right.DecideSuspicions),
    ];
}
