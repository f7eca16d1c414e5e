using System.Net;
using System.Text.Json.Nodes;
using Club.Azure.Tests.Cloud;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>What the compiled worker fails at ten times, and what it does to send that again.</summary>
public sealed class DeadLetterTests(AzureClub club) : IClassFixture<AzureClub>
{
    [Fact]
    public async Task What_fails_ten_times_is_listed_and_sent_again()
    {
        await club.Queues.Leave("{\"sweeps\":[\"tiers\"]");
        var dead = await Dead();
        Assert.Equal(("work", 10), ((string?)dead["queue"], (int)dead["deliveries"]!));
        Assert.StartsWith("MaxDeliveryCountExceeded: ", (string?)dead["reason"], StringComparison.Ordinal);

        var again = $"/api/dead-letters/{dead["id"]}/resend";
        using (var sent = await club.Host.Send("ResendDeadLetter", new HttpRequestMessage(HttpMethod.Post, again)))
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        using (var gone = await club.Host.Send("ResendDeadLetter", new HttpRequestMessage(HttpMethod.Post, again)))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var next = await Dead();
        Assert.Equal($"{dead["messageId"]}~{((string)dead["id"]!).Split('-')[1]}", (string?)next["messageId"]);
        Assert.Equal(20, club.Listener.Deliveries["Work"]);
    }

    /// <summary>The one dead letter, as the worker lists it.</summary>
    private async Task<JsonNode> Dead()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (club.Queues.DeadLettered == 0 || club.Queues.Active > 0) await Task.Delay(20, patience.Token);
        return Assert.Single((await club.Get("DeadLetters", "/api/dead-letters"))["items"]!.AsArray())!;
    }
}
