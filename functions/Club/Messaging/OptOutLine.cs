using System.Text.RegularExpressions;
using Club.Identity;

namespace Club.Messaging;

/// <summary>Finds the words that an opt-out line asks for: R in 拒收请回复R, N in 退订回N, T and TD in 退订回T或TD.</summary>
public static partial class OptOutLine
{
    /// <returns>Empty when none can be read.</returns>
    public static IReadOnlyList<string> Words(string line)
    {
        var folded = FullWidth.Fold(line).ToUpperInvariant();
        foreach (var pattern in (Regex[])[RefusalThenReply(), AfterReply(), AfterRefusal(), BeforeRefusal()])
            if (pattern.Match(folded) is { Success: true } match)
                return [.. match.Groups["word"].Captures.Select(capture => capture.Value).Distinct()];
        return [];
    }

    private const string Word = "(?<word>[A-Z0-9]{1,12}|退订|退訂|拒收|取消订阅|取消|停止|拒绝)";
    private const string Quotes = """[\s:：,，"'“”‘’「」『』《》()<>\[\]]*""";
    private const string More = $"(?:{Quotes}(?:或者|或|/|、|OR){Quotes}{Word})*";

    private const string Reply = @"(?:回复|回復|回覆|回|复|发送|發送|发|輸入|输入|\bREPLY\s+WITH\b|\bREPLY\b|\bSEND\b|\bTEXT\b|\bTXT\b)";

    /// <summary>Before all: a line may name other words as well, 详情回复1,退订回T.</summary>
    [GeneratedRegex($@"(?:退订|退訂|拒收|拒绝|取消)[^A-Z0-9]{{0,8}}?{Reply}{Quotes}{Word}{More}", RegexOptions.CultureInvariant)]
    private static partial Regex RefusalThenReply();

    [GeneratedRegex($"{Reply}{Quotes}{Word}{More}", RegexOptions.CultureInvariant)]
    private static partial Regex AfterReply();

    [GeneratedRegex($@"(?:退订|退訂|拒收|取消){Quotes}(?<word>[A-Z0-9]{{1,12}})", RegexOptions.CultureInvariant)]
    private static partial Regex AfterRefusal();

    [GeneratedRegex($@"(?<![A-Z0-9])(?<word>[A-Z0-9]{{1,12}}){Quotes}(?:退订|退訂|拒收|取消|TO\s)", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeRefusal();
}
