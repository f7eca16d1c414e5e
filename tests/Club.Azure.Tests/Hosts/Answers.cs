using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Club.Azure.Tests.Hosts;

/// <summary>An answer without what each host draws for itself: ids, numbers of cards, moments, hashes.</summary>
internal sealed partial class Answers
{
    private readonly Dictionary<string, string> _names = [];

    /// <summary>Status, the headers that callers read, body.</summary>
    public async Task<string> Of(HttpResponseMessage response)
    {
        var headers = from header in response.Headers.Concat(response.Content.Headers)
                      where header.Key is "Content-Type" or "Retry-After" or "Location" or "ETag" or "Content-Disposition" or "Allow"
                      or "WWW-Authenticate" or "RateLimit-Policy" or "X-Content-Type-Options" or "Referrer-Policy" or "Cache-Control"
                      or "Content-Security-Policy" or "Server" or "Strict-Transport-Security"
                      orderby header.Key
                      select header.Key == "ETag" ? "ETag" : $"{header.Key}: {string.Join(',', header.Value)}";
        var body = InOrder(await response.Content.ReadAsStringAsync());
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{Normal(body)}";
    }

    /// <summary>A list of what an index finds has the order that the store has for free: it is compared as a set.</summary>
    private static string InOrder(string body)
    {
        if (!body.StartsWith("{\"items\":[{", StringComparison.Ordinal) || body.Contains("\"balance\":", StringComparison.Ordinal))
            return body;
        var page = JsonNode.Parse(body)!.AsObject();
        var items = page["items"]!.AsArray().Select(item => Counted(item!.DeepClone()))
            .OrderBy(item => Own().Replace(Record().Replace(Moment().Replace(item.ToJsonString(), ""), ""), ""), StringComparer.Ordinal);
        page["items"] = new JsonArray([.. items]);
        return page.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Whom a search found is a set, too, of ids that each host draws for itself.</summary>
    private static JsonNode Counted(JsonNode item)
    {
        if (item is JsonObject record && record["members"] is JsonArray { Count: > 1 } members) record["members"] = members.Count;
        return item;
    }

    private string Normal(string body)
    {
        body = Moment().Replace(body, "<moment>");
        body = Continuation().Replace(body, "\"continuation\":\"<continuation>\"");
        body = Record().Replace(body, "\"id\":\"<record>\"");
        body = UnixTime().Replace(body, "<CreateTime>now</CreateTime>");
        return SeveralOwn().Replace(Own().Replace(body, match => Name(match.Value)), match => Sorted(match.Value));
    }

    /// <summary>Members of one line of a CSV stand in the order of ids that each host draws for itself.</summary>
    private static string Sorted(string names) =>
        string.Join(' ', names.Split("> ").Select(name => name.TrimEnd('>') + '>').Order(StringComparer.Ordinal));

    private string Name(string value)
    {
        if (!_names.TryGetValue(value, out var name)) _names[value] = name = $"<own {_names.Count + 1}>";
        return name;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Moment();

    [GeneratedRegex("<CreateTime>[0-9]+</CreateTime>")]
    private static partial Regex UnixTime();

    [GeneratedRegex("\"continuation\":\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Continuation();

    [GeneratedRegex("\"id\":\"A[0-9A-Z]{16}\"")]
    private static partial Regex Record();

    [GeneratedRegex("<own [0-9]+>( <own [0-9]+>)+")]
    private static partial Regex SeveralOwn();

    /// <summary>Ids of members, complaints, applications and events, check-in codes, card numbers with or without spaces, SHA-256 in
    /// hexadecimal.</summary>
    [GeneratedRegex(@"\bM[0-9A-Z]{16}\b|\b(complaint|application|a):[0-9A-Z]{16}\b|(?<=""id"":"")v[\w-]{22}|(?<![0-9a-f])[1-9][0-9]{11}(?![0-9a-f])|\b[0-9a-f]{32,64}\b")]
    private static partial Regex Own();
}
