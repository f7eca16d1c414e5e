namespace Club.Store;

/// <summary>Ends what a crash, or an answer that could not wait, left half done. The document keeps a key in <see cref="DueIndex.Finish"/>
/// until then.</summary>
public interface IFinishes
{
    /// <summary>The type of the documents that say so; also the id, where a partition has one of them only.</summary>
    string DocumentId { get; }

    /// <summary>Safe to repeat.</summary>
    Task Finish(Document half, CancellationToken cancellation);
}
