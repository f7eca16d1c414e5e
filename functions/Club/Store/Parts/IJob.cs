namespace Club.Store;

/// <summary>Something that a feature does from time to time, and for which no single document is due. Repeating it must change nothing. The
/// work queue finds it by its name.</summary>
public interface IJob
{
    /// <summary>The word in work messages.</summary>
    string Name { get; }

    /// <summary>Does as much as one message may without outlasting the queue's patience.</summary>
    /// <returns>Whether it is done; otherwise a further message goes on.</returns>
    Task<bool> Run(CancellationToken cancellation);
}
