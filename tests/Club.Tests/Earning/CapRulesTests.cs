using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using CsCheck;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Earning;

public sealed class CapRulesTests
{
    private static Programme Capped(string caps, string groups = "[]", string walletCaps = "[]", string rule = "") => With($$"""
        {"groups":{{groups}},"caps":{{walletCaps}},
         "earning":[{"id":"a","when":{},"award":{"rate":1},"caps":{{caps}}{{rule}}}]}
        """);

    [Fact]
    public void A_cap_per_transaction_is_shared_by_its_lines_and_starts_anew_with_the_next()
    {
        var programme = Capped("""[{"per":"transaction","points":150}]""");

        var (awards, counters) = Book.Capped(programme, Transaction(Line("parts", 100), Line("parts", 100), Line("parts", 100)));

        Assert.Equal([100m, 50m, 0m], awards.Select(award => award.Points.Value));
        Assert.Equal([(Points.Of(150), Points.Of(100), Points.Of(50))], awards[1].Cuts.Select(cut => (cut.Limit, cut.Used, cut.Points)));
        Assert.Equal(("rule:a", CapPeriod.Transaction), (awards[2].Cuts[0].Cap, awards[2].Cuts[0].Per));
        Assert.Empty(counters);
        Assert.Equal(100m, Book.Capped(programme, Transaction(Line("parts", 100)), counters).Awards[0].Points.Value);
    }

    [Theory]
    [InlineData("day", "2026-03-02", "2026-03-03")]
    [InlineData("month", "2026-03-31", "2026-04-01")]
    [InlineData("year", "2026-12-31", "2027-01-01")]
    public void A_cap_holds_for_its_calendar_period_and_the_next_one_starts_anew(string per, string within, string after)
    {
        var programme = Capped($$"""[{"per":"{{per}}","points":150}]""");
        var counters = Book.Capped(programme, On("2026-03-02", Line("parts", 100))).Counters;

        Assert.Equal(50m, Book.Capped(programme, On(within, Line("parts", 100)), counters).Awards[0].Points.Value);
        Assert.Equal(100m, Book.Capped(programme, On(after, Line("parts", 100)), counters).Awards[0].Points.Value);
    }

    [Fact]
    public void A_cap_for_life_never_starts_anew()
    {
        var programme = Capped("""[{"per":"lifetime","points":150}]""");
        var counters = Book.Capped(programme, On("2026-03-02", Line("parts", 100))).Counters;
        Assert.Equal(50m, Book.Capped(programme, On("2056-03-02", Line("parts", 100)), counters).Awards[0].Points.Value);
    }

    [Fact]
    public void Of_several_caps_the_tightest_decides_and_each_says_what_it_cut()
    {
        var programme = With("""
            {"groups":[{"code":"g","stacking":"sum","caps":[{"per":"month","points":60}]}],
             "caps":[{"per":"year","points":50},{"wallet":"branch","per":"day","points":1}],
             "earning":[{"id":"a","when":{},"award":{"rate":1},"group":"g","caps":[{"per":"day","points":80},{"per":"lifetime","points":1000}]}]}
            """);

        var (awards, counters) = Book.Capped(programme, Transaction(Line("parts", 100)));

        Assert.Equal([("rule:a", 20m), ("group:g", 20m), ("wallet:club", 10m)], awards[0].Cuts.Select(cut => (cut.Cap, cut.Points.Value)));
        Assert.Equal(50m, awards[0].Points.Value);
        Assert.Equal(
            [("group:g", CapPeriod.Month), ("rule:a", CapPeriod.Day), ("rule:a", CapPeriod.Lifetime), ("wallet:club", CapPeriod.Year)],
            counters.Select(counter => (counter.Cap, counter.Per)).Order());
        Assert.All(counters, counter => Assert.Equal(Points.Of(50), counter.Used));
    }

    [Fact]
    public void A_cap_of_a_group_is_shared_by_its_rules_and_of_a_wallet_by_all()
    {
        var programme = With("""
            {"groups":[{"code":"g","stacking":"sum","caps":[{"per":"day","points":15}]}],"caps":[{"per":"day","points":30}],
             "earning":[{"id":"a","when":{},"award":{"fixed":10,"per":"line"},"group":"g"},{"id":"b","when":{},"award":{"fixed":10,"per":"line"},"group":"g"},
                        {"id":"c","when":{},"award":{"fixed":20,"per":"line"}},{"id":"d","when":{},"award":{"fixed":20,"per":"line"},"wallet":"branch"}]}
            """);

        Assert.Equal([("a", 10m), ("b", 5m), ("c", 15m), ("d", 20m)],
            Book.Capped(programme, Transaction(Line("parts", 1))).Awards.Select(award => (award.Rule, award.Points.Value)));
    }

    [Fact]
    public void The_higher_priority_is_served_first_where_a_cap_runs_out()
    {
        var programme = With("""
            {"caps":[{"per":"day","points":15}],
             "earning":[{"id":"a","when":{},"award":{"fixed":10,"per":"line"}},{"id":"b","when":{},"award":{"fixed":10,"per":"line"},"priority":1}]}
            """);
        Assert.Equal([("b", 10m), ("a", 5m)],
            Book.Capped(programme, Transaction(Line("parts", 1))).Awards.Select(award => (award.Rule, award.Points.Value)));
    }

    [Fact]
    public void What_is_given_back_can_be_earned_again_in_its_period_only()
    {
        var programme = Capped("""[{"per":"day","points":100},{"per":"lifetime","points":120}]""");
        var counters = Book.Capped(programme, Transaction(Line("parts", 100))).Counters;

        var after = CapRules.GiveBack(programme, counters, [("a", Points.Of(40)), ("unknown", Points.Of(1))], new(2026, 3, 2));
        Assert.Equal(40m, Book.Capped(programme, Transaction(Line("parts", 100)), after).Awards[0].Points.Value);

        var other = CapRules.GiveBack(programme, counters, [("a", Points.Of(40))], new(2026, 3, 1));
        Assert.Equal(0m, Book.Capped(programme, Transaction(Line("parts", 100)), other).Awards[0].Points.Value);
        Assert.Empty(CapRules.GiveBack(programme, counters, [("a", Points.Of(500))], new(2026, 3, 2)));
    }

    [Theory]
    [InlineData("day", "2026-03-02", "2026-06-02")]
    [InlineData("day", "2026-03-02", "2026-06-03")]
    [InlineData("month", "2026-03-02", "2028-05-01")]
    [InlineData("month", "2026-03-02", "2028-05-02")]
    [InlineData("year", "2026-03-02", "2056-01-01")]
    public void A_period_long_past_gives_what_nobody_used_of_it(string per, string on, string today)
    {
        var award = Book.Capped(Capped($$"""[{"per":"{{per}}","points":500}]"""), On(on, Line("parts", 700)),
            today: DateOnly.Parse(today, null)).Awards[0];
        Assert.Equal((500m, 0m), (award.Points.Value, award.Cuts[0].Used.Value));
    }

    [Fact]
    public void Counters_of_closed_periods_are_dropped()
    {
        var programme = Capped("""[{"per":"day","points":500},{"per":"month","points":500},{"per":"year","points":500}]""");
        var counters = Book.Capped(programme, On("2026-03-02", Line("parts", 100))).Counters;
        var later = Book.Capped(programme, On("2026-06-03", Line("parts", 1)), counters, new(2026, 7, 1)).Counters;
        Assert.Equal([("Day", new(2026, 6, 3)), ("Month", new(2026, 3, 1)), ("Month", new(2026, 6, 1)), ("Year", new DateOnly(2026, 1, 1))],
            later.Select(counter => ($"{counter.Per}", counter.Period)).Order());
    }

    [Fact]
    public void Whatever_comes_in_whatever_order_no_cap_is_exceeded()
    {
        var programme = With("""
            {"groups":[{"code":"g","stacking":"sum","caps":[{"per":"day","points":70},{"per":"month","points":200}]}],"caps":[{"per":"year","points":900},{"per":"transaction","points":90}],
             "earning":[{"id":"a","when":{"category":["parts"]},"award":{"rate":1},"group":"g","caps":[{"per":"day","points":50}]},
                        {"id":"b","when":{},"award":{"rate":0.5},"group":"g","priority":1},{"id":"c","when":{"category":["labour"]},"award":{"fixed":33.33,"per":"line"},"caps":[{"per":"lifetime","points":400}]}]}
            """);
        var genDay = Gen.Int[0, 500].Select(days => new DateOnly(2026, 1, 1).AddDays(days));
        var genLine = Gen.Select(Gen.OneOf("parts", "labour"), Gen.Int[0, 12_000], (category, fen) => Line(category, fen / 100m));
        Gen.Select(genDay, genLine.Array[1, 3]).Array[1, 60].Sample(
            visits =>
            {
                IReadOnlyList<Counter> counters = [];
                var given = new List<(DateOnly On, int Visit, Award Award)>();
                foreach (var ((on, lines), i) in visits.Select((visit, i) => (visit, i)))
                {
                    (var awards, counters) = Book.Capped(programme, Transaction(lines) with { On = on }, counters, new(2026, 3, 1));
                    given.AddRange(awards.Select(award => (on, i, award)));
                }
                Most(given.Where(one => one.Award.Rule == "a").GroupBy(one => $"{one.On}"), 50);
                Most(given.Where(one => one.Award.By.Group == "g").GroupBy(one => $"{one.On}"), 70);
                Most(given.Where(one => one.Award.By.Group == "g").GroupBy(one => $"{one.On:yyyy-MM}"), 200);
                Most(given.GroupBy(one => $"{one.On:yyyy}"), 900);
                Most(given.GroupBy(one => $"{one.Visit}"), 90);
                Most(given.Where(one => one.Award.Rule == "c").GroupBy(_ => ""), 400);
            },
            iter: 200);
    }

    private static void Most(IEnumerable<IGrouping<string, (DateOnly On, int Visit, Award Award)>> groups, decimal points) =>
        Assert.All(groups, group => Assert.InRange(group.Sum(one => one.Award.Points).Value, 0, points));
}
