using System.Reflection;
using System.Text.Json;
using Club.Access;
using Club.Edges.WeChat;
using Club.Kernel;
using Club.Local;
using Club.Tests.Support;
using Club.Triggers;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

public sealed class OpenApiTests
{
    private static readonly Description Document = Description.OpenApi;

    /// <summary>Wherever somebody signs or says why: one limit, which is the one that holds.</summary>
    [Fact]
    public void Every_author_and_reason_that_is_taken_has_the_limit_of_the_code()
    {
        var text = Repository.Read("docs/openapi.yaml");
        var limits = System.Text.RegularExpressions.Regex.Matches(text, @"(?m)^ +(author|reason): \{ type: string, .*?maxLength: (\d+)")
            .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)))
                .ToArray();
        Assert.True(limits.Length >= 7, $"Only {limits.Length} are described.");
        Assert.All(limits, limit => Assert.Equal(limit.Item1 == "author" ? Club.Kernel.Limits.Author : Club.Kernel.Limits.Reason,
            limit.Item2));
    }

    /// <summary>Whoever lays out the account's menu finds each word as it is said first, and what a code at the door says.</summary>
    [Fact]
    public async Task Every_word_that_is_answered_in_WeChat_is_described()
    {
        await using var club = new ClubFixture();
        var told = (string)Operation.At("POST", "/api/wechat").Node["description"]!;
        Assert.All(club.Get<IEnumerable<IAnswersInWeChat>>().Where(one => one.Words.Count > 0), word =>
            Assert.Contains(word.Words[0], told, StringComparison.Ordinal));
        Assert.Contains("`a:", told, StringComparison.Ordinal);
    }

    /// <summary>The club's own key has no dealer, and names nobody.</summary>
    [Fact]
    public void What_a_record_of_the_audit_lacks_is_described_as_null()
    {
        var record = new AuditRecord { Id = "A", At = DateTimeOffset.UnixEpoch, Author = "operator", Roles = [Role.Operator], Action = "Member" };
        var page = new { items = new[] { record } };
        Assert.Empty(Document.Schemas.Errors(Document.Find("#/components/schemas/AuditPage")!,
            JsonSerializer.SerializeToNode(page, ClubJson.Answers)));
    }

    [Fact]
    public void Every_function_is_described_and_nothing_else() =>
        Assert.Equal(
            Functions().Select(call => $"{call.Verb} {call.Path}").Order(StringComparer.Ordinal),
            Operation.All.Where(operation => operation.IsFunction).Select(operation => $"{operation.Verb} {operation.Path}")
            .Order(StringComparer.Ordinal));

    [Fact]
    public void An_operation_is_named_after_its_function()
    {
        foreach (var (verb, path, function, verbs, _) in Functions())
            Assert.Equal(verbs == 1 ? function : $"{function}{verb[0]}{verb[1..].ToLowerInvariant()}", Operation.At(verb, path).Id);
        Assert.Equal(Operation.All.Count, Operation.All.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public void A_call_wants_the_staff_key_exactly_where_its_function_does()
    {
        foreach (var call in Functions())
            Assert.Equal(call.NeedsKey, Operation.At(call.Verb, call.Path).Security.Contains("functionsKey"));
        Assert.All(Operation.All.Where(operation => !operation.IsFunction), operation =>
            Assert.Contains("functionsKey", operation.Security));
        var known = Document.Root["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).ToArray();
        Assert.All(Operation.All.SelectMany(operation => operation.Security), scheme => Assert.Contains(scheme, known));
    }

    [Fact]
    public void Every_reference_leads_somewhere() =>
        Assert.All(Document.References(), reference => Assert.True(Document.Find(reference) is not null, reference));

    [Fact]
    public void Every_component_is_used()
    {
        var used = Document.References().ToHashSet();
        foreach (var kind in new[] { "schemas", "parameters", "responses" })
            Assert.All(Document.Root["components"]![kind]!.AsObject(), component =>
                Assert.Contains($"#/components/{kind}/{component.Key}", used));
    }

    [Fact]
    public void Every_operation_says_what_it_does_and_how_it_fails()
    {
        var tags = Document.Root["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToArray();
        foreach (var operation in Operation.All)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Node["summary"]), operation.Id);
            Assert.Contains((string)operation.Node["tags"]![0]!, tags);
            Assert.Contains(operation.Responses, response => response.Status.StartsWith('2'));
            foreach (var (status, response) in operation.Responses.Where(response => !response.Status.StartsWith('2')))
            {
                var content = Assert.Single(response["content"]!.AsObject());
                Assert.Equal("application/problem+json", content.Key);
                // Whatever a message of the queue is refused for, its preview is.
                Assert.Equal(operation.Id == "Preview" && status == "400" ? "#/components/schemas/MessageProblem" : "#/components/schemas/Problem",
                    (string?)content.Value!["schema"]!["$ref"]);
                var example = content.Value["example"]!["status"]!.ToJsonString();
                Assert.True(status is "default" || status.Replace('X', '0')[0] == example[0],
                    $"{operation.Id} {status}: the example has the status {example}");
            }
        }
    }

    [Fact]
    public void Every_part_of_a_path_is_a_parameter()
    {
        foreach (var operation in Operation.All)
        {
            var parameters = (operation.Node["parameters"]?.AsArray() ?? []).Select(parameter => Document.Follow(parameter!))
                .Where(parameter => (string)parameter["in"]! == "path").Select(parameter => $"{{{parameter["name"]}}}");
            Assert.Equal(operation.Path.Split('/').Where(part => part.StartsWith('{')), parameters);
        }
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        var checkedExamples = 0;
        foreach (var place in Description.All(Document.Root).Where(place => place["schema"] is not null))
        {
            var examples = (place["examples"]?.AsObject().Select(example => example.Value!["value"]) ?? []).ToList();
            if (place.TryGetPropertyValue("example", out var single)) examples.Add(single);
            foreach (var example in examples)
            {
                Assert.Empty(Document.Schemas.Errors(place["schema"]!, example, strict: true));
                checkedExamples++;
            }
        }
        Assert.True(checkedExamples > 40, $"Only {checkedExamples} examples were found.");
    }

    private static List<Call> Functions() =>
        [.. from type in typeof(ClubComposition).Assembly.GetTypes()
            where type.Namespace == "Club.Triggers"
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
            where trigger is not null
            from verb in trigger.Methods!
            select new Call(verb.ToUpperInvariant(), $"/api/{trigger.Route!.Replace("{*", "{", StringComparison.Ordinal)}", function.Name,
                trigger.Methods!.Length, Need.Of(method).Right is not null)];

    private sealed record Call(string Verb, string Path, string Function, int Verbs, bool NeedsKey);
}
