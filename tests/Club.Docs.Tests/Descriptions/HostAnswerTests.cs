using System.Net;
using System.Text.Json.Nodes;
using Club.Local;
using Club.Tests.Support;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>What Club.Local itself answers, held against the description.</summary>
public sealed class HostAnswerTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private LocalHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(_directory.Path,
            // There are more calls than one may make in vain.
            new() { ["Limits__WrongPerAddress"] = "0" })),
            ClubComposition.Club with { Pacing = TestHost.Hasty });
        await _host.Start(Cancellation);
        _http = new HttpClient { BaseAddress = _host.HttpAddress };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Every_call_that_wants_the_key_is_refused_without_it_as_the_example_says()
    {
        foreach (var operation in Operation.All.Where(operation => operation.Security.Contains("functionsKey")))
        {
            var (status, body) = await Call(operation, withKey: false);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.True(JsonNode.DeepEquals(Answer(operation, status)["example"], body), body?.ToJsonString());
        }
    }

    [Fact]
    public async Task A_verb_that_is_not_described_is_refused_as_the_example_says()
    {
        using var response = await _http.PostAsync("/api/health", null, Cancellation);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.True(JsonNode.DeepEquals(Answer(Operation.Named("Health"), response.StatusCode)["example"], body), body?.ToJsonString());
    }

    [Theory]
    [InlineData("openapi.yaml")]
    [InlineData("asyncapi.yaml")]
    public async Task A_description_is_served_as_it_is(string file)
    {
        using var response = await _http.GetAsync($"/api/{file}", Cancellation);
        Assert.Equal("application/yaml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Repository.Read("docs", file), await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Every_timer_that_is_described_runs_and_no_other()
    {
        var run = Operation.Named("RunTimer");
        foreach (var name in run.Node["parameters"]![0]!["schema"]!["enum"]!.AsArray())
            Assert.Equal(HttpStatusCode.Accepted, (await Call(run, withKey: true, (string)name!)).Status);
        var (status, body) = await Call(run, withKey: true, "Transactions");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Empty(Description.OpenApi.Schemas.Errors(Answer(run, status)["schema"]!, body, strict: true));
    }

    [Fact]
    public async Task The_queues_are_shown_as_described()
    {
        await _host.Services.GetRequiredService<DurableQueues>()
            .Find("work")!.Append([new NewMessage("""{"sweeps":["care"],"bucket":64}""")]);
        var queues = Operation.Named("Queues");
        JsonNode? body = null;
        for (var tries = 0; tries < 600 && body?["queues"]![1]!["deadLettered"]!.GetValue<int>() is not 1; tries++)
        {
            if (tries > 0) await Task.Delay(20, Cancellation);
            (_, body) = await Call(queues, withKey: true);
        }
        var described = Answer(queues, HttpStatusCode.OK);
        var reason = (string?)body!["queues"]![1]!["lastDeadLetters"]![0]!["reason"];

        Assert.Empty(Description.OpenApi.Schemas.Errors(described["schema"]!, body, strict: true));
        Assert.Equal((string?)described["example"]!["queues"]![1]!["lastDeadLetters"]![0]!["reason"], reason);
    }

    private static JsonNode Answer(Operation operation, HttpStatusCode status) =>
        operation.Answer((int)status, status == HttpStatusCode.OK ? "application/json" : "application/problem+json")!;

    private async Task<(HttpStatusCode Status, JsonNode? Body)> Call(Operation operation, bool withKey, string part = "M1")
    {
        var path = operation.Path.Replace("{id}", part, StringComparison.Ordinal).Replace("{name}", part, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Verb), path);
        if (withKey) request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        using var response = await _http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
