using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Club.WhatIf;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.WhatIf;

/// <summary>Histories are played one at a time unless the setting says otherwise.</summary>
public sealed class WhatIfLimitTests
{
    private static async Task<HttpResponseMessage> Ask(ClubHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/programmes/what-if");
        var version = (string)(await host.Staff.Get("/api/programmes"))["items"]![0]!["version"]!;
        request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        request.Content = new StringContent($$"""{"version":"{{version}}","programme":null}""", Encoding.UTF8, "application/json");
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_comes_while_one_is_played_is_told_when_to_come_again()
    {
        await using var host = await ClubHost.Start();
        using (host.Get<WhatIfGate>().TryEnter())
        {
            using var refused = await Ask(host);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(WhatIfGate.RetrySeconds, refused.Headers.RetryAfter?.Delta?.TotalSeconds);
            Assert.Equal("what-if-running",
                (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["code"]);
            Assert.Equal("ok", (string?)(await host.Staff.Get("/api/health"))["status"]);
        }
        for (var i = 0; i < 3; i++)
        {
            using var answered = await Ask(host);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
            Assert.Contains("report", await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Of_many_at_once_some_are_played_and_the_others_are_told_so()
    {
        await using var host = await ClubHost.Start(new() { ["WhatIf__AtOnce"] = "2" });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var answer = await Ask(host);
            return answer.StatusCode;
        }));
        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
        Assert.NotNull(host.Get<WhatIfGate>().TryEnter());
        Assert.NotNull(host.Get<WhatIfGate>().TryEnter());
        Assert.Null(host.Get<WhatIfGate>().TryEnter());
    }

    [Fact]
    public async Task A_wrong_number_stops_the_start() =>
        Assert.Contains("WhatIf__AtOnce",
            (await Assert.ThrowsAnyAsync<Exception>(() => ClubHost.Start(new() { ["WhatIf__AtOnce"] = "0" }))).Message);
}
