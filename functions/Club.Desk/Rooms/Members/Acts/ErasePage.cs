using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Members;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Members.Acts;

public sealed record EraseModel(MemberHead Head, Typed Typed, Said? Wrong, Problem? Problem) : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];
}

/// <summary>What it means to forget somebody, before it is done.</summary>
public sealed class ErasePage(MemberFile file) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, null, cancellation);

    /// <summary>The same, with why it was not done.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Said? wrong, Problem? problem, CancellationToken cancellation) =>
        await file.Open(visit, cancellation) is { } head
            ? Reply.Of<Erase>(new EraseModel(head, typed, wrong, problem), ActWords.Erase,
                problem is not null ? Statuses.Of(problem.Kind)
                : wrong is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
                $"{MembersRoom.Address}/{head.Member.MemberId}/erase")
            : Reply.Nothing;
}

/// <summary>Forgets her, when whoever asks has read what that means.</summary>
public sealed class ErasePerson(EraseMember erase, ErasePage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await page.Show(visit, new Typed(form), null, wrong, cancellation);
        if (form.Text("forever") != "yes") return await page.Show(visit, new Typed(form), ActWords.NeedsSure, null, cancellation);
        var erased = await erase.Handle(new MemberId(visit.Value("id")), reason.Value, visit.Admitted, cancellation);
        if (erased.Problem is { Kind: not ProblemKind.NotFound } problem)
            return await page.Show(visit, new Typed(form), null, problem, cancellation);
        return erased.Succeeded ? Reply.To(MembersRoom.Address, [erased.Value.MemberId, "erasure"]) : Reply.Nothing;
    }
}

/// <summary>That it was done, without the person.</summary>
public sealed class ReceiptPage(EraseMember erase) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) =>
        await erase.Find(new MemberId(visit.Value("id")), cancellation) is { } erasure
            ? Reply.Of<Receipt>(ErasureView.Of(erasure), ActWords.Receipt) : Reply.Nothing;
}
