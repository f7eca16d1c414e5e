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

    /// <summary>Moves each on, by at most so many pages.</summary>
    /// <returns>Whether all have been told everything.</returns>
    public async Task<bool> Advance(int mostPages, CancellationToken cancellation)
    {
        var done = true;
        foreach (var one in _all) done &= await Advance(one, mostPages, cancellation);
        return done;
    }

    private async Task<bool> Advance(IFollows one, int mostPages, CancellationToken cancellation)
    {
        var partition = $"follower:{one.Name}";
        var kept = await store.Read<Bookmark>(partition, Bookmark.Id, cancellation);
        var (position, unmarked) = (kept?.Value.Position, 0);
        for (var pages = 0; pages < mostPages; pages++)
        {
            var page = await store.Changes(position, PageSize, cancellation);
            if (page.Documents.Count == 0) return true;
            Document[] happened = [.. page.Documents.Where(document => document.Type is "entry" or "event")];
            foreach (var document in happened) await one.Follow(document, cancellation);
            (position, unmarked) = (page.Bookmark, unmarked + page.Documents.Count);
            // A bookmark is a change too: one that says nothing new would never end.
            if (happened.Length == 0 && unmarked < MostUnmarked) continue;
            unmarked = 0;
            var bookmark = new Bookmark { Position = position };
            if (await store.Commit(partition, [bookmark.ToWrite(kept?.ETag)], cancellation) is CommitResult.Written written)
            {
                kept = new Stored<Bookmark>(bookmark, written.ETags[0]);
                continue;
            }
            // Whoever has moved it meanwhile told the same.
            kept = await store.Read<Bookmark>(partition, Bookmark.Id, cancellation);
            position = kept?.Value.Position;
        }
        return false;
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
