using System.Runtime.InteropServices;

namespace Functions.Local.Hosting;

/// <summary>The data directory is its owner's alone: its files hold names, phones and points in clear text.</summary>
internal static partial class PrivateFiles
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;
    private const int OwnerOnly = 0x3F; // octal 077

    private static readonly string[] Own = ["queue.db*", "topic.db*", "host.lock"];

    /// <summary>
    /// What this process makes from now on nobody else may read, SQLite's journals included; the host's own files that are there already
    /// are closed to others as well, and nothing else: the folder may hold what is not the host's. Windows has no such modes: there the
    /// folder's rights are the operator's to set.
    /// </summary>
    /// <exception cref="StartException">A file belongs to somebody else.</exception>
    /// <param name="others">Further files and folders, as patterns.</param>
    public static void Close(string directory, IReadOnlyList<string> others)
    {
        if (OperatingSystem.IsWindows()) return;
        _ = Umask(OwnerOnly);
        try
        {
            foreach (var entry in Own.Concat(others).SelectMany(pattern => Directory.EnumerateFileSystemEntries(directory, pattern)))
                System.IO.File.SetUnixFileMode(entry, Directory.Exists(entry) ? Folder : File);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartException($"The data directory {directory} (Local__DataDirectory) cannot be closed to others: {e.Message}", e);
        }
    }

#pragma warning disable SYSLIB1054 // A generated import would want unsafe code for one number.
    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Umask(int mask);
#pragma warning restore SYSLIB1054
}
