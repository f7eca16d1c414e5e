using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Partners;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Partnering;

/// <param name="Month">This one, of which there is a statement.</param>
public sealed record PartnerModel(PartnerView Partner, string Month, bool MayManage, Typed Typed, Problem? Problem, Said? Done)
{
    public static readonly string[] Fields = ["from", "to", "billing", "pricePerPoint", "redeemsAt", "in", "out"];
}

/// <summary>One partner, with all that was agreed.</summary>
public sealed class PartnerPage(PartnerBook partners, ClubCalendar calendar) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, Typed.Nothing, null, cancellation);

    /// <summary>The page, with what was typed and why it was refused.</summary>
    public async Task<Reply> Show(Visit visit, Typed typed, Problem? problem, CancellationToken cancellation)
    {
        if (await partners.Find(visit.Value("partner"), visit.For(Right.ReadPartners)!, cancellation) is not { } partner) return Reply.Nothing;
        var model = new PartnerModel(partner, $"{StatementMonth.Of(calendar.Today)}", visit.May(Right.ManagePartners), typed, problem,
            problem is null ? PartneringWords.Done(visit.Asked("done")) : null);
        return Reply.Of<OnePartner>(model, PartneringWords.Partner, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
            $"{PartneringRoom.Address}/{partner.Code}");
    }
}

/// <summary>Takes an agreement down.</summary>
public sealed class NewAgreement(PartnerBook partners, PartnerPage page) : IForm
{
    private const int Decimals = 6;

    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = FormBody.Of(form, "from", "to", "billing");
        foreach (var name in (string[])["pricePerPoint", "redeemsAt"])
            if (Amounts.Into(body, form, name, Decimals) is { } unfit) return await page.Show(visit, new Typed(form), unfit, cancellation);
        var rates = new System.Text.Json.Nodes.JsonObject();
        foreach (var name in (string[])["in", "out"])
            if (Amounts.Into(rates, form, name, Decimals) is { } unfit) return await page.Show(visit, new Typed(form), unfit, cancellation);
        if (rates.Count > 0) body["exchange"] = rates;
        var agreement = FormBody.Read(body, PartnerRequests.ReadAgreement);
        if (agreement.Problem is { } wrong) return await page.Show(visit, new Typed(form), Flat(wrong), cancellation);
        var code = visit.Value("partner");
        var agreed = await partners.Agree(code, agreement.Value, visit.Admitted, cancellation);
        return agreed.Problem is { } problem
            ? problem.Kind == ProblemKind.NotFound ? Reply.Nothing : await page.Show(visit, new Typed(form), problem, cancellation)
            : Reply.To(PartneringRoom.Address, [code], ("done", "agreed"));
    }

    /// <summary>Of a call the rates lie in an object of their own.</summary>
    private static Problem Flat(Problem problem) => problem with { Path = problem.Path?.Replace("$.exchange.", "$.", StringComparison.Ordinal) };
}
