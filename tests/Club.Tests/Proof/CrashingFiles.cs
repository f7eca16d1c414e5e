using Club.Kernel;

namespace Club.Tests.Proof;

/// <summary>Kept files that go down: after so many are created every further one fails; with <see cref="Unanswered"/> it was created before
/// the answer was lost.</summary>
internal sealed class CrashingFiles(IKeptFiles files) : IKeptFiles
{
    public int Left { get; set; } = int.MaxValue;

    public bool Unanswered { get; set; }

    public void CrashAfter(int creations) => Left = creations;

    public async Task<bool> Create(FileName name, Stream content, CancellationToken cancellation = default)
    {
        if (Left-- > 0) return await files.Create(name, content, cancellation);
        if (Unanswered) await files.Create(name, content, cancellation);
        throw new IOException("The files are down.");
    }

    public Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default) => files.Open(name, cancellation);

    public IAsyncEnumerable<ListedFile> List(string prefix, CancellationToken cancellation = default) => files.List(prefix, cancellation);
}
