using System.Net;
using Club.Access;
using Club.Outgoing;
using Club.Store;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Who is told of events, on pages.</summary>
public sealed class TellingRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task Headquarters_subscribes_somebody_sees_the_secret_once_and_looks_after_what_was_given_up()
    {
        using var hq = Browser.Of(club.Host, Role.Hq, language: "en");
        var form = new Dictionary<string, string> { ["id"] = "crm", ["url"] = "https://crm.example/events", ["types"] = "club.order.*, club.sms.sent" };
        var made = await hq.Post("/subscriptions", form);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Contains("whsec_", made.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Browser.Base}/subscriptions/crm?done=saved", (await hq.Post("/subscriptions", form)).LeadsTo);
        var page = await hq.Get("/subscriptions/crm");
        Assert.DoesNotContain("whsec_", page.Page.Body!.TextContent, StringComparison.Ordinal);
        foreach (var told in (string[])["https://crm.example/events", "club.order.*, club.sms.sent", "enabled"])
            Assert.Contains(told, page.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("crm", Assert.Single((await hq.Get("/subscriptions")).Page.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);

        Assert.Contains("whsec_", (await hq.Post("/subscriptions/crm/secret", [])).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Browser.Base}/subscriptions/crm?done=disable", (await hq.Post("/subscriptions/crm/disable", [])).LeadsTo);
        Assert.Equal($"{Browser.Base}/subscriptions/crm?done=enable", (await hq.Post("/subscriptions/crm/enable", [])).LeadsTo);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post("/subscriptions/crm/replay", new() { ["from"] = "yesterday" })).Status);
        Assert.Equal($"{Browser.Base}/subscriptions/crm?done=replay",
            (await hq.Post("/subscriptions/crm/replay", new() { ["from"] = "2026-01-01T00:00:00+08:00" })).LeadsTo);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post("/subscriptions/crm/something", [])).Status);

        var dead = new DeadEvent
        {
            SubscriptionId = "crm", EventId = "evt_1", Member = "M0000000000000000", Document = "v:1", Type = EventTypes.OrderDone,
            At = DateTimeOffset.UnixEpoch, Attempts = 14, Status = 500, ForgetOn = new DateOnly(2999, 1, 1),
        };
        await club.Host.Get<IClubStore>().Commit(Subscription.PartitionOf("crm"), [dead.ToCreate()]);
        var row = Assert.Single((await hq.Get("/subscriptions/crm?state=dead")).Page.QuerySelectorAll("tbody tr"));
        Assert.Contains("club.order.done", row.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Browser.Base}/subscriptions/crm?state=dead&done=resent", (await hq.Post("/subscriptions/crm/deliveries/evt_1/resend", [])).LeadsTo);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post("/subscriptions/crm/deliveries/evt_1/resend", [])).Status);
        Assert.Equal($"{Browser.Base}/subscriptions?done=deleted", (await hq.Post("/subscriptions/crm/delete", [])).LeadsTo);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get("/subscriptions/crm")).Status);
    }

    [Theory]
    [InlineData("id", "a b")]
    [InlineData("url", "http://crm.example/")]
    [InlineData("url", "https://10.0.0.1/")]
    [InlineData("types", "club.nothing")]
    public async Task What_is_wrong_stands_at_its_field(string field, string value)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var seen = await hq.Post("/subscriptions",
            new() { ["id"] = "erp", ["url"] = "https://erp.example/", ["types"] = "club.*", [field] = value });
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.Equal(field, seen.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name"));
        Assert.Equal(value, seen.Page.QuerySelector($"[name={field}]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Nobody_else_enters()
    {
        foreach (var role in (Role[])[Role.Marketing, Role.Finance, Role.Auditor])
        {
            using var browser = Browser.Of(club.Host, role);
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/subscriptions")).Status);
        }
    }
}
