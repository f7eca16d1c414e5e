namespace Club.Tests.Support;

/// <summary>The files of the repository that these tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The C# files of the functions, as written.</summary>
    public static IEnumerable<string> Sources(params string[] under) =>
        Directory.EnumerateFiles(Path.Combine([Root, "functions", .. under]), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(File.ReadAllText);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"Functions.sln is in none of the folders above {AppContext.BaseDirectory}.");
    }
}
