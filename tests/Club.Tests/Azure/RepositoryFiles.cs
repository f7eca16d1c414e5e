namespace Club.Tests.Azure;

/// <summary>Files as they are in the repository, for what no compiler holds together.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    public static IReadOnlyList<string> Sources(params string[] directory)
    {
        var (start, output, intermediate) = (Path.Combine([Root, .. directory]), $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}");
        return [.. Directory.EnumerateFiles(start, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(output, StringComparison.Ordinal) && !file.Contains(intermediate, StringComparison.Ordinal))
            .Select(File.ReadAllText)];
    }

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Functions.sln"))
            ? directory
            : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository."));
}
