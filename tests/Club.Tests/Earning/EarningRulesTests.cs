using Club.Kernel;
using Club.Programmes;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Earning;

public sealed class EarningRulesTests
{
    [Fact]
    public void A_service_bill_of_700_with_parts_and_labour_7_to_3_earns_4_9()
    {
        var award = Assert.Single(Earn(ProgrammeLoader.Load("foton"), Line("parts", 490), Line("labour", 210)));

        Assert.Equal(Points.Of(4.9m), award.Points);
        Assert.Equal("490 × 1 % = 4.9 by margin after-sales", award.Arithmetic);
    }

    [Theory]
    [InlineData("得利卡", 60_000, 150)]
    [InlineData("希旺", 30_000, 75)]
    [InlineData("V3菱悦", 50_000, 125)]
    [InlineData("V5菱致", 70_000, 175)]
    [InlineData("V6菱仕", 80_000, 200)]
    [InlineData("DX7", 100_000, 250)]
    [InlineData("蓝瑟", 60_000, 150)]
    [InlineData("戈蓝", 140_000, 350)]
    [InlineData("君阁", 120_000, 300)]
    [InlineData("翼神", 90_000, 225)]
    [InlineData("风迪思", 90_000, 225)]
    public void A_vehicle_earns_what_the_published_table_says(string model, int price, int points) =>
        Assert.Equal(Points.Of(points),
            Assert.Single(Earn(ProgrammeLoader.Load("foton"), Line("vehicle", price) with { Model = model })).Points);

    [Fact]
    public void An_unlisted_model_earns_nothing() =>
        Assert.Empty(Earn(ProgrammeLoader.Load("foton"), Line("vehicle", 90_000) with { Model = "V7" }));

    [Fact]
    public void A_maintenance_bill_earns_a_point_a_yuan_in_the_default_programme() =>
        Assert.Equal(["490 × 1 = 490", "210.5 × 1 = 210.5"],
            Earn(ProgrammeLoader.Load("skoda"), Line("parts", 490), Line("labour", 210.5m)).Select(award => award.Arithmetic));

    [Theory]
    [InlineData("category", "parts", true)]
    [InlineData("category", "labour", false)]
    [InlineData("model", "DX7", true)]
    [InlineData("model", "dx7", false)]
    [InlineData("sku", "06A115561B", true)]
    [InlineData("tier", "gold", true)]
    [InlineData("tier", "ordinary", false)]
    [InlineData("channel", "web", true)]
    [InlineData("channel", "shop", false)]
    [InlineData("paymentMethod", "card", true)]
    [InlineData("paymentMethod", "cash", false)]
    [InlineData("dealer", "D001", true)]
    [InlineData("dealer", "D002", false)]
    [InlineData("campaign", "spring", true)]
    [InlineData("campaign", "autumn", false)]
    public void A_condition_asks_about_its_dimension(string dimension, string value, bool holds)
    {
        var programme = Rules($$"""{"id":"a","when":{"{{dimension}}":["{{value}}"]},"award":{"fixed":5,"per":"line"} }""");
        var transaction = Transaction(Line("parts", 10) with { Model = "DX7", Sku = "06A115561B" }) with { Channel = "web",
            PaymentMethod = "card", Campaign = "spring" };

        Assert.Equal(holds ? 1 : 0, Earn(programme, transaction, "gold").Count);
    }

    [Fact]
    public void All_conditions_must_hold_and_any_value_of_each()
    {
        var programme = Rules("""{"id":"a","when":{"category":["parts","labour"],"channel":["web","shop"]},"award":{"rate":1}}""");

        Assert.Equal(2, Earn(programme, Line("parts", 1), Line("labour", 1), Line("rental", 1)).Count);
        Assert.Empty(Earn(programme, Transaction(Line("parts", 1)) with { Channel = "phone" }));
        Assert.Empty(Earn(programme, Transaction(Line("parts", 1)) with { Channel = null }));
    }

    [Theory]
    [InlineData("2026-02-28", false)]
    [InlineData("2026-03-01", true)]
    [InlineData("2026-03-31", true)]
    [InlineData("2026-04-01", false)]
    public void A_rule_judges_from_its_first_to_its_last_day(string on, bool earns)
    {
        var programme = Rules("""{"id":"a","when":{},"award":{"rate":1},"from":"2026-03-01","to":"2026-03-31"}""");
        Assert.Equal(earns, Earn(programme, Transaction(Line("parts", 1)) with { On = DateOnly.Parse(on, null) }).Count == 1);
    }

    [Fact]
    public void A_fixed_award_is_given_once_a_transaction_or_for_each_line()
    {
        var programme = Rules(
            """{"id":"visit","when":{"category":["parts","labour"]},"award":{"fixed":20,"per":"transaction"}}""",
            """{"id":"line","when":{"category":["parts","labour"]},"award":{"fixed":5,"per":"line"}}""");

        Assert.Equal(
            [("1", "line", 5m), ("2", "line", 5m), (null, "visit", 20m)],
            Earn(programme, Line("parts", 1), Line("labour", 0), Line("rental", 1))
            .Select(award => (award.LineId, award.Rule, award.Points.Value)));
    }

    [Fact]
    public void A_multiplier_adds_what_the_other_rules_of_the_wallet_give_to_its_lines()
    {
        var programme = Rules(
            """{"id":"double","when":{"category":["parts"]},"award":{"multiplier":2}}""",
            """{"id":"rate","when":{},"award":{"rate":0.01}}""",
            """{"id":"line","when":{},"award":{"fixed":5,"per":"line"}}""",
            """{"id":"visit","when":{},"award":{"fixed":100,"per":"transaction"}}""",
            """{"id":"branch","when":{},"award":{"rate":1},"wallet":"branch"}""");

        var awards = Earn(programme, Line("parts", 490), Line("labour", 210));

        var doubled = Assert.Single(awards, award => award.Rule == "double");
        Assert.Equal(("1", 9.9m, "9.9 × (2 − 1) = 9.9"), (doubled.LineId, doubled.Points.Value, doubled.Arithmetic));
        Assert.Equal(9.9m + 9.9m + 7.1m + 100m, awards.Where(award => award.Wallet == "club").Sum(award => award.Points.Value));
        Assert.Equal(700m, awards.Where(award => award.Wallet == "branch").Sum(award => award.Points.Value));
    }

    [Fact]
    public void Multipliers_add_up_and_do_not_multiply_each_other()
    {
        var programme = Rules(
            """{"id":"rate","when":{},"award":{"rate":1}}""",
            """{"id":"double","when":{},"award":{"multiplier":2}}""",
            """{"id":"half-more","when":{},"award":{"multiplier":1.5}}""");

        Assert.Equal([100m, 100m, 50m], Earn(programme, Line("parts", 100)).Select(award => award.Points.Value));
    }

    [Fact]
    public void Of_a_group_the_best_rule_gives_for_each_line_anew()
    {
        var programme = Rules(
            """{"id":"rate","when":{},"award":{"rate":0.1},"group":"spring"}""",
            """{"id":"flat","when":{},"award":{"fixed":5,"per":"line"},"group":"spring"}""",
            """{"id":"other","when":{},"award":{"fixed":1,"per":"line"},"group":"summer"}""",
            """{"id":"always","when":{},"award":{"fixed":2,"per":"line"}}""");

        Assert.Equal(
            [("1", "rate"), ("1", "other"), ("1", "always"), ("2", "flat"), ("2", "other"), ("2", "always"), ("3", "rate"), ("3", "other"),
            ("3", "always")],
            Earn(programme, Line("parts", 100), Line("parts", 10), Line("parts", 50)).Select(award => (award.LineId, award.Rule)));
    }

    [Fact]
    public void Of_a_group_of_multipliers_the_best_one_gives()
    {
        var programme = Rules(
            """{"id":"rate","when":{},"award":{"rate":1}}""",
            """{"id":"double","when":{"tier":["gold"]},"award":{"multiplier":2},"group":"promo"}""",
            """{"id":"triple","when":{"channel":["shop"]},"award":{"multiplier":3},"group":"promo"}""");

        Assert.Equal(["rate", "triple"], Earn(programme, Transaction(Line("parts", 1)), "gold").Select(award => award.Rule));
        Assert.Equal(["rate", "double"],
            Earn(programme, Transaction(Line("parts", 1)) with { Channel = "web" }, "gold").Select(award => award.Rule));
    }

    [Theory]
    [InlineData("down", "0.01", 333.33, "333.33 × 1.5 % = 4.99995 → 4.99")]
    [InlineData("nearest", "0.01", 333.33, "333.33 × 1.5 % = 4.99995 → 5")]
    [InlineData("up", "0.01", 333.33, "333.33 × 1.5 % = 4.99995 → 5")]
    [InlineData("down", "1", 333.33, "333.33 × 1.5 % = 4.99995 → 4")]
    [InlineData("nearest", "1", 300, "300 × 1.5 % = 4.5 → 5")]
    [InlineData("nearest", "1", 299, "299 × 1.5 % = 4.485 → 4")]
    [InlineData("up", "1", 267, "267 × 1.5 % = 4.005 → 5")]
    [InlineData("down", "0.01", 0.66, null)]
    public void Fractions_become_points_line_by_line_as_the_rule_says(string mode, string to, double amount, string? arithmetic)
    {
        var programme = Rules($$"""{"id":"a","when":{},"award":{"rate":0.015},"rounding":{"mode":"{{mode}}","to":{{to}} } }""");
        Assert.Equal(arithmetic, Earn(programme, Line("parts", (decimal)amount)).SingleOrDefault()?.Arithmetic);
    }

    [Fact]
    public void Lines_are_rounded_each_by_itself() =>
        Assert.Empty(Earn(Rules("""{"id":"a","when":{},"award":{"rate":0.01}}"""), Line("parts", 0.99m), Line("parts", 0.99m)));

    [Fact]
    public void A_transaction_that_matches_nothing_earns_nothing() =>
        Assert.Empty(Earn(Rules("""{"id":"a","when":{"channel":["web"]},"award":{"rate":1}}"""), Line("parts", 1)));
}
