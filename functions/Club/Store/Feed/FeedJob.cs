namespace Club.Store;

/// <summary>Moves the projections on along what has changed.</summary>
public sealed class FeedJob(Projections projections) : IJob
{
    public const string Word = "feed";

    private const int MostCommits = 200;

    public string Name => Word;

    public Task<bool> Run(CancellationToken cancellation) => projections.Advance(MostCommits, cancellation);
}
