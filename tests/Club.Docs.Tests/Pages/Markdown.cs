using System.Text.RegularExpressions;
using Club.Tests.Support;

namespace Club.Docs.Tests.Pages;

/// <summary>A page of the repository as its readers see it. Paths are relative to the root, parted by <c>/</c>.</summary>
internal sealed partial record Markdown(string Path, string Text)
{
    public static Markdown At(string path) => new(path, Repository.Read(path.Split('/')));

    /// <summary>Every page that is written for readers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "infra/README.md",
        .. Files("docs").Where(file => file.EndsWith(".md", StringComparison.Ordinal)),
    ];

    /// <summary>The files below a folder.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

    /// <summary>Links within the repository: the file or folder that is meant, and the heading, if one is named.</summary>
    public IEnumerable<(string Target, string? Heading)> Links()
    {
        foreach (Match link in Link().Matches(Prose))
        {
            var parts = link.Groups["target"].Value.Split('#', 2);
            if (parts[0].Contains("://", StringComparison.Ordinal) || parts[0].StartsWith("mailto:", StringComparison.Ordinal)) continue;
            yield return (parts[0].Length == 0 ? Path : Resolved(parts[0]), parts.Length > 1 ? parts[1] : null);
        }
    }

    /// <summary>The anchors of the headings.</summary>
    public IEnumerable<string> Headings() =>
        HeadingLine().Matches(Prose).Select(line => NoLetter().Replace(line.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>What stands between single backquotes outside of blocks.</summary>
    public IEnumerable<string> Quoted() => Code().Matches(Prose).Select(code => code.Groups["code"].Value);

    /// <summary>The cells of the rows of every table under a heading, without head.</summary>
    public IReadOnlyList<string[]> Rows(string? heading = null)
    {
        var under = heading is null ? Prose : Prose[(Prose.IndexOf($"\n## {heading}\n", StringComparison.Ordinal) + 1)..];
        if (heading is not null && under.IndexOf("\n## ", StringComparison.Ordinal) is var end and > 0) under = under[..end];
        return [.. TableLine().Matches(under).Select(line => line.Groups["cells"].Value.Split(" | ", StringSplitOptions.TrimEntries))];
    }

    private string Prose => Block().Replace(Text, "");

    private string Resolved(string target)
    {
        var folder = System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(Path)!);
        return System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetFullPath(target, folder)).Replace('\\', '/');
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Code();

    /// <summary>Rows below a line of dashes.</summary>
    [GeneratedRegex(@"(?<=^\|[ :|-]+\|\n(?:\|.*\n)*)\| ?(?<cells>.*) \|$", RegexOptions.Multiline)]
    private static partial Regex TableLine();
}
