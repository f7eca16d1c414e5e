using Club.Access;
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
    [Function("Programmes")]
    [Needs(Right.ReadRules)]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "programmes")] HttpRequest request,
        CancellationToken cancellation)
    {
        var versions = await library.Versions(cancellation);
        var inForce = versions.Count == 0 ? null : new ProgrammeCatalogue { Versions = versions }.On(calendar.Today).Version;
        return Http.Json(new ListPage<object>(
            [.. versions.Select(line => new { library.Id, line.Version, line.EffectiveFrom, line.RecordedAt, line.Author, line.Note,
            inForce = line.Version == inForce })], null));
    }

    [Function("ProgrammeVersion")]
    [Needs(Right.ReadRules)]
    public async Task<IResult> Version(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "programmes/{id}/versions/{version}")] HttpRequest request, string id,
        string version, CancellationToken cancellation) =>
        id != library.Id ? Http.NotFound($"Programme \"{id}\"")
        : await library.Version(version, cancellation) is { } programme ? Http.Json(programme)
        : Http.NotFound($"Version \"{version}\" of programme \"{id}\"");

    [Function("ProgrammeDraft")]
    [Needs(Right.ReadRules)]
    public async Task<IResult> Draft(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "programmes/{id}/draft")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        if (await drafts.Find(cancellation) is not { } stored) return Http.NotFound($"A draft of programme \"{id}\"");
        var review = await publication.Review(stored.Value.Programme, cancellation);
        Tag(request, stored);
        return Http.Json(new { stored.Value.Author, stored.Value.SavedAt, review.Against, errors = review.Problems, review.Changes,
            stored.Value.Programme });
    }

    [Function("SaveProgrammeDraft")]
    [Needs(Right.ChangeRules)]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "programmes/{id}/draft")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        var asked = await Http.ReadSigned(request, ReadDraft, cancellation, Http.MaximumProgramme);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        var draft = new ProgrammeDraft { Author = asked.Value.Caller.Author, SavedAt = calendar.Now, Programme = asked.Value.Wanted };
        var saved = await drafts.Save(draft, IfMatch(request), cancellation);
        if (saved.Problem is { } refused) return Http.Problem(refused);
        var review = await publication.Review(draft.Programme, cancellation);
        Tag(request, saved.Value);
        return Http.Json(new { draft.Author, draft.SavedAt, review.Against, errors = review.Problems, review.Changes });
    }

    [Function("PublishProgramme")]
    [Needs(Right.ChangeRules)]
    public async Task<IResult> Publish(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "programmes/{id}/publish")] HttpRequest request, string id,
        CancellationToken cancellation)
    {
        if (id != library.Id) return Http.NotFound($"Programme \"{id}\"");
        var asked = await Http.ReadSigned<string?>(request, fields => fields.Text("note", required: false), cancellation,
            Http.MaximumProgramme);
        if (asked.Problem is { } wrong) return Http.Problem(wrong);
        if (await drafts.Find(cancellation) is not { } stored) return Http.NotFound($"A draft of programme \"{id}\"");
        if (ProgrammeDrafts.Changed(stored, IfMatch(request)) is { } changed) return Http.Problem(changed);
        var result = await publication.PublishDraft(stored.Value, asked.Value.Caller, asked.Value.Wanted, cancellation);
        return result switch
        {
            PublicationResult.Published published =>
                Http.Json(Shown(published.Record), published.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK),
            PublicationResult.Refused refused => Http.Problems(refused.Problems, ProblemKind.Conflict),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
    }

    [Function("ProgrammeAudit")]
    [Needs(Right.ReadRules)]
    public async Task<IResult> Audit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "programmes/{id}/audit")] HttpRequest request, string id,
        CancellationToken cancellation)
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

    private static Outcome<JsonElement> ReadDraft(JsonFields fields)
    {
        if (fields.Raw("programme") is not { } programme) return fields.Problem!;
        // Written and read again, so that what is kept can be read by every store.
        using var whole = JsonDocument.Parse(ProgrammeText.ToUtf8(programme));
        return whole.RootElement.Clone();
    }

    private object Shown(PublicationRecord record) => new
    {
        library.Id, record.Version, record.EffectiveFrom, record.RecordedAt, record.Author, record.Note, record.DraftedBy, record.Against,
            record.Changes, record.ChangesInAll,
    };

    private static void Tag(HttpRequest request, Stored<ProgrammeDraft> stored) =>
        request.HttpContext.Response.Headers.ETag = $"\"{ProgrammeDrafts.TagOf(stored)}\"";

    /// <summary>The tag of the draft that the caller has seen; null when the caller does not say.</summary>
    private static string? IfMatch(HttpRequest request) =>
        request.Headers.IfMatch.ToString() is { Length: > 0 } tag and not "*" ? tag.Trim('"') : null;
}
