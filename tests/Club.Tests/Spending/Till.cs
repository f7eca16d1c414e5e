using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Club.Transactions;

namespace Club.Tests.Spending;

/// <summary>A till that spends points of members of a club.</summary>
internal sealed class Till(ClubFixture club)
{
    private int _keys;

    /// <summary>A point earned for each yuan of parts; gold may owe 200.</summary>
    public static Programme Book(string spending = "{}", string? wallets = null)
    {
        var file = Support.Book.FileWith($$$"""
            {"wallets":{{{wallets ?? """[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":12},"unitCost":0.5},{"code":"branch","name":"分会积分","scope":"branch","unit":"积分","expiry":{"kind":"never"},"unitCost":1}]"""}}},
             "earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1}},{"id":"labour","when":{"category":["labour"]},"award":{"rate":1},"wallet":"branch"}],
             "tiers":[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":1000,"windowMonths":12},"validityMonths":12}]}
            """);
        var terms = System.Text.Json.Nodes.JsonNode.Parse("""
            {"pointValue":1,"least":10,"step":10,"wallets":[{"wallet":"club","at":"everywhere"},{"wallet":"branch","at":"issuer"}],
             "bills":{"leastShare":0,"mostShare":1},"holdMinutes":30,"refundGraceDays":30,
             "overdraft":{"tiers":[{"tier":"gold","limit":200,"days":90}],"atDeadline":"buy"}}
            """)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(spending)!.AsObject())
        {
            if (value is null) terms.Remove(name);
            else terms[name] = value.DeepClone();
        }
        file["spending"] = terms;
        return Support.Book.Read(file);
    }

    public Command Key(string? key = null, string content = "") => new(key ?? $"key-{++_keys}", content);

    public Task<Outcome<Answered<RedemptionView>>> Redeem(MemberId member, decimal points, decimal bill = 700, bool hold = false,
        string wallet = "club", string dealer = "D001", Command? command = null, Caller? caller = null) =>
        club.Get<Redemptions>().Redeem(member, new RedemptionRequest(new WalletCode(wallet), Points.Of(points),
            new SpentFor(SpentKind.Bill, Money.Of(bill), new DealerId(dealer), Reference: "WO-1"), hold), command ?? Key(),
            caller ?? Caller.Operator, default);

    public async Task<RedemptionView> Redeemed(MemberId member, decimal points, decimal bill = 700, bool hold = false, string wallet = "club") =>
        (await Redeem(member, points, bill, hold, wallet)).Value.Answer;

    public Task<Outcome<Answered<RedemptionView>>> Confirm(string id, Command? command = null) =>
        club.Get<Redemptions>().Confirm(id, command ?? Key(), Caller.Operator, default);

    public Task<Outcome<Answered<RedemptionView>>> Cancel(string id, Command? command = null) =>
        club.Get<Redemptions>().Cancel(id, "changed her mind", command ?? Key(), Caller.Operator, default);

    public Task<Outcome<Answered<RedemptionView>>> Refund(string id, decimal? points = null, Command? command = null) =>
        club.Get<Redemptions>().Refund(id, new RefundRequest(points is { } some ? Points.Of(some) : null, "sent back"), command ?? Key(),
            Caller.Operator, default);

    /// <summary>A bill of parts, which earns a point for each yuan.</summary>
    public async Task Earn(string id, decimal amount, string on = "2026-03-02", string dealer = "D001", string category = "parts",
        string phone = "13800138000")
    {
        var receipt = (await club.Send(Events.Bill(id, phone, time: $"{on}T10:20:00+08:00", dealerId: dealer, source: "/dms/D001",
            lines: [Events.Line("1", category, amount)])))[0];
        Xunit.Assert.True(receipt.Fate is Fate.Booked or Fate.Duplicate, receipt.Problem?.Message);
    }
}
