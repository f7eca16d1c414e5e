namespace Club.Store;

/// <summary>Moves projections forward along <see cref="IClubStore.Changes"/>, and rebuilds them from nothing. Any number of hosts may do so
/// at once: one commit wins, the others read again.</summary>
public sealed class Projections(IClubStore store, IEnumerable<IProjection> all)
{
    /// <summary>So many documents that no projection looks at are read again rather than told by a commit of their own.</summary>
    private const int MostUnmarked = 1000;

    private readonly IReadOnlyList<IProjection> _all = [.. all];

    /// <summary>The one partition in which a projection keeps its bookmark and its rows.</summary>
    public static string PartitionOf(IProjection projection) => $"projection:{projection.Name}";

    /// <summary>Moves each projection on, by at most so many commits.</summary>
    /// <returns>Whether all have read everything.</returns>
    public async Task<bool> Advance(int mostCommits, CancellationToken cancellation)
    {
        var done = true;
        foreach (var projection in _all) done &= await Advance(projection, mostCommits, cancellation);
        return done;
    }

    /// <summary>Moves one projection on, by at most so many commits.</summary>
    /// <returns>Whether it has read everything.</returns>
    public async Task<bool> Advance(IProjection projection, int mostCommits, CancellationToken cancellation)
    {
        var kept = await Kept(projection, cancellation);
        var (position, limit, conflicts, unmarked) = (kept?.Value.Position, projection.PageSize, 0, 0);
        for (var commits = 0; commits < mostCommits;)
        {
            var page = await store.Changes(position, limit, cancellation);
            if (page.Documents.Count == 0) return true;
            Document[] happened = [.. page.Documents.Where(document => projection.Reads(document.Type))];
            unmarked += page.Documents.Count;
            if (happened.Length == 0 && unmarked < MostUnmarked)
            {
                position = page.Bookmark;
                continue;
            }
            var rows = new ProjectionRows(store, PartitionOf(projection));
            await projection.Project(happened, rows, cancellation);
            var bookmark = new Bookmark { Position = page.Bookmark };
            Write[] writes = [bookmark.ToWrite(kept?.ETag), .. rows.Writes];
            if (StoreArguments.Excess(writes) is { } excess)
            {
                // A commit holds the rows of half as many. A store may not part what was committed together, and that is of one member.
                if (limit == 1) throw new StoreException($"Projection {projection.Name}: {excess}");
                limit = Math.Max(1, Math.Min(limit, page.Documents.Count) / 2);
                continue;
            }
            commits++;
            if (await store.Commit(PartitionOf(projection), writes, cancellation) is CommitResult.Written written)
            {
                (kept, position, limit, conflicts) = (new Stored<Bookmark>(bookmark, written.ETags[0]), page.Bookmark,
                    Math.Min(projection.PageSize, limit * 2), 0);
            }
            else
            {
                await Backoff.After(++conflicts, cancellation);
                kept = await Kept(projection, cancellation);
                position = kept?.Value.Position;
            }
            unmarked = 0;
        }
        return false;
    }

    /// <summary>Deletes the rows and the bookmark in commits of bounded size; the next advance begins at the beginning. What a crash leaves
    /// of it, the next advance ends.</summary>
    public async Task Rebuild(IProjection projection, CancellationToken cancellation)
    {
        var partition = PartitionOf(projection);
        for (var attempt = 1; await store.Read<Bookmark>(partition, Bookmark.Id, cancellation)
            is { Value.Clearing: not true } kept; attempt++)
        {
            if (await store.Commit(partition, [(kept.Value with { Clearing = true }).ToReplace(kept.ETag)], cancellation)
                is CommitResult.Written)
                break;
            await Backoff.After(attempt, cancellation);
        }
        await Clear(partition, cancellation);
    }

    private async Task<Stored<Bookmark>?> Kept(IProjection projection, CancellationToken cancellation)
    {
        var partition = PartitionOf(projection);
        while (await store.Read<Bookmark>(partition, Bookmark.Id, cancellation) is { } kept)
        {
            if (kept.Value.Clearing is not true) return kept;
            await Clear(partition, cancellation);
        }
        return null;
    }

    /// <summary>Each commit replaces the bookmark too: who is late deletes nothing of what was built since.</summary>
    private async Task Clear(string partition, CancellationToken cancellation)
    {
        var rows = new IndexQuery(ProjectionRows.RowIndex, "", IndexQuery.Last, Partition: partition,
            Limit: StoreLimits.WritesPerCommit - 1);
        for (var attempt = 1; await store.Read<Bookmark>(partition, Bookmark.Id, cancellation) is { Value.Clearing: true } kept; attempt++)
        {
            var page = await store.Find(rows, cancellation);
            Write[] writes = page.Documents.Count == 0
                ? [new Write.Delete(Bookmark.Id, kept.ETag)]
                : [kept.Value.ToReplace(kept.ETag), .. page.Documents.Select(row => new Write.Delete(row.Id, row.ETag))];
            if (await store.Commit(partition, writes, cancellation) is CommitResult.Written) attempt = 0;
            await Backoff.After(attempt, cancellation);
        }
    }
}
