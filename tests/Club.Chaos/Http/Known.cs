using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Club.Tests.Support;

namespace Club.Chaos.Http;

/// <summary>What there is at the host, so that hostile requests get past "not found": members with bills and returns, parked and refused
/// messages, a dispute.</summary>
/// <param name="Parts">By the name of what a path is about: <c>members</c>, <c>rejections</c>, …</param>
internal sealed record Known(IReadOnlyDictionary<string, string[]> Parts)
{
    private const int Members = 8;

    public static async Task<Known> Populate(LocalProcess host)
    {
        using var staff = new StaffClient(host.Http);
        var members = new List<string>();
        for (var i = 0; i < Members; i++)
        {
            var (_, body) = await staff.Register(
                new { phone = $"1380013800{i}", name = "王伟", birthday = "1986-08-17",
                vehicles = new[] { new { vin = $"WVWZZZ1KZ0000000{i}" } }, consents = new { sms = true }, openId = $"oHttp-{i}" },
                $"http-{i}");
            members.Add((string)body["memberId"]!);
        }
        await staff.Register(new { phone = "13900139000", vehicles = new[] { new { vin = "WVWZZZ1KZ00000001" } } });
        await Send(host, members);
        await staff.Quiet();
        return new Known(new Dictionary<string, string[]>
        {
            ["members"] = [.. members],
            ["programmes"] = ["foton", "skoda"],
            ["versions"] = ["1.0"],
            ["rejections"] = Ids(await staff.Get("/api/rejections")),
            ["disputes"] = Ids(await staff.Get("/api/disputes")),
            ["entries"] = ["1", "2", "3"],
            ["benefits"] = ["car-wash", "rescue", "gift-redemption"],
            ["use"] = ["K1", "D021-W-88213"],
            ["files"] = ["x", $"statements/{members[0]}/2026-10.csv"],
            ["functions"] = ["CareTimer", "PointsTimer", "TierTimer"],
        });
    }

    private static async Task Send(LocalProcess host, List<string> members)
    {
        await using var client = new ServiceBusClient(host.Connection);
        await using var sender = client.CreateSender("transactions");
        var time = DateTimeOffset.UtcNow.AddDays(-40).ToString("yyyy-MM-dd'T'HH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture);
        var letters = members.SelectMany((id, i) =>
            Enumerable.Range(0, 5).Select(bill => Events.Bill($"H{i}-{bill}", member: new { memberId = id }, time: time)))
            .Append(Events.Bill("H-parked", "13700137000", time: time)).Append(Events.Return("H0-0", "H-return", time: time))
                .Append(Events.Return("H-none", "H-early", time: time)).Append("{}");
        await sender.SendMessagesAsync(letters.Select(letter => new ServiceBusMessage(letter)));
    }

    private static string[] Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(item => (string)item!["id"]!), "R1"];
}
