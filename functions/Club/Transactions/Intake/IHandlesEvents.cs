using Club.Kernel;

namespace Club.Transactions;

/// <summary>Events of the <c>transactions</c> queue that are not booked but answered. A port: the rooms above say which there
/// are.</summary>
public interface IHandlesEvents
{
    /// <summary>The CloudEvents type.</summary>
    string Type { get; }

    /// <returns>Null when something of it is wrong, which <paramref name="data"/> tells.</returns>
    Asked? Read(JsonFields data, string source, string id, string raw);

    /// <summary>Carries it out and answers. It may come twice, and two at once; whatever the answer is, it is no rejection. A fault throws,
    /// and the queue delivers again.</summary>
    Task Handle(Asked asked, CancellationToken cancellation);
}

/// <summary>A message that wants an answer.</summary>
public abstract record Asked(string Type, string Source, string Id, string Raw) : Incoming(Source, Id, Raw)
{
    private string? _sentWith;

    public override string? SentWith => _sentWith;

    public override Asked With(string? sentWith) => this with { _sentWith = sentWith };
}
