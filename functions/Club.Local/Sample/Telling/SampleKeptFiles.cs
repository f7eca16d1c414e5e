using Club.Kernel;
using Club.Sqlite;

namespace Club.Local.Sample;

/// <summary>Kept files of a club that is being filled: what nobody can change tells of nothing that a kill could still take.</summary>
internal sealed class SampleKeptFiles(IKeptFiles files, FilledClubStore store) : IKeptFiles
{
    public Task<bool> Create(FileName name, Stream content, CancellationToken cancellation = default)
    {
        store.Keep();
        return files.Create(name, content, cancellation);
    }

    public Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default) => files.Open(name, cancellation);

    public IAsyncEnumerable<ListedFile> List(string prefix, CancellationToken cancellation = default) => files.List(prefix, cancellation);
}
