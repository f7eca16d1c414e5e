using System.Security.Cryptography;
using System.Text;

namespace Functions.Local.Hosting;

/// <summary>
/// One host at a time uses a data directory: two would each deliver the other's messages. A file in it is locked, and a name of this
/// machine's is taken, so that neither a deleted lock file lets a second host in nor a second account of the machine.
/// </summary>
internal sealed class DataDirectoryLock : IAsyncDisposable
{
    // Of another process's lock: EWOULDBLOCK on Linux and macOS, a sharing or a lock violation on Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream _file;
    private readonly Mutex _name;

    private DataDirectoryLock(FileStream file, Mutex name) => (_file, _name) = (file, name);

    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {directory} (Local__DataDirectory) cannot be made: {e.Message}", e);
        }

        var file = Open(directory);
        var name = new Mutex(initiallyOwned: false, NameOf(directory), out var isFirst);
        if (isFirst) return new DataDirectoryLock(file, name);
        name.Dispose();
        file.Dispose();
        throw Used(directory, null);
    }

    private static FileStream Open(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            throw Used(directory, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {directory} (Local__DataDirectory) cannot be written to: {e.Message}", e);
        }
    }

    private static StartException Used(string directory, Exception? inner) =>
        new($"Another host uses the data directory {directory}; stop it, or set Local__DataDirectory to another.", inner);

    /// <summary>The same by whatever way the directory is named.</summary>
    private static string NameOf(string directory)
    {
        var path = Path.GetFullPath(directory);
        path = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        return "functions-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32];
    }

    public async ValueTask DisposeAsync()
    {
        _name.Dispose();
        await _file.DisposeAsync();
    }
}
