namespace Club.Store;

/// <summary>Something that a feature does with every document that is due. Repeating it must change nothing. Registered by the feature; the
/// work queue finds it by its name.</summary>
public interface ISweep
{
    /// <summary>The word in work messages, logs and metrics.</summary>
    string Name { get; }

    /// <summary>What is due now.</summary>
    ValueTask<IReadOnlyList<DueQuery>> Due(CancellationToken cancellation);

    Task Handle(Document due, CancellationToken cancellation);
}

/// <summary>What a sweep looks for.</summary>
/// <param name="Index">One of <see cref="DueIndex"/>, bucket by bucket; any other is looked through once, with the first bucket.</param>
/// <param name="Until">The last key that is due now.</param>
/// <param name="From">The first key; empty: from the beginning.</param>
public readonly record struct DueQuery(string Index, string Until, string From = "");
