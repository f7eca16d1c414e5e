using System.Net;
using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Store;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>A member is served at the counter.</summary>
public sealed class TillTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task Points_pay_a_bill_and_come_back()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var asked = await advisor.Get($"/members/{club.Own}/spend?amount=700.00");
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        var form = asked.Page.QuerySelector("form[data-mix]")!;
        var fields = form.QuerySelectorAll("input[name]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        fields["points"] = form.QuerySelector("[name=points]")!.GetAttribute("min")!;
        Assert.Contains("done=held", (await advisor.Post($"/members/{club.Own}/spend", new(fields) { ["hold"] = "yes" })).LeadsTo, StringComparison.Ordinal);
        // The same form again is the same redemption.
        Assert.Contains("done=held", (await advisor.Post($"/members/{club.Own}/spend", new(fields) { ["hold"] = "yes" })).LeadsTo, StringComparison.Ordinal);
        var page = (await advisor.Get($"/members/{club.Own}/spend")).Page;
        var confirm = page.QuerySelectorAll("form").Single(one => one.QuerySelector("button[value=confirm]") is not null);
        var follow = confirm.GetAttribute("action")!["/api/console".Length..];
        Assert.Contains("done=spent", (await advisor.Post(follow, new() { ["step"] = "confirm", ["key"] = "k1" })).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await advisor.Post(follow, new() { ["step"] = "refund", ["points"] = "1" })).Status);
        Assert.Contains("done=refunded", (await advisor.Post(follow, new() { ["step"] = "refund", ["reason"] = "退货" })).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await advisor.Post(follow, new() { ["step"] = "refund", ["reason"] = "退货" })).Status);
        Assert.Contains("已退还", (await advisor.Get($"/members/{club.Own}/spend")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount=abc", HttpStatusCode.BadRequest)]
    [InlineData("amount=-5", HttpStatusCode.BadRequest)]
    [InlineData("amount=0.001", HttpStatusCode.BadRequest)]
    [InlineData("amount=700&wallet=pub", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task What_is_typed_wrong_is_said(string query, HttpStatusCode status)
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        Assert.Equal(status, (await advisor.Get($"/members/{club.Own}/spend?{query}")).Status);
    }

    [Fact]
    public async Task Of_another_dealers_member_nothing_is_spent()
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D022");
        Assert.Equal(HttpStatusCode.NotFound, (await advisor.Get($"/members/{club.Own}/spend?amount=700")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await advisor.Post($"/members/{club.Own}/spend",
            new() { ["amount"] = "700", ["points"] = "100" })).Status);
    }

    [Fact]
    public async Task The_voucher_that_she_shows_is_used_once()
    {
        var by = Caller.OperatorAs("A017");
        var wash = JsonFields.Parse("""{"name":"洗车券","category":"服务","kind":"voucher","from":"2026-01-01","price":{"points":100},"validMonths":6}"""u8.ToArray(),
            body => GiftRequest.Read(body, "WASH-T")).Value;
        Assert.True((await club.Host.Get<GiftCatalogue>().Put(wash, null, by, default)).Succeeded);
        Assert.True((await club.Host.Get<VoucherBatches>().Make(new BatchRequest("WASH-T", 1000, null), new Command("t-batch", "a"), by, default)).Succeeded);
        var order = (await club.Host.Get<Club.Gifts.Orders>().Place(new MemberId(club.Own), new OrderRequest("WASH-T", 1, null, null, null),
            new Command("t-order", "a"), by, default)).Value.Answer;
        var code = Assert.Single(order.Vouchers).Code;
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        using var hq = Browser.Of(club.Host, Role.Hq);
        // On another member's page it is none.
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post($"/members/{club.Other}/voucher", new() { ["code"] = code!, ["dealerId"] = "D021" })).Status);
        Assert.Contains("done=voucher", (await advisor.Post($"/members/{club.Own}/voucher", new() { ["code"] = code! })).LeadsTo, StringComparison.Ordinal);
        var again = await advisor.Post($"/members/{club.Own}/voucher", new() { ["code"] = code! });
        Assert.Equal((HttpStatusCode.Conflict, true), (again.Status, again.Page.QuerySelector("[role=alert]")!.TextContent.Contains("already-used", StringComparison.Ordinal)));
    }
}
