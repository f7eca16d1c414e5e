using Club.Kernel;

namespace Club.Programmes;

/// <summary>Finds a programme: a file of one's own, or a sample that is shipped beside the binaries.</summary>
public static class ProgrammeLoader
{
    private const long MostBytes = 4 << 20;

    private static readonly string SampleFolder = Path.Combine(AppContext.BaseDirectory, "Programmes");

    /// <summary>The names of the samples.</summary>
    public static IReadOnlyList<string> Names => !Directory.Exists(SampleFolder) ? [] :
        [.. Directory.EnumerateFiles(SampleFolder, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase))
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    /// <param name="nameOrFile">A name such as <c>skoda</c>, or the path of a JSON file.</param>
    /// <exception cref="ProgrammeException">There is no such programme, or it has errors: all are listed.</exception>
    public static Programme Load(string nameOrFile) => LoadText(nameOrFile).Programme;

    /// <summary>As <see cref="Load"/>, with the JSON.</summary>
    /// <exception cref="ProgrammeException">There is no such programme, or it has errors: all are listed.</exception>
    public static ProgrammeText LoadText(string nameOrFile)
    {
        if (Names.Contains(nameOrFile)) return Read(Path.Combine(SampleFolder, nameOrFile + ".json"));
        if (File.Exists(nameOrFile)) return Read(nameOrFile);
        throw new ProgrammeException(IsPath(nameOrFile)
            ? $"There is no programme file \"{Path.GetFullPath(nameOrFile)}\"."
            : $"There is no programme \"{nameOrFile}\"{Nearest.Hint(nameOrFile, Names)} There are: {string.Join(", ", Names)}; or give the path of a JSON file.");
    }

    private static bool IsPath(string text) =>
        text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.AsSpan().IndexOfAny('/', '\\') >= 0;

    private static ProgrammeText Read(string file)
    {
        var length = new FileInfo(file).Length;
        if (length > MostBytes) throw new ProgrammeException($"The programme file \"{file}\" has {length} bytes, more than {MostBytes}.");
        try
        {
            return ProgrammeText.Read(File.ReadAllBytes(file), $"The programme file \"{file}\"");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProgrammeException($"The programme file \"{file}\" cannot be read. {e.Message}");
        }
    }
}
