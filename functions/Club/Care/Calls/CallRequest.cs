using System.Text.Json;
using Club.Kernel;

namespace Club.Care;

/// <summary>What became of a call.</summary>
/// <param name="Note">Empty: none.</param>
/// <param name="NextOn">With <c>reached</c> and <c>noAnswer</c>: when she is to be called again.</param>
public sealed record CallRequest(CallResult Outcome, string Note, DateOnly? NextOn)
{
    private const int Longest = 1000;

    public static IReadOnlyDictionary<string, CallResult> Words { get; } =
        Enum.GetValues<CallResult>().ToDictionary(one => JsonNamingPolicy.CamelCase.ConvertName($"{one}"));

    public static Outcome<CallRequest> Read(JsonFields body)
    {
        var word = body.Text("outcome") ?? "";
        if (!Words.TryGetValue(word, out var outcome) && word.Length > 0)
            body.Fail("outcome", $"\"{word}\" is none of {string.Join(", ", Words.Keys)}{Nearest.Hint(word, Words.Keys)}");
        var request = new CallRequest(outcome, body.Text("note", required: false, maximum: Longest) ?? "", body.Date("nextOn", required: false));
        if (request.NextOn is not null && outcome is not (CallResult.Reached or CallResult.NoAnswer))
            body.Fail("nextOn", "goes with reached and noAnswer only");
        return body.Problem is { } problem ? problem : request;
    }
}
