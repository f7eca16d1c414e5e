using System.Text;
using Club.Kernel;
using Club.Programmes;

namespace Club.WhatIf;

/// <summary>Which draft is to be played, and over how many of the members.</summary>
public sealed record WhatIfQuestion(Programme Draft, decimal SamplePercent)
{
    /// <summary>Reads <c>{"programme":{…},"samplePercent":10}</c>, or <c>"version"</c> instead of <c>"programme"</c> for one that is
    /// published.</summary>
    public static Outcome<WhatIfQuestion> Read(JsonFields root, ProgrammeVersions published)
    {
        var percent = root.Number("samplePercent", required: false) ?? 100m;
        if (percent is <= 0 or > 100) root.Fail("samplePercent", "is not a number above 0 and at most 100");
        if (root.Problem is { } wrong) return wrong;
        var draft = ReadDraft(root, published);
        return draft.Problem is { } problem ? problem : new WhatIfQuestion(draft.Value, percent);
    }

    private static Outcome<Programme> ReadDraft(JsonFields root, ProgrammeVersions published)
    {
        var version = root.Text("version", required: false);
        if (root.Problem is { } wrong) return wrong;
        if (root.Has("programme") == version is not null)
            return new Problem("missing-data", "exactly one of programme and version is expected.", "$.programme");
        if (version is not null)
            return published.Find(version) is { } found ? found
                : new Problem("not-found", $"version: \"{version}\" is not published.", "$.version") { Kind = ProblemKind.NotFound };
        if (root.Raw("programme") is not { } programme) return root.Problem!;
        try
        {
            return ProgrammeReader.Read(Encoding.UTF8.GetBytes(programme.GetRawText()));
        }
        catch (ProgrammeException exception)
        {
            return new Problem("programme-invalid", exception.Message, exception.Errors is [var first, ..] ? "$.programme" + first.Path[1..]
                : "$.programme");
        }
    }
}
