using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Triggers;
using Functions.Local.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Who calls more than she may is told to wait, and nobody else is.</summary>
public sealed class CallLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_calls_by_a_token_has_her_own_limit()
    {
        await using var club = await ClubHost.Start(new() { ["Limits__PerCaller"] = "1", ["Limits__Seconds"] = "3" });
        var (one, other) = (Token(club, "李娜"), Token(club, "王伟"));
        for (var left = 2; left >= 0; left--)
        {
            using var taken = await Get(club, "/api/programmes", one);
            Assert.Equal((HttpStatusCode.OK, "\"caller\";q=3;w=3"), (taken.StatusCode, taken.Headers.GetValues("RateLimit-Policy").Single()));
            Assert.StartsWith($"\"caller\";r={left};t=", taken.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
        }
        await IsRefused(await Get(club, "/api/programmes", one));
        using var another = await Get(club, "/api/programmes", other);
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);
        await club.Staff.Get("/api/programmes");
        // A right that she has not costs her as much as one that she has.
        using var denied = await Get(club, "/api/files/x", other);
        Assert.Contains("r=1", denied.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);

        await Task.Delay(1200, Cancellation);
        using var later = await Get(club, "/api/programmes", one);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task What_is_open_is_limited_by_address_and_a_made_up_address_is_not_believed()
    {
        await using var club = await ClubHost.Start(new() { ["Limits__PerAddress"] = "1", ["Limits__Seconds"] = "2" });
        for (var i = 0; i < 2; i++)
            using (var taken = await Get(club, "/api/health", null, $"203.0.113.{i}"))
                Assert.Equal((HttpStatusCode.OK, "\"address\";q=2;w=2"), (taken.StatusCode, taken.Headers.GetValues("RateLimit-Policy").Single()));
        foreach (var open in (string[])["/api/health", "/api/openapi.yaml", "/api/wechat"])
            await IsRefused(await Get(club, open, null, "203.0.113.9"));
        // Whoever is known is not counted by where she is.
        await club.Staff.Get("/api/programmes");
    }

    [Fact]
    public async Task Behind_a_proxy_of_ones_own_each_client_has_a_limit()
    {
        await using var club = await ClubHost.Start(new()
        {
            ["Limits__PerAddress"] = "1", ["Limits__Seconds"] = "1", ["Limits__Proxies"] = "1",
        });
        foreach (var client in (string[])["203.0.113.1", "203.0.113.2:4711", "2001:db8:0:1::1", "[2001:db8:0:2::1]:80"])
            using (var taken = await Get(club, "/api/health", null, $"198.51.100.7, {client}")) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await IsRefused(await Get(club, "/api/health", null, "198.51.100.99,203.0.113.2"));
        await IsRefused(await Get(club, "/api/health", null, "2001:db8:0:1:ffff::2"));
    }

    [Fact]
    public async Task Wrong_proofs_are_limited_more_tightly_and_lock_nobody_out()
    {
        await using var club = await ClubHost.Start(new() { ["Limits__WrongPerAddress"] = "1", ["Limits__Seconds"] = "4" });
        foreach (var path in (string[])["/api/members?code=guess", "/api/members", "/admin/queues?code=guess", "/api/wechat?signature=0"])
            using (var wrong = await Get(club, path)) Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        foreach (var path in (string[])["/api/members?code=guess", "/api/members", "/admin/queues?code=guess", "/api/wechat?signature=0"])
            await IsRefused(await Get(club, path), "unproven");
        await IsRefused(await Get(club, "/api/members", "no.token.atall"), "unproven");
        await club.Staff.Get("/api/members");
        await club.Staff.Get("/admin/queues");
        Assert.Equal(HttpStatusCode.Created, (await club.Staff.Register(new { phone = "13800138000" })).Status);
        using var proven = await Get(club, "/api/programmes", Token(club, "李娜"));
        Assert.Equal(HttpStatusCode.OK, proven.StatusCode);
    }

    [Fact]
    public async Task Without_limits_nothing_is_counted()
    {
        await using var club = await ClubHost.Start(new()
        {
            ["Limits__PerCaller"] = "0", ["Limits__PerAddress"] = "0", ["Limits__WrongPerAddress"] = "0",
        });
        foreach (var path in (string[])["/api/health", "/api/members", $"/api/members?code={DevelopmentKeys.Functions}"])
            using (var answer = await Get(club, path)) Assert.False(answer.Headers.Contains("RateLimit"));
    }

    /// <summary>A hostile client has as many addresses as it likes.</summary>
    [Fact]
    public void However_many_call_no_more_is_kept()
    {
        using var limit = CallLimit.Of("address", 1, 1)!;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (random, bytes) = (new Random(20261126), new byte[16]);
        for (var i = 0; i < 300_000; i++)
        {
            random.NextBytes(bytes);
            limit.Take(CallLimit.Place(ClientAddress.Hash(new IPAddress(bytes))), new DefaultHttpContext());
        }
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0, -100, 24);
    }

    private static async Task IsRefused(HttpResponseMessage response, string? policy = null)
    {
        using (response)
        {
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
            Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json", "too-many-calls"),
                (response.StatusCode, response.Content.Headers.ContentType?.MediaType, (string?)problem["code"]));
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 4);
            Assert.Contains(";r=0;", response.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
            if (policy is not null)
                Assert.StartsWith($"\"{policy}\"", response.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
        }
    }

    private static string Token(ClubHost club, string name) =>
        club.Get<ClubTokens>().ForStaff(Role.Marketing, name, null, TimeSpan.FromMinutes(5)).Value.Token;

    private static async Task<HttpResponseMessage> Get(ClubHost club, string path, string? token = null, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        return await club.Http.SendAsync(request, Cancellation);
    }
}
