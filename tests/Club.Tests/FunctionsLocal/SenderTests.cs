using System.Text.Json.Nodes;
using Amqp;
using Amqp.Framing;
using Club.Local;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>Partners with a key each, at the queue and through it into the ledger.</summary>
public sealed class SenderTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private LocalHost _host = null!;
    private StaffClient _staff = null!;

    public async ValueTask InitializeAsync()
    {
        _host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(_directory.Path, new()
        {
            ["Club__Programme"] = "foton",
            ["Local__QueueKeys__d021"] = "one:Send:/dms/D021",
            ["Local__QueueKeys__d022"] = "two:Send:/dms/D022,/dms/D023",
            ["Local__QueueKeys__hq"] = "all:Send",
        })), ClubComposition.Club with { Pacing = TestHost.Hasty });
        await _host.Start(TestContext.Current.CancellationToken);
        _staff = new StaffClient(_host.HttpAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _staff.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_key_cannot_take_back_what_another_dealer_gave()
    {
        var member = await Register("13800138001");
        await Send("d021", "one", Bill("WO-1", "13800138001"));
        await Send("d022", "two", Events.Return("WO-1", "RT-1"), Events.Confirm("WO-1", id: "CF-1"));
        Assert.Equal(4.9m, await Available(member));
        Assert.Equal([("foreign-source", "d022"), ("foreign-source", "d022")], await Refused());
        await Send("d021", "one", Events.Return("WO-1", "RT-1"));
        Assert.Equal(0m, await Available(member));
    }

    [Fact]
    public async Task A_key_cannot_use_up_the_bill_numbers_of_another_dealer_nor_name_him_in_its_own()
    {
        var member = await Register("13800138002");
        await Send("d022", "two", Bill("WO-2", "13800138002"), Bill("WO-3", "13800138002", source: "/dms/D022", dealerId: "D021"));
        Assert.Equal(0m, await Available(member));
        Assert.Equal([("foreign-dealer", "d022"), ("foreign-source", "d022")], await Refused());
        await Send("d021", "one", Bill("WO-2", "13800138002"));
        await Send("d022", "two", Bill("WO-4", "13800138002", source: "/dms/D022", dealerId: "D023"));
        await Send("hq", "all", Bill("WO-5", "13800138002", source: "/dms/D024", dealerId: "D021"));
        Assert.Equal(3 * 4.9m, await Available(member));
        Assert.Equal(["hq", "d022", "d021"],
            (await _staff.Get($"/api/members/{member}/entries"))["items"]!.AsArray().Select(entry => (string?)entry!["sentWith"]));
    }

    [Fact]
    public async Task The_name_of_the_key_waits_with_a_parked_bill_and_its_return()
    {
        await Send("d021", "one", Bill("WO-6", "13800138003"), Events.Return("WO-6", "RT-6"));
        await Send("d022", "two", Events.Return("WO-6", "RT-7"));
        var member = await Register("13800138003");
        await _staff.Quiet();
        Assert.Equal(["d021", "d021"],
            (await _staff.Get($"/api/members/{member}/entries"))["items"]!.AsArray().Select(entry => (string?)entry!["sentWith"]));
    }

    [Fact]
    public async Task A_replay_by_staff_asks_the_key_again()
    {
        await Register("13800138004");
        await Send("d022", "two", Bill("WO-8", "13800138004"));
        var rejection = (await _staff.Get("/api/rejections"))["items"]!.AsArray().Single()!;
        var answer = await _staff.Post($"/api/rejections/{rejection["id"]}/replay");
        Assert.Equal(("rejected", "foreign-source"), ((string?)answer["result"], (string?)answer["code"]));
    }

    [Fact]
    public async Task A_property_that_a_sender_writes_names_nobody()
    {
        await Register("13800138005");
        await using var client = await TestQueueClient.Connect(_host.AmqpPort, "d022", "two");
        var forged = new Message(Bill("WO-9", "13800138005")) { ApplicationProperties = new() { Map = { ["sentWith"] = "d021" } },
            Properties = new Properties { UserId = "d021"u8.ToArray() } };
        Assert.IsType<Accepted>(await (await client.Attach("transactions")).Send(forged));
        await _staff.Quiet();
        Assert.Equal([("foreign-source", "d022")], await Refused());
    }

    [Theory]
    [InlineData("JSON inside a JSON string", "wrong-type", "an object is expected")]
    [InlineData("binary mode", "missing-data", "specversion")]
    [InlineData("a character that was lost", "unreadable-text", "U+FFFD")]
    public async Task What_is_taken_and_cannot_be_read_is_kept_with_a_sentence(string what, string code, string says)
    {
        await Send("hq", "all", what switch
        {
            "binary mode" => JsonNode.Parse(Bill("WO-10", "13800138006"))!["data"]!.ToJsonString(),
            "JSON inside a JSON string" => System.Text.Json.JsonSerializer.Serialize(Bill("WO-10", "13800138006")),
            _ => Bill("WO-10", "13800138006").Replace("card", "V6\uFFFD", StringComparison.Ordinal),
        });
        var rejection = (await _staff.Get("/api/rejections"))["items"]!.AsArray().Single()!;
        Assert.Equal((code, "hq"), ((string?)rejection["code"], (string?)rejection["sentWith"]));
        Assert.Contains(says, (string?)rejection["reason"] + (string?)rejection["path"], StringComparison.Ordinal);
    }

    private static string Bill(string id, string phone, string source = Events.Source, string? dealerId = "D021") =>
        Events.Bill(id, phone, source, dealerId: dealerId);

    private async Task<string> Register(string phone) => (await _staff.Register(new { phone })).Body["memberId"]!.GetValue<string>();

    private async Task Send(string name, string key, params string[] bodies)
    {
        await using var client = await TestQueueClient.Connect(_host.AmqpPort, name, key);
        var sender = await client.Attach("transactions");
        foreach (var body in bodies)
        {
            Assert.IsType<Accepted>(await sender.Send(new Message(body)));
            await _staff.Quiet();
        }
    }

    private async Task<decimal> Available(string member) =>
        (await _staff.Get($"/api/members/{member}/account"))["wallets"]![0]!["available"]!.GetValue<decimal>();

    private async Task<(string?, string?)[]> Refused() =>
        [.. (await _staff.Get("/api/rejections"))["items"]!.AsArray().Select(item => ((string?)item!["code"], (string?)item["sentWith"]))
            .Order()];
}
