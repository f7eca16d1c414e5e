using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.FunctionsLocal;

public sealed class HttpFunctionTests : IAsyncLifetime
{
    private readonly Probe _probe = new();
    private TestHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await TestHost.Start(_probe, [typeof(HttpProbe), typeof(TimerProbe)]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_route_part_reaches_the_function()
    {
        using var response = await Get("/api/members/M%201", DevelopmentKeys.Functions);
        Assert.Equal("""{"id":"M 1","method":"GET"}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("/api/numbers/12", HttpStatusCode.OK)]
    [InlineData("/api/numbers/twelve", HttpStatusCode.NotFound)]
    public async Task A_route_constraint_holds(string path, HttpStatusCode status)
    {
        using var response = await Get(path);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_route_the_name_is_the_route_in_any_case()
    {
        using var response = await Get("/api/health");
        Assert.Equal("well True GET", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.DoesNotContain("Server", response.Headers.Select(h => h.Key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("development-functions-keys")]
    public async Task A_staff_call_without_the_right_key_is_refused(string? key)
    {
        using var response = await Get("/api/members/M1", key);
        await AssertProblem(response, HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task The_key_may_be_in_the_query()
    {
        using var response = await Get("/api/members/M1?code=" + DevelopmentKeys.Functions);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_fault_is_a_problem_that_tells_nothing_of_the_inside()
    {
        using var response = await Get("/api/faulty");
        var body = await AssertProblem(response, HttpStatusCode.InternalServerError, "internal");
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_down_can_be_asked_again()
    {
        using var response = await Get("/api/storedown");
        await AssertProblem(response, HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem()
    {
        using var response = await Get("/api/nothing");
        await AssertProblem(response, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_wrong_method_is_a_problem()
    {
        using var response = await _host.Http.DeleteAsync(new Uri("/api/health", UriKind.Relative), Cancellation);
        await AssertProblem(response, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task What_a_function_answers_with_404_stays_its_own()
    {
        using var response = await Get("/api/absent");
        Assert.Equal("""{"absent":"/api/absent"}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData(LocalHost.MaximumBody, HttpStatusCode.OK)]
    [InlineData(LocalHost.MaximumBody + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_has_at_most_eight_megabytes(int bytes, HttpStatusCode status)
    {
        // A client that asks first sees the answer; one that sends on may find the connection closed.
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri("/api/upload", UriKind.Relative)) { Content = new ByteArrayContent(new byte[bytes]),
            Headers = { ExpectContinue = true } };
        using var response = await _host.Http.SendAsync(request, Cancellation);
        Assert.Equal(status, response.StatusCode);
        if (status != HttpStatusCode.OK) await AssertProblem(response, status, "too-large");
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"input":""}""")]
    public async Task A_timer_runs_when_staff_asks(string body)
    {
        using var response = await Admin("CareTimer", DevelopmentKeys.Functions, body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually.True(() => _probe.Runs.Count == 1, "the timer runs");
        Assert.False(_probe.Runs.Single().IsPastDue);
    }

    [Fact]
    public async Task Asking_for_a_timer_needs_the_key_and_a_known_name()
    {
        using var keyless = await Admin("CareTimer", "wrong", "");
        await AssertProblem(keyless, HttpStatusCode.Unauthorized, "unauthorized");
        using var unknown = await Admin("NoTimer", DevelopmentKeys.Functions, "");
        await AssertProblem(unknown, HttpStatusCode.NotFound, "not-found");
        Assert.Empty(_probe.Runs);
    }

    [Fact]
    public async Task The_queues_show_their_state_to_staff_alone()
    {
        await _host.Send("transactions", "a body with a phone number");
        using var keyless = await Get("/admin/queues");
        await AssertProblem(keyless, HttpStatusCode.Unauthorized, "unauthorized");
        using var response = await Get("/admin/queues", DevelopmentKeys.Functions);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"queue\":\"transactions\",\"active\":1,", body, StringComparison.Ordinal);
        Assert.DoesNotContain("phone", body, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Get(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.TryAddWithoutValidation("x-functions-key", key);
        return await _host.Http.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> Admin(string timer, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/functions/" + timer) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-functions-key", key);
        return await _host.Http.SendAsync(request, Cancellation);
    }

    private static async Task<string> AssertProblem(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        using var problem = JsonDocument.Parse(body);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        return body;
    }
}
