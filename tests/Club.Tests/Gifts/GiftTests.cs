using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Spending;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>The catalogue: what a gift is, what it costs whom, and why somebody cannot have it.</summary>
public sealed class GiftTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new(rules: Shop.Book());
    private readonly Shop _shop;

    public GiftTests() => _shop = new Shop(_club);

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task A_gift_is_made_read_and_replaced_by_who_has_read_it()
    {
        var made = (await _shop.Put("MUG", Shop.Mug)).Value;
        Assert.Equal((true, "马克杯", "王编辑", new StockView(0, 0, 0)), (made.IsNew, made.Gift.Name, made.Gift.Author, made.Gift.Stock));
        var read = (await _club.Get<GiftCatalogue>().Find("MUG", default))!.Value;
        Assert.Equal(made.Tag, read.Tag);
        var replaced = (await _shop.Put("MUG", Shop.Mug.Replace("马克杯", "杯子", StringComparison.Ordinal), made.Tag)).Value;
        Assert.Equal((false, "杯子"), (replaced.IsNew, replaced.Gift.Name));
        Assert.Equal(("gift-changed", ProblemKind.Changed), ((await _shop.Put("MUG", Shop.Mug, made.Tag)).Problem!.Code, (await _shop.Put("MUG", Shop.Mug, made.Tag)).Problem!.Kind));
        Assert.Equal("gift-changed", (await _shop.Put("CUP", Shop.Mug, made.Tag)).Problem!.Code);
        Assert.Null(await _club.Get<GiftCatalogue>().Find("CUP", default));
    }

    [Fact]
    public async Task Gifts_are_listed_by_category_and_by_what_is_offered_today()
    {
        await _shop.Put("MUG", Shop.Mug);
        await _shop.Put("BAG", Shop.Bag);
        await _shop.Put("OLD", Shop.Bag.Replace("\"2026-01-01\"", "\"2025-01-01\",\"to\":\"2026-03-01\"", StringComparison.Ordinal));
        await _shop.Put("SOON", Shop.Bag.Replace("2026-01-01", "2026-03-03", StringComparison.Ordinal));
        Assert.Equal(["BAG", "MUG", "OLD", "SOON"], await List(null, false));
        Assert.Equal(["BAG", "OLD", "SOON"], await List("出行", false));
        Assert.Equal(["BAG", "MUG"], await List(null, true));
        _club.At(2026, 3, 3);
        Assert.Equal(["BAG", "SOON"], await List("出行", true));
        var first = await _club.Get<GiftCatalogue>().List(new GiftCriteria(null, false), 3, null, default);
        Assert.Equal(["SOON"], (await _club.Get<GiftCatalogue>().List(new GiftCriteria(null, false), 3, first.Continuation, default)).Items.Select(gift => gift.Code));

        async Task<string[]> List(string? category, bool offered) =>
            [.. (await _club.Get<GiftCatalogue>().List(new GiftCriteria(category, offered), 50, null, default)).Items.Select(gift => gift.Code)];
    }

    [Theory]
    [InlineData("""{"name":""}""", "$.name")]
    [InlineData("""{"kind":"car"}""", "$.kind")]
    [InlineData("""{"from":"soon"}""", "$.from")]
    [InlineData("""{"to":"2025-01-01"}""", "$.to")]
    [InlineData("""{"price":{}}""", "$.price.points")]
    [InlineData("""{"price":{"points":0}}""", "$.price.points")]
    [InlineData("""{"price":{"points":-5}}""", "$.price.points")]
    [InlineData("""{"price":{"points":1.005}}""", "$.price.points")]
    [InlineData("""{"price":{"points":1e30}}""", "$.price.points")]
    [InlineData("""{"price":{"points":10,"worth":10,"least":1,"most":2,"step":1}}""", "$.price.points")]
    [InlineData("""{"price":{"worth":10,"least":3,"most":2,"step":1}}""", "$.price.most")]
    [InlineData("""{"price":{"worth":10,"least":1,"most":2}}""", "$.price.step")]
    [InlineData("""{"price":{"points":10,"cash":5,"least":1}}""", "$.price.points")]
    [InlineData("""{"price":{"points":10,"most":5}}""", "$.price.points")]
    [InlineData("""{"price":{"points":10,"step":5}}""", "$.price.points")]
    [InlineData("""{"price":{"cash":5,"worth":10,"least":1,"most":2,"step":1}}""", "$.price.cash")]
    [InlineData("""{"price":{"least":1,"most":2,"step":1}}""", "$.price.worth")]
    [InlineData("""{"tiers":{"gold":{"points":5,"least":1}}}""", "$.tiers.gold.points")]
    [InlineData("""{"at":["D001",7]}""", "$.at[1]")]
    [InlineData("""{"wallet":"branch"}""", "$.wallet")]
    [InlineData("""{"tiers":{"golden":{"points":5}}}""", "$.tiers")]
    [InlineData("""{"tiers":{"gold":{"points":"5"}}}""", "$.tiers.gold.points")]
    [InlineData("""{"tiers":[]}""", "$.tiers")]
    [InlineData("""{"for":{"dealers":["D999"]}}""", "$.for.dealers")]
    [InlineData("""{"for":{"memberDays":-1}}""", "$.for.memberDays")]
    [InlineData("""{"at":["D999"]}""", "$.at")]
    [InlineData("""{"perMember":{"count":0,"per":"year"}}""", "$.perMember.count")]
    [InlineData("""{"perMember":{"count":1,"per":"transaction"}}""", "$.perMember.per")]
    [InlineData("""{"collect":"drone"}""", "$.collect")]
    [InlineData("""{"validMonths":3}""", "$.validMonths")]
    [InlineData("""{"kind":"voucher"}""", "$.collect")]
    [InlineData("""{"party":"somebody"}""", "$.party")]
    [InlineData("""{"party":"partner:"}""", "$.party")]
    [InlineData("""{"party":"partner:a.b"}""", "$.party")]
    [InlineData("""{"party":"partner:nobody"}""", "$.party")]
    [InlineData("""{"collect":"ship","party":"dealer"}""", "$.party")]
    [InlineData("""{"holdMinutes":0}""", "$.holdMinutes")]
    public async Task What_is_wrong_with_a_gift_is_told_by_its_path(string change, string path)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(Shop.Mug)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        Assert.Equal(path, (await _shop.Put("MUG", body.ToJsonString())).Problem?.Path);
    }

    /// <summary>A code in other letters is another, and what is meant is named; every sentence has one end.</summary>
    [Theory]
    [InlineData("""{"perMember":{"count":1,"per":"transaction"}}""", "$.perMember.per: \"transaction\" is none of day, month, year, lifetime.")]
    [InlineData("""{"perMember":{"count":1,"per":"Year"}}""", "$.perMember.per: \"Year\" is none of day, month, year, lifetime; did you mean \"year\"?")]
    [InlineData("""{"kind":"Goods"}""", "$.kind: \"Goods\" is none of goods, voucher, service; did you mean \"goods\"?")]
    [InlineData("""{"wallet":"Club"}""", "$.wallet: \"Club\" is no wallet that can be spent; did you mean \"club\"?")]
    [InlineData("""{"tiers":{"GOLD":{"points":5}}}""", "$.tiers: there is no tier \"GOLD\"; did you mean \"gold\"?")]
    [InlineData("""{"at":["d001"]}""", "$.at: the programme has no dealer \"d001\"; did you mean \"D001\"?")]
    [InlineData("""{"for":{"dealers":["nowhere"]}}""", "$.for.dealers: the programme has no dealer \"nowhere\".")]
    [InlineData("""{"at":[7]}""", "$.at[0]: a string is expected, not a number.")]
    [InlineData("""{"validMonths":1.5}""", "$.validMonths: 1.5 is not a whole number from -2147483648 to 2147483647.")]
    [InlineData("""{"price":{"points":10,"cash":5,"least":1}}""",
        "$.price.points: a price has either points, and cash beside them, or worth with least, most and step: points and least do not go together.")]
    public async Task What_is_wrong_with_a_gift_is_told_in_a_sentence_that_names_the_nearest(string change, string says)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(Shop.Mug)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        Assert.Equal(says, (await _shop.Put("MUG", body.ToJsonString())).Problem?.Message);
    }

    [Fact]
    public async Task A_gift_that_is_not_there_is_told_with_the_nearest_that_is()
    {
        await _shop.Offer("MUG-1", Shop.Mug, 5);
        await _shop.Offer("WASH", Shop.Wash);
        var member = await _shop.Member();
        Assert.Equal("$.gift: gift \"mug-1\" is not known; did you mean \"MUG-1\"?", (await _shop.Order(member, "mug-1", at: "D001")).Problem?.Message);
        Assert.Equal("$.gift: gift \"wash\" is not known; did you mean \"WASH\"?", (await _shop.Batch("wash", 1)).Problem?.Message);
        Assert.Equal("Gift \"Mug-1\" is not known; did you mean \"MUG-1\"?", (await _shop.Stock("Mug-1", 1)).Problem?.Message);
        Assert.Equal("$.gift: gift \"nothing-like-it\" is not known.", (await _shop.Order(member, "nothing-like-it", at: "D001")).Problem?.Message);
        Assert.Equal("$.collectAt: the programme has no dealer \"d001\"; did you mean \"D001\"?", (await _shop.Order(member, "MUG-1", at: "d001")).Problem?.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("杯")]
    [InlineData("12345678901234567890123456789012345678901")]
    public async Task A_code_is_short_and_plain(string code) => Assert.Equal("code", (await _shop.Put(code, Shop.Mug)).Problem?.Path);

    [Fact]
    public async Task A_quote_tells_the_price_of_the_tier_and_what_is_missing()
    {
        await _shop.Offer("MUG", Shop.Mug.Replace("\"collect\"", """
            "tiers":{"gold":{"points":200,"cash":5}},"for":{"tiers":["gold"],"dealers":["D002"],"memberDays":30,"vehicles":2},"perMember":{"count":1,"per":"year"},"collect"
            """, StringComparison.Ordinal));
        var poor = await _shop.Member(100);
        var quote = await Quote(poor, "MUG", 2);
        Assert.Equal((Points.Of(600), false, Points.Of(500)), (quote.Points.Least, quote.Affordable, quote.Missing));
        Assert.Equal(["not-offered", "not-offered", "not-offered", "not-offered", "over-limit", "out-of-stock", "insufficient-points"], quote.Reasons.Select(reason => reason.Code));
        Assert.Contains(quote.Reasons, reason => reason.Message.EndsWith("30 are missing.", StringComparison.Ordinal));
        Assert.Contains(quote.Reasons, reason => reason.Message.EndsWith("2 are missing.", StringComparison.Ordinal));
        var rich = await _shop.Member(6000, "13900139000", "D002");
        var gold = await Quote(rich, "MUG", 1);
        Assert.Equal((Points.Of(200), Money.Of(5)), (gold.Points.Least, gold.Cash.AtMost));
        Assert.DoesNotContain(gold.Reasons, reason => reason.Message.Contains("金卡", StringComparison.Ordinal));
        var unknown = await _club.Get<Quotes>().Ask(rich, new QuoteRequest(null, null, "NONE", 1), Caller.Operator, default);
        Assert.Equal(("not-found", "$.gift"), (unknown.Problem!.Code, unknown.Problem.Path));
    }

    [Fact]
    public async Task Of_a_dynamic_price_the_member_chooses_the_points_and_pays_the_rest()
    {
        await _shop.Offer("HOTEL", Shop.Hotel);
        var member = await _shop.Member();
        var quote = await Quote(member, "HOTEL", 2);
        Assert.Equal((Points.Of(200), Points.Of(800), Points.Of(10), Money.Of(200), Money.Of(800)),
            (quote.Points.Least, quote.Points.Most, quote.Points.Step, quote.Cash.AtLeast, quote.Cash.AtMost));
        Assert.True(quote.Affordable);
        Assert.Equal("missing-data", (await _shop.Order(member, "HOTEL")).Problem!.Code);
        Assert.Equal("not-offered", (await _shop.Order(member, "HOTEL", points: 90)).Problem!.Code);
        Assert.Equal("not-offered", (await _shop.Order(member, "HOTEL", points: 105)).Problem!.Code);
        Assert.Equal("not-offered", (await _shop.Order(member, "HOTEL", points: 410)).Problem!.Code);
        var order = await _shop.Ordered(member, "HOTEL", points: 250);
        Assert.Equal((Points.Of(250), Money.Of(250)), (order.Points, order.Cash));
        Assert.Empty(await _club.Verify());
    }

    private async Task<Quote> Quote(MemberId member, string gift, int quantity) =>
        (await _club.Get<Quotes>().Ask(member, new QuoteRequest(null, null, gift, quantity), Caller.Operator, default)).Value;
}
