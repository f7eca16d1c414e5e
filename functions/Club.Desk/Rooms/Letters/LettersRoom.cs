using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Letters;

/// <summary>Whom to write to by post 邮寄关怀, and what became of it.</summary>
public sealed class LettersRoom : Room
{
    public const string Address = "letters";

    public override string Path => Address;
    public override Said Title => LettersWords.Letters;
    public override Right Right => Right.ReadLetters;
    public override int Order => 21;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<LettersPage>("", Right.ReadLetters),
        Route.Page<LettersCsv>("csv", Right.ReadLetters),
        Route.Form<KeepLetter>("{id}", Right.SendLetters),
    ];
}
