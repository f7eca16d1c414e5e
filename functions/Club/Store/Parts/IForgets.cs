namespace Club.Store;

/// <summary>Lets go of what has been kept long enough: documents with a key in <see cref="DueIndex.Forget"/>.</summary>
public interface IForgets
{
    string DocumentType { get; }

    Task Forget(Document old, CancellationToken cancellation);
}
