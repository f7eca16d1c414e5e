namespace Club.Local;

/// <summary>One host at a time uses a data directory: two would each deliver the other's messages.</summary>
internal static class DataDirectoryLock
{
    public static FileStream Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {directory} (Local__DataDirectory) cannot be made: {e.Message}", e);
        }

        try
        {
            return new FileStream(Path.Combine(directory, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StartException($"Another host uses the data directory {directory}; stop it, or set Local__DataDirectory to another.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartException($"The data directory {directory} (Local__DataDirectory) cannot be written to: {e.Message}", e);
        }
    }
}
