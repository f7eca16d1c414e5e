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
        Said? done = visit.Asked("done") switch { "sent" => WorkWords.Resent, "dropped" => WorkWords.DroppedNow, _ => null };
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

/// <summary>One with its content.</summary>
public sealed class DeadLetterPage(DeadLetters letters) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        await letters.Read(visit.Value("id"), cancellation) is { } found
            ? Reply.Of<DeadLetterSheet>(found, WorkWords.DeadLetters) : Reply.Nothing;
}

/// <summary>Gives one up for good, and says why.</summary>
public sealed class DropDeadLetter(DeadLetters letters, DeadLettersPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await page.Show(visit, wrong, cancellation);
        return await letters.Drop(visit.Value("id"), reason.Value, visit.Admitted, cancellation) switch
        {
            null => Reply.To(WorkRoom.Address, [DeadLettersPage.Address], ("done", "dropped")),
            { Kind: ProblemKind.NotFound } => Reply.Nothing,
            var problem => await page.Show(visit, problem, cancellation),
        };
    }
}
