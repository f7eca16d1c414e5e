using Club.Benefits;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Store;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Members;

/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record BenefitsModel(MemberHead Head, IReadOnlyList<Entitlement> Given, IReadOnlyList<BenefitUse> Uses,
    IReadOnlySet<string> Undone, string Key, Problem? Problem, Said? Done) : IShowsMembers
{
    public IEnumerable<MemberId> Members => [Head.Member.MemberId];

    public string NameOf(string code) => Head.Rules.Current.FindBenefit(code)?.Name ?? code;

    public static string IdOf(BenefitUse use) => $"{use.Benefit} {use.Key}";
}

/// <summary>What a member's tier gives, what was used of it, and its use at the desk.</summary>
public sealed class BenefitsPage(MemberFile file, MemberBenefits benefits, IClubStore store) : IPage
{
    private const int MostUses = 50;

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <param name="problem">Why a form was refused.</param>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        if (await file.Open(visit, cancellation) is not { } head) return Reply.Nothing;
        var given = await benefits.List(head.Member.MemberId, visit.Admitted, cancellation);
        var page = await store.Find(new IndexQuery(BenefitUse.MemberIndex, "", IndexQuery.Last, Partition: head.Member.MemberId, Limit: 1000),
            cancellation);
        var uses = page.Documents.Select(document => document.As<BenefitUse>()).ToList();
        Said? done = visit.Asked("done") switch { "used" => BenefitWords.UsedNow, "undone" => BenefitWords.UndoneNow, _ => null };
        return Reply.Of<Benefits>(new BenefitsModel(head, given ?? [],
            [.. uses.Where(use => !use.IsUndo).OrderByDescending(use => use.At).Take(MostUses)],
            uses.Where(use => use.IsUndo).Select(BenefitsModel.IdOf).ToHashSet(), Ids.Random("C"), problem, done), MembersWords.Benefits,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), $"{MembersRoom.Address}/{head.Member.MemberId}/benefits");
    }
}

/// <summary>Uses one.</summary>
public sealed class UseBenefit(BenefitsPage page, MemberBenefits benefits) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var key = form.Text("key") is { Length: <= 128 } given ? given : Ids.Random("C");
        var asked = FormBody.Read(FormBody.Of(form, "dealerId"), Outcome<DealerId?> (body) =>
            body.Id<DealerId>("dealerId", required: false, maximum: 64) is var named && body.Problem is { } unfit ? unfit : named);
        if (asked.Problem is { } wrong) return await page.Show(visit, wrong, cancellation);
        var dealer = asked.Value;
        var used = await benefits.Use(new MemberId(visit.Value("id")), visit.Value("benefit"), key, dealer, visit.Admitted, cancellation);
        if (used.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, problem, cancellation);
        return used.Succeeded ? Reply.To(MembersRoom.Address, [visit.Value("id"), "benefits"], Bystander.Carried(visit), ("done", "used"))
            : Reply.Nothing;
    }
}

/// <summary>Takes a use back.</summary>
public sealed class UndoBenefit(BenefitsPage page, MemberBenefits benefits) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var reason = form.Text("reason") is { } text ? text[..Math.Min(text.Length, Limits.Reason)] : null;
        var undone = await benefits.Undo(new MemberId(visit.Value("id")), visit.Value("benefit"), form.Text("key") ?? "", reason,
            visit.Admitted, cancellation);
        if (undone.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, problem, cancellation);
        return undone.Succeeded ? Reply.To(MembersRoom.Address, [visit.Value("id"), "benefits"], Bystander.Carried(visit), ("done", "undone"))
            : Reply.Nothing;
    }
}
