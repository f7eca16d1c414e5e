using System.Text.Json;
using Club.Kernel;

namespace Club.Members;

/// <summary>What is to be followed up.</summary>
/// <param name="Owner">Null: whoever takes it down.</param>
/// <param name="DueOn">Null: in <see cref="DaysToSolve"/> days.</param>
public sealed record ComplaintRequest(string Subject, string Text, string? Channel, string? Owner, DateOnly? DueOn, DealerId? DealerId)
{
    public const int DaysToSolve = 7;
    private const int Longest = 4000;

    public static Outcome<ComplaintRequest> Read(JsonFields body)
    {
        var request = new ComplaintRequest(body.Text("subject", maximum: 128) ?? "", body.Text("text", maximum: Longest) ?? "",
            body.Text("channel", required: false, maximum: 32), body.Text("owner", required: false, maximum: Limits.Author),
            body.Date("dueOn", required: false), body.Id<DealerId>("dealerId", required: false, maximum: 64));
        return body.Problem is { } problem ? problem : request;
    }
}

/// <summary>A step of following it up: a text, and what of the rest changes with it.</summary>
public sealed record ComplaintStep(string Text, ComplaintState? State, string? Owner, DateOnly? DueOn)
{
    private const int Longest = 4000;
    private static readonly Dictionary<string, ComplaintState> States =
        Enum.GetValues<ComplaintState>().ToDictionary(state => JsonNamingPolicy.CamelCase.ConvertName($"{state}"));

    public static Outcome<ComplaintStep> Read(JsonFields body)
    {
        var step = new ComplaintStep(body.Text("text", maximum: Longest) ?? "", StateOf(body),
            body.Text("owner", required: false, maximum: Limits.Author), body.Date("dueOn", required: false));
        return body.Problem is { } problem ? problem : step;
    }

    private static ComplaintState? StateOf(JsonFields body)
    {
        if (body.Text("state", required: false) is not { } word) return null;
        if (Find(word) is { } state) return state;
        body.Fail("state", $"\"{word}\" is none of {string.Join(", ", States.Keys)}{Nearest.Hint(word, States.Keys)}");
        return null;
    }

    public static ComplaintState? Find(string word) => States.TryGetValue(word, out var state) ? state : null;

    public static IEnumerable<string> Words => States.Keys;
}
