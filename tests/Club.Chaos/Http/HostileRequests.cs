using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Club.Docs.Tests.Descriptions;
using Functions.Local.Hosting;

namespace Club.Chaos.Http;

/// <summary>Makes the request of a number: an operation of openapi.yaml, as it should be but for what chance makes of it.</summary>
internal sealed partial class HostileRequests(int seed, Known known)
{
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "get", "FOO",
        "PROPFIND"];
    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-16", "application/json;charset=\"x", "text/xml", "application/xml", "text/plain",
        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/cloudevents-batch+json", "x", "", ";;;",
    ];

    private static readonly (Operation Operation, JsonNode? Example, JsonObject[] Parameters)[] Operations =
        [.. Operation.All.SelectMany(operation => Examples(operation).Select(example => (operation, example, Parameters(operation))))];

    public HostileRequest Make(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var (operation, example, parameters) = Choose(random);
        var verb = random.Next(40) == 0 ? Verbs[random.Next(Verbs.Length)] : operation.Verb;
        var target = new StringBuilder(Path(operation.Path, random));
        var separator = '?';
        foreach (var (name, value) in Queries(parameters, random))
        {
            target.Append(separator).Append(name).Append('=').Append(value);
            separator = '&';
        }
        var headers = Headers(operation, parameters, target, ref separator, random);
        var (body, packed) = verb is "GET" or "HEAD" or "DELETE" or "OPTIONS" && random.Next(30) > 0 ? ([], null)
            : Mutation.Of(example, random);
        var signed = operation.Id switch
        {
            "SiteRegistrations" => Signed.Site(number, Mutation.Text(example, random), random),
            "WeChatGet" or "WeChatPost" =>
            Signed.WeChat(operation.Id == "WeChatGet" ? "" : Mutation.Text(example, random), target, separator, random),
            _ => null,
        };
        if (signed is { } call)
        {
            headers.AddRange(call.Headers);
            if (packed is null && body.Length > 0 || random.Next(50) > 0) body = call.Body;
        }
        if (packed is not null) headers.Add(("Content-Encoding", packed));
        return Framed(number, verb, target.ToString(), headers, body, random);
    }

    /// <summary>A timer is run seldom, since each run is 64 messages; and a history is played seldom.</summary>
    private static (Operation Operation, JsonNode? Example, JsonObject[] Parameters) Choose(Random random)
    {
        while (true)
        {
            var chosen = Operations[random.Next(Operations.Length)];
            if (chosen.Operation.Id is not ("RunTimer" or "WhatIf") || random.Next(100) == 0) return chosen;
        }
    }

    private string Path(string template, Random random)
    {
        var path = Placeholder().Replace(template, match =>
        {
            if (random.Next(8) == 0) return HostileValues.Part(random);
            var about = match.Index < 2 ? "" : template[..(match.Index - 1)].Split('/')[^1];
            return known.Parts.TryGetValue(about == "" || about.StartsWith('{') ? match.Groups[1].Value : about, out var parts)
                ? parts[random.Next(parts.Length)] : "x";
        });
        return random.Next(60) switch
        {
            0 => path + "/",
            1 => path.Replace("/", "//", StringComparison.Ordinal),
            2 => path.ToUpperInvariant(),
            3 => path + "/..;/x",
            4 => path + "/%2e%2e/health",
            5 => "http://127.0.0.1" + path,
            6 => path + "#x",
            7 => path[..random.Next(1, path.Length)],
            _ => path,
        };
    }

    private static IEnumerable<(string Name, string Value)> Queries(JsonObject[] parameters, Random random)
    {
        foreach (var parameter in parameters.Where(parameter => (string?)parameter["in"] == "query"))
        {
            if (random.Next(3) > 0) continue;
            var name = (string)parameter["name"]!;
            var value = parameter["example"] is { } example && random.Next(3) > 0 ? Uri.EscapeDataString(example.ToString())
                : HostileValues.Part(random);
            for (var i = random.Next(12) == 0 ? random.Next(2, 10) : 1; i > 0; i--)
                yield return (random.Next(40) == 0 ? name.ToUpperInvariant() : name, value);
        }
        if (random.Next(12) == 0)
            yield return (random.Next(2) == 0 ? "continuation" : HostileValues.Part(random), HostileValues.Part(random));
        if (random.Next(200) == 0)
            for (var i = random.Next(100, 1_200); i > 0; i--) yield return ("a", "");
    }

    private static List<(string Name, string Value)> Headers(Operation operation, JsonObject[] parameters, StringBuilder target,
        ref char separator, Random random)
    {
        var headers = new List<(string, string)> { ("Host", random.Next(100) == 0 ? "x" : "127.0.0.1") };
        if (operation.Security.Contains("functionsKey") || random.Next(10) == 0)
            switch (random.Next(16))
            {
                case 0:
                    break;
                case 1:
                    headers.Add(("x-functions-key", HostileValues.Part(random)));
                    break;
                case 2:
                    target.Append(separator).Append("code=")
                        .Append(random.Next(2) == 0 ? DevelopmentKeys.Functions : HostileValues.Part(random));
                    separator = '&';
                    break;
                default:
                    headers.Add(("x-functions-key", DevelopmentKeys.Functions));
                    break;
            }
        foreach (var parameter in parameters.Where(parameter => (string?)parameter["in"] == "header"))
        {
            if (random.Next(2) == 0) continue;
            var value = random.Next(2) == 0 && parameter["example"] is { } example ? example.ToString() : HostileValues.Part(random);
            headers.Add(((string)parameter["name"]!, value));
        }
        var type = operation.Id == "WeChatPost" ? "text/xml" : "application/json";
        if (random.Next(10) > 0) headers.Add(("Content-Type", random.Next(10) == 0 ? Types[random.Next(Types.Length)] : type));
        AddOdd(headers, random);
        return headers;
    }

    private static void AddOdd(List<(string Name, string Value)> headers, Random random)
    {
        switch (random.Next(60))
        {
            case 0:
                headers.Add(("Accept-Encoding", "gzip;q=x,,*"));
                break;
            case 1:
                headers.Add(("Range", "bytes=-1-,5-"));
                break;
            case 2:
                headers.Add(("If-None-Match", "*"));
                break;
            case 3:
                headers.Add(("Cookie", HostileValues.Part(random)));
                break;
            case 4:
                headers.Add(("x-odd", "\u00e9\u00ff" + HostileValues.Part(random)));
                break;
            case 5:
                for (var i = random.Next(1, 150); i > 0; i--) headers.Add(($"x-{i}", "1"));
                break;
            case 6:
                headers.Add(("Expect", "100-continue"));
                break;
            case 7:
                headers.Add(("x-functions-key", DevelopmentKeys.Functions));
                break;
            case 8:
                headers.Add(("Upgrade", "h2c"));
                break;
        }
    }

    /// <summary>The body as long as it is said to be, but for a few.</summary>
    private static HostileRequest Framed(int number, string verb, string target, List<(string Name, string Value)> headers, byte[] body,
        Random random)
    {
        var (isWhole, pieces) = (true, random.Next(2_000) == 0 ? 10 : 1);
        var kind = random.Next(6_000);
        if (kind < 250)
        {
            headers.Add(("Transfer-Encoding", "chunked"));
            var size = body.Length.ToString("x", CultureInfo.InvariantCulture);
            if (kind < 20) (isWhole, size) = (false, kind < 10 ? "zz" : "fffffffffffffffff");
            if (kind is >= 20 and < 30) headers.Add(("Content-Length", "3"));
            body = body.Length == 0 ? "0\r\n\r\n"u8.ToArray() : [.. Encoding.Latin1.GetBytes($"{size}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];
            isWhole &= kind >= 30;
        }
        else if (kind < 270 || body.Length > 0 || verb is "POST" or "PUT")
        {
            isWhole = kind is < 250 or >= 270;
            // The host waits for what is promised as long as the body on the whole comes faster than 240 bytes a second: for a large one that
            // is longer than anybody here waits.
            var promised = body.Length < 2400 ? body.Length + 10 : body.Length / 2;
            var length = kind switch { 250 => promised, < 260 => body.Length / 2, < 265 => -1, _ => body.Length };
            headers.Add(("Content-Length", length.ToString(CultureInfo.InvariantCulture)));
            if (kind is >= 265 and < 270) headers.Add(("Content-Length", "7"));
        }
        var head = new StringBuilder().Append(verb).Append(' ').Append(target).Append(" HTTP/1.1\r\n");
        foreach (var (name, value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        var bytes = Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
        return new HostileRequest(number, verb, bytes, body, pieces, isWhole);
    }

    private static IEnumerable<JsonNode?> Examples(Operation operation) =>
        operation.Node["requestBody"]?["content"] is JsonObject content ? content.Select(type => type.Value!["example"]) : [null];

    private static JsonObject[] Parameters(Operation operation) =>
        [.. (operation.Node["parameters"] as JsonArray ?? []).Select(parameter => Description.OpenApi.Follow(parameter!).AsObject())];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
