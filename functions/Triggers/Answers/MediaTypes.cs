using Club.Kernel;
using Microsoft.Net.Http.Headers;

namespace Club.Triggers;

/// <summary>What a body says that it is. All bodies of calls are JSON in UTF-8; whoever says nothing of hers, or what tools say of any
/// text, is believed to mean it.</summary>
internal static class MediaTypes
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <returns>Problem <c>unsupported-media-type</c>; null: it may be JSON.</returns>
    public static Problem? Unfit(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType)) return null;
        if (MediaTypeHeaderValue.TryParse(contentType, out var said) && IsJson(said) && IsUtf8(said)) return null;
        return new Problem("unsupported-media-type",
            $"Content-Type: application/json in UTF-8 is expected, not \"{Bounded.Text(contentType, 64)}\".", "Content-Type") { Kind = ProblemKind.MediaType };
    }

    /// <summary>curl names a form, and clients of .NET plain text, unless they are told better.</summary>
    private static bool IsJson(MediaTypeHeaderValue said) => said.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        || said.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        || said.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase)
        || said.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue said) => said.Charset.Length == 0
        || said.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || said.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
        || said.Charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
