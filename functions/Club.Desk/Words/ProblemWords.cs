using Club.Kernel;

namespace Club.Desk.Words;

/// <summary>What is said beside a field that was refused.</summary>
public static class ProblemWords
{
    private static readonly Dictionary<string, Said> Codes = new()
    {
        ["missing-data"] = new("Something is missing.", "请填写此项。"),
        ["invalid-data"] = new("This is not right.", "填写有误。"),
        ["wrong-type"] = new("This cannot be read.", "格式有误。"),
        ["phone-invalid"] = new("This is no phone.", "手机号无效。"),
        ["future-date"] = new("This day is still to come.", "日期不能晚于今天。"),
        ["date-out-of-range"] = new("This day is too long ago.", "日期过早。"),
        ["unknown-dealer"] = new("This dealer is unknown.", "没有该经销商。"),
        ["identity-taken"] = new("It leads to another member.", "该号码已属于其他会员。"),
    };

    public static Said? Of(Problem problem) => Codes.TryGetValue(problem.Code, out var said) ? said : null;

    /// <summary>Its sentence without the path at which it stands.</summary>
    public static string Plain(Problem problem) =>
        problem.Path is { } path && problem.Message.StartsWith(path + ": ", StringComparison.Ordinal)
            ? problem.Message[(path.Length + 2)..] : problem.Message;

    /// <summary>Whether a problem is about a field.</summary>
    public static bool IsAt(Problem? problem, string field) => problem?.Path is { } path
        && (path == $"$.{field}" || path.StartsWith($"$.{field}[", StringComparison.Ordinal));
}
