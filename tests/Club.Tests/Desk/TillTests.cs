using System.Net;
using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Spending;
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

    [Theory]
    [InlineData("reverse")]
    [InlineData("Refund")]
    [InlineData("refund ; confirm")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_step_that_the_page_does_not_offer_is_none(string? step)
    {
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var redemptions = club.Host.Get<Redemptions>();
        var paid = (await redemptions.Redeem(new MemberId(club.Own), new RedemptionRequest(null, Points.Of(100),
            new SpentFor(SpentKind.Bill, Money.Of(700), new DealerId("D021")), false), new Command($"step-{step ?? "none"}", "a"), Caller.Operator, default)).Value.Answer;
        var fields = new Dictionary<string, string> { ["reason"] = "退货", ["key"] = $"k-{step}" };
        if (step is not null) fields["step"] = step;
        var seen = await advisor.Post($"/members/{club.Own}/spend/{paid.RedemptionId}", fields);
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.Contains("$.step", seen.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Points.Zero, (await redemptions.Find(paid.RedemptionId, Caller.Operator, default))!.Refunded);
        Assert.True((await redemptions.Refund(paid.RedemptionId, new RefundRequest(null, "x"), new Command($"back-{step ?? "none"}", "a"), Caller.Operator, default)).Succeeded);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e12")]
    [InlineData("1E2")]
    [InlineData("Infinity")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("1000000000001")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("0.001")]
    [InlineData("1 0")]
    public async Task What_is_no_amount_is_said_in_one_sentence(string typed)
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        await Said(await hq.Get($"/members/{club.Own}/spend?dealerId=D021&amount={Uri.EscapeDataString(typed)}"), "amount");
        await Said(await hq.Post($"/members/{club.Own}/spend", new() { ["amount"] = "700", ["dealerId"] = "D021", ["points"] = typed }), "points");
        await Said(await hq.Post($"/members/{club.Own}/spend", new() { ["amount"] = typed, ["dealerId"] = "D021", ["points"] = "10" }), "amount");
        await Said(await hq.Post($"/members/{club.Own}/adjust", new() { ["wallet"] = "club", ["points"] = typed, ["reason"] = "盘点" }), "points");
        await Said(await hq.Post($"/members/{club.Own}/spend/{club.Own}.000000000000", new() { ["step"] = "refund", ["points"] = typed, ["reason"] = "退货" }), "points");

        static Task Said(Seen seen, string field)
        {
            Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
            Assert.Matches($"\\$\\.{field}: \".+\" is no amount\\. Digits are expected with at most 2 decimals after a point, such as 120 or 99\\.50, up to 1000000000000",
                seen.Page.QuerySelector("[role=alert]")!.TextContent);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_was_left_blank_or_is_beyond_every_choice_is_told_by_its_field()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        foreach (var (fields, path) in new (Dictionary<string, string>, string)[]
        {
            (new() { ["amount"] = "700", ["dealerId"] = "D021", ["points"] = " " }, "$.points: is missing"),
            (new() { ["amount"] = " ", ["dealerId"] = "D021", ["points"] = "10" }, "$.for.amount: is missing"),
            (new() { ["amount"] = "700", ["dealerId"] = "D021", ["points"] = "10", ["hold"] = "no" }, "$.hold: yes is expected"),
            (new() { ["amount"] = "700", ["dealerId"] = "D021", ["points"] = "10", ["wallet"] = new string('w', 65) }, "$.wallet: at most 64"),
        })
        {
            var seen = await hq.Post($"/members/{club.Own}/spend", fields);
            Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
            Assert.Contains(path, seen.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Get($"/members/{club.Own}/spend?amount=700&dealerId={new string('d', 65)}")).Status);
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
