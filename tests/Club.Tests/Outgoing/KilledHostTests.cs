using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>Club.Local as a process of its own, killed while it delivers.</summary>
public sealed class KilledHostTests
{
    private const int Members = 20;
    private const int Bills = 1_000;

    [Fact]
    public async Task A_host_killed_while_it_delivers_tells_everything_after_it_is_back_each_members_events_in_order()
    {
        var directory = Directory.CreateTempSubdirectory("club-events").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "local.settings.json"),
            """{"Values":{"Events__AllowPrivateAddresses":"true","Events__AtOnce":"4"}}""");
        var stream = Path.Combine(directory, "stream.jsonl");
        await File.WriteAllLinesAsync(stream,
            Enumerable.Range(0, Bills).Select(i => Events.Bill($"K{i}", Phone(i % Members), lines: [Events.Line("1", "parts", 100 + i)])));
        await using var receiver = await EventReceiver.Start();
        var calls = 0;
        receiver.Answer = _ => ++calls % 97 == 0 ? 500 : 200;

        await using (var host = await LocalProcess.Start(directory))
        {
            using var staff = new StaffClient(host.Http);
            for (var i = 0; i < Members; i++) await staff.Register(new { phone = Phone(i) });
            using var http = new HttpClient { BaseAddress = host.Http };
            http.DefaultRequestHeaders.Add("x-functions-key", DevelopmentKeys.Functions);
            using var put = await http.PutAsJsonAsync("/api/subscriptions/crm", new { url = receiver.Address, types = new[] { "club.points.*" } });
            var made = JsonNode.Parse(await put.Content.ReadAsStringAsync())!;
            Assert.True(put.IsSuccessStatusCode, made.ToJsonString());
            receiver.Secrets = [(string)made["secret"]!];
            var sending = host.Command("send", stream, "--connection", host.Connection);
            while (receiver.Taken.Count < 100) await Task.Delay(2);
            await host.Kill();
            await sending;
        }
        Assert.InRange(receiver.Taken.Select(one => one.Id).Distinct().Count(), 100, Bills - 1);

        await using (var host = await LocalProcess.Start(directory))
        {
            var (exitCode, output) = await host.Command("send", stream, "--connection", host.Connection);
            Assert.True(exitCode == 0, output);
            for (var seconds = 0; seconds < 90 && receiver.Taken.Select(one => one.Id).Distinct().Count() < Bills; seconds++) await Task.Delay(1000);
        }
        Directory.Delete(directory, recursive: true);
        Assert.Empty(receiver.Wrong);
        Assert.Equal(Bills, receiver.Taken.Select(one => (string)one.Body["data"]!["sourceId"]!).Distinct().Count());
        foreach (var member in receiver.Taken.GroupBy(one => one.Member))
        {
            var sequence = member.DistinctBy(one => one.Id).Select(one => (int)one.Body["data"]!["sequence"]!).ToArray();
            Assert.Equal(Enumerable.Range(1, Bills / Members), sequence);
        }
    }

    private static string Phone(int member) => string.Create(CultureInfo.InvariantCulture, $"1380013{member:D4}");
}
