using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;
using Club.Partners;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Partnering;

public sealed record PartnersModel(PageOf<PartnerView> Found, bool MayManage, Typed Typed, Problem? Problem)
{
    public static readonly string[] Fields = ["code", "name"];
}

/// <summary>All partners.</summary>
public sealed class PartnersPage(PartnerBook partners) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The page, with what was typed and why it was refused.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation)
    {
        var reader = visit.For(Right.ReadPartners)!;
        var found = await Paging.Find(visit, (limit, continuation) => partners.List(reader, limit, continuation, cancellation));
        return Reply.Of<PartnerList>(new PartnersModel(found, visit.May(Right.ManagePartners), typed, problem), PartneringWords.Partners,
            problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind), PartneringRoom.Address);
    }
}

/// <summary>Names a partner, or names him anew.</summary>
public sealed class NewPartner(PartnerBook partners, PartnersPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var name = FormBody.Read(FormBody.Of(form, "name"), PartnerRequests.ReadName);
        if (name.Problem is { } wrong) return await page.Show(visit, new Typed(form), wrong, cancellation);
        var code = form.Text("code") ?? "";
        var named = await partners.Name(code, name.Value, visit.Admitted, cancellation);
        return named.Problem is { } problem ? await page.Show(visit, new Typed(form), problem with { Path = "$.code" }, cancellation)
            : Reply.To(PartneringRoom.Address, [code], ("done", "named"));
    }
}
