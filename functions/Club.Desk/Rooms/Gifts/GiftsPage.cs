using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Gifts;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Gifts;

/// <param name="Key">Makes a form that is sent twice count once.</param>
public sealed record GiftsModel(PageOf<GiftView> Found, Programme Programme, string Key, Problem? Problem, Said? Done)
{
    public string TierName(string code) => Programme.FindTier(new TierCode(code))?.Name ?? code;
}

/// <summary>Gifts by their code, with what they cost and how many are left.</summary>
public sealed class GiftsPage(GiftCatalogue catalogue, ProgrammeLibrary library) : IPage
{
    public const string OfToday = "true";

    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(visit, null, cancellation);

    /// <summary>The list, with why a form was refused.</summary>
    public async Task<Reply> Show(Visit visit, Problem? problem, CancellationToken cancellation)
    {
        var criteria = new GiftCriteria(visit.Asked("category"), visit.Asked("offered") == OfToday);
        var found = await Paging.Find(visit, (limit, continuation) => catalogue.List(criteria, limit, continuation, cancellation));
        Said? done = visit.Asked("done") == "stock" ? GiftsWords.StockChanged : null;
        var rules = await library.Now(cancellation);
        var model = new GiftsModel(found, rules.Current, Ids.Random("C"), problem, problem is null ? done : null);
        return Reply.Of<GiftList>(model, GiftsWords.Gifts, problem is null ? StatusCodes.Status200OK : Statuses.Of(problem.Kind),
            GiftsRoom.Address);
    }
}

/// <summary>Brings pieces in, or takes them out.</summary>
public sealed class ChangeStock(GiftStocks stocks, GiftsPage page) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var body = FormBody.Of(form, "reason");
        if (Amounts.Into(body, form, "change", decimals: 0, isSigned: true) is { } unfit)
            return await page.Show(visit, unfit, cancellation);
        var request = FormBody.Read(body, StockRequest.Read);
        if (request.Problem is { } wrong) return await page.Show(visit, wrong, cancellation);
        var command = FormBody.Once(visit, form, body.ToJsonString());
        var changed = await stocks.Change(visit.Value("code"), request.Value, command, visit.Admitted, cancellation);
        if (changed.Problem is { Kind: not ProblemKind.NotFound } problem) return await page.Show(visit, problem, cancellation);
        return changed.Succeeded ? Reply.To(GiftsRoom.Address, [], ("category", visit.Asked("category")), ("offered", visit.Asked("offered")),
            ("done", "stock")) : Reply.Nothing;
    }
}
