using Club.Kernel;
using Club.Store;

namespace Club.Programmes;

/// <summary>Keeps the one draft of the programme.</summary>
public sealed class ProgrammeDrafts(IClubStore store, ProgrammeLibrary library)
{
    public async Task<Stored<ProgrammeDraft>?> Find(CancellationToken cancellation = default) =>
        await store.Read<ProgrammeDraft>(library.Partition, ProgrammeDraft.Id, cancellation);

    /// <param name="etag">The draft that this one replaces, by its tag as it was read; null: whichever there is.</param>
    /// <returns>The draft with its new ETag, or <c>draft-changed</c> when somebody has saved since.</returns>
    public Task<Outcome<Stored<ProgrammeDraft>>> Save(ProgrammeDraft draft, string? etag, CancellationToken cancellation = default) =>
        Retry.UntilDone<Outcome<Stored<ProgrammeDraft>>>($"The draft of programme {library.Id}", async () =>
        {
            var stored = await Find(cancellation);
            if (Changed(stored, etag) is { } changed) return (Outcome<Stored<ProgrammeDraft>>)changed;
            return await store.Commit(library.Partition, [draft.ToWrite(stored?.ETag)], cancellation) is CommitResult.Written written
                ? (Outcome<Stored<ProgrammeDraft>>)new Stored<ProgrammeDraft>(draft, written.ETags[0])
                : Retry.Again;
        }, cancellation);

    /// <summary>The draft's ETag without the quotation marks that some stores put around it.</summary>
    public static string TagOf(Stored<ProgrammeDraft> stored) => stored.ETag.Trim('"');

    /// <summary>Why a draft is not the one that the caller has seen.</summary>
    public static Problem? Changed(Stored<ProgrammeDraft>? stored, string? etag) =>
        etag is null || (stored is not null && TagOf(stored) == etag)
        ? null
        : new Problem("draft-changed", stored is null
            ? "There is no draft any more."
            : $"{stored.Value.Author} has saved another draft since, at {stored.Value.SavedAt:yyyy-MM-dd'T'HH:mm:sszzz}. Read it and decide again.") { Kind = ProblemKind.Changed };
}
