using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Proving;

/// <summary>The roots of each night, and whether the ledger still is what they tell 证明.</summary>
public sealed class ProvingRoom : Room
{
    public const string Address = "proof";

    public override string Path => Address;
    public override Said Title => ProvingWords.Proof;
    public override Right Right => Right.ReadRoots;
    public override int Order => 41;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<RootsPage>("", Right.ReadRoots),
        Route.Form<CheckRoot>("check", Right.ReadWork),
    ];
}
