using System.Net;
using System.Text.Json.Nodes;
using Club.Azure.Tests.Cloud;
using Club.Azure.Tests.Worker;
using Club.Tests.Cosmos;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>A store that is away, with a worker of its own.</summary>
public sealed class FaultTests(AzureClub club) : IClassFixture<AzureClub>
{
    public static TheoryData<string> Away => ["refuses", "resets"];

    [Theory]
    [MemberData(nameof(Away))]
    public async Task A_store_that_is_away_is_told_as_a_problem_that_passes(string how)
    {
        var member = await club.Member("13800020001");
        club.Faults.Set(Asked.Read, how == "refuses" ? new Fault(503) : Fault.Reset);
        try
        {
            using var response = await club.Host.Send("Member", new HttpRequestMessage(HttpMethod.Get, $"/api/members/{member}"));
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(("application/problem+json", "store-unavailable"),
                (response.Content.Headers.ContentType?.MediaType, (string?)problem["code"]));
            Assert.Equal("1", Assert.Single(response.Headers.GetValues("Retry-After")));
        }
        finally
        {
            club.Faults.Clear();
        }
        Assert.Equal(member, (string?)(await club.Get("Member", $"/api/members/{member}"))["memberId"]);
    }

    // The client of Cosmos DB by itself waits a hundred seconds.
    [Fact]
    public async Task A_silent_store_is_found_out_by_a_probe()
    {
        club.Faults.Set(Asked.Read, Fault.Silence);
        try
        {
            using var response = await club.Host.Send("Health", new HttpRequestMessage(HttpMethod.Get, "/api/health"))
                .WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }
        finally
        {
            club.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_silent_store_stops_the_start_with_a_sentence()
    {
        club.Faults.Set(Asked.Metadata, Fault.Silence);
        try
        {
            await using var host = await FunctionsHost.Launch(club.Settings);
            await host.Process.Exited(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(host.Process.ExitCode == 1, host.Process.Output);
            Assert.Contains("did not answer within", host.Process.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", host.Process.Output, StringComparison.Ordinal);
        }
        finally
        {
            club.Faults.Clear();
        }
    }
}
