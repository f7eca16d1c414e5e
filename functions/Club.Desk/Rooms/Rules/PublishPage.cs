using Club.Desk.Frame;
using Club.Desk.Words;
using Club.Kernel;
using Club.Programmes;
using Microsoft.AspNetCore.Http;

namespace Club.Desk.Rooms.Rules;

/// <param name="Tag">Of the draft that was read; null: there is none.</param>
public sealed record PublishModel(string? Tag, Programme? Draft, IReadOnlyList<TextError> Errors, string? Against,
    IReadOnlyList<ProgrammeChange> Changes, string? Note, Said? Wrong, Problem? Problem);

/// <summary>What publishing the draft would do, to be read before it is done.</summary>
public sealed class PublishPage(RuleBooks books, Publication publication) : IPage
{
    public Task<Reply> Show(Visit visit, CancellationToken cancellation) => Show(null, null, null, cancellation);

    /// <summary>The same, with why it was not done.</summary>
    public async Task<Reply> Show(string? note, Said? wrong, Problem? problem, CancellationToken cancellation)
    {
        var status = problem is not null ? Statuses.Of(problem.Kind)
            : wrong is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        if (await books.FindDraft(cancellation) is not { } stored)
            return Reply.Of<Publishing>(new PublishModel(null, null, [], null, [], note, wrong, problem), RulesWords.Publish, status);
        var review = await publication.Review(stored.Value.Programme, cancellation);
        var (draft, _) = ProgrammeText.TryRead(stored.Value.Programme);
        return Reply.Of<Publishing>(new PublishModel(ProgrammeDrafts.TagOf(stored), draft?.Programme,
            RuleText.Place(RuleText.Of(stored.Value.Programme), review.Problems), review.Against, review.Changes, note, wrong, problem),
            RulesWords.Publish, status);
    }
}

/// <summary>Publishes the draft that was read, and no other.</summary>
public sealed class PublishDraft(RuleBooks books, Publication publication, PublishPage page) : IForm
{
    private const int LongestNote = 512;

    public async Task<Reply> Take(Visit visit, Form form, CancellationToken cancellation)
    {
        var note = form.Text("note") is { } text ? text[..Math.Min(text.Length, LongestNote)] : null;
        if (await books.FindDraft(cancellation) is not { } stored)
            return await page.Show(note, RulesWords.NothingToPublish, null, cancellation);
        if (ProgrammeDrafts.Changed(stored, form.Text("tag") ?? "") is { } changed) return await page.Show(note, null, changed, cancellation);
        if (form.Text("confirm") != "yes") return await page.Show(note, RulesWords.NeedsConfirm, null, cancellation);
        return await publication.PublishDraft(stored.Value, visit.Admitted, note, cancellation) switch
        {
            PublicationResult.Published => Reply.To(RulesRoom.Address, [], ("done", "published")),
            PublicationResult.Refused refused => await page.Show(note, null,
                refused.Problems[0] with { Kind = ProblemKind.Conflict }, cancellation),
            _ => throw new InvalidOperationException("Unknown result of a publication."),
        };
    }
}
