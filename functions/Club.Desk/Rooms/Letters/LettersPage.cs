using Club.Care;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Letters;

/// <param name="Problem">Why what became of a letter was not kept.</param>
public sealed record LettersModel(PageOf<LetterView> Found, LetterState State, Said? Done, Problem? Problem) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Found.Items.Select(one => one.MemberId).Distinct();
}

/// <summary>The mail list.</summary>
public sealed class LettersPage(CareLetters letters) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        var state = StateOf(visit);
        var found = await Paging.Find(visit, (limit, continuation) =>
            letters.List(state, DealerOf(visit), visit.Admitted, limit, continuation, cancellation));
        Said? done = visit.Asked("done") == "kept" ? LettersWords.Kept : null;
        return Reply.Of<LetterList>(new LettersModel(found, state, done, problem), LettersWords.Letters,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), LettersRoom.Address);
    }

    internal static LetterState StateOf(Visit visit) =>
        Enum.TryParse<LetterState>(visit.Asked("state"), ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : LetterState.Open;

    internal static DealerId? DealerOf(Visit visit) => visit.Asked("dealerId") is { } code ? new DealerId(code) : null;
}

/// <summary>The same as a file.</summary>
public sealed class LettersCsv(CareLetters letters) : IFile
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var (state, dealer) = (LettersPage.StateOf(visit), LettersPage.DealerOf(visit));
        return Task.FromResult<Reply>(new Reply.Download(LetterFile.ContentType, LetterFile.Name, (stream, token) =>
            LetterFile.Write(stream, letters, state, dealer, visit.Admitted, token)));
    }
}

/// <summary>Keeps what became of a letter.</summary>
public sealed class KeepLetter(CareLetters letters, LettersPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var said = FormBody.Read(FormBody.Of(form, ["outcome"]), LetterRequest.Read);
        if (said.Problem is { } wrong) return await page.Show(visit, wrong, cancellation);
        var taken = await letters.Take(visit.Value("id"), said.Value, visit.Admitted, cancellation);
        if (taken.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, problem, cancellation);
        return taken.Succeeded ? Reply.To(LettersRoom.Address, [], ("done", "kept")) : Reply.Nothing;
    }
}
