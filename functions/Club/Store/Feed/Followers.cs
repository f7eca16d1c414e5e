namespace Club.Store;

/// <summary>Does something about what has happened, some time after: a reward that follows from a purchase, an event that goes out.
/// Registered by the feature.</summary>
public interface IFollows
{
    /// <summary>The word that names the bookmark; never changed.</summary>
    string Name { get; }

    /// <summary>Safe to repeat: after a crash, and when several hosts follow at once, a document is told again.</summary>
    Task Follow(Document happened, CancellationToken cancellation);
}

/// <summary>Moves those who follow on along <see cref="IClubStore.Changes"/>.</summary>
public sealed class Followers(IClubStore store, IEnumerable<IFollows> all)
{
    private const int PageSize = 200;

    /// <summary>So many documents that are neither entries nor events are read again rather than told by a commit.</summary>
    private const int MostUnmarked = 1000;

    private readonly IReadOnlyList<IFollows> _all = [.. all];

    /// <summary>Moves each on, by at most so many pages. Those that have come as far go on together: what happened is read once.</summary>
    /// <returns>Whether all have been told everything.</returns>
    public async Task<bool> Advance(int mostPages, CancellationToken cancellation)
    {
        var all = new List<Follower>(_all.Count);
        foreach (var one in _all) all.Add(await Read(one, cancellation));
        var done = true;
        foreach (var together in all.GroupBy(one => one.Position).ToArray())
            done &= await Advance([.. together], mostPages, cancellation);
        return done;
    }

    private async Task<bool> Advance(List<Follower> together, int mostPages, CancellationToken cancellation)
    {
        var (position, unmarked, hasLost) = (together[0].Position, 0, false);
        for (var pages = 0; pages < mostPages && together.Count > 0; pages++)
        {
            var page = await store.Changes(position, PageSize, cancellation);
            if (page.Documents.Count == 0) return !hasLost;
            Document[] happened = [.. page.Documents.Where(document => document.Type is "entry" or "event")];
            foreach (var one in together)
                foreach (var document in happened) await one.Of.Follow(document, cancellation);
            (position, unmarked) = (page.Bookmark, unmarked + page.Documents.Count);
            // A bookmark is a change too: one that says nothing new would never end.
            if (happened.Length == 0 && unmarked < MostUnmarked) continue;
            unmarked = 0;
            // Whoever has moved one meanwhile told the same; it goes on from there the next time.
            foreach (var one in together.ToArray())
                if (!await Keep(one, position, cancellation)) hasLost |= together.Remove(one);
        }
        return false;
    }

    private async Task<Follower> Read(IFollows one, CancellationToken cancellation)
    {
        var kept = await store.Read<Bookmark>(PartitionOf(one), Bookmark.Id, cancellation);
        return new Follower(one, kept?.Value.Position) { ETag = kept?.ETag };
    }

    /// <returns>False when it was moved meanwhile.</returns>
    private async Task<bool> Keep(Follower one, string position, CancellationToken cancellation)
    {
        if (await store.Commit(PartitionOf(one.Of), [new Bookmark { Position = position }.ToWrite(one.ETag)], cancellation)
            is not CommitResult.Written written) return false;
        one.ETag = written.ETags[0];
        return true;
    }

    private static string PartitionOf(IFollows one) => $"follower:{one.Name}";

    /// <param name="Position">Where it began; null: at the beginning.</param>
    private sealed record Follower(IFollows Of, string? Position)
    {
        public string? ETag { get; set; }
    }
}

/// <summary>Moves those who follow on.</summary>
public sealed class FollowJob(Followers followers) : IJob
{
    public const string Word = "follow";

    private const int MostPages = 200;

    public string Name => Word;

    public Task<bool> Run(CancellationToken cancellation) => followers.Advance(MostPages, cancellation);
}
