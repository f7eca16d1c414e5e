using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Rules;

/// <param name="Tag">Of the draft that is shown, so that nobody else's is written over.</param>
/// <param name="Stored">Null: there is none, and the text is that of the version in force.</param>
/// <param name="Errors">What stands in the way; null where nothing was reviewed.</param>
public sealed record DraftModel(string Text, string? Tag, ProgrammeDraft? Stored, IReadOnlyList<TextError>? Errors, string? Against,
    int Changes, Said? Done, Said? Wrong, Problem? Problem);

/// <summary>The draft as a text, with its errors at their lines.</summary>
public sealed class DraftPage(RuleBooks books, ProgrammeLibrary library, Publication publication) : IPage
{
    public async Task<Reply> Show(Visit visit, CancellationToken cancellation)
    {
        var done = visit.Asked("done") == "saved" ? RulesWords.Saved : (Said?)null;
        if (await books.FindDraft(cancellation) is not { } stored)
        {
            var current = (await library.Now(cancellation)).Current.Version;
            var text = await library.Version(current, cancellation) is { } programme ? RuleText.Of(programme) : "{}";
            return Reply.Of<DraftText>(new DraftModel(text, null, null, null, null, 0, done, null, null), RulesWords.Draft);
        }
        var review = await publication.Review(stored.Value.Programme, cancellation);
        var typed = RuleText.Of(stored.Value.Programme);
        return Reply.Of<DraftText>(new DraftModel(typed, ProgrammeDrafts.TagOf(stored), stored.Value,
            RuleText.Place(typed, review.Problems), review.Against, review.Changes.Count, done, null, null), RulesWords.Draft);
    }
}

/// <summary>Saves the draft, right or wrong; what is no JSON is given back.</summary>
public sealed class SaveDraft(RuleBooks books, ProgrammeDrafts drafts, ClubCalendar calendar) : IForm
{
    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var text = form.Whole("programme").ReplaceLineEndings("\n");
        var (json, error) = RuleText.Read(text);
        var stored = await books.FindDraft(cancellation);
        if (json is not { } programme) return Again(text, form, stored, [error!], null, StatusCodes.Status400BadRequest);
        var draft = new ProgrammeDraft { Author = visit.Admitted.Author, SavedAt = calendar.Now, Programme = programme };
        var saved = await drafts.Save(draft, form.Text("tag"), cancellation);
        return saved.Problem is { } problem ? Again(text, form, stored, null, problem, Statuses.Of(problem.Kind))
            : Reply.To(RulesRoom.Address, ["draft"], ("done", "saved"));
    }

    private static Reply.Page Again(string text, Form form, Stored<ProgrammeDraft>? stored, IReadOnlyList<TextError>? errors,
        Problem? problem, int status) =>
        Reply.Of<DraftText>(new DraftModel(text, form.Text("tag"), stored?.Value, errors, null, 0, null, RulesWords.NotSaved, problem),
            RulesWords.Draft, status);
}
