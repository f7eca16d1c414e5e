using System.Net;
using System.Text;
using AngleSharp.Dom;
using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Gifts, orders and corrections on pages.</summary>
public sealed class GiftRoomsTests(DeskClub club) : IClassFixture<DeskClub>
{
    private const string Hostile = "</td><script>alert(1)</script><img src=x onerror=alert(2)>";

    [Fact]
    public async Task A_stock_is_changed_once_with_a_reason_and_never_below_what_is_promised()
    {
        await Offer("MUG-1", "马克杯", "\"collect\":\"dealer\"", """{"points":300,"cash":20},"tiers":{"gold":{"points":250}}""");
        using var hq = Browser.Of(club.Host, Role.Hq);
        var form = (await Row(hq, "/gifts", "MUG-1")).QuerySelector("form")!;
        var (path, fields) = (PathOf(form), new Dictionary<string, string> { ["key"] = KeyOf(form), ["change"] = "5", ["reason"] = "到货" });
        // The same form several times, and at once, is one change.
        foreach (var seen in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hq.Post(path, fields))))
            Assert.Contains("done=stock", seen.LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await hq.Post(path, new(fields) { ["change"] = "6" })).Status);
        Assert.Equal(["5", "0", "5"], await Counted(hq, "MUG-1"));

        await Order("MUG-1", "D021");
        Assert.Equal(["5", "1", "4"], await Counted(hq, "MUG-1"));
        Assert.Contains("300分加¥20.00", (await Row(hq, "/gifts", "MUG-1")).TextContent, StringComparison.Ordinal);
        Assert.Contains("金卡会员：250分", (await Row(hq, "/gifts", "MUG-1")).TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await hq.Post(path, new() { ["change"] = "-5", ["reason"] = "x" })).Status);
        Assert.Contains("done=stock", (await hq.Post(path, new() { ["change"] = "-4", ["reason"] = "报损" })).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(["1", "1", "0"], await Counted(hq, "MUG-1"));
    }

    [Theory]
    [InlineData("0", "x")]
    [InlineData("", "x")]
    [InlineData("1.5", "x")]
    [InlineData("viele", "x")]
    [InlineData("1e2", "x")]
    [InlineData("NaN", "x")]
    [InlineData("+-1", "x")]
    [InlineData("1000000000000000000000", "x")]
    [InlineData("100000001", "x")]
    [InlineData("1", " ")]
    public async Task A_change_that_is_none_changes_nothing(string change, string reason)
    {
        await Offer("BAG-1", "旅行包", "\"collect\":\"ship\"");
        using var hq = Browser.Of(club.Host, Role.Hq);
        var seen = await hq.Post("/gifts/BAG-1/stock", new() { ["change"] = change, ["reason"] = reason });
        Assert.Equal(HttpStatusCode.BadRequest, seen.Status);
        Assert.NotNull(seen.Page.QuerySelector("[role=alert]"));
        Assert.Equal(["0", "0", "0"], await Counted(hq, "BAG-1"));
    }

    [Fact]
    public async Task Who_may_not_change_the_stock_sees_it_without_a_form()
    {
        await Offer("CAP-1", Hostile, "\"collect\":\"dealer\"");
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var row = await Row(advisor, "/gifts", "CAP-1");
        Assert.Empty(row.QuerySelectorAll("form, img, script"));
        Assert.Contains(Hostile, row.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await advisor.Post("/gifts/CAP-1/stock", new() { ["change"] = "1", ["reason"] = "x" })).Status);
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Post("/gifts/NONE/stock", new() { ["change"] = "1", ["reason"] = "x" })).Status);
        Assert.Empty((await hq.Get("/gifts?category=nothing")).Page.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_dealer_takes_its_orders_from_step_to_step()
    {
        await Offer("MUG-2", "保温杯", "\"collect\":\"dealer\"", stock: 10);
        var order = await Order("MUG-2", "D021");
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        Assert.Equal(["confirmed"], Steps(await Row(advisor, "/orders?state=placed", order)));
        var form = (await Row(advisor, "/orders?state=placed", order)).QuerySelector("form")!;
        var fields = new Dictionary<string, string> { ["key"] = KeyOf(form), ["step"] = "confirmed" };
        Assert.Equal($"{Browser.Base}/orders?state=placed&done=confirmed", (await advisor.Post(PathOf(form), fields)).LeadsTo);
        // The same form again is the same step; another step under its key is none.
        Assert.Contains("done=confirmed", (await advisor.Post(PathOf(form), fields)).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await advisor.Post(PathOf(form), new(fields) { ["step"] = "ready" })).Status);
        Assert.DoesNotContain(order, (await advisor.Get("/orders?state=placed")).Text, StringComparison.Ordinal);

        Assert.Equal(["ready", "done"], Steps(await Row(advisor, "/orders?state=confirmed", order)));
        Assert.Equal(HttpStatusCode.Conflict, (await advisor.Post($"/orders/{order}/step", new() { ["step"] = "shipped" })).Status);
        foreach (var wrong in (string[])["", "placed", "cancelled", "opening"])
            Assert.Equal(HttpStatusCode.BadRequest, (await advisor.Post($"/orders/{order}/step", new() { ["step"] = wrong })).Status);
        await advisor.Post($"/orders/{order}/step", new() { ["step"] = "ready" });
        Assert.Contains("done=done", (await advisor.Post($"/orders/{order}/step", new() { ["step"] = "done" })).LeadsTo, StringComparison.Ordinal);
        var page = (await advisor.Get($"/orders/{order}")).Page;
        Assert.Equal(["已确认", "可自提", "已完成"], page.QuerySelectorAll(".timeline .badge").Select(badge => badge.TextContent).TakeLast(3));
        Assert.Null(page.QuerySelector("button[name=step]"));
    }

    [Fact]
    public async Task An_order_is_cancelled_with_a_reason_and_its_stock_is_free()
    {
        await Offer("MUG-3", "茶杯", "\"collect\":\"dealer\"", stock: 1);
        var order = await Order("MUG-3", "D021");
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        var form = (await advisor.Get($"/orders/{order}")).Page.QuerySelector("form[action*='/cancel']")!;
        Assert.Equal(HttpStatusCode.BadRequest, (await advisor.Post(PathOf(form), new() { ["key"] = KeyOf(form) })).Status);
        var fields = new Dictionary<string, string> { ["key"] = KeyOf(form), ["reason"] = Hostile };
        Assert.Equal($"{Browser.Base}/orders/{order}?done=cancelled", (await advisor.Post(PathOf(form), fields)).LeadsTo);
        Assert.Equal($"{Browser.Base}/orders/{order}?done=cancelled", (await advisor.Post(PathOf(form), fields)).LeadsTo);
        Assert.Equal(HttpStatusCode.Conflict, (await advisor.Post(PathOf(form), new() { ["reason"] = "x" })).Status);
        var page = (await advisor.Get($"/orders/{order}")).Page;
        Assert.Contains(Hostile, page.QuerySelector(".timeline")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("img, script:not([src]), form[action*='/orders/']"));
        Assert.Equal(["1", "0", "1"], await Counted(advisor, "MUG-3"));
    }

    [Fact]
    public async Task What_is_sent_shows_its_address_to_who_may_see_the_person()
    {
        await Offer("BAG-2", "背包", "\"collect\":\"ship\"", stock: 5);
        var order = await Order("BAG-2", null, new ShipTo("李明", "+8613800138001", "上海市某路1号"));
        using var hq = Browser.Of(club.Host, Role.Hq);
        using var director = Browser.Of(club.Host, Role.Director, "D022");
        Assert.DoesNotContain("某路", (await hq.Get("/orders")).Text, StringComparison.Ordinal);
        Assert.Contains("上海市某路1号", (await hq.Get($"/orders/{order}")).Page.QuerySelector(".stats")!.TextContent, StringComparison.Ordinal);
        await hq.Post($"/orders/{order}/step", new() { ["step"] = "confirmed" });
        Assert.Equal($"{Browser.Base}/orders/{order}?done=shipped",
            (await hq.Post($"/orders/{order}/step?on=order", new() { ["step"] = "shipped", ["reference"] = "SF123" })).LeadsTo);
        Assert.Contains("SF123", (await hq.Get($"/orders/{order}")).Page.QuerySelector(".timeline")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await director.Get($"/orders/{order}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"/orders/{order}/step", new() { ["step"] = "done" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await director.Post($"/orders/{order}/cancel", new() { ["reason"] = "x" })).Status);
        Assert.DoesNotContain(order, (await director.Get("/orders?dealerId=D021")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guests_order_is_handed_out_without_who_she_is()
    {
        await Offer("MUG-4", "水杯", "\"collect\":\"dealer\"", stock: 5);
        var order = await Order("MUG-4", "D022");
        using var director = Browser.Of(club.Host, Role.Director, "D022");
        var row = await Row(director, "/orders", order);
        Assert.DoesNotContain("李明", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("a[href*='/members/']"));
        Assert.Equal(HttpStatusCode.OK, (await director.Get($"/orders/{order}")).Status);
        Assert.Contains("done=confirmed", (await director.Post($"/orders/{order}/step", new() { ["step"] = "confirmed" })).LeadsTo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_is_booked_or_waits_for_another_person()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        var form = (await hq.Get($"/members/{club.Own}/spend")).Page.QuerySelector("form[action$='/adjust']")!;
        var small = new Dictionary<string, string> { ["key"] = KeyOf(form), ["wallet"] = "club", ["points"] = "50", ["reason"] = "漏记" };
        Assert.Contains("done=corrected", (await hq.Post(PathOf(form), small)).LeadsTo, StringComparison.Ordinal);
        Assert.Contains("done=corrected", (await hq.Post(PathOf(form), small)).LeadsTo, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await hq.Post(PathOf(form), new(small) { ["points"] = "51" })).Status);
        foreach (var (field, value) in ((string, string)[])[("points", "0"), ("points", "x"), ("points", ""), ("wallet", "gold"), ("reason", ""), ("dealerId", "D404")])
            Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post(PathOf(form), new(small) { ["key"] = "", [field] = value })).Status);

        Assert.Contains("done=awaiting", (await hq.Post(PathOf(form), new(small) { ["key"] = "big", ["points"] = "20000", ["reason"] = Hostile })).LeadsTo, StringComparison.Ordinal);
        var row = Assert.Single((await hq.Get("/adjustments")).Page.QuerySelectorAll("tbody tr"), Tells("+20,000"));
        Assert.Empty(row.QuerySelectorAll("img, script"));
        Assert.Contains(Hostile, row.TextContent, StringComparison.Ordinal);
        // Whoever asked does not decide.
        var approve = PathOf(row.QuerySelector("form[action$='/approve']")!);
        Assert.Equal(HttpStatusCode.Forbidden, (await hq.Post(approve)).Status);
        using var advisor = Browser.Of(club.Host, Role.Advisor, "D021");
        Assert.Null((await advisor.Get($"/members/{club.Own}/spend")).Page.QuerySelector("form[action$='/adjust']"));
    }

    [Fact]
    public async Task Another_person_approves_or_refuses_once()
    {
        var (yes, no) = (await Adjust(30_000), await Adjust(40_000));
        using var finance = Browser.Of(club.Host, Role.Finance);
        var form = Assert.Single((await finance.Get("/adjustments")).Page.QuerySelectorAll("tbody tr"), Tells("+30,000")).QuerySelector("form")!;
        var fields = new Dictionary<string, string> { ["key"] = KeyOf(form) };
        Assert.Equal($"/adjustments/{yes}/approve", PathOf(form));
        Assert.Equal($"{Browser.Base}/adjustments?done=approved", (await finance.Post(PathOf(form), fields)).LeadsTo);
        Assert.Equal($"{Browser.Base}/adjustments?done=approved", (await finance.Post(PathOf(form), fields)).LeadsTo);
        Assert.Equal(HttpStatusCode.Conflict, (await finance.Post(PathOf(form))).Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await finance.Post($"/adjustments/{no}/refuse")).Status);
        Assert.Equal($"{Browser.Base}/adjustments?done=refused", (await finance.Post($"/adjustments/{no}/refuse", new() { ["reason"] = "依据不足" })).LeadsTo);
        Assert.Equal(HttpStatusCode.Conflict, (await finance.Post($"/adjustments/{no}/approve")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await finance.Post("/adjustments/none/approve")).Status);

        Assert.DoesNotContain((await finance.Get("/adjustments")).Page.QuerySelectorAll("tbody tr"), Tells("+30,000"));
        Assert.Single((await finance.Get("/adjustments?state=booked")).Page.QuerySelectorAll("tbody tr"), Tells("+30,000"));
        Assert.Single((await finance.Get("/adjustments?state=refused")).Page.QuerySelectorAll("tbody tr"), Tells("依据不足"));
        Assert.Equal(2, (await finance.Get("/adjustments?state=all")).Page.QuerySelectorAll("tbody tr")
            .Count(row => Tells("+30,000")(row) || Tells("+40,000")(row)));
    }

    private async Task Offer(string code, string name, string more, string price = """{"points":100}""", int stock = 0)
    {
        var body = $$"""{"name":{{System.Text.Json.JsonSerializer.Serialize(name)}},"category":"家居","kind":"goods","from":"2026-01-01","price":{{price}},{{more}}}""";
        var read = JsonFields.Parse(Encoding.UTF8.GetBytes(body), fields => GiftRequest.Read(fields, code));
        Assert.True(read.Succeeded, read.Problem?.Message);
        await club.Host.Get<GiftCatalogue>().Put(read.Value, null, Caller.OperatorAs("王编辑"), TestContext.Current.CancellationToken);
        if (stock > 0)
            Assert.True((await club.Host.Get<GiftStocks>().Change(code, new StockRequest(stock, "x"), new Command(Ids.Random("k"), ""),
                Caller.OperatorAs("王编辑"), TestContext.Current.CancellationToken)).Succeeded);
    }

    /// <summary>She has the points for it before.</summary>
    private async Task<string> Order(string gift, string? at, ShipTo? shipTo = null)
    {
        var member = new MemberId(club.Own);
        await Adjust(1000);
        var placed = await club.Host.Get<Club.Gifts.Orders>().Place(member, new OrderRequest(gift, 1, null, at is null ? null : new DealerId(at), shipTo),
            new Command(Ids.Random("k"), ""), Caller.OperatorAs("A017"), TestContext.Current.CancellationToken);
        Assert.True(placed.Succeeded, placed.Problem?.Message);
        return placed.Value.Answer.OrderId;
    }

    private async Task<string> Adjust(decimal points)
    {
        var asked = await club.Host.Get<Adjustments>().Ask(new MemberId(club.Own), new AdjustmentRequest(new WalletCode("club"), Points.Of(points), "x", null),
            new Command(Ids.Random("k"), ""), Caller.OperatorAs("王芳"), TestContext.Current.CancellationToken);
        Assert.True(asked.Succeeded, asked.Problem?.Message);
        return asked.Value.Answer.AdjustmentId;
    }

    private static async Task<IElement> Row(Browser browser, string path, string text) =>
        Assert.Single((await browser.Get(path)).Page.QuerySelectorAll("tbody tr"), Tells(text));

    /// <summary>Total, promised, left.</summary>
    private static async Task<string[]> Counted(Browser browser, string gift) =>
        [.. (await Row(browser, "/gifts", gift)).QuerySelectorAll("td.num").Select(cell => cell.TextContent)];

    private static IEnumerable<string?> Steps(IElement row) => row.QuerySelectorAll("button[name=step]").Select(button => button.GetAttribute("value"));

    private static string PathOf(IElement form) => form.GetAttribute("action")![Browser.Base.Length..];

    private static string KeyOf(IElement form) => form.QuerySelector("[name=key]")!.GetAttribute("value")!;

    private static Predicate<IElement> Tells(string text) => row => row.TextContent.Contains(text, StringComparison.Ordinal);
}
