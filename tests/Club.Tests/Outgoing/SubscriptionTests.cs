using System.Net;
using System.Text;
using Club.Access;
using Club.Edges.Site;
using Club.Kernel;
using Club.Outgoing;
using Microsoft.Extensions.Options;
using Xunit;

namespace Club.Tests.Outgoing;

/// <summary>Subscriptions: what can be asked for, where events may go, and with which secrets they are signed.</summary>
public sealed class SubscriptionTests
{
    [Theory]
    [InlineData("""{"url":"https://crm.example/events","types":["club.*"]}""", null)]
    [InlineData("""{"url":"https://crm.example:8443/e?key=1","types":["club.order.*","club.sms.sent"]}""", null)]
    [InlineData("""{"url":"http://crm.example/events","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"ftp://crm.example/events","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"crm.example","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://me:secret@crm.example/","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://crm.example/#part","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://localhost/","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://localhost./","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://127.0.0.1/","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://2130706433/","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://[::1]/","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://[::ffff:10.0.0.1]/","types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://169.254.169.254/latest","types":["club.*"]}""", "$.url")]
    [InlineData("""{"types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":7,"types":["club.*"]}""", "$.url")]
    [InlineData("""{"url":"https://crm.example/","types":[]}""", "$.types")]
    [InlineData("""{"url":"https://crm.example/"}""", "$.types")]
    [InlineData("""{"url":"https://crm.example/","types":["club.points.acrued"]}""", "$.types")]
    [InlineData("""{"url":"https://crm.example/","types":["*"]}""", "$.types")]
    [InlineData("""{"url":"https://crm.example/","types":"club.*"}""", "$.types")]
    public async Task A_subscription_names_an_address_of_the_public_network_and_events_that_there_are(string body, string? path)
    {
        await using var club = new ClubFixture();
        var read = JsonFields.Parse(Encoding.UTF8.GetBytes(body), SubscriptionRequest.Read);
        var problem = read.Problem ?? (await club.Get<SubscriptionBook>().Put("crm", read.Value, Caller.Operator, default)).Problem;
        Assert.Equal(path, problem?.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("a\u0001")]
    [InlineData("ä")]
    public async Task An_id_is_a_plain_word(string id)
    {
        await using var club = new ClubFixture();
        var book = club.Get<SubscriptionBook>();
        Assert.Equal("invalid-data", (await book.Put(id, new SubscriptionRequest("https://crm.example", ["club.*"]), Caller.Operator,
            default)).Problem!.Code);
        Assert.Null(await book.Find(id, default));
        Assert.Equal("not-found", (await book.Rotate(id, Caller.Operator, default)).Problem!.Code);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001:0:1::1", false)]
    public void Addresses_of_the_public_network_are_told_from_others(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task No_name_leads_into_the_private_network(string host)
    {
        await using var receiver = await EventReceiver.Start();
        using var client = new WebhookClient(Options.Create(new OutgoingOptions()));
        var url = new UriBuilder(receiver.Address) { Host = host }.Uri;
        var attempt = await client.Post(url, "{}"u8.ToArray(), new WebhookHeaders("evt_1", "1", "v1,"), default);
        Assert.Equal((0, WebhookClient.Private), (attempt.Status, attempt.Error));
        Assert.Empty(receiver.Came);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/", WebhookClient.Refused)]
    [InlineData("http://no-such-name.invalid/", WebhookClient.Unknown)]
    public async Task That_nobody_answers_is_said_in_a_word(string url, string error)
    {
        using var client = new WebhookClient(Options.Create(new OutgoingOptions { AllowPrivateAddresses = true }));
        var attempt = await client.Post(new Uri(url), "{}"u8.ToArray(), new WebhookHeaders("evt_1", "1", "v1,"), default);
        Assert.Equal((0, error), (attempt.Status, attempt.Error));
    }

    [Fact]
    public async Task Secrets_are_told_once_and_both_sign_for_a_day_when_one_is_changed()
    {
        await using var all = await Listening.Start();
        var first = all.Secret;
        Assert.True(WebhookSecret.Parse(first).Succeeded);
        await all.Subscribe();
        Assert.Null((await all.Book.Find(Listening.Id, default))!.Secret);

        var rotated = (await all.Book.Rotate(Listening.Id, Caller.Operator, default)).Value;
        Assert.NotEqual(first, rotated.Secret);
        Assert.Equal(2, rotated.Secrets);
        await Signed(first, 2);
        await Signed(rotated.Secret!, 2);
        all.Club.Clock.Advance(TimeSpan.FromHours(25));
        await Signed(rotated.Secret!, 1);
        for (var i = 0; i < 5; i++) rotated = (await all.Book.Rotate(Listening.Id, Caller.Operator, default)).Value;
        Assert.Equal(3, rotated.Secrets);
        await Signed(rotated.Secret!, 3);

        async Task Signed(string with, int signatures)
        {
            all.Receiver.Secrets = [with];
            await all.Desk.Test(Listening.Id, default);
            Assert.Empty(all.Receiver.Wrong);
            Assert.Equal(signatures, all.Receiver.Came[^1].Signatures);
        }
    }

    [Fact]
    public void What_is_sent_again_comes_later_and_later_for_three_days()
    {
        var (at, first, waits) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, new List<TimeSpan>());
        for (var attempts = 1; DeliveryRules.Next("evt_1", attempts, first, at) is { } next; attempts++)
        {
            Assert.True(next > at);
            waits.Add(next - at);
            at = next;
        }
        Assert.Equal(first + DeliveryRules.Patience, at);
        Assert.InRange(waits[0].TotalSeconds, 5, 6);
        Assert.InRange(waits.Count, 10, 20);
        Assert.Equal(waits[..9].Order(), waits[..9]);
    }

    [Fact]
    public void Every_event_goes_by_a_type_that_can_be_asked_for()
    {
        foreach (var type in EventTypes.All) Assert.True(EventTypes.Cover(["club.*"], type) && EventTypes.Unknown(type) is null);
        Assert.False(EventTypes.Cover(["club.order.*"], "club.orders.placed"));
        Assert.False(EventTypes.Cover(["club.order.placed"], "club.order.placed2"));
        Assert.Contains("club.points.accrued", EventTypes.Unknown("club.points.acrued"), StringComparison.Ordinal);
    }
}
