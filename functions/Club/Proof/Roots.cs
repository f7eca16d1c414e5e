using System.Text.Json;
using Club.Kernel;
using Club.Store;

namespace Club.Proof;

/// <summary>The roots that were made. What counts are the kept files; the documents are for lists.</summary>
public sealed class Roots(IClubStore store, IKeptFiles files)
{
    private const string Folder = "roots/";

    /// <summary>The newest root that is complete; null before the first.</summary>
    public async Task<RootRecord?> Latest(CancellationToken cancellation) =>
        await store.Read<RootMark>(RootRecord.Partition, RootMark.Id, cancellation) is { Value.Day: var day } ? await Of(day, cancellation)
            : null;

    /// <summary>The root that was made on a business date; null: none was.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public async Task<RootRecord?> Of(DateOnly day, CancellationToken cancellation)
    {
        await using var file = await files.Open(NameOf(day), cancellation);
        if (file is null) return null;
        try
        {
            var root = await JsonSerializer.DeserializeAsync(file.Content, ProofDocuments.Default.RootRecord, cancellation);
            return root?.Day == day ? root : throw new FormatException($"The file of the root of {IndexKeys.Date(day)} is of another day.");
        }
        catch (JsonException damage)
        {
            throw new FormatException($"The file of the root of {IndexKeys.Date(day)} is damaged.", damage);
        }
    }

    /// <summary>Roots as their documents tell them, the latest first.</summary>
    public async Task<(IReadOnlyList<RootRecord> Items, string? Continuation)> List(int limit, string? continuation,
        CancellationToken cancellation)
    {
        var page = await store.Find(IndexQuery.Prefix(RootRecord.ListIndex, "") with { Limit = limit, Continuation = continuation },
            cancellation);
        return ([.. page.Documents.Select(document => document.As<RootRecord>())], page.Continuation);
    }

    /// <summary>The days of which there are files, the oldest first.</summary>
    internal async IAsyncEnumerable<DateOnly> Days(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var file in files.List(Folder, cancellation))
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(file.Name.LastPart), "yyyy-MM-dd", out var day)) yield return day;
    }

    /// <summary>The newest day of which there is a file.</summary>
    internal async Task<RootRecord?> Newest(CancellationToken cancellation)
    {
        DateOnly? newest = null;
        await foreach (var day in Days(cancellation)) newest = day;
        return newest is { } found ? await Of(found, cancellation) : null;
    }

    /// <summary>The newest root of which there is a file, null where there is none, and whether a root that was published is not among
    /// those that are kept.</summary>
    public async Task<(RootRecord? Newest, bool IsLost)> Covering(string? published, CancellationToken cancellation)
    {
        var (newest, isFound) = ((RootRecord?)null, published is null);
        await foreach (var day in Days(cancellation))
        {
            newest = await Of(day, cancellation);
            isFound |= newest!.Root == published && newest.ComputeRoot() == published;
        }
        return (newest, !isFound);
    }

    /// <returns>Whether it is this one that is kept of the day.</returns>
    internal Task<bool> Keep(RootRecord root, CancellationToken cancellation) => files.Create(NameOf(root.Day),
        new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(root, ProofDocuments.Default.RootRecord)), cancellation);

    /// <summary>Enters a root that is kept among the documents.</summary>
    /// <param name="position">From where the next one reads on; null: from where this one did, or further back.</param>
    internal Task Enter(RootRecord root, string? position, CancellationToken cancellation) =>
        Retry.UntilDone<bool>("The list of roots", async () =>
    {
        var mark = await store.Read<RootMark>(RootRecord.Partition, RootMark.Id, cancellation);
        var writes = new List<Write>(2);
        if (await store.Read(RootRecord.Partition, root.DocumentId, cancellation) is null) writes.Add(root.ToCreate());
        if (!(mark?.Value.Day >= root.Day))
            writes.Add(new RootMark { Day = root.Day, Position = position ?? mark?.Value.Position }.ToWrite(mark?.ETag));
        if (writes.Count == 0) return true;
        return await store.Commit(RootRecord.Partition, writes, cancellation) is CommitResult.Written ? true : Retry.Again;
    }, cancellation);

    private static FileName NameOf(DateOnly day) => FileName.Parse($"{Folder}{IndexKeys.Date(day)}.json").Value;
}
