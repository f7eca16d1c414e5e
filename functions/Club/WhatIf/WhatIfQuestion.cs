using System.Text;
using System.Text.Json;
using Club.Kernel;
using Club.Programmes;

namespace Club.WhatIf;

/// <summary>Which draft is to be played, and over how many of the members.</summary>
public sealed record WhatIfQuestion(Programme Draft, decimal SamplePercent)
{
    /// <summary>Reads <c>{"programme":{…},"samplePercent":10}</c>, or <c>"version"</c> instead of <c>"programme"</c> for one that is published.</summary>
    public static Outcome<WhatIfQuestion> Read(ReadOnlyMemory<byte> json, ProgrammeVersions published)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return new Problem("malformed-json", "The body is not JSON.");
        }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new Problem("wrong-type", "The body is not an object.", "$");
            var percent = 100m;
            if (root.TryGetProperty("samplePercent", out var sample) && (sample.ValueKind != JsonValueKind.Number || !sample.TryGetDecimal(out percent) || percent is <= 0 or > 100))
                return new Problem("invalid-data", "samplePercent: is not a number above 0 and at most 100.", "$.samplePercent");
            var draft = ReadDraft(root, published);
            return draft.Problem is { } problem ? problem : new WhatIfQuestion(draft.Value, percent);
        }
    }

    private static Outcome<Programme> ReadDraft(JsonElement root, ProgrammeVersions published)
    {
        var given = root.TryGetProperty("programme", out var programme);
        if (given == root.TryGetProperty("version", out var version))
            return new Problem("missing-data", "exactly one of programme and version is expected.", "$.programme");
        if (!given)
            return version.ValueKind == JsonValueKind.String && published.Find(version.GetString()!) is { } found
                ? found
                : new Problem("not-found", $"version: {version} is not published.", "$.version");
        try
        {
            return ProgrammeReader.Read(Encoding.UTF8.GetBytes(programme.GetRawText()));
        }
        catch (ProgrammeException exception)
        {
            return new Problem("programme-invalid", exception.Message, exception.Errors is [var first, ..] ? "$.programme" + first.Path[1..] : "$.programme");
        }
    }
}
