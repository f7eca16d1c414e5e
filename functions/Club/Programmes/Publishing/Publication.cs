using System.Text.Json;
using Club.Access;
using Club.Kernel;
using Club.Store;

namespace Club.Programmes;

/// <summary>What became of an attempt to publish.</summary>
public abstract record PublicationResult
{
    /// <param name="IsNew">False: exactly this was published before, and this is what was answered then.</param>
    public sealed record Published(PublicationRecord Record, bool IsNew) : PublicationResult;

    /// <param name="Problems">Everything that stands in the way, each with its code and JSON path.</param>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : PublicationResult;
}

/// <param name="Against">The version that it is compared with: the one that would otherwise judge the days from its first one on. Null:
/// there is none.</param>
/// <param name="Problems">Why it could not be published as things stand.</param>
public sealed record PublicationReview(string? Against, IReadOnlyList<Problem> Problems, IReadOnlyList<ProgrammeChange> Changes);

/// <summary>
/// Publishes a version: its text, its line in the catalogue and the record of who did it are one commit. Of two publishers the second meets
/// the other's catalogue and decides again.
/// </summary>
public sealed class Publication(IClubStore store, ProgrammeLibrary library, ClubCalendar calendar)
{
    public const string FileAuthor = "file";

    /// <summary>Publishes what the host was configured with, unless it has been published: the first start does.</summary>
    /// <exception cref="ProgrammeException">The file is refused: with a sentence for whoever starts the host.</exception>
    public async Task PublishFile(ProgrammeText file, CancellationToken cancellation = default)
    {
        if (await Publish(file, FileAuthor, cancellation: cancellation) is not PublicationResult.Refused refused) return;
        var differences = library.TextOf(file.Programme.Version) is { } published ? ProgrammeDiff.Compare(published, file.Json) : [];
        throw new ProgrammeException(
            $"Version {file.Programme.Version} of the configured programme {file.Programme.Id} cannot be published:\n"
            + string.Join('\n', refused.Problems.Select(problem => new ProgrammeError(problem.Path ?? "$", problem.Message)))
            + string.Concat(differences.Take(10).Select(change => $"\n  differs: {change.En}"))
            + (differences.Count > 10 ? $"\n  and {differences.Count - 10} more." : ""));
    }

    /// <param name="draftedBy">Who saved the draft, when it was one.</param>
    /// <exception cref="StoreException">Too many others published meanwhile.</exception>
    public Task<PublicationResult> Publish(
        ProgrammeText text, string author, string? note = null, string? draftedBy = null, CancellationToken cancellation = default) =>
        Retry.UntilDone<PublicationResult>("A publication", async () =>
    {
        var catalogue = await library.Load(cancellation);
        if (catalogue is not null && library.TextOf(text.Programme.Version) is { } published
            && PublicationRules.SameContent(published, text.Json))
            return new PublicationResult.Published(await library.Record(catalogue.Value, text.Programme.Version, cancellation),
                IsNew: false);
        var review = Review(catalogue?.Value, text.Json, text, []);
        if (review.Problems.Count > 0) return new PublicationResult.Refused(review.Problems);
        var record = Record(catalogue?.Value, text.Programme, review, author, note, draftedBy);
        if (await Commit(catalogue, text, record, cancellation))
        {
            await library.Load(cancellation);
            return new PublicationResult.Published(record, IsNew: true);
        }
        return Retry.Again;
    }, cancellation);

    /// <summary>Publishes a draft; with its errors it is refused.</summary>
    /// <exception cref="StoreException">Too many others published meanwhile.</exception>
    public async Task<PublicationResult> PublishDraft(ProgrammeDraft draft, Caller caller, string? note,
        CancellationToken cancellation = default)
    {
        var (text, errors) = ProgrammeText.TryRead(draft.Programme);
        return text is null
            ? new PublicationResult.Refused([.. errors.Select(Wrong)])
            : await Publish(text, caller.Author, note, draft.Author, cancellation);
    }

    /// <summary>Everything that stands in the way of a draft, and what it would change.</summary>
    public async Task<PublicationReview> Review(JsonElement draft, CancellationToken cancellation = default)
    {
        var catalogue = await library.Load(cancellation);
        var (text, errors) = ProgrammeText.TryRead(draft);
        return Review(catalogue?.Value, draft, text, errors);
    }

    private PublicationReview Review(ProgrammeCatalogue? catalogue, JsonElement json, ProgrammeText? text,
        IReadOnlyList<ProgrammeError> errors)
    {
        if (catalogue is null)
            return new PublicationReview(null, Problems(null, text, errors), []);
        var against = catalogue.On(text?.Programme.EffectiveFrom ?? calendar.Today).Version;
        return new PublicationReview(against, Problems(catalogue, text, errors),
            ProgrammeDiff.Compare(library.TextOf(against)!.Value, json));
    }

    private IReadOnlyList<Problem> Problems(ProgrammeCatalogue? catalogue, ProgrammeText? text, IReadOnlyList<ProgrammeError> errors)
    {
        if (text is null) return [.. errors.Select(Wrong)];
        var taken = library.TextOf(text.Programme.Version) is { } published && !PublicationRules.SameContent(published, text.Json);
        var unchanged = !taken && catalogue?.Find(text.Programme.Version) is not null;
        return unchanged ? [] : PublicationRules.Check(library.Id, text, catalogue is null ? null
            : library.Find(catalogue.Versions[^1].Version), taken, calendar);
    }

    private static Problem Wrong(ProgrammeError error) => new("programme-invalid", error.Message, error.Path);

    private PublicationRecord Record(
        ProgrammeCatalogue? catalogue, Programme programme, PublicationReview review, string author, string? note, string? draftedBy)
    {
        var now = calendar.Now;
        if (catalogue?.Versions[^1].RecordedAt is { } last && last >= now) now = last.AddMilliseconds(1);
        return new PublicationRecord
        {
            Number = (catalogue?.Versions.Count ?? 0) + 1,
            Version = programme.Version,
            EffectiveFrom = programme.EffectiveFrom,
            RecordedAt = now,
            Author = author,
            Note = note,
            DraftedBy = draftedBy,
            Against = review.Against,
            Changes = [.. review.Changes.Take(PublicationRecord.MostChanges)],
            ChangesInAll = review.Changes.Count,
        };
    }

    private async Task<bool> Commit(Stored<ProgrammeCatalogue>? catalogue, ProgrammeText text, PublicationRecord record,
        CancellationToken cancellation)
    {
        var line = new PublishedLine(record.Version, record.EffectiveFrom, record.RecordedAt, record.Author, record.Note);
        Write[] writes =
        [
            new StoredProgramme { Line = line, Programme = text.Json }.ToCreate(),
            record.ToCreate(),
            new ProgrammeCatalogue { Versions = [.. catalogue?.Value.Versions ?? [], line] }.ToWrite(catalogue?.ETag),
        ];
        return await store.Commit(library.Partition, writes, cancellation) is CommitResult.Written;
    }
}
