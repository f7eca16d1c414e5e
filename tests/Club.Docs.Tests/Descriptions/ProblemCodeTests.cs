using System.Text.RegularExpressions;
using Club.Tests.Support;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>Callers tell errors apart by their codes, so every code that the source gives is described, and none that it does not
/// give.</summary>
public sealed partial class ProblemCodeTests
{
    /// <summary>A repeat is no refusal, and a wrong secret stops the host: neither code is ever told to a caller.</summary>
    private static readonly string[] Untold = ["duplicate", "webhook-secret"];

    [Fact]
    public void Every_code_of_the_source_is_described_and_no_other() =>
        Assert.Equal(
            InSource().Except(Untold).Order(),
            Codes("ProblemCode").Union(Codes("RejectionCode"))
            .Union(Reasons().Where(reason => reason.StartsWith("sms-", StringComparison.Ordinal))).Order());

    [Fact]
    public void Every_code_has_a_line_in_its_table()
    {
        foreach (var schema in new[] { "ProblemCode", "RejectionCode" })
        {
            var lines = ((string)Description.OpenApi.Schema(schema)["description"]!).Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal));
            var table = string.Concat(lines.Select(line => line.Split('|')[1]));
            Assert.Equal(Codes(schema), Quoted().Matches(table).Select(match => match.Groups[1].Value).Order());
            Assert.Equal(Codes(schema).Order(), Codes(schema));
        }
    }

    [Fact]
    public void Every_reason_of_a_suppressed_message_is_a_word_of_the_source()
    {
        var source = string.Concat(Repository.Sources("Club", "Care").Concat(Repository.Sources("Club", "Messaging")));
        Assert.All(Reasons(), reason => Assert.Contains($"\"{reason}\"", source));
    }

    private static IEnumerable<string> Codes(string schema) =>
        Description.OpenApi.Schema(schema)["enum"]!.AsArray().Select(code => (string)code!);

    private static IEnumerable<string> Reasons() =>
        Description.OpenApi.Schema("SmsReason")["anyOf"]![0]!["enum"]!.AsArray().Select(reason => (string)reason!);

    private static SortedSet<string> InSource()
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var source in Repository.Sources())
        {
            codes.UnionWith(NewProblem().Matches(source).Select(match => match.Groups[1].Value));
            codes.UnionWith(DefaultCode().Matches(source).Select(match => match.Groups[1].Value));
            // Fail's code is its last argument; only codes have a dash and no space.
            codes.UnionWith(Fail().Matches(source).SelectMany(call => Words(source, call)).Where(word =>
                word.Contains('-', StringComparison.Ordinal)));
            codes.UnionWith(HttpProblem().Matches(source).SelectMany(call => Words(source, call)));
        }
        Assert.True(codes.Count > 50, $"Only {codes.Count} codes were found: the scan is broken.");
        return codes;
    }

    /// <summary>The literals among a call's arguments that are nothing but small letters and dashes.</summary>
    private static IEnumerable<string> Words(string source, Match call) =>
        Literal().Matches(Arguments(source, call)).Select(match => match.Groups[1].Value);

    private static string Arguments(string source, Match call)
    {
        var (start, depth) = (call.Index + call.Length, 1);
        var end = start;
        while (depth > 0) depth += source[end++] switch { '(' => 1, ')' => -1, _ => 0 };
        return source[start..end];
    }

    [GeneratedRegex("""\bProblem\b(?:\s+\w+(?:\([^)]*\))?\s*=>?\s*new)?\("([a-z-]+)"[,)]""")]
    private static partial Regex NewProblem();

    [GeneratedRegex("""\bstring code = "([a-z-]+)"[,)]""")]
    private static partial Regex DefaultCode();

    [GeneratedRegex(@"\bFail\(")]
    private static partial Regex Fail();

    [GeneratedRegex(@"\bHttpProblem\.Write\(")]
    private static partial Regex HttpProblem();

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Quoted();
}
