using Club.Care;
using Club.Desk.Frame;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Calls;

/// <param name="Problem">Why the outcome was not kept.</param>
public sealed record CallModel(CallView Call, Typed Typed, Problem? Problem) : IShowsMembers
{
    public static readonly string[] Fields = ["outcome", "note", "nextOn"];
    public static readonly string[] Known = [.. Fields, "advisor"];

    public IEnumerable<MemberId> Members => [Call.MemberId];
}

/// <summary>One call, with what became of it so far.</summary>
public sealed class CallPage(CareCalls calls) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The same, with the outcome as it was sent and what is wrong with it.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation) =>
        await calls.Find(visit.Value("id"), visit.Admitted, cancellation) is { } call
            ? Reply.Of<Call>(new CallModel(call, typed, problem), CallsWords.Call,
                problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), $"{CallsRoom.Address}/{call.Id}")
            : Reply.Nothing;
}

/// <summary>Gives a call to an advisor or to nobody, or takes it on.</summary>
public sealed class GiveCall(CallAdvisors advisors, CallPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var asked = form.Text("free") is null ? FormBody.Read(FormBody.Of(form, ["advisor"]), CallAdvisorRequest.Read)
            : new CallAdvisorRequest(null, Free: true);
        if (asked.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var given = await advisors.Give(visit.Value("id"), asked.Value, visit.Admitted, cancellation);
        if (given.Problem is { Kind: not ProblemKind.NotFound } problem)
            return await page.Show(visit, new Typed(form), problem, cancellation);
        return given.Succeeded ? Reply.To(CallsRoom.Address, [], ("done", "given")) : Reply.Nothing;
    }
}

/// <summary>Keeps what became of a call.</summary>
public sealed class TakeCall(CareCalls calls, CallPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var said = FormBody.Read(FormBody.Of(form, CallModel.Fields), CallRequest.Read);
        if (said.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var taken = await calls.Take(visit.Value("id"), said.Value, visit.Admitted, cancellation);
        if (taken.Problem is { Kind: not ProblemKind.NotFound } problem)
            return await page.Show(visit, new Typed(form), problem, cancellation);
        return taken.Succeeded ? Reply.To(CallsRoom.Address, [], ("done", "taken")) : Reply.Nothing;
    }
}
