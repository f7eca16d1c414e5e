using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Gifts;

/// <summary>The catalogue of gifts 礼品 and how many pieces there are.</summary>
public sealed class GiftsRoom : Room
{
    public const string Address = "gifts";

    public override string Path => Address;
    public override Said Title => GiftsWords.Gifts;
    public override Right Right => Right.ReadGifts;
    public override int Order => 36;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<GiftsPage>("", Right.ReadGifts),
        Route.Form<ChangeStock>("{code}/stock", Right.ChangeGifts),
    ];
}
