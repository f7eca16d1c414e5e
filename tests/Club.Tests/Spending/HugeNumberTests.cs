using System.Net;
using Club.Kernel;
using Club.Partners;
using Club.Spending;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>No number that somebody names makes a fault, or an account that cannot be read.</summary>
public sealed class HugeNumberTests
{
    private static readonly string[] Numbers = ["1000000000", "1000000000.01", "999999999999.99", "1000000000000", "1000000000000.01", "92233720368547758.07",
        "1e15", "1e28", "79228162514264337593543950335", "1e400", "-1000000000000", "-1e28", "0.001", "1e-28", "0"];

    /// <summary>Each call by which points, money or pieces are named, with # for the number.</summary>
    private static readonly (string Verb, string Path, string Body)[] Calls =
    [
        ("POST", "/api/members/{m}/quotes", """{"bill":{"amount":#,"dealerId":"D021"} }"""),
        ("POST", "/api/members/{m}/quotes", """{"gift":"MUG","quantity":#}"""),
        ("POST", "/api/members/{m}/redemptions", """{"points":#,"for":{"kind":"bill","amount":700,"dealerId":"D021"} }"""),
        ("POST", "/api/members/{m}/redemptions", """{"points":100,"for":{"kind":"bill","amount":#,"dealerId":"D021"} }"""),
        ("POST", "/api/members/{m}/transfers", """{"to":{"memberId":"{o}"},"points":#}"""),
        ("POST", "/api/members/{m}/donations", """{"cause":"hope-school","points":#}"""),
        ("POST", "/api/members/{m}/exchanges", """{"partner":"air","direction":"in","points":#,"reference":"R-#"}"""),
        ("POST", "/api/members/{m}/exchanges", """{"partner":"air","direction":"out","points":#,"reference":"S-#"}"""),
        ("POST", "/api/members/{m}/adjustments", """{"wallet":"club","points":#,"reason":"x"}"""),
        ("POST", "/api/members/{m}/orders", """{"gift":"MUG","quantity":#,"collectAt":"D021"}"""),
        ("PUT", "/api/gifts/MUG", """{"name":"马克杯","category":"家居","kind":"goods","from":"2026-01-01","price":{"points":#},"collect":"dealer"}"""),
        ("PUT", "/api/gifts/MUG", """{"name":"马克杯","category":"家居","kind":"goods","from":"2026-01-01","price":{"points":1,"cash":#},"collect":"dealer"}"""),
        ("PUT", "/api/gifts/MUG", """{"name":"马克杯","category":"家居","kind":"goods","from":"2026-01-01","price":{"worth":#,"least":1,"most":2,"step":1},"collect":"dealer"}"""),
        ("PUT", "/api/gifts/MUG", """{"name":"马克杯","category":"家居","kind":"goods","from":"2026-01-01","price":{"worth":500,"least":#,"most":#,"step":#},"collect":"dealer"}"""),
        ("POST", "/api/gifts/MUG/stock", """{"change":#,"reason":"x"}"""),
        ("POST", "/api/vouchers/batches", """{"gift":"WASH","count":#}"""),
        ("POST", "/api/partners/air/agreements", """{"from":"2131-01-01","to":"2131-12-31","billing":"onIssue","pricePerPoint":#,"redeemsAt":#,"exchange":{"in":#,"out":#} }"""),
    ];

    [Fact]
    public async Task Every_number_is_taken_or_refused_with_a_sentence_and_all_can_still_be_read()
    {
        await using var club = await ClubHost.Start(new() { ["Club__Programme"] = "skoda" });
        var staff = RoleClient.Operator(club);
        var (one, other) = (await Register(club, "13800138001"), await Register(club, "13800138002"));
        Assert.Equal(HttpStatusCode.Created, (await staff.Send(HttpMethod.Put, "/api/partners/air", """{"name":"航空公司","author":"王"}""")).Status);
        await Made(staff, "/api/partners/air/agreements",
            $$"""{"from":"{{club.Get<ClubCalendar>().Today:yyyy-MM-dd}}","to":"2100-12-31","billing":"onIssue","pricePerPoint":0.02,"redeemsAt":0.01,"exchange":{"in":1000000,"out":1000000},"author":"王"}""");
        await Made(staff, $"/api/members/{one}/adjustments", """{"wallet":"club","points":900,"reason":"x","author":"王"}""");
        var keys = 0;
        foreach (var (verb, path, body) in Calls)
            foreach (var number in Numbers)
            {
                var asked = body.Replace("#", number, StringComparison.Ordinal).Replace("{o}", other, StringComparison.Ordinal);
                var answer = await staff.Send(new HttpMethod(verb), path.Replace("{m}", one, StringComparison.Ordinal), asked, $"k{++keys}");
                Assert.True((int)answer.Status < 500, $"{verb} {path} {asked}: {answer.Status}");
                Assert.True((int)answer.Status < 400 || (string?)answer.Body["detail"] is { Length: > 0 }, $"{verb} {path} {asked}");
            }
        foreach (var path in (string[])[$"/api/members/{one}/account", $"/api/members/{one}/entries", $"/api/members/{one}/redemptions", "/api/adjustments", "/api/gifts"])
            Assert.Equal(HttpStatusCode.OK, (await staff.Get(path)).Status);
    }

    [Fact]
    public async Task Whoever_has_more_than_anybody_may_name_still_has_it()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        await club.Get<PartnerBook>().Name("air", "航空公司", Staff, default);
        await club.Get<PartnerBook>().Agree("air", WishOf.Read("""
            {"from":"2026-03-02","to":"2026-12-31","billing":"onIssue","pricePerPoint":0.02,"redeemsAt":0.01,"exchange":{"in":1000000,"out":1} }
            """, PartnerRequests.ReadAgreement).Value, Staff, default);
        for (var i = 0; i < 1200; i++)
            Assert.True((await club.Get<Exchanges>().Exchange(member, new ExchangeRequest("air", ExchangeDirection.In, Points.Of(1000), $"R{i}", null),
                Key(), Staff, default)).Succeeded);
        var refused = (await club.Get<Exchanges>().Exchange(member, new ExchangeRequest("air", ExchangeDirection.In, Points.Of(1000.01m), "R", null), Key(), Staff, default)).Problem!;
        Assert.Equal(("invalid-data", "$.points"), (refused.Code, refused.Path));

        Assert.Equal(1_200_000_000_000m, await club.Has(member));
        var spent = await new Till(club).Redeem(member, 100_000_000, bill: 1_000_000_000);
        Assert.True(spent.Succeeded, spent.Problem?.Message);
        Assert.True((await new Till(club).Refund(spent.Value.Answer.RedemptionId)).Succeeded);
        await club.AllComesToNothing();
    }

    private static async Task Made(RoleClient staff, string path, string body)
    {
        var (status, answer) = await staff.Post(path, body, $"made {path}");
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
    }

    private static async Task<string> Register(ClubHost club, string phone) =>
        (string)(await club.Staff.Register(new { phone, dealerId = "D021" })).Body["memberId"]!;
}
