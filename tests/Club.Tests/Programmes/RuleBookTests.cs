using Club.Kernel;
using Club.Earning;
using Club.Programmes;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Programmes;

/// <summary>The samples give what their sources say, and nothing more on a plain bill.</summary>
public sealed class RuleBookTests
{
    private static readonly EarningFacts Owner = new(new TierCode("gold"))
    {
        JoinedOn = new(2026, 2, 20), Vehicles = [new OwnedVehicle("秦", new(2025, 1, 1))], Hobbies = ["baby-club", "christmas-club"],
            ValueClass = "D", LoyaltyClass = "B", FirstCategories = ["parts", "vehicle"],
    };

    public static TheoryData<string> Samples => [.. ProgrammeLoader.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_rule_wallet_tier_budget_and_term_of_spending_says_where_it_comes_from(string name)
    {
        using var file = System.Text.Json.JsonDocument.Parse(
            System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Programmes", name + ".json")));
        foreach (var list in new[] { "wallets", "earning", "tiers", "groups", "budgets", "margins" }.Where(list =>
            file.RootElement.TryGetProperty(list, out _)))
            foreach (var item in file.RootElement.GetProperty(list).EnumerateArray())
                Assert.True(item.TryGetProperty("source", out var source) && source.GetString()!.Length > 5, $"{list} {item}");
        Assert.True(file.RootElement.GetProperty("spending").GetProperty("source").GetString()!.Length > 5);
    }

    [Theory]
    [InlineData("foton", "4.9")]
    [InlineData("skoda", "490 210")]
    public void A_plain_bill_earns_by_its_basic_rules_only(string name, string points)
    {
        // As in the contract: booked three days ahead, in the shop, by card; on any day and at any hour, by whomever.
        for (var hour = 0; hour < 365 * 24; hour += 37)
        {
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddHours(hour);
            var visit = Transaction(Line("parts", 490), Line("labour", 210)) with { At = at, On = DateOnly.FromDateTime(at.DateTime) };
            Assert.Equal(points, string.Join(' ', Earn(ProgrammeLoader.Load(name), visit, Owner with { FirstCategories = [] })
                .Select(award => award.Points)));
            Assert.Equal(points, string.Join(' ', Earn(ProgrammeLoader.Load(name), visit, Owner).Select(award => award.Points)));
        }
    }

    [Theory]
    // foton: dimensions of the resource library
    [InlineData("foton", "parts", null, 490, "booked=7 on=2026-04-15", "parts 4.9, off-season-booking 5")]
    [InlineData("foton", "parts", null, 490, "booked=30 on=2026-11-15", "parts 4.9, off-season-booking 20")]
    [InlineData("foton", "parts", null, 490, "booked=30 on=2026-06-15", "parts 4.9")]
    [InlineData("foton", "parts", null, 490, "campaign=off-peak hour=7", "parts 4.9, off-peak-service 2.45")]
    [InlineData("foton", "parts", null, 490, "campaign=off-peak hour=12", "parts 4.9")]
    [InlineData("foton", "parts", null, 490, "campaign=promoted-goods pay=anji-pay", "parts 4.9, promoted-goods 4.9")]
    [InlineData("foton", "parts", null, 490, "pay=anji-pay", "parts 4.9, anji-pay 0.98")]
    [InlineData("foton", "parts", null, 490, "channel=anji-web", "parts 4.9, anji-web 10")]
    [InlineData("foton", "parts", null, 490, "campaign=member-grade", "parts 4.9, member-grade 0.49")]
    [InlineData("foton", "vehicle", "DX7", 100_000, "campaign=slow-seller", "vehicle 250, slow-seller 100")]
    [InlineData("foton", "vehicle", "DX7", 100_000, "campaign=first-vehicle", "vehicle 250, first-vehicle 50")]
    [InlineData("foton", "vehicle", "DX7", 100_000, "campaign=repurchase", "vehicle 250")]
    [InlineData("foton", "rental", null, 800, "campaign=airport-rescue", "airport-rescue 100")]
    [InlineData("foton", "rental", null, 800, "campaign=alliance", "rental 8")]
    [InlineData("foton", "rental", null, 800, "", "")]
    // foton: ways to earn
    [InlineData("foton", "details", "personal", 0, "", "personal-details 5")]
    [InlineData("foton", "interaction", "post", 0, "", "forum-post 0.5")]
    [InlineData("foton", "interaction", "answer-accepted", 0, "", "answer-accepted 10")]
    [InlineData("foton", "interaction", "post-featured", 0, "", "featured-post 10")]
    [InlineData("foton", "booking", "test-drive", 0, "", "book-test-drive 2")]
    [InlineData("foton", "goods", null, 600, "campaign=designated", "designated-goods 6, designated-cashback 15")]
    [InlineData("foton", "goods", null, 99, "campaign=designated", "designated-goods 0.99")]
    // skoda
    [InlineData("skoda", "vehicle", "明锐", 189_900, "", "vehicle 5000")]
    [InlineData("skoda", "parts", null, 490, "campaign=retention", "maintenance 490, retention 245")]
    [InlineData("skoda", "parts", null, 490, "campaign=win-back", "maintenance 490")]
    [InlineData("skoda", "parts", null, 490, "campaign=branch", "maintenance 490, branch-service 245")]
    [InlineData("skoda", "club-event", "self-drive", 0, "", "self-drive 200")]
    [InlineData("skoda", "partner-event", null, 0, "", "partner-event 200")]
    [InlineData("skoda", "referral", null, 0, "campaign=reported", "referral 2000, referral-reported 500")]
    [InlineData("skoda", "survey", null, 0, "", "survey 50")]
    // byd
    [InlineData("byd", "sign-in", null, 0, "", "sign-in 10, welcome-month 10")]
    [InlineData("byd", "referral", "秦", 0, "", "referral-electric 800")]
    [InlineData("byd", "referral", "元", 0, "", "referral 500")]
    [InlineData("byd", "answer-accepted", null, 0, "", "answer-accepted 10, owner-answer 5")]
    [InlineData("byd", "post", "fuel-saving", 0, "", "post 5, fuel-saving 1")]
    // tesco
    [InlineData("tesco", "grocery", null, 150.9, "", "shop 150")]
    [InlineData("tesco", "finest", null, 150, "campaign=double-points", "shop 150, double-points 150")]
    [InlineData("tesco", "grocery", null, 150, "campaign=double-points", "shop 150")]
    [InlineData("tesco", "finest", null, 100, "campaign=quiet-hours hour=23", "shop 100, quiet-hours 50")]
    [InlineData("tesco", "baby", null, 100, "", "shop 100, baby-club 50")]
    [InlineData("tesco", "baby-club", null, 0, "", "baby-club-joining 15000")]
    [InlineData("tesco", "christmas-top-up", null, 500, "", "christmas-club 300")]
    [InlineData("tesco", "grocery", null, 100, "pay=clubcard-credit", "shop 100, credit-card 25")]
    // miles
    [InlineData("miles", "flight", null, 1200.9, "", "flight 1200")]
    [InlineData("miles", "flight", null, 1200, "hour=6 channel=airline-web", "flight 1200, early-or-late 600")]
    [InlineData("miles", "flight", null, 1200, "channel=airline-app", "flight 1200, own-channel 240")]
    [InlineData("miles", "flight", null, 1200, "booked=30 on=2026-11-15", "flight 1200, off-season 500")]
    [InlineData("miles", "flight", null, 1200, "booked=30 on=2026-07-15", "flight 1200")]
    [InlineData("miles", "alliance-flight", null, 1201, "", "alliance-flight 600")]
    [InlineData("miles", "hotel", null, 2000, "", "hotel 2000")]
    [InlineData("miles", "rental", null, 2000, "", "rental 2000")]
    [InlineData("miles", "bank-card", null, 2000, "", "bank-card 100")]
    [InlineData("miles", "telecom", null, 99, "", "telecom 9")]
    [InlineData("miles", "dining", null, 500, "", "dining 100")]
    public void A_sample_gives_what_its_source_says(string name, string category, string? modelOrSku, double amount, string how,
        string expected)
    {
        var line = Line(category, (decimal)amount);
        line = category is "vehicle" or "referral" ? line with { Model = modelOrSku } : line with { Sku = modelOrSku };
        var transaction = Transaction(line);
        foreach (var (key, value) in how.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => (part.Split('=')[0], part.Split('=')[1])))
            transaction = key switch
            {
                "campaign" => transaction with { Campaign = value },
                "channel" => transaction with { Channel = value },
                "pay" => transaction with { PaymentMethod = value },
                "booked" => transaction with { BookedDaysAhead = int.Parse(value, null) },
                "hour" => transaction with { At = new(2026, 3, 2, int.Parse(value, null), 0, 0, TimeSpan.FromHours(8)) },
                "on" => transaction with { On = DateOnly.Parse(value, null) },
                _ => transaction,
            };
        Assert.Equal(expected, string.Join(", ", Earn(ProgrammeLoader.Load(name), transaction, Owner)
            .Select(award => $"{award.Rule} {award.Points}")));
    }

    [Fact]
    public void A_programme_without_levels_treats_all_members_alike() => Assert.Single(ProgrammeLoader.Load("tesco").Tiers);

    [Fact]
    public void The_rates_of_the_published_table_follow_from_the_margins()
    {
        var foton = ProgrammeLoader.Load("foton");
        Assert.Equal(("after-sales", 0.01m), Rate("parts"));
        Assert.Equal(("vehicles", 0.0025m), Rate("vehicle"));

        (string, decimal) Rate(string rule) =>
            foton.FindRule(rule)!.Award is Reward.ByMargin by ? (by.Margin.Code, by.Margin.RateOn(new(2026, 3, 2))) : default;
    }
}
