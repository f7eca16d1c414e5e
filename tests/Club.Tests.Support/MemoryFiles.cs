using System.Collections.Concurrent;
using Club.Kernel;

namespace Club.Tests.Support;

/// <summary>Files in memory.</summary>
public sealed class MemoryFiles : IFiles, IKeptFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public async Task Write(FileName name, Stream content, CancellationToken cancellation = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        _files[name.Value] = copy.ToArray();
    }

    public async Task<bool> Create(FileName name, Stream content, CancellationToken cancellation = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        return _files.TryAdd(name.Value, copy.ToArray());
    }

    public Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default) =>
        Task.FromResult(_files.TryGetValue(name.Value, out var bytes)
            ? new OpenFile(new MemoryStream(bytes), name.ContentType, bytes.Length) : null);

    public async IAsyncEnumerable<ListedFile> List(string prefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var (name, bytes) in _files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal))
            yield return new ListedFile(FileName.Parse(name).Value, bytes.Length);
    }
}
