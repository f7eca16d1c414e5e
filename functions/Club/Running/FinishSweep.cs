using Club.Kernel;
using Club.Store;

namespace Club.Running;

/// <summary>Ends what a crash left half done, with whoever registered for that kind of document.</summary>
public sealed class FinishSweep(IClubStore store, ClubCalendar calendar, IEnumerable<IFinishes> parts) : ISweep
{
    public const string Word = WorkMessage.Finish;

    private readonly Dictionary<string, IFinishes> _parts = parts.ToDictionary(part => part.DocumentId, StringComparer.Ordinal);

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Finish, IndexKeys.Date(calendar.Today))]);

    public Task Handle(Document due, CancellationToken cancellation) => _parts.TryGetValue(due.Type, out var part)
        ? part.Finish(due, cancellation)
        : throw new InvalidOperationException($"Nothing is known about finishing a document of type {due.Type}.");

    /// <summary>All that may be half done in one partition, without waiting for the sweep.</summary>
    public async Task Handle(string partition, CancellationToken cancellation)
    {
        foreach (var (id, part) in _parts)
            if (await store.Read(partition, id, cancellation) is { } document) await part.Finish(document, cancellation);
    }
}
