using System.Text.RegularExpressions;
using Club.Tests.Support;
using Xunit;

namespace Club.Docs.Tests.Cost;

public sealed partial class CostPageTests
{
    [Fact]
    public async Task The_tables_of_the_cost_page_are_what_is_counted_and_computed()
    {
        var page = Repository.Read("docs", "cost.md");
        var tables = (await CostPage.Measure()).Tables;
        var now = Generated().Replace(page, match =>
            $"<!-- {match.Groups["name"].Value} -->\n{tables[match.Groups["name"].Value]}<!-- end -->");
        Assert.Equal(tables.Keys.Order(), Generated().Matches(page).Select(match => match.Groups["name"].Value).Order());
        // The page as it must be, to be copied over the one that is.
        var expected = Path.Combine(AppContext.BaseDirectory, "cost.md");
        await File.WriteAllTextAsync(expected, now);
        Assert.True(page == now,
            $"docs/cost.md is out of date. {expected} has the tables as counted and computed now:\n{string.Join('\n', now.Split('\n').Except(page.Split('\n')))}");
    }

    [Fact]
    public async Task Decisions_quote_the_numbers_that_are_counted_and_computed()
    {
        var missing = new List<string>();
        foreach (var (decision, words) in (await CostPage.Measure()).Deciding)
        {
            var file = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "decisions"), $"{decision}-*.md").Single();
            if (!(await File.ReadAllTextAsync(file)).Contains(words, StringComparison.Ordinal))
                missing.Add($"{Path.GetFileName(file)} must say: {words}");
        }
        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    [Fact]
    public async Task A_day_s_bills_are_one_lot_and_one_more_costs_the_same_after_one_a_hundred_or_ten_thousand()
    {
        var costs = (await CostPage.Measure()).OfOneDay.Select(member => member.RequestUnits).ToArray();
        Assert.Equal(3, costs.Length);
        Assert.InRange(costs.Max() / costs.Min(), 1, 1.2);
    }

    [GeneratedRegex("<!-- (?<name>[a-z-]+) -->\n(?<table>(?:\\|.*\n)*)<!-- end -->")]
    private static partial Regex Generated();
}
