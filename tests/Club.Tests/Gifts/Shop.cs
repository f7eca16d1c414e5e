using System.Text;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>A club with a catalogue: a mug that is fetched, a bag that is sent, a wash by voucher, a hotel for points and cash.</summary>
internal sealed class Shop(ClubFixture club)
{
    public const string Mug = """{"name":"马克杯","category":"家居","kind":"goods","from":"2026-01-01","price":{"points":300},"collect":"dealer"}""";
    public const string Bag = """{"name":"旅行包","category":"出行","kind":"goods","from":"2026-01-01","price":{"points":100,"cash":20},"collect":"ship"}""";
    public const string Wash = """{"name":"洗车券","category":"服务","kind":"voucher","from":"2026-01-01","price":{"points":50},"validMonths":6,"at":["D001","D002"]}""";
    public const string Hotel = """{"name":"酒店","category":"出行","kind":"service","from":"2026-01-01","price":{"worth":500,"least":100,"most":400,"step":10}}""";

    private int _keys;

    /// <summary>A point for each yuan of parts, worth one yuan; the care plan speaks at each step of an order.</summary>
    public static Programme Book()
    {
        var file = Support.Book.FileWith("""
            {"earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1}}],
             "tiers":[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":5000,"windowMonths":12},"validityMonths":12}],
             "spending":{"pointValue":1,"least":10,"step":10,"wallets":[{"wallet":"club","at":"everywhere"}],"bills":{"leastShare":0,"mostShare":1},"holdMinutes":30,"refundGraceDays":30}}
            """);
        file["care"] = new JsonArray([.. ((string[])["Placed", "Confirmed", "Shipped", "Ready", "Done", "Cancelled"]).Select(step =>
            JsonNode.Parse($$$"""{"occasion":"order{{{step}}}","template":"{{{step}}} {{ gift }} {{ quantity }} {{ collectAt }}"}"""))]);
        return Support.Book.Read(file);
    }

    public Command Key(string? key = null, string content = "") => new(key ?? $"key-{++_keys}", content);

    public async Task<Outcome<(GiftView Gift, string Tag, bool IsNew)>> Put(string code, string body, string? tag = null)
    {
        var read = JsonFields.Parse(Encoding.UTF8.GetBytes(body), fields => GiftRequest.Read(fields, code));
        return read.Problem is { } problem ? problem : await club.Get<GiftCatalogue>().Put(read.Value, tag, Caller.OperatorAs("王编辑"), default);
    }

    /// <summary>A gift, with so many pieces.</summary>
    public async Task Offer(string code, string body, int? stock = null)
    {
        var put = await Put(code, body);
        Assert.True(put.Succeeded, put.Problem?.Message);
        if (stock is { } pieces) Assert.True((await Stock(code, pieces)).Succeeded);
    }

    public Task<Outcome<Answered<StockView>>> Stock(string code, int change, Command? command = null) =>
        club.Get<GiftStocks>().Change(code, new StockRequest(change, "inventory"), command ?? Key(), Caller.OperatorAs("A017"), default);

    public async Task<StockView> Left(string code) => (await club.Get<GiftCatalogue>().Find(code, default))!.Value.Gift.Stock!;

    public Task<Outcome<Answered<BatchView>>> Batch(string gift, int count, Command? command = null) =>
        club.Get<VoucherBatches>().Make(new BatchRequest(gift, count, null), command ?? Key(), Caller.OperatorAs("A017"), default);

    public Task<Outcome<Answered<BatchView>>> Import(string gift, string[] codes, Command? command = null) =>
        club.Get<VoucherBatches>().Make(new BatchRequest(gift, codes.Length, codes), command ?? Key(), Caller.OperatorAs("A017"), default);

    public Task<Outcome<Answered<OrderView>>> Order(MemberId member, string gift, int quantity = 1, decimal? points = null, string? at = null,
        ShipTo? shipTo = null, Command? command = null, Caller? caller = null) =>
        club.Get<Orders>().Place(member, new OrderRequest(gift, quantity, points is { } some ? Points.Of(some) : null,
            at is null ? null : new DealerId(at), shipTo), command ?? Key(), caller ?? Caller.OperatorAs("A017"), default);

    public async Task<OrderView> Ordered(MemberId member, string gift, int quantity = 1, decimal? points = null, string? at = null, ShipTo? shipTo = null)
    {
        var placed = await Order(member, gift, quantity, points, at, shipTo);
        Assert.True(placed.Succeeded, placed.Problem?.Message);
        return placed.Value.Answer;
    }

    public Task<Outcome<Answered<OrderView>>> Go(string order, OrderState to, Command? command = null, Caller? caller = null) =>
        club.Get<OrderSteps>().Go(order, to, new StepRequest(to == OrderState.Cancelled ? "changed her mind" : null, null), command ?? Key(),
            caller ?? Caller.OperatorAs("A017"), default);

    public Task<Outcome<Answered<VoucherView>>> Use(string code, string? dealer = "D001", Command? command = null, Caller? caller = null) =>
        club.Get<VoucherDesk>().Use(code, new UseVoucherRequest(dealer is null ? null : new DealerId(dealer), "WO-9"), command ?? Key(),
            caller ?? Caller.OperatorAs("A017"), default);

    /// <summary>A member who has earned so many points.</summary>
    public async Task<MemberId> Member(decimal points = 1000, string phone = "13800138000", string? dealer = "D001")
    {
        var member = (await club.Register(phone, with => with with { SmsConsent = true, DealerId = dealer is null ? null : new DealerId(dealer) })).MemberId;
        if (points > 0)
            Assert.Equal(Club.Transactions.Fate.Booked, (await club.Send(Events.Bill($"WO-{phone}", phone, dealerId: "D001", source: "/dms/D001",
                lines: [Events.Line("1", "parts", points)])))[0].Fate);
        return member;
    }

    public async Task<(Points Available, Points Held)> Purse(MemberId member)
    {
        var account = await club.Account(member);
        return (account.Available(new WalletCode("club"), new DateOnly(2026, 3, 2)), account.Held(new WalletCode("club")));
    }
}
