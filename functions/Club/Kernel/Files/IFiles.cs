namespace Club.Kernel;

/// <summary>Files that the club makes for people: a folder here, a container of blobs there. Faults are exceptions of the
/// implementation.</summary>
public interface IFiles
{
    /// <summary>Keeps the content, to its end, as a file of the name's content type. A file of that name is replaced; readers see the old
    /// or the new one, never a part.</summary>
    Task Write(FileName name, Stream content, CancellationToken cancellation = default);

    /// <summary>The file, to be disposed by the caller; null when there is none.</summary>
    Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default);

    /// <summary>Files whose names begin with the prefix (empty: all), in ordinal order.</summary>
    IAsyncEnumerable<ListedFile> List(string prefix, CancellationToken cancellation = default);
}

/// <param name="Length">Bytes.</param>
public sealed record OpenFile(Stream Content, string ContentType, long Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <param name="Length">Bytes.</param>
public sealed record ListedFile(FileName Name, long Length);
