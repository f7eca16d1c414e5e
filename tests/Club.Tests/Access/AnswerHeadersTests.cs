using System.Net;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Access;

/// <summary>What protects whoever reads an answer in a browser, and her data in caches.</summary>
public sealed class AnswerHeadersTests(AnswerHeadersTests.OneClub shared) : IClassFixture<AnswerHeadersTests.OneClub>
{
    [Theory]
    [InlineData("GET", "/api/members?code=" + DevelopmentKeys.Functions, 200)]
    [InlineData("GET", "/api/members/M0?code=" + DevelopmentKeys.Functions, 404)]
    [InlineData("GET", "/api/members", 401)]
    [InlineData("GET", "/api/health", 200)]
    [InlineData("GET", "/api/openapi.yaml", 200)]
    [InlineData("GET", "/api/nowhere", 404)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PATCH", "/api/health", 405)]
    [InlineData("GET", "/admin/queues", 401)]
    [InlineData("GET", "/admin/queues?code=" + DevelopmentKeys.Functions, 200)]
    [InlineData("POST", "/api/webhooks/registrations", 401)]
    public async Task Every_answer_carries_them(string verb, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        using var response = await shared.Club.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        string Header(string name) => string.Join(',', response.Headers.TryGetValues(name, out var values) ? values : []);
        Assert.Equal(("nosniff", "no-referrer", "no-store", "default-src 'none'; frame-ancestors 'none'", "", ""),
            (Header("X-Content-Type-Options"), Header("Referrer-Policy"), Header("Cache-Control"), Header("Content-Security-Policy"),
                Header("Server"), Header("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Over_TLS_a_browser_is_told_to_stay_with_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health") { Headers = { { "X-Forwarded-Proto", "https" } } };
        using var response = await shared.Club.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.StartsWith("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    public sealed class OneClub : IAsyncLifetime
    {
        internal ClubHost Club { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Club = await ClubHost.Start();

        public async ValueTask DisposeAsync() => await Club.DisposeAsync();
    }
}
