using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Calls;

/// <summary>Whom to call today 电话关怀, and what became of it.</summary>
public sealed class CallsRoom : Room
{
    public const string Address = "calls";

    public override string Path => Address;
    public override Said Title => CallsWords.Calls;
    public override Right Right => Right.ReadCalls;
    public override int Order => 14;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<CallsPage>("", Right.ReadCalls),
        Route.Page<CallPage>("{id}", Right.ReadCalls),
        Route.Form<TakeCall>("{id}", Right.HandleCalls),
        Route.Form<GiveCall>("{id}/advisor", Right.HandleCalls),
    ];
}
