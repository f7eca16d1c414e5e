namespace Club.Kernel;

/// <summary>Files that are written once and that nobody changes or deletes any more, whoever runs the club included: blobs that are
/// immutable there; here a folder, of which that is only a promise. Faults are exceptions of the implementation.</summary>
public interface IKeptFiles
{
    /// <summary>Keeps the content, to its end, unless there is a file of that name: then nothing happens.</summary>
    /// <returns>Whether it is this content that is kept.</returns>
    Task<bool> Create(FileName name, Stream content, CancellationToken cancellation = default);

    /// <summary>The file, in whose content one can seek, to be disposed by the caller; null when there is none.</summary>
    Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default);

    /// <summary>Files whose names begin with the prefix (empty: all), in ordinal order.</summary>
    IAsyncEnumerable<ListedFile> List(string prefix, CancellationToken cancellation = default);
}
