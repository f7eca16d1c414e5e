using System.Text.Json.Nodes;
using Club.Azure.Tests.Cloud;
using Club.Azure.Tests.Hosts;
using Xunit;

namespace Club.Azure.Tests;

/// <summary>
/// One list of calls is sent to the compiled worker and to the one-process host, and every answer is the same. What the Functions host
/// answers before a worker is asked cannot be the same and is not in the list: 404
/// for a path and for a verb that no function has (404 and 405 here), 413 beyond 100 MB (1 MiB here), and whatever is under <c>/admin</c>.
/// </summary>
public sealed class HostsAgreeTests(AzureClub club) : IClassFixture<AzureClub>
{
    [Fact]
    public async Task Both_hosts_answer_every_call_alike()
    {
        await using var local = await OneProcess.Start(club.Settings);
        var calls = CallList.All.ToList();
        Assert.True(calls.Count >= 100);
        Assert.Equal(club.Host.Functions.Keys.Except(["Work", "CareTimer", "TierTimer", "PointsTimer"]).Order(StringComparer.Ordinal),
            calls.Select(call => call.Function).Distinct().Order(StringComparer.Ordinal));

        var (here, there) = (await Send(local, calls), await Send(new AzureHost(club), calls));
        var differences = calls.Index().Where(call => here[call.Index] != there[call.Index])
            .Select(call => $"{call.Item}\n-- one process\n{here[call.Index]}\n-- worker\n{there[call.Index]}\n").ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.DoesNotContain(here, answer => answer.StartsWith('5') || answer.StartsWith("no answer", StringComparison.Ordinal));
    }

    private static async Task<List<string>> Send(IClubHost host, IReadOnlyList<Call> calls)
    {
        var (answers, known, normal) = (new List<string>(), new Dictionary<string, string>(), new Answers());
        foreach (var call in calls)
        {
            if (call.Function == "Transactions")
            {
                await host.Transactions([.. call.Messages(known)]);
                answers.Add("handled");
                continue;
            }
            try
            {
                using var response = await host.Send(call.Function, call.ToRequest(known), call.WithKey);
                answers.Add(await normal.Of(response));
                if (call.Remember is not null) call.Note(JsonNode.Parse(await response.Content.ReadAsStringAsync()), known);
            }
            catch (HttpRequestException fault)
            {
                answers.Add($"no answer: {fault.Message}");
            }
        }
        return answers;
    }
}
