using Club.Kernel;
using Club.Store;

namespace Club.Running;

/// <summary>Lets go of what has been kept long enough, with whoever registered for that type of document.</summary>
public sealed class ForgetSweep(ClubCalendar calendar, IEnumerable<IForgets> parts) : ISweep
{
    public const string Word = "forget";

    private readonly Dictionary<string, IForgets> _parts = parts.ToDictionary(part => part.DocumentType, StringComparer.Ordinal);

    public string Name => Word;

    public ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation) =>
        new([new DueQuery(DueIndex.Forget, IndexKeys.Date(calendar.Today))]);

    public Task Handle(Document due, CancellationToken cancellation) => _parts.TryGetValue(due.Type, out var part)
        ? part.Forget(due, cancellation)
        : throw new InvalidOperationException($"Nothing is known about forgetting a document of type {due.Type}.");
}
