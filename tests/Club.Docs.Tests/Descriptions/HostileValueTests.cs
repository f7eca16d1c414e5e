using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Store;
using Club.Tests.Support;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>Every parameter and every member of every body of openapi.yaml meets values that nobody means well with: none is answered with
/// a fault.</summary>
public sealed class HostileValueTests
{
    private const int MostLeaves = 40;

    /// <summary>For paths and queries, percent-encoded where they are no text.</summary>
    private static readonly string[] Parts =
    [
        "", "%20", "%00", "..%2F..%2Fclub.db", "%2E%2E", "%ED%A0%80", "%FF%FE", "%F0%A0%AE%B7", "%E2%80%AE", "9999-12-31", "9999-12",
            "0001-01", "0001-01-01", "-1", "0", "1e400", "99999999999999999999", "9223372036854775807",
        "NaN", "null", "true", "[]", "%7B%7D", "a%0D%0Ab", "'%22%3Cx%3E", "*", "%25", "_", ":", "!", new string('9', 2000),
        new string('a', 4000),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "[null]", "[[[[[[]]]]]]", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\uffff\\u202e\"",
            "\"9999-12-31\"", "\"0001-01-01\"", "\"0001-01\"", "\"9999-12\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "-1", "0", "3.0", "-0.0", "1e28", "1e400", "79228162514264337593543950335", "9223372036854775808",
        "0.00000000000000000000000000001", "\"NaN\"", "\"../../x\"", "\"a|b\\nc\"", "\"'\\\"<x>\"", "\"𠮷\"",
    ];

    private static readonly string[] Bodies = ["", " ", "x", "null", "[]", "{}", "\"\"", "{\"a\":", "\uFEFF{}", "{\"\":{}}",
        "{\"data\":null}", "[{}]", "[null]", "{\"data\":{}}"];

    [Fact]
    public async Task No_value_of_a_path_or_query_is_answered_with_a_fault()
    {
        await using var host = await ClubHost.Start();
        var memberId = await Populate(host);
        var undescribed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var operation in Operation.All.Where(operation => operation.Id != "RunTimer"))
            foreach (var part in Parts)
            {
                foreach (var name in Placeholders(operation.Path).Where(_ => part.Length > 0 && part != "%2E%2E"))
                    await Call(host, operation, Filled(operation.Path.Replace($"{{{name}}}", part, StringComparison.Ordinal), memberId),
                        Example(operation), undescribed);
                foreach (var name in Queries(operation).Append("continuation").Append("unknown").Distinct())
                    await Call(host, operation, $"{Filled(operation.Path, memberId)}?{name}={part}", Example(operation), undescribed);
            }
        Assert.True(undescribed.Count == 0, string.Join("\n", undescribed));
    }

    [Fact]
    public async Task No_value_of_a_body_is_answered_with_a_fault()
    {
        await using var host = await ClubHost.Start();
        var memberId = await Populate(host);
        var undescribed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var operation in Operation.All.Where(operation =>
            operation.Node["requestBody"]?["content"]?["application/json"]?["example"] is JsonNode))
        {
            var path = Filled(operation.Path, memberId);
            foreach (var body in Bodies) await Call(host, operation, path, body, undescribed);
            var example = operation.Request("application/json");
            foreach (var leaf in Leaves(example, []).Take(MostLeaves))
                foreach (var value in Values) await Call(host, operation, path, With(example, leaf, value), undescribed);
        }
        Assert.True(undescribed.Count == 0, string.Join("\n", undescribed));
    }

    [Fact]
    public async Task No_signed_message_of_the_website_or_WeChat_is_answered_with_a_fault()
    {
        await using var host = await ClubHost.Start();
        var site = Operation.Named("SiteRegistrations").Request("application/json");
        foreach (var body in Bodies.Concat(Leaves(site, []).SelectMany(leaf => Values.Select(value => With(site, leaf, value)))))
            Assert.True((int)(await host.Staff.Webhook(body)).Status < 500, body);
        var text = Operation.Named("WeChatPost").Request("application/json");
        foreach (var body in Bodies.Concat(Leaves(text, []).SelectMany(leaf => Values.Select(value => With(text, leaf, value)))))
            Assert.True((await host.WeChat(body)).Status == HttpStatusCode.OK, body);
    }

    public static TheoryData<string> Positions =>
        ["", "null", "{}", "[]", "5", "\"x\"", "{\"Bucket\":99,\"Text\":\"\",\"N\":0}", "{\"Bucket\":-1,\"Text\":null,\"N\":0}",
            "{\"Bucket\":-1,\"Text\":\"a\",\"N\":-5}", "{\"Bucket\":-1,\"Text\":\"\\ud83d\",\"N\":1}",
            "{\"Bucket\":1e9,\"Text\":\"a\",\"N\":1}"];

    [Theory, MemberData(nameof(Positions))]
    public async Task A_continuation_whose_digest_was_made_again_is_refused(string position)
    {
        await using var host = await ClubHost.Start();
        foreach (var (path, index) in new[] { ("/api/rejections", "rejected"), ("/api/parked", "parked"), ("/api/members", "joined") })
        {
            var about = JsonSerializer.Serialize(new[] { index, "", IndexQuery.Last, null, null });
            var bytes = Encoding.UTF8.GetBytes(position);
            var digest = SHA256.HashData([.. Encoding.UTF8.GetBytes(about), .. bytes]).AsSpan(0, 8);
            var answer = await host.Staff.Get($"{path}?continuation={System.Buffers.Text.Base64Url.EncodeToString([.. digest, .. bytes])}",
                HttpStatusCode.BadRequest);
            Assert.Equal("invalid-continuation", (string?)answer["code"]);
        }
    }

    /// <summary>Staff calls bound their bodies in one place; what is too long is told as such, and not as what its beginning looks
    /// like.</summary>
    [Fact]
    public async Task A_body_that_is_too_large_is_told_as_such_by_every_call_that_takes_one()
    {
        await using var host = await ClubHost.Start();
        var memberId = await Populate(host);
        var taking = Operation.All.Where(operation => operation.Id != "RunTimer" && Example(operation) is not null
            && operation.Security.Contains("functionsKey"))
            .ToArray();
        Assert.True(taking.Length >= 9, $"Only {taking.Length} calls take a body.");
        foreach (var operation in taking)
        {
            using var request = new HttpRequestMessage(new HttpMethod(operation.Verb), Filled(operation.Path, memberId));
            request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
            request.Content = new StringContent(Example(operation)!.PadRight(1024 * 1024 + 1), new UTF8Encoding(false), "application/json");
            using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal((operation.Id, HttpStatusCode.RequestEntityTooLarge, "too-large"),
                (operation.Id, response.StatusCode, (string?)problem["code"]));
            Assert.Contains(operation.Responses, described => described.Status == "413");
        }
    }

    private static async Task<string> Populate(ClubHost host)
    {
        var (_, registered) = await host.Staff.Register(new { phone = "13800138000", name = "王伟" });
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture);
        await host.Get<Transactions.Accrue>()
            .Handle([Events.Bill(time: now), Events.Bill("P-1", phone: "13900139000", time: now), "{}"],
            TestContext.Current.CancellationToken);
        return (string)registered["memberId"]!;
    }

    private static string? Example(Operation operation) =>
        operation.Node["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString();

    private static async Task Call(ClubHost host, Operation operation, string path, string? body, SortedSet<string> undescribed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Verb), new Uri(host.Http.BaseAddress!, path));
        request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        if (body is not null && operation.Verb is "POST" or "PUT")
            request.Content = new StringContent(body ?? "", new UTF8Encoding(false), "application/json");
        using var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseContentRead,
            TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode < 500,
            $"{operation.Verb} {path[..Math.Min(path.Length, 300)]} {body?[..Math.Min(body.Length, 1000)]} is answered {(int)response.StatusCode}");
        if ((int)response.StatusCode >= 400) await Describe(operation, response, undescribed);
    }

    /// <summary>Whatever is refused has a status, a shape and a code that are described.</summary>
    private static async Task Describe(Operation operation, HttpResponseMessage response, SortedSet<string> undescribed)
    {
        // The host itself answers an address that is none.
        if (response.StatusCode is HttpStatusCode.MethodNotAllowed) return;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return;
        var described = operation.Answer((int)response.StatusCode, "application/problem+json");
        var problem = JsonNode.Parse(text);
        // Every call may answer that there were too many; it stands with the faults.
        if ((string?)problem!["code"] == "too-many-calls") return;
        var errors = described is null ? ["no such answer"] : Description.OpenApi.Schemas.Errors(described["schema"]!, problem);
        if (errors.Count > 0) undescribed.Add($"{operation.Id} {(int)response.StatusCode} {problem["code"]}: {string.Join(", ", errors.Select(error => error[..Math.Min(80, error.Length)]))}");
    }

    private static string Filled(string path, string memberId) => path
        .Replace("/members/{id}", $"/members/{memberId}", StringComparison.Ordinal)
            .Replace("/programmes/{id}", "/programmes/skoda", StringComparison.Ordinal)
        .Replace("{sequence}", "1", StringComparison.Ordinal).Replace("{id}", "R1", StringComparison.Ordinal)
            .Replace("{version}", "2010-05", StringComparison.Ordinal)
        .Replace("{name}", "x", StringComparison.Ordinal).Replace("{code}", "car-wash", StringComparison.Ordinal)
            .Replace("{key}", "K1", StringComparison.Ordinal);

    private static IEnumerable<string> Placeholders(string path) =>
        System.Text.RegularExpressions.Regex.Matches(path, @"\{(\w+)\}").Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Queries(Operation operation) =>
        (operation.Node["parameters"] as JsonArray ?? []).Select(parameter => Description.OpenApi.Follow(parameter!))
            .Where(parameter => (string?)parameter["in"] == "query").Select(parameter => (string)parameter["name"]!);

    private static IEnumerable<object[]> Leaves(JsonNode? node, object[] path) => node switch
    {
        JsonObject map => map.SelectMany(member => Leaves(member.Value, [.. path, member.Key]).Append([.. path, member.Key])),
        JsonArray list => list.SelectMany((item, at) => Leaves(item, [.. path, at])),
        _ => [path],
    };

    private static string With(JsonNode example, object[] leaf, string value)
    {
        const string Mark = "\"@value@\"";
        if (leaf.Length == 0) return value;
        var copy = example.DeepClone();
        var node = copy;
        foreach (var step in leaf[..^1]) node = step is int at ? node![at]! : node![(string)step]!;
        if (leaf[^1] is int last) node![last] = "@value@";
        else node![(string)leaf[^1]] = "@value@";
        return copy.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }
}
