using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

/// <summary>What is wrong with the terms of value is told with its JSON path and, where there is one, the nearest value that would do.</summary>
public sealed class ValueErrorTests
{
    private static readonly string Full = $$"""{"value":{{Value.ValueClub.Section}} }""";

    [Fact]
    public void Every_term_is_read()
    {
        var value = Book.With(Full).Value!;

        Assert.Equal((12, "parts labour"), (value.Months, string.Join(' ', value.Categories)));
        Assert.Equal(new ValueThreshold(Money.Of(10_000), Money.Of(5000), null), value.Diamond);
        Assert.Equal(new ValueThreshold(Money.Of(2000), null, Money.Of(900)), value.Gold);
        Assert.Equal(new VisitTerms(100, 30, 400, 14, 2), value.Visits);
        Assert.Equal((9, new CellStrategy("SC", "银失", "let go")), (value.Strategies.Count, value.StrategyOf("SC")));
    }

    [Fact]
    public void A_programme_without_it_tells_nobody_apart() => Assert.Null(Book.Read(Book.File()).Value);

    [Theory]
    [InlineData("months", null, "months: is missing.")]
    [InlineData("months", "0", "months: 0 is not between 1 and 60.")]
    [InlineData("months", "1.5", "months: 1.5 is not a whole number.")]
    [InlineData("categories", "[]", "categories: must not be empty.")]
    [InlineData("categories[0]", "\"labour\"", "categories[1]: \"labour\" is there twice.")]
    [InlineData("classes.D", "{}", "classes.D: must have at least one of \"total\", \"mean\", \"item\".")]
    [InlineData("classes.D.total", "0", "classes.D.total: 0 lets everybody in; the nearest is 0.01.")]
    [InlineData("classes.D.total", "-1", "classes.D.total: -1 is not between 0 and 999999999.")]
    [InlineData("classes.G.total", "10000", "classes.G.total: 10000 is not below the \"total\" of \"D\", 10000; the nearest is 9999.99.")]
    [InlineData("classes.G.mean", "5000.01", "classes.G.mean: 5000.01 is not below the \"mean\" of \"D\", 5000; the nearest is 4999.99.")]
    [InlineData("classes.G.totals", "1", "classes.G.totals: unknown member; did you mean \"total\"?")]
    [InlineData("classes.S", "{\"total\":1}", "classes.S: unknown member")]
    [InlineData("visits.expectedDays", "401", "visits.expectedDays: 401 is not between \"leastDays\" and \"mostDays\"; the nearest is 400.")]
    [InlineData("visits.expectedDays", "29", "visits.expectedDays: 29 is not between \"leastDays\" and \"mostDays\"; the nearest is 30.")]
    [InlineData("visits.leastDays", "401", "visits.leastDays: 401 is more than \"mostDays\"; the nearest is 400.")]
    [InlineData("visits.apartDays", "31", "visits.apartDays: 31 is more than \"leastDays\"; the nearest is 30.")]
    [InlineData("visits.lostAfter", "1", "visits.lostAfter: 1 must be more than 1 and at most 12.")]
    [InlineData("visits.lostAfter", "2.005", "visits.lostAfter: 2.005 has more than two decimals; the nearest is 2")]
    [InlineData("strategies[3].cell", "\"DA\"", "strategies[3].cell: \"DA\" is there twice.")]
    [InlineData("strategies[3].cell", "\"GX\"", "strategies[3].cell: \"GX\" is not one of DA, DB, DC, GA, GB, GC, SA, SB, SC; did you mean")]
    [InlineData("strategies[8]", null, "strategies: has no strategy for SC.")]
    [InlineData("strategies[0].zh", "\"\"", "strategies[0].zh: must not be empty.")]
    public void What_is_wrong_is_told_with_its_path(string path, string? json, string expected)
    {
        var file = Book.FileWith(Full);
        if (path == "strategies[8]") file["value"]!["strategies"]!.AsArray().RemoveAt(8);
        else Book.Set(file, $"value.{path}", json);
        var errors = Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors.Select(error => $"{error.Path}: {error.Message}").ToArray();
        Assert.Contains(errors, error => error.StartsWith($"$.value.{expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_of_a_strategy_is_told_by_its_cell_in_both_languages()
    {
        var (before, after) = (Book.FileWith(Full), Book.FileWith(Full));
        Book.Set(after, "value.strategies[4].zh", "\"打电话\"");
        Book.Set(after, "value.visits.expectedDays", "120");
        Book.Set(after, "value.classes.D.total", "12000");
        var changes = ProgrammeDiff.Compare(Element(before), Element(after));
        Assert.Equal(["Value: classes D total 10000 → 12000", "Value: visits expected days 100 → 120", "Value: strategies GB zh 金摇 → 打电话"],
            changes.Select(change => change.En));
        Assert.Equal(["客户价值：价值分级线钻石期间总消费由10000改为12000", "客户价值：到店预期间隔天数由100改为120", "客户价值：策略 GB 中文由金摇改为打电话"],
            changes.Select(change => change.Zh));
    }

    private static System.Text.Json.JsonElement Element(JsonObject file) => System.Text.Json.JsonElement.Parse(file.ToJsonString());
}
