using System.Text.RegularExpressions;

namespace Club.Kernel;

/// <summary>
/// A relative path such as <c>statements/M1/2026-10.csv</c> that means the same in a folder and in a container of blobs: parts of letters,
/// digits, <c>.</c>, <c>_</c> and <c>-</c> that begin with a letter or digit and do not end with a dot; at most 200 characters. It cannot
/// leave the root.
/// </summary>
public sealed partial record FileName
{
    private const int MaximumLength = 200;

    private FileName(string value) => Value = value;

    public string Value { get; }

    /// <summary>What the name's extension says is in the file.</summary>
    public string ContentType => Value[(Value.LastIndexOf('.') + 1)..] switch
    {
        "csv" => "text/csv; charset=utf-8",
        "jpg" => "image/jpeg",
        "json" => "application/json",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    /// <summary>The last part.</summary>
    public string LastPart => Value[(Value.LastIndexOf('/') + 1)..];

    /// <returns><c>invalid-file-name</c> for anything else.</returns>
    public static Outcome<FileName> Parse(string value) =>
        value.Length <= MaximumLength && Shape().IsMatch(value) && !value.Split('/').Any(part => Device().IsMatch(part))
            ? new FileName(value)
            : new Problem("invalid-file-name",
                "name: parts of letters, digits, dots, dashes and underscores are expected, separated by single slashes.", "name");

    public override string ToString() => Value;

    [GeneratedRegex(@"^(?!.*\.(/|\z))[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    /// <summary>Names that Windows keeps for devices, with any extension.</summary>
    [GeneratedRegex(@"^(con|prn|aux|nul|com\d|lpt\d)(\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
