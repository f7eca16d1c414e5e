using Club.Store;

namespace Club.Identity;

/// <summary>
/// The club's documents, of which the personal ones are kept under a key of their partition: whoever reads the database, its log, a copy or
/// a backup without the key reads nothing of them. Keys of an index that tell of a person are kept as keyed hashes.
/// </summary>
/// <remarks>A document whose key was destroyed is as if it were not there.</remarks>
public sealed class SealedStore(IClubStore store, PersonKeys keys, IdentityHasher hasher) : IClubStore
{
    public async ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        for (string? unreadable = null; ;)
        {
            if (await store.Read(partition, id, cancellation) is not { } document || document.ETag == unreadable) return null;
            if (await Open(document, cancellation) is { } open) return open;
            // The key may have been destroyed since, after whoever erases stored the document without what is personal.
            unreadable = document.ETag;
        }
    }

    public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        if (!writes.Any(write => write.IsPersonal)) return await store.Commit(partition, writes, cancellation);
        // Nothing personal comes into a partition again that was erased: whoever wants to reads again, and finds that it was.
        return await keys.Take(partition, cancellation) is { } key
            ? await store.Commit(partition, [.. writes.Select(write => Close(write, partition, key))], cancellation)
            : new CommitResult.Conflict([.. writes.Where(write => write.IsPersonal).Select(write => write.Id)]);
    }

    public async ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        var page = await store.Find(Hashed(query), cancellation);
        return page with { Documents = await Open(page.Documents, cancellation) };
    }

    public async ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        while (true)
        {
            var page = await store.Changes(bookmark, limit, cancellation);
            var open = await Open(page.Documents, cancellation);
            // Only an empty page says that nothing is new.
            if (open.Count > 0 || page.Documents.Count == 0) return page with { Documents = open };
            bookmark = page.Bookmark;
        }
    }

    private Write Close(Write write, string partition, byte[] key) => write switch
    {
        Write.Create { IsPersonal: true } create =>
            create with { Json = Seal.Close(create.Json.Span, key, partition, create.Id, create.Type), Index = Hashed(create.Index) },
        Write.Replace { IsPersonal: true } replace =>
            replace with { Json = Seal.Close(replace.Json.Span, key, partition, replace.Id, replace.Type), Index = Hashed(replace.Index) },
        _ => write,
    };

    /// <summary>Documents that were read past this store, as they are without their seals.</summary>
    public async ValueTask<IReadOnlyList<Document>> Open(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        if (!documents.Any(document => Seal.IsClosed(document.Json.Span))) return documents;
        var open = new List<Document>(documents.Count);
        foreach (var document in documents)
            if (await Open(document, cancellation) is { } one) open.Add(one);
        return open;
    }

    private async ValueTask<Document?> Open(Document document, CancellationToken cancellation)
    {
        if (!Seal.IsClosed(document.Json.Span)) return document;
        if (await keys.Find(document.Partition, cancellation) is not { } key) return null;
        if (Seal.Open(document, key) is { } text) return document with { Json = text };
        // The key that is remembered here may have been dropped by another host, and another one made since.
        if (await keys.FindAgain(document.Partition, cancellation) is not { } made) return null;
        if (Seal.Open(document, made) is { } again) return document with { Json = again };
        // Its key may have gone with it, after it was read; what still stands there is damaged.
        return (await store.Read(document.Partition, document.Id, cancellation))?.ETag != document.ETag ? null
            : throw new StoreException($"Document {document.Id} of type {document.Type} is not what was sealed.");
    }

    private IndexKeys Hashed(IndexKeys index) => index with { Keys = [.. index.Keys.Select(Hashed)] };

    private IndexKey Hashed(IndexKey key) => IndexKeys.IsPersonal(key.Name) ? key with { Value = hasher.Key(key.Name, key.Value) } : key;

    /// <exception cref="ArgumentException">A range is asked for, of which hashes know nothing.</exception>
    private IndexQuery Hashed(IndexQuery query)
    {
        if (query.Required.Any(key => IndexKeys.IsPersonal(key.Name))) query = query with { Required = [.. query.Required.Select(Hashed)] };
        if (!IndexKeys.IsPersonal(query.Index)) return query;
        if (query.From != query.To) throw new ArgumentException($"The index {query.Index} is found by whole values only.", nameof(query));
        var value = hasher.Key(query.Index, query.From);
        return query with { From = value, To = value };
    }
}
