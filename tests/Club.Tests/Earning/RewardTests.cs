using Club.Kernel;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Earning;

public sealed class RewardTests
{
    [Fact]
    public void A_fixed_award_per_unit_counts_pieces()
    {
        var programme = Rules("""{"id":"tyre","when":{"category":["parts"]},"award":{"fixed":2.5,"per":"unit"}}""");

        var awards = Earn(programme, Line("parts", 900) with { Quantity = 4 }, Line("labour", 1) with { Quantity = 9 },
            Line("parts", 1) with { Quantity = 0.3m });

        Assert.Equal([("1", 10m, "2.5 × 4 = 10"), ("3", 0.75m, "2.5 × 0.3 = 0.75")],
            awards.Select(award => (award.LineId!, award.Points.Value, award.Arithmetic)));
    }

    [Theory]
    [InlineData("amount", 99.99, 1, 0, 0)]
    [InlineData("amount", 100, 1, 0, 5)]
    [InlineData("amount", 499.99, 1, 0, 5)]
    [InlineData("amount", 500, 1, 0, 30)]
    [InlineData("quantity", 1, 99, 0, 0)]
    [InlineData("quantity", 1, 100, 0, 5)]
    [InlineData("quantity", 1, 2500, 0, 30)]
    [InlineData("bookedDaysAhead", 900, 900, 99, 0)]
    [InlineData("bookedDaysAhead", 1, 1, 100, 5)]
    [InlineData("bookedDaysAhead", 1, 1, 600, 30)]
    public void Steps_give_the_points_of_the_highest_step_that_is_reached(string of, double amount, int quantity, int booked, double points)
    {
        foreach (var per in new[] { "line", "transaction" })
        {
            var programme = Rules(
                $$"""{"id":"a","when":{},"award":{"steps":[{"from":100,"points":5},{"from":500,"points":30}],"of":"{{of}}","per":"{{per}}"} }""");
            var transaction = Transaction(Line("parts", (decimal)amount) with { Quantity = quantity }) with { BookedDaysAhead = booked };
            Assert.Equal((decimal)points, Earn(programme, transaction).Sum(award => award.Points).Value);
        }
    }

    [Fact]
    public void Steps_per_transaction_measure_the_matching_lines_together()
    {
        var programme = Rules(
            """{"id":"bill","when":{"category":["parts","labour"]},"award":{"steps":[{"from":600,"points":10},{"from":700,"points":20}],"of":"amount","per":"transaction"}}""",
            """{"id":"pieces","when":{"category":["parts"]},"award":{"steps":[{"from":3,"points":1}],"of":"quantity","per":"transaction"}}""",
            """{"id":"each","when":{},"award":{"steps":[{"from":400,"points":2}],"of":"amount","per":"line"}}""");

        var awards = Earn(programme, Line("parts", 490) with { Quantity = 2 }, Line("labour", 210) with { Quantity = 5 },
            Line("rental", 400));

        Assert.Equal(
            [("1", "each", 2m, "490 ≥ 400: 2"), ("3", "each", 2m, "400 ≥ 400: 2"), (null, "bill", 20m, "700 ≥ 700: 20")],
            awards.Select(award => (award.LineId, award.Rule, award.Points.Value, award.Arithmetic)));
    }

    [Fact]
    public void Steps_of_days_give_nothing_when_nothing_was_booked() =>
        Assert.Empty(Earn(
            Rules("""{"id":"a","when":{},"award":{"steps":[{"from":0,"points":5}],"of":"bookedDaysAhead","per":"line"}}"""),
            Transaction(Line("parts", 1)) with { BookedDaysAhead = null }));

    [Fact]
    public void A_rate_by_margin_follows_the_month_of_the_transaction()
    {
        var programme = With("""
            {"margins":[{"code":"sales","bands":[0,8,30],"scale":[{"margin":8,"rate":0.0025},{"margin":30,"rate":0.01}],"settleMonths":1,
              "series":[{"month":"2026-01","margin":9},{"month":"2026-02","margin":33}]}],
             "earning":[{"id":"a","when":{},"award":{"margin":"sales"}}]}
            """);

        Assert.Equal("10000 × 0.25 % = 25 by margin sales",
            Assert.Single(Earn(programme, On("2026-02-28", Line("parts", 10_000)))).Arithmetic);
        Assert.Equal("10000 × 1 % = 100 by margin sales",
            Assert.Single(Earn(programme, On("2026-03-01", Line("parts", 10_000)))).Arithmetic);
        Assert.Equal("333 × 1 % = 3.33 by margin sales", Assert.Single(Earn(programme, On("2027-01-01", Line("parts", 333)))).Arithmetic);
    }

    [Fact]
    public void Of_a_group_that_takes_the_first_the_highest_priority_that_gives_anything_gives()
    {
        var programme = With("""
            {"groups":[{"code":"g","stacking":"first"}],
             "earning":[{"id":"low","when":{},"award":{"rate":1},"group":"g"},
                        {"id":"high","when":{},"award":{"rate":0.00001},"group":"g","priority":9},
                        {"id":"middle","when":{"channel":["shop"]},"award":{"rate":0.1},"group":"g","priority":5}]}
            """);

        Assert.Equal("high", Assert.Single(Earn(programme, Line("parts", 2000))).Rule);
        Assert.Equal("middle", Assert.Single(Earn(programme, Line("parts", 100))).Rule);
        Assert.Equal("low", Assert.Single(Earn(programme, Transaction(Line("parts", 100)) with { Channel = "web" })).Rule);
    }

    [Fact]
    public void Of_a_group_that_sums_all_rules_give()
    {
        var programme = With("""
            {"groups":[{"code":"g","stacking":"sum"}],
             "earning":[{"id":"a","when":{},"award":{"rate":1},"group":"g"},{"id":"b","when":{},"award":{"rate":2},"group":"g"}]}
            """);
        Assert.Equal(["a", "b"], Earn(programme, Line("parts", 100)).Select(award => award.Rule));
    }

    [Fact]
    public void Of_a_group_the_first_of_equals_gives_and_priority_comes_before_order()
    {
        var programme = With("""
            {"groups":[{"code":"g","stacking":"bestOf"}],
             "earning":[{"id":"a","when":{},"award":{"rate":1},"group":"g"},{"id":"b","when":{},"award":{"rate":1},"group":"g","priority":1},{"id":"c","when":{},"award":{"rate":1},"group":"g","priority":1}]}
            """);
        Assert.Equal("b", Assert.Single(Earn(programme, Line("parts", 100))).Rule);
    }

    [Fact]
    public void Of_a_group_one_step_table_gives_once_for_the_transaction()
    {
        var programme = With("""
            {"groups":[{"code":"booking","stacking":"bestOf"}],
             "earning":[{"id":"days","when":{},"award":{"steps":[{"from":3,"points":5}],"of":"bookedDaysAhead","per":"transaction"},"group":"booking"},
                        {"id":"bill","when":{},"award":{"steps":[{"from":100,"points":9}],"of":"amount","per":"transaction"},"group":"booking"}]}
            """);
        Assert.Equal((null, "bill"), Assert.Single(Earn(programme, Line("parts", 60), Line("parts", 60))
            .Select(award => (award.LineId, award.Rule))));
        Assert.Equal((null, "days"), Assert.Single(Earn(programme, Line("parts", 60)).Select(award => (award.LineId, award.Rule))));
    }
}
