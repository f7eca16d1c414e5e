using System.Globalization;
using System.Text.Json.Nodes;
using Club.Azure.Tests.Cloud;
using Club.Azure.Tests.Worker;
using Club.Tests.Support;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>How a worker begins and ends.</summary>
public sealed class LifetimeTests(AzureClub club) : IClassFixture<AzureClub>
{
    private const int Bills = 400;

    [Fact]
    public async Task A_worker_that_is_asked_to_end_in_the_middle_of_a_batch_loses_and_doubles_nothing() =>
        await Interrupted("13800030001", "T", async host =>
        {
            host.Terminate();
            await host.Process.Exited(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, host.Process.ExitCode);
        });

    [Fact]
    public async Task A_worker_that_is_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing() =>
        await Interrupted("13800030002", "K", host => host.Process.Kill());

    [Theory]
    [InlineData("Cosmos__Endpoint", "Cosmos__Endpoint is missing")]
    [InlineData("Files__Endpoint", "Files__Endpoint is missing")]
    [InlineData("ServiceBus__fullyQualifiedNamespace", "ServiceBus__fullyQualifiedNamespace is missing")]
    [InlineData("Sms__Endpoint", "Sms__Endpoint is missing")]
    [InlineData("Sms__From", "Sms__From is missing")]
    [InlineData("Sms__WebhookKeys__0", "Sms__WebhookKeys__0 is missing")]
    [InlineData("Club__LookupKey", "Club__LookupKey needs at least 32 characters.")]
    [InlineData("WeChat__Token", "WeChat__Token is missing")]
    [InlineData("SiteWebhook__Secrets__0", "SiteWebhook__Secrets")]
    public async Task A_missing_setting_stops_the_worker_with_a_sentence(string setting, string sentence) =>
        Assert.Contains(sentence, await SaidAtTheEnd(club.Settings.Where(pair => pair.Key != setting)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Club__LookupKey", "@Microsoft.KeyVault(VaultName=club;SecretName=LookupKey)",
        "Club__LookupKey: the secret in the key vault cannot be read.")]
    [InlineData("Club__Programme", "nobody", "There is no programme \"nobody\".")]
    [InlineData("Club__TimeZone", "Asia/Nowhere", "Club__TimeZone")]
    [InlineData("Cosmos__Endpoint", "http://club.example", "Cosmos__Endpoint must be an https address.")]
    [InlineData("Sms__AllowedFrom", "morning", "Sms__AllowedFrom")]
    public async Task A_wrong_setting_stops_the_worker_with_a_sentence(string setting, string value, string sentence) =>
        Assert.Contains(sentence, await SaidAtTheEnd(club.Settings.Where(pair => pair.Key != setting).Append(new(setting, value))),
            StringComparison.Ordinal);

    private static async Task<string> SaidAtTheEnd(IEnumerable<KeyValuePair<string, string>> settings)
    {
        await using var host = await FunctionsHost.Launch(new Dictionary<string, string>(settings));
        await host.Process.Exited(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(host.Process.ExitCode == 1, host.Process.Output);
        Assert.DoesNotContain("   at ", host.Process.Output, StringComparison.Ordinal);
        return host.Process.Output;
    }

    /// <summary>Every bill is of one yuan more than the one before, so that a bill lost and one doubled cannot make up for each
    /// other.</summary>
    private async Task Interrupted(string phone, string prefix, Func<FunctionsHost, Task> end)
    {
        var member = await club.Member(phone);
        string[] bills = [.. Enumerable.Range(1, Bills)
            .Select(i => Events.Bill(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}"), phone,
            lines: [Events.Line("1", "parts", i * 100m)]))];
        await club.Enqueue(bills);
        while ((await Entries(member)).Count == 0) await Task.Delay(5);
        var interrupted = club.Host;
        club.Listener.Detach();
        await end(interrupted);
        await club.Restart();
        await club.Enqueue(bills);
        await club.Quiet();

        Assert.Equal(Enumerable.Range(1, Bills).Sum(),
            (await club.Get("MemberAccount", $"/api/members/{member}/account"))["wallets"]![0]!["available"]!.GetValue<decimal>());
        Assert.Equal(Bills, (await Entries(member))[0]!["sequence"]!.GetValue<int>());
        Assert.Equal(0, club.Queues.DeadLettered);
    }

    private async Task<JsonArray> Entries(string member) =>
        (await club.Get("MemberEntries", $"/api/members/{member}/entries?limit=1"))["items"]!.AsArray();
}
