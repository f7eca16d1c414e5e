using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Partners;
using Club.Programmes;
using Club.Settlement;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Settlement;

/// <summary>A club whose points three pay for, as in the seed's airport campaign: the maker 50 %, AVIS 25 %, the rescue company 25 %.</summary>
internal static class SettlementClub
{
    public static readonly WalletCode Wallet = new("club");
    public static readonly Caller Finance = new([Role.Finance], "林财务") { Subject = "f" };

    private static int _keys;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Programme Rules(string spending = "{}")
    {
        var file = Book.FileWith("""
            {"wallets":[
               {"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":2},"unitCost":0.5},
               {"code":"branch","name":"分会积分","scope":"branch","unit":"积分","expiry":{"kind":"never"},"unitCost":0.25}],
             "funders":[{"code":"foton","name":"福田"},{"code":"avis","name":"安飞士"},{"code":"rescue","name":"救援"},{"code":"dealer","name":"经销商"}],
             "earning":[
               {"id":"airport","when":{"category":["rental"]},"award":{"fixed":100,"per":"transaction"},
                "funding":[{"funder":"foton","percent":50},{"funder":"avis","percent":25},{"funder":"rescue","percent":25}]},
               {"id":"parts","when":{"category":["parts"]},"award":{"rate":1}},
               {"id":"shared","when":{"category":["labour"]},"award":{"rate":0.33},
                "funding":[{"funder":"foton","percent":33},{"funder":"dealer","percent":33},{"funder":"rescue","percent":34}]},
               {"id":"branch","when":{"category":["accessory"]},"award":{"rate":1},"wallet":"branch","funding":[{"funder":"dealer","percent":100}]}]}
            """);
        var terms = JsonNode.Parse("""
            {"pointValue":1,"least":1,"step":1,"wallets":[{"wallet":"club","at":"everywhere"},{"wallet":"branch","at":"issuer"}],
             "bills":{"leastShare":0,"mostShare":1},"holdMinutes":30,"refundGraceDays":0,
             "overdraft":{"tiers":[{"tier":"ordinary","limit":150,"days":20},{"tier":"gold","limit":150,"days":20}],"atDeadline":"buy"},
             "transfers":{"least":1,"feePercent":5},"causes":[{"code":"hope-school","name":"希望小学"}]}
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(spending)!.AsObject())
            if (value is null) terms.Remove(name);
            else terms[name] = value.DeepClone();
        file["spending"] = terms;
        return Book.Read(file);
    }

    public static async Task<ClubFixture> Open(IClubStore? store = null, string spending = "{}")
    {
        var club = new ClubFixture(store: store, rules: Rules(spending));
        await club.Agree("avis", "onIssue", 0.8m, 0.7m);
        await club.Agree("rescue", "onRedemption", 0.9m, 0.6m);
        return club;
    }

    public static async Task Agree(this ClubFixture club, string code, string billing, decimal price, decimal redeems, string from = "2026-03-02",
        string to = "2030-12-31")
    {
        await club.Get<PartnerBook>().Name(code, code, Finance, Cancellation);
        var agreement = Spending.WishOf.Read($$$"""
            {"from":"{{{from}}}","to":"{{{to}}}","billing":"{{{billing}}}","pricePerPoint":{{{price}}},"redeemsAt":{{{redeems}}},"exchange":{"in":0.5,"out":2}}
            """, PartnerRequests.ReadAgreement).Value;
        Assert.True((await club.Get<PartnerBook>().Agree(code, agreement, Finance, Cancellation)).Succeeded);
    }

    public static Command Key() => new($"s{Interlocked.Increment(ref _keys)}", "x");

    public static async Task Rent(this ClubFixture club, string id, string dealer = "D001", string category = "rental", decimal amount = 1000,
        string phone = "13800138000")
    {
        var time = $"{club.Get<ClubCalendar>().Now:yyyy-MM-ddTHH:mm:sszzz}";
        await club.Send(Events.Bill(id, phone, source: "/dms/D001", time: time, dealerId: dealer, lines: [Events.Line("1", category, amount)]));
    }

    public static async Task Return(this ClubFixture club, string id, decimal? amount = null) => await club.Send(Events.Return(id, $"RT-{id}-{Interlocked.Increment(ref _keys)}",
        source: "/dms/D001", lines: amount is { } part ? [new { lineId = "1", amount = part }] : null,
        time: $"{club.Get<ClubCalendar>().Now:yyyy-MM-ddTHH:mm:sszzz}"));

    public static Task<Outcome<Answered<RedemptionView>>> Spend(this ClubFixture club, MemberId member, decimal points, SpentFor purpose,
        bool hold = false, string wallet = "club") => club.Get<Redemptions>().Redeem(member,
            new RedemptionRequest(new WalletCode(wallet), Points.Of(points), purpose, hold), Key(), Caller.Operator, Cancellation);

    public static SpentFor AtDealer(string dealer = "D001") => new(SpentKind.Bill, Money.Of(1000), new DealerId(dealer), Reference: "WO-1");

    public static SpentFor AtPartner(string partner = "avis") => new(SpentKind.Partner, Money.Of(1000), Partner: partner);

    public static StatementMonth Month(int year, int month) => new(new DateOnly(year, month, 1));

    public static async Task<SettlementMonth> Settled(this ClubFixture club, int year, int month, Caller? caller = null) =>
        (await club.Get<Settlements>().Of(Month(year, month), caller ?? Finance, Cancellation)).Value;

    /// <summary>A party's statement in one line: what of its points became what, and what it owes.</summary>
    public static string Told(this SettlementMonth month, string party)
    {
        var one = Settlements.Find(month.Parties, party)!;
        var wallet = one.Wallets.FirstOrDefault(wallet => wallet.Wallet == Wallet);
        if (wallet is null) return $"balance {one.Balance}";
        string?[] parts =
        [
            $"opening {wallet.Opening}", Part("issued", wallet.Issued), Part("clawedBack", wallet.ClawedBack),
            Part("here", wallet.RedeemedHere), Part("elsewhere", wallet.RedeemedElsewhere), Part("refunded", wallet.Refunded),
            Part("expired", wallet.Expired), Part("transferred", wallet.Transferred), Part("in", wallet.ExchangedIn),
            Part("out", wallet.ExchangedOut), Part("adjusted", wallet.Adjusted), Part("owed", wallet.Owed), $"closing {wallet.Closing}",
            Part("taken", wallet.Taken), Part("takenBack", wallet.TakenBack), Part("takenInExchange", wallet.TakenInExchange),
            $"balance {one.Balance}",
        ];
        return string.Join(' ', parts.OfType<string>());

        static string? Part(string name, Points points) => points.IsZero ? null : $"{name} {points}";
    }
}
