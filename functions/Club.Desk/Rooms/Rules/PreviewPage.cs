using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Explaining;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Rules;

/// <param name="Books">To judge by; none chosen: the version of the day.</param>
public sealed record PreviewModel(IReadOnlyList<string> Books, Bill Bill, PricePreview? Priced, Programme? By, Said? Wrong,
    Problem? Problem);

/// <summary>A bill to be tried.</summary>
public sealed class PreviewPage(RuleBooks books, ClubCalendar calendar) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation) => Reply.Of<BillPreview>(
        new PreviewModel(await books.Names(cancellation), Bill.Empty(calendar), null, null, null, null), TrialWords.Preview);
}

/// <summary>Says what a bill would bring.</summary>
public sealed class PriceBill(RuleBooks books, ProgrammeLibrary library, Preview preview, ClubCalendar calendar) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var (bill, rules) = (Bill.Of(form), await library.Now(cancellation));
        var model = new PreviewModel(await books.Names(cancellation), bill, null, null, null, null);
        Programme? by = null;
        if (bill.Book.Length > 0 && (by = await books.Find(bill.Book, cancellation)) is null)
            return Page(model with { Wrong = TrialWords.NoBook });
        if (bill.ToMessage(calendar) is not { } message) return Page(model with { Wrong = TrialWords.BadAmount });
        var priced = await preview.Price(message, rules, by, cancellation);
        return Page(priced.Problem is { } problem ? model with { Problem = problem }
            : model with { Priced = priced.Value, By = by ?? rules.Find(priced.Value.ProgrammeVersion) ?? rules.Current });
    }

    private static Reply.Page Page(PreviewModel model) => Reply.Of<BillPreview>(model, TrialWords.Preview,
        model.Priced is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}
