using System.Globalization;
using System.Text.Json;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>How staff change the rules: versions, the draft, publication, and who did what.</summary>
public sealed class ProgrammeFunctions(ProgrammeLibrary library, ProgrammeDrafts drafts, Publication publication, ClubCalendar calendar)
{
    private const int LongestAuthor = 128;

    [Function("Programmes")]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "programmes")] HttpRequest request, CancellationToken cancellation)
    {
        var versions = await library.Versions(cancellation);
        var inForce = versions.Count == 0 ? null : new ProgrammeCatalogue { Versions = versions }.On(calendar.Today).Version;
        return Http.Json(new ListPage<object>(
            [.. versions.Select(line => new { library.Id, line.Version, line.EffectiveFrom, line.RecordedAt, line.Author, line.Note, inForce = line.Version == inForce })], null));
    }

    [Function("ProgrammeVersion")]
    public async Task<IResult> Version(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "programmes/{id}/versions/{version}")] HttpRequest request, string id, string version, CancellationToken cancellation) =>
        id != library.Id ? Http.NotFound($"Programme \"{id}\"")
        : await library.Version(version, cancellation) is { } programme ? Http.Json(programme)
        : Http.NotFound($"Version \"{version}\" of programme \"{id}\"");

    [Function("ProgrammeDraft")]
    public async Task<IResult> Draft(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "programmes/{id}/draft")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        if (await drafts.Find(cancellation) is not { } stored) return Http.NotFound($"A draft of programme \"{id}\"");
        var review = await publication.Review(stored.Value.Programme, cancellation);
        Tag(request, stored);
        return Http.Json(new { stored.Value.Author, stored.Value.SavedAt, review.Against, errors = review.Problems, review.Changes, stored.Value.Programme });
    }

    [Function("SaveProgrammeDraft")]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "programmes/{id}/draft")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        var body = await Http.Body(request, cancellation, Http.MaximumProgramme);
        if (body.Length > Http.MaximumProgramme) return Http.TooLarge(Http.MaximumProgramme);
        var draft = JsonFields.Parse<ProgrammeDraft>(body, ReadDraft);
        if (draft.Problem is { } wrong) return Http.Problem(wrong);
        var saved = await drafts.Save(draft.Value, IfMatch(request), cancellation);
        if (saved.Problem is { } refused) return Http.Problem(refused);
        var review = await publication.Review(draft.Value.Programme, cancellation);
        Tag(request, saved.Value);
        return Http.Json(new { draft.Value.Author, draft.Value.SavedAt, review.Against, errors = review.Problems, review.Changes });
    }

    [Function("PublishProgramme")]
    public async Task<IResult> Publish(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "programmes/{id}/publish")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        var body = await Http.Body(request, cancellation, Http.MaximumProgramme);
        if (body.Length > Http.MaximumProgramme) return Http.TooLarge(Http.MaximumProgramme);
        var asked = JsonFields.Parse<(string Author, string? Note)>(body, fields =>
        {
            var (author, note) = (fields.Text("author", maximum: LongestAuthor), fields.Text("note", required: false));
            return fields.Problem is { } problem ? problem : (author!, note);
        });
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        if (await drafts.Find(cancellation) is not { } stored) return Http.NotFound($"A draft of programme \"{id}\"");
        if (ProgrammeDrafts.Changed(stored, IfMatch(request)) is { } changed) return Http.Problem(changed);
        var result = await publication.PublishDraft(stored.Value, asked.Value.Author, asked.Value.Note, cancellation);
        return result switch
        {
            PublicationResult.Published published => Http.Json(Shown(published.Record), published.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK),
            PublicationResult.Refused refused => Http.Problems(refused.Problems, StatusCodes.Status409Conflict),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
    }

    [Function("ProgrammeAudit")]
    public async Task<IResult> Audit(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "programmes/{id}/audit")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        var limit = Http.Limit(request);
        if (limit.Problem is { } wrong) return Http.Problem(wrong);
        int? before = null;
        if (Http.Query(request, "continuation") is { } continuation)
        {
            if (!int.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return Http.UnknownContinuation();
            before = number;
        }
        var (items, next) = await library.Audit(limit.Value, before, cancellation);
        return Http.Json(new ListPage<object>([.. items.Select(Shown)], next?.ToString(CultureInfo.InvariantCulture)));
    }

    private Outcome<ProgrammeDraft> ReadDraft(JsonFields fields)
    {
        var author = fields.Text("author", maximum: LongestAuthor);
        var programme = fields.Raw("programme");
        if (fields.Problem is { } problem) return problem;
        // Written and read again, so that what is kept can be read by every store.
        using var whole = JsonDocument.Parse(ProgrammeText.ToUtf8(programme!.Value));
        return new ProgrammeDraft { Author = author!, SavedAt = calendar.Now, Programme = whole.RootElement.Clone() };
    }

    private object Shown(PublicationRecord record) => new
    {
        library.Id, record.Version, record.EffectiveFrom, record.RecordedAt, record.Author, record.Note, record.DraftedBy, record.Against, record.Changes, record.ChangesInAll,
    };

    private static void Tag(HttpRequest request, Stored<ProgrammeDraft> stored) =>
        request.HttpContext.Response.Headers.ETag = $"\"{ProgrammeDrafts.TagOf(stored)}\"";

    /// <summary>The tag of the draft that the caller has seen; null when the caller does not say.</summary>
    private static string? IfMatch(HttpRequest request) => request.Headers.IfMatch.ToString() is { Length: > 0 } tag and not "*" ? tag.Trim('"') : null;
}
