using System.Runtime.CompilerServices;
using Club.Kernel;

namespace Club.Local;

/// <summary>Files in a folder under their own names. What is being written stands in <c>.writing</c> and is moved into its place. As kept
/// files they are never replaced from here; whoever may write to the folder still could.</summary>
public sealed class FolderFiles(string folder) : IFiles, IKeptFiles
{
    // No file name begins with a dot, so this folder is never listed or opened.
    private readonly string _writing = Path.Combine(folder, ".writing");
    private readonly Lock _placing = new();

    public Task Write(FileName name, Stream content, CancellationToken cancellation = default) =>
        Put(name, content, replaces: true, cancellation);

    public async Task<bool> Create(FileName name, Stream content, CancellationToken cancellation = default) =>
        !File.Exists(PathOf(name)) && await Put(name, content, replaces: false, cancellation);

    private async Task<bool> Put(FileName name, Stream content, bool replaces, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_writing);
        var temporary = Path.Combine(_writing, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }
            var place = PathOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            // Without replacing, the runtime looks first and moves then. Another process is kept away by the lock of the data directory.
            lock (_placing)
            {
                if (!replaces && File.Exists(place)) return false;
                File.Move(temporary, place, replaces);
            }
            return true;
        }
        catch (IOException) when (!replaces && File.Exists(PathOf(name)))
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<OpenFile?> Open(FileName name, CancellationToken cancellation = default)
    {
        // A folder of that name is no file, and opening it would be refused as one.
        if (!File.Exists(PathOf(name))) return Task.FromResult<OpenFile?>(null);
        try
        {
            var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
            return Task.FromResult<OpenFile?>(new OpenFile(file, name.ContentType, file.Length));
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult<OpenFile?>(null);
        }
    }

    public async IAsyncEnumerable<ListedFile> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        var root = new DirectoryInfo(folder);
        if (!root.Exists) yield break;
        // The prefix is compared and never becomes a path; links, which could lead out of the folder, are not followed.
        var found = root.EnumerateFiles("*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(file => (
                Name: FileName.Parse(Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/')),
                file.Length))
            .Where(file => file.Name.Succeeded && file.Name.Value.Value.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(file => file.Name.Value.Value, StringComparer.Ordinal);
        foreach (var (name, length) in found)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new ListedFile(name.Value, length);
        }
    }

    private string PathOf(FileName name) => Path.Combine(folder, name.Value.Replace('/', Path.DirectorySeparatorChar));
}
