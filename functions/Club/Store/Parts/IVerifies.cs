namespace Club.Store;

/// <summary>Looks at what a feature has stored, document by document. One instance serves one run, and may remember what it saw.</summary>
public interface IVerifies
{
    /// <param name="differs">Told what is wrong, a sentence each.</param>
    Task Verify(Document document, Action<string> differs, CancellationToken cancellation);

    /// <summary>After the last document.</summary>
    Task End(Action<string> differs, CancellationToken cancellation) => Task.CompletedTask;
}
