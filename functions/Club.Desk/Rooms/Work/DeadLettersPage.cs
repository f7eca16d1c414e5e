using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Running;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Work;

/// <param name="Wrong">Why one was not sent again.</param>
public sealed record DeadLettersModel(PageOf<DeadLetter> Found, Said? Done, Problem? Wrong);

/// <summary>Messages that were given up, each with the reason of its last delivery.</summary>
public sealed class DeadLettersPage(DeadLetters letters) : IPage
{
    public const string Address = "dead-letters";

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with why one of it was not sent again.</summary>
    public async Task<Reply> Show(Visit visit, Problem? wrong, CancellationToken cancellation)
    {
        var found = await Paging.Find(visit, (limit, continuation) => letters.List(null, limit, continuation, cancellation));
        Said? done = visit.Asked("done") == "sent" ? WorkWords.Resent : null;
        return Reply.Of<DeadLetterList>(new DeadLettersModel(found, done, wrong), WorkWords.DeadLetters,
            wrong is null ? StatusCodes.Status200OK : Statuses.Of(wrong.Kind), $"{WorkRoom.Address}/{Address}");
    }
}

/// <summary>Has one delivered again.</summary>
public sealed class ResendDeadLetter(DeadLetters letters, DeadLettersPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) =>
        await letters.Resend(visit.Value("id"), cancellation) switch
        {
            null => Reply.To(WorkRoom.Address, [DeadLettersPage.Address], ("done", "sent")),
            { Kind: ProblemKind.NotFound } => Reply.Nothing,
            var problem => await page.Show(visit, problem, cancellation),
        };
}
