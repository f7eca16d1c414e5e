using System.Net;
using Club.Access;
using Club.Care;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Whom to call, on pages and over HTTP.</summary>
public sealed class CallsRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    private Task Plan(string occasion) => club.Host.Get<CareCalls>().Add(new MemberId(club.Own), occasion, new DateOnly(2099, 1, 1),
        TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_advisor_calls_and_keeps_what_became_of_it_and_another_dealer_sees_nothing()
    {
        await Plan("winBack:2026-01-02");
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        using var other = Browser.Of(club.Host, Role.Director, "D022");
        var row = Assert.Single((await advisor.Get("/calls")).Page.QuerySelectorAll("tbody tr"), one => one.TextContent.Contains("流失赢回", StringComparison.Ordinal));
        foreach (var told in (string[])["李明", "+8613800138001", "流失赢回", "D021"]) Assert.Contains(told, row.TextContent, StringComparison.Ordinal);
        var address = row.QuerySelector("a")!.GetAttribute("href")!.Replace(Browser.Base, "", StringComparison.Ordinal);
        Assert.Empty((await other.Get("/calls")).Page.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(address, new() { ["outcome"] = "booked" })).Status);

        var wrong = await advisor.Post(address, new() { ["outcome"] = "noAnswer", ["nextOn"] = "2020-01-01", ["note"] = "占线" });
        Assert.Equal((HttpStatusCode.BadRequest, "nextOn"), (wrong.Status, wrong.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name")));
        Assert.Equal($"{Browser.Base}/calls?done=taken", (await advisor.Post(address, new() { ["outcome"] = "booked", ["note"] = "周六来店" })).LeadsTo);
        Assert.Contains("周六来店", (await advisor.Get(address)).Page.QuerySelector("ol")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain((await advisor.Get("/calls")).Page.QuerySelectorAll("tbody tr"), one => one.TextContent.Contains("流失赢回", StringComparison.Ordinal));
        Assert.Single((await advisor.Get("/calls?state=done")).Page.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task Calls_answer_whom_they_should_and_are_kept()
    {
        await Plan("birthday:2026");
        var (advisor, marketing) = (RoleClient.As(club.Host, Role.Advisor, "D021"), RoleClient.As(club.Host, Role.Marketing));
        var call = Assert.Single((await advisor.Get("/api/calls?state=open")).Body["items"]!.AsArray(), one => (string?)one!["occasion"] == "birthday:2026")!;
        Assert.Equal("+8613800138001", (string?)call["phone"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Get("/api/calls")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await advisor.Get("/api/calls?on=soon")).Status);
        var kept = (await RoleClient.As(club.Host, Role.Hq).Get($"/api/audit?member={club.Own}")).Body["items"]!.AsArray().Select(one => (string?)one!["action"]);
        Assert.Contains("Calls", kept);
    }
}
