using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Club.Local;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Local;

/// <summary>The SMS provider's webhook on a running host, over HTTP.</summary>
public sealed class SmsWebhookTests : IAsyncLifetime
{
    private const string NewKey = "placeholder-sms-webhook-key-001", OldKey = "placeholder-sms-webhook-key-000",
        Address = $"/api/webhooks/sms?key={NewKey}";
    private readonly TempDirectory _directory = new();
    private LocalHost _host = null!;
    private HttpClient _http = null!;
    private StaffClient _staff = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = LocalHost.Build(LocalSettings.Of(
            TestHost.Settings(_directory.Path,
            new() { ["Sms__OptOut"] = "退订回N", ["Sms__WebhookKeys__0"] = NewKey, ["Sms__WebhookKeys__1"] = OldKey })),
            ClubComposition.Club with { Pacing = TestHost.Hasty });
        await _host.Start(Cancellation);
        _http = new HttpClient { BaseAddress = _host.HttpAddress };
        _staff = new StaffClient(_host.HttpAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _staff.Dispose();
        _http.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_CloudEvents_subscription_shakes_hands()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, Address);
        ask.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");
        ask.Headers.Add("WebHook-Request-Rate", "120");
        using var answer = await _http.SendAsync(ask, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("eventgrid.azure.net", "120"),
            (answer.Headers.GetValues("WebHook-Allowed-Origin").Single(), answer.Headers.GetValues("WebHook-Allowed-Rate").Single()));
        using var nobody = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Options, Address), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
    }

    [Fact]
    public async Task Who_lacks_the_key_of_the_address_changes_nothing()
    {
        var member = await Member("13800138009");
        foreach (var query in new[] { "", "?key=", "?key=guess", $"?code={NewKey}", $"?key={NewKey}&key={NewKey}" })
        {
            var (status, body) = await Post(Received("e1", "8613800138009", "N"), address: $"/api/webhooks/sms{query}");
            Assert.Equal((HttpStatusCode.Unauthorized, "sms-webhook-key"), (status, (string?)JsonNode.Parse(body)!["code"]));
        }
        Assert.True(await Agrees(member));
        Assert.Equal(HttpStatusCode.OK,
            (await Post(Received("e1", "8613800138009", "N"), address: $"/api/webhooks/sms?key={OldKey}")).Status);
        Assert.False(await Agrees(member));
    }

    [Fact]
    public async Task A_refusal_beside_a_malformed_report_and_a_handshake_is_taken()
    {
        var member = await Member("13800138001");
        var (status, body) = await Post($$"""
            [{"id":"bad","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"to":"1"} },
             {"id":"h","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"c0de"} },
             {{Received("e1", "8613800138001", "回N，谢谢")}}]
            """, bom: true);
        Assert.Equal((HttpStatusCode.OK, "c0de"), (status, (string?)JsonNode.Parse(body)!["validationResponse"]));
        Assert.False(await Agrees(member));
        var rejection = Assert.Single((await _staff.Get("/api/rejections"))["items"]!.AsArray());
        Assert.Equal(("sms-event-malformed", "$[0].data.messageId"), ((string?)rejection!["code"], (string?)rejection["path"]));
    }

    [Fact]
    public async Task A_report_whose_bytes_are_no_text_takes_no_refusal_along()
    {
        var member = await Member("13800138004");
        var report = """{"id":"bad","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"messageId":"?"} }""";
        byte[] Broken(string json) => [.. Encoding.UTF8.GetBytes(json).Select(one => one == '?' ? (byte)0x80 : one)];
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(Broken(report))).Status);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await Post(Broken(report.Replace("\"id\":\"bad\"", "\"?\":0", StringComparison.Ordinal)))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Post(Broken($"[{report},{Received("e1", "8613800138004", "N")}]"))).Status);
        Assert.False(await Agrees(member));
        var rejection = Assert.Single((await _staff.Get("/api/rejections"))["items"]!.AsArray());
        Assert.Equal(("sms-event-malformed", "$[0]"), ((string?)rejection!["code"], (string?)rejection["path"]));
        Assert.Equal("rejected", (string?)(await _staff.Post($"/api/rejections/{rejection["id"]}/replay"))["result"]);
    }

    [Fact]
    public async Task Staff_say_what_a_reply_means()
    {
        var member = await Member("13800138002");
        Assert.Equal(HttpStatusCode.OK, (await Post(Received("e1", "8613800138002", "能不能消停点"))).Status);
        Assert.True(await Agrees(member));
        var id = (string)(await _staff.Get("/api/rejections"))["items"]![0]!["id"]!;
        await _staff.Post($"/api/rejections/{id}/replay?as=maybe", HttpStatusCode.BadRequest);
        Assert.Equal("rejected", (string?)(await _staff.Post($"/api/rejections/{id}/replay"))["result"]);
        Assert.Equal("taken", (string?)(await _staff.Post($"/api/rejections/{id}/replay?as=refusal"))["result"]);
        Assert.False(await Agrees(member));
        Assert.Equal("staff", (string?)(await _staff.Get($"/api/members/{member}"))["consents"]!["smsSource"]);
        Assert.Empty((await _staff.Get("/api/rejections"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_form_counts_from_the_time_of_its_event()
    {
        async Task Form(bool sms, string at, string? own = null) =>
            await _staff.Webhook(
                $$"""{"type":"member.registered","timestamp":"{{at}}","data":{"phone":"13800138003","consents":{"sms":{{(sms ? "true" : "false")}}{{(own is null ? "" : $",\"smsAt\":\"{own}\"")}} } } }""");
        await Form(false, "2026-03-02T10:00:00+08:00");
        await Form(true, "2026-03-02T09:00:00+08:00");
        var member = (string)(await _staff.Get("/api/members?phone=13800138003"))["items"]![0]!["memberId"]!;
        Assert.False(await Agrees(member));
        await Form(true, "2026-03-03T10:00:00+08:00", own: "2026-03-02T09:30:00+08:00");
        Assert.False(await Agrees(member));
        await Form(true, "2026-03-02T10:00:01+08:00");
        Assert.True(await Agrees(member));
    }

    private async Task<string> Member(string phone) =>
        (string)(await _staff.Register(new { phone, consents = new { sms = true, smsAt = "2026-01-01T00:00:00Z" } })).Body["memberId"]!;

    private async Task<bool> Agrees(string member) => (bool)(await _staff.Get($"/api/members/{member}"))["consents"]!["sms"]!;

    private static string Received(string id, string from, string text) =>
        $$"""{"id":"{{id}}","eventType":"Microsoft.Communication.SMSReceived","eventTime":"2026-02-01T00:00:00Z","data":{"messageId":"m","from":"{{from}}","to":"1","message":"{{text}}"} }""";

    private Task<(HttpStatusCode Status, string Body)> Post(string json, bool bom = false, string? address = null) =>
        Post(Encoding.UTF8.GetBytes((bom ? "\uFEFF" : "") + json), address);

    private async Task<(HttpStatusCode Status, string Body)> Post(byte[] body, string? address = null)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await _http.PostAsync(address ?? Address, content, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
