using Club.Kernel;

namespace Club.Store;

/// <summary>Moves the projections on. Nothing is due for it: it goes along what has changed.</summary>
public sealed class FeedSweep(Projections projections, IWorkQueue queue) : ISweep
{
    public const string Word = "feed";

    /// <summary>What one message does; a further one goes on, so that none outlasts the queue's patience.</summary>
    private const int MostCommits = 200;

    public string Name => Word;

    public IEnumerable<DueQuery> Due() => [];

    public Task Handle(Document due, CancellationToken cancellation) => Task.CompletedTask;

    public async Task Begin(CancellationToken cancellation)
    {
        if (!await projections.Advance(MostCommits, cancellation)) await queue.Send([new WorkMessage([Word], 0).ToJson()], cancellation);
    }
}
