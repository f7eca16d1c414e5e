using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Club.Tests.Cosmos;

/// <summary>
/// The one shape of query that the club sends: a projection of the documents with a value, in an array of keys, between two ends, and at
/// most one further equality and further values in other arrays of keys. Any other text is refused, so that a test cannot pass on a query
/// that nobody understood.
/// </summary>
internal sealed partial class SqlFilter
{
    private readonly string[] _columns;
    private readonly string _key;
    private readonly byte[] _from;
    private readonly byte[] _to;
    private readonly (string Name, double Value)? _equal;
    private readonly (string Name, string Value)[] _required;

    /// <exception cref="FormatException">The query is of another shape.</exception>
    public SqlFilter(string text, JsonElement parameters)
    {
        var match = Shape().Match(text);
        if (!match.Success) throw new FormatException($"Syntax error, or a query that this gateway does not know: {text}");
        _columns = [.. match.Groups["column"].Captures.Select(column => column.Value)];
        _key = JsonSerializer.Deserialize<string>(match.Groups["key"].Value)!;
        _from = Text(parameters, match.Groups["from"].Value);
        _to = Text(parameters, match.Groups["to"].Success ? match.Groups["to"].Value : match.Groups["from"].Value);
        if (match.Groups["other"].Success)
            _equal = (JsonSerializer.Deserialize<string>(match.Groups["other"].Value)!,
                Value(parameters, match.Groups["value"].Value).GetDouble());
        _required = [.. match.Groups["required"].Captures.Zip(match.Groups["has"].Captures)
            .Select(pair => (JsonSerializer.Deserialize<string>(pair.First.Value)!, Value(parameters, pair.Second.Value).GetString()!))];
    }

    /// <summary>What the document adds to the result: nothing, or itself once for each of its values that match.</summary>
    public IEnumerable<JsonElement> Of(JsonElement document)
    {
        if (!document.TryGetProperty("ix", out var index)) return [];
        if (_equal is { } equal && !(index.TryGetProperty(equal.Name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.GetDouble() == equal.Value))
            return [];
        if (!index.TryGetProperty(_key, out var keys) || keys.ValueKind != JsonValueKind.Array) return [];
        if (!_required.All(key => index.TryGetProperty(key.Name, out var values) && values.ValueKind == JsonValueKind.Array
            && values.EnumerateArray().Any(value => value.GetString() == key.Value)))
            return [];
        var matches = keys.EnumerateArray()
            .Count(key => key.ValueKind == JsonValueKind.String && IsBetween(System.Text.Encoding.UTF8.GetBytes(key.GetString()!)));
        return matches == 0 ? [] : Enumerable.Repeat(Projected(document), matches);
    }

    // The service compares strings by their UTF-8 bytes.
    private bool IsBetween(ReadOnlySpan<byte> key) => key.SequenceCompareTo(_from) >= 0 && key.SequenceCompareTo(_to) <= 0;

    private JsonElement Projected(JsonElement document)
    {
        var projected = new JsonObject();
        foreach (var column in _columns)
            if (document.TryGetProperty(column, out var value)) projected[column] = JsonNode.Parse(value.GetRawText());
        return JsonSerializer.SerializeToElement(projected);
    }

    private static byte[] Text(JsonElement parameters, string name) =>
        System.Text.Encoding.UTF8.GetBytes(Value(parameters, name).GetString()!);

    private static JsonElement Value(JsonElement parameters, string name) =>
        parameters.EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("value");

    [GeneratedRegex("""
        ^SELECT\ c\.(?<column>\w+)(,\ c\.(?<column>\w+))*\ FROM\ c
        \ JOIN\ \(SELECT\ VALUE\ v\ FROM\ v\ IN\ c\.ix\[(?<key>"(\\.|[^"\\])*")\]
        \ WHERE\ v\ (=\ (?<from>@\w+)|>=\ (?<from>@\w+)\ AND\ v\ <=\ (?<to>@\w+))\)
        (\ WHERE\ c\.ix\[(?<other>"(\\.|[^"\\])*")\]\ =\ (?<value>@\w+))?
        (\ (WHERE|AND)\ ARRAY_CONTAINS\(c\.ix\[(?<required>"(\\.|[^"\\])*")\],\ (?<has>@\w+)\))*$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shape();
}
