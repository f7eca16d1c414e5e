using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Tiers;

public sealed class TierRulesTests
{
    private static readonly Programme Foton = ProgrammeLoader.Load("foton");
    private static readonly Programme Skoda = ProgrammeLoader.Load("skoda");

    [Theory]
    [InlineData(1229.99, "ordinary")]
    [InlineData(1230, "silver")]
    [InlineData(1350, "silver")]
    [InlineData(1350.01, "gold")]
    public void Foton_tiers_begin_at_the_published_points(double points, string tier) =>
        Assert.Equal(tier, TierRules.Earned(Foton, [Earned("2026-03-02", "parts", (decimal)points)], Date("2026-03-02")));

    [Theory]
    [InlineData("labour", 9999.99, 1, 0, "ordinary")]
    [InlineData("labour", 10000, 1, 0, "green")]
    [InlineData("accessory", 29999.99, 1, 0, "ordinary")]
    [InlineData("accessory", 30000, 1, 0, "gold")]
    [InlineData("accessory", 0, 2, 0, "gold")]
    [InlineData("accessory", 0, 1, 2, "ordinary")]
    [InlineData("accessory", 0, 1, 3, "gold")]
    public void Skoda_tiers_are_earned_as_published(string category, double points, int vehicles, int referrals, string tier) =>
        Assert.Equal(tier, TierRules.Earned(
            Skoda,
            [Earned("2026-03-01", category, (decimal)points), Count("2020-01-01", "vehicle", vehicles),
            Count("2021-01-01", "referral", referrals)],
            Date("2026-03-02")));

    [Theory]
    [InlineData("2024-03-02", false)]
    [InlineData("2024-03-03", true)]
    [InlineData("2026-03-02", true)]
    [InlineData("2026-03-03", false)]
    public void A_window_begins_after_the_same_day_and_ends_with_the_day(string earned, bool counts) =>
        Assert.Equal(counts ? "gold" : "ordinary", TierRules.Earned(Skoda, [Earned(earned, "accessory", 30_000)], Date("2026-03-02")));

    [Theory]
    [InlineData("2026-03-31", 1, "2026-02-28", false)]
    [InlineData("2026-03-31", 1, "2026-03-01", true)]
    [InlineData("2024-03-31", 1, "2024-02-29", false)]
    [InlineData("2024-02-29", 12, "2023-02-28", false)]
    [InlineData("2024-02-29", 12, "2023-03-01", true)]
    public void A_window_clamps_to_the_end_of_a_month(string on, int months, string earned, bool counts)
    {
        var programme = Book.TiersAbove(
            $$"""{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":1,"windowMonths":{{months}} } }""");
        Assert.Equal(counts ? "gold" : "ordinary", TierRules.Earned(programme, [Earned(earned, "parts", 1)], Date(on)));
    }

    [Fact]
    public void A_measure_keeps_to_its_categories_wallet_and_metric()
    {
        var programme = Book.TiersAbove(
            """{"code":"gold","name":"金卡","criteria":{"all":[{"metric":"points","wallet":"branch","atLeast":5},{"metric":"spend","categories":["parts"],"moreThan":100}]}}""");
        var branch = new Activity(Date("2026-01-01"), "labour", new WalletCode("branch"), Points.Of(5), Money.Of(500), 1);
        var parts = new Activity(Date("2026-01-01"), "parts", new WalletCode("club"), Points.Of(50), Money.Of(100.01m), 1);

        Assert.Equal("gold", TierRules.Earned(programme, [branch, parts], Date("2026-01-01")));
        Assert.Equal("ordinary", TierRules.Earned(programme, [branch with { Wallet = new WalletCode("club" )}, parts], Date("2026-01-01")));
        Assert.Equal("ordinary", TierRules.Earned(programme, [branch, parts with { Spend = Money.Of(100) }], Date("2026-01-01")));
    }

    [Fact]
    public void A_new_member_holds_the_lowest_tier_without_an_end()
    {
        var state = TierRules.Initial(Skoda, Date("2026-03-02"));
        Assert.Equal(new TierState(new TierCode("ordinary"), Date("2026-03-02"), null), state);
        Assert.Null(TierRules.DueOn(state));
    }

    [Theory]
    [InlineData("2026-03-02", "2028-03-01")]
    [InlineData("2024-02-29", "2026-02-28")]
    [InlineData("2026-03-31", "2028-03-30")]
    public void A_higher_tier_is_reached_at_once_and_held_for_its_validity(string on, string validUntil)
    {
        var state = TierRules.AfterActivity(Skoda, TierRules.Initial(Skoda, Date("2020-01-01")), [Earned(on, "parts", 10_000)], Date(on));
        Assert.Equal(new TierState(new TierCode("green"), Date(on), Date(validUntil)), state);
        Assert.Equal(Date(validUntil).AddDays(1), TierRules.DueOn(state));
    }

    [Fact]
    public void Activity_never_lowers_a_tier_before_its_time()
    {
        var gold = new TierState(new TierCode("gold"), Date("2026-01-01"), Date("2027-12-31"));
        Assert.Equal(gold, TierRules.AfterActivity(Skoda, gold, [Earned("2026-03-02", "parts", -100)], Date("2026-03-02")));
    }

    private static readonly TierState Gold = new(new TierCode("gold"), Date("2024-03-02"), Date("2026-03-01"));

    [Fact]
    public void A_tier_is_held_through_its_last_day() => Assert.Equal(Gold, TierRules.AtDue(Skoda, Gold, [], Date("2026-03-01")));

    [Fact]
    public void A_tier_earned_again_in_its_validity_goes_on_without_a_gap() =>
        Assert.Equal(
            Gold with { ValidUntil = Date("2028-03-01") },
            TierRules.AtDue(Skoda, Gold, [Earned("2024-03-02", "accessory", 15_000), Earned("2026-03-01", "accessory", 15_000)],
            Date("2026-03-02")));

    [Fact]
    public void A_tier_not_earned_again_is_kept_for_the_grace_period()
    {
        var grace = TierRules.AtDue(Skoda, Gold, [Earned("2024-03-01", "accessory", 30_000)], Date("2026-03-02"));

        Assert.Equal(Gold with { GraceUntil = Date("2026-06-01") }, grace);
        Assert.Equal(Date("2026-06-02"), TierRules.DueOn(grace));
        Assert.Equal(grace, TierRules.AtDue(Skoda, grace, [], Date("2026-03-02")));
        Assert.Equal(grace, TierRules.AtDue(Skoda, grace, [], Date("2026-06-01")));
    }

    [Fact]
    public void A_tier_earned_in_the_grace_period_is_kept()
    {
        var grace = Gold with { GraceUntil = Date("2026-06-01") };
        Assert.Equal(
            Gold with { ValidUntil = Date("2028-03-01") },
            TierRules.AfterActivity(Skoda, grace, [Earned("2026-06-01", "accessory", 30_000)], Date("2026-06-01")));
    }

    [Fact]
    public void After_the_grace_period_a_member_falls_to_the_tier_that_is_earned()
    {
        var grace = Gold with { GraceUntil = Date("2026-06-01") };
        var green = new TierState(new TierCode("green"), Date("2026-06-02"), Date("2028-06-01"));

        Assert.Equal(green, TierRules.AtDue(Skoda, grace, [Earned("2019-01-01", "parts", 10_000)], Date("2026-06-02")));
        Assert.Equal(green, TierRules.AtDue(Skoda, green, [Earned("2019-01-01", "parts", 10_000)], Date("2026-06-02")));
        Assert.Equal(new TierState(new TierCode("ordinary"), Date("2026-06-02"), null), TierRules.AtDue(Skoda, grace, [], Date("2026-06-02")));
    }

    [Fact]
    public void A_downgrade_by_one_stops_at_the_next_lower_tier()
    {
        var programme = Book.TiersAbove(
            """{"code":"silver","name":"银卡","criteria":{"metric":"points","atLeast":10,"windowMonths":12},"validityMonths":12,"downgrade":"byOne"}""",
            """{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":20,"windowMonths":12},"validityMonths":12,"downgrade":"byOne"}""");
        var gold = new TierState(new TierCode("gold"), Date("2025-01-01"), Date("2025-12-31"));

        Assert.Equal(new TierState(new TierCode("silver"), Date("2026-01-01"), Date("2026-12-31")),
            TierRules.AtDue(programme, gold, [], Date("2026-01-01")));
        Assert.Equal(new TierState(new TierCode("ordinary"), Date("2027-01-01"), null), TierRules.AtDue(programme, gold, [], Date("2029-01-01")));
    }

    [Fact]
    public void An_upgrade_ends_the_grace_period()
    {
        var grace = new TierState(new TierCode("green"), Date("2024-03-02"), Date("2026-03-01"), Date("2026-06-01"));
        Assert.Equal(
            new TierState(new TierCode("gold"), Date("2026-04-10"), Date("2028-04-09")),
            TierRules.AfterActivity(Skoda, grace, [Count("2026-04-10", "referral", 3)], Date("2026-04-10")));
    }

    [Fact]
    public void A_tier_that_the_programme_no_longer_has_is_left_for_the_one_that_is_earned()
    {
        var state = new TierState(new TierCode("platinum"), Date("2024-03-02"), Date("2030-03-01"));
        Assert.Equal(new TierState(new TierCode("green"), Date("2026-03-02"), Date("2028-03-01")),
            TierRules.AtDue(Skoda, state, [Earned("2019-01-01", "parts", 10_000)], Date("2026-03-02")));
    }

    [Fact]
    public void Progress_says_what_is_missing_to_the_next_tier()
    {
        var progress = TierRules.Progress(
            Skoda,
            new TierState(new TierCode("green"), Date("2026-01-01"), Date("2027-12-31")),
            [Earned("2026-01-01", "parts", 12_000.5m), Count("2019-01-01", "vehicle", 1)],
            Date("2026-03-02"));

        Assert.Equal(
            [(Metric.Points, 12_000.5m, 30_000m, 17_999.5m, true), (Metric.Count, 1m, 2m, 1m, true), (Metric.Count, 0m, 3m, 3m, true)],
            progress.Select(row => (row.Metric, row.Have, row.Need, row.Missing, row.Suffices)));
        Assert.All(progress, row => Assert.Equal("gold", row.Tier));
        Assert.Empty(TierRules.Progress(Skoda, Gold, [], Date("2026-03-02")));
    }

    [Fact]
    public void What_must_be_exceeded_is_missing_a_hundredth_more()
    {
        var silver = new TierState(new TierCode("silver"), Date("2026-01-01"), Date("2027-12-31"));
        Assert.Equal(0.01m, Assert.Single(
            TierRules.Progress(Foton, silver, [Earned("2026-01-01", "parts", 1350)], Date("2026-03-02"))).Missing);
        Assert.Equal(0m, Assert.Single(
            TierRules.Progress(Foton, silver, [Earned("2026-01-01", "parts", 1350.01m)], Date("2026-03-02"))).Missing);
    }

    [Fact]
    public void Folding_gathers_what_is_older_than_every_window()
    {
        var folded = TierRules.Fold(
            Skoda,
            TierRules.Initial(Skoda, Date("2020-01-01")),
            [Earned("2024-03-03", "parts", 1), Earned("2024-03-02", "parts", 2), Earned("2019-01-01", "parts", 4),
            Earned("2024-03-03", "parts", 8), Earned("2024-03-03", "labour", 16)],
            Date("2026-03-02"));

        Assert.Equal([Earned("0001-01-01", "parts", 6) with { Count = 2 }, Earned("2024-03-03", "labour", 16),
            Earned("2024-03-03", "parts", 9) with { Count = 2 }], folded);
    }

    [Fact]
    public void Folding_keeps_what_an_overdue_tier_will_be_judged_by()
    {
        ActivitySums activities = [Earned("2024-03-02", "accessory", 30_000)];
        var today = Date("2026-05-01");

        Assert.Equal(
            TierRules.AtDue(Skoda, Gold, activities, today),
            TierRules.AtDue(Skoda, Gold, TierRules.Fold(Skoda, Gold, activities, today), today));
        Assert.Equal(Date("2028-03-01"), TierRules.AtDue(Skoda, Gold, activities, today).ValidUntil);
    }

    private static Activity Earned(string on, string category, decimal points) =>
        new(Date(on), category, new WalletCode("club"), Points.Of(points), Money.Zero, 1);

    private static Activity Count(string on, string category, int count) =>
        new(Date(on), category, new WalletCode("club"), Points.Zero, Money.Zero, count);

    private static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
