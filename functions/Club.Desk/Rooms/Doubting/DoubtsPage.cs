using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Edges;
using Club.Fraud;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Doubting;

/// <param name="State">Null: of any.</param>
/// <param name="Names">Of those who are the caller's to see.</param>
/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record DoubtsModel(PageOf<SuspicionView> Found, SuspicionState? State, IReadOnlyDictionary<MemberId, string> Names,
    string Key, Problem? Problem, Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => Whom(Found.Items);

    /// <summary>For whom the bills came, and who is in circles.</summary>
    public static IEnumerable<MemberId> Whom(IReadOnlyList<SuspicionView> items) => items.Select(one => one.MemberId)
        .Concat(items.SelectMany(one => one.Findings).SelectMany(finding => finding.Circle ?? [])).Distinct();
}

/// <summary>Bills in doubt, those that are open unless others are asked for.</summary>
public sealed class DoubtsPage(FraudDesk desk, MemberViews views) : IPage
{
    public const string Every = "all";

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with why a decision was not taken.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        SuspicionState? state = visit.Asked("state") is not { } word ? SuspicionState.Open
            : Enum.TryParse<SuspicionState>(word, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
        DealerId? dealer = visit.Asked("dealerId") is { } code ? new DealerId(code) : null;
        var found = await Paging.Find(visit, (limit, continuation) => desk.List(state, dealer, limit, continuation, cancellation));
        var names = await MemberNames.Find(visit, views, DoubtsModel.Whom(found.Items), cancellation);
        Said? done = visit.Asked("done") switch
        {
            "cleared" => DoubtingWords.ClearedNow,
            "confirmed" => DoubtingWords.ConfirmedNow,
            _ => null,
        };
        return Reply.Of<DoubtList>(new DoubtsModel(found, state, names, Ids.Random("C"), problem, problem is null ? done : null),
            DoubtingWords.Doubts, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), DoubtingRoom.Address);
    }

    /// <summary>Takes a decision, with its reason, and says what came of it.</summary>
    internal async Task<Reply> Decide(Visit visit, Form form, string done,
        Func<string, string, Store.Command, Task<Outcome<Store.Answered<SuspicionView>>>> decide, CancellationToken cancellation)
    {
        var reason = FormBody.Reason(form);
        if (reason.Problem is { } wrong) return await Show(visit, wrong, cancellation);
        var decided = await decide(visit.Value("suspicion"), reason.Value, FormBody.Once(visit, form, reason.Value));
        if (decided.Problem is { Kind: ProblemKind.NotFound }) return Reply.Nothing;
        return decided.Problem is { } problem ? await Show(visit, problem, cancellation)
            : Reply.To(DoubtingRoom.Address, [], ("done", done));
    }
}

/// <summary>Nothing is wrong with it.</summary>
public sealed class ClearDoubt(FraudDesk desk, DoubtsPage page) : IForm
{
    public Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) => page.Decide(visit, form, "cleared",
        (id, reason, command) => desk.Clear(id, reason, command, visit.Admitted, cancellation), cancellation);
}

/// <summary>It is false.</summary>
public sealed class ConfirmDoubt(FraudDesk desk, DoubtsPage page) : IForm
{
    public Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation) => page.Decide(visit, form, "confirmed",
        (id, reason, command) => desk.Confirm(id, reason, command, visit.Admitted, cancellation), cancellation);
}
