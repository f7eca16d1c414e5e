using Club.Ledger;
using Club.Programmes;
using Club.Tiers;
using CsCheck;
using Xunit;

namespace Club.Tests.Ledger;

public sealed class ExpiryRulesTests
{
    [Theory]
    [InlineData("2026-03-02", 24, "2028-03-02")]
    [InlineData("2026-01-31", 1, "2026-03-01")]
    [InlineData("2024-02-29", 12, "2025-03-01")]
    [InlineData("2024-02-29", 24, "2026-03-01")]
    [InlineData("2024-02-28", 24, "2026-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    [InlineData("2026-12-31", 2, "2027-03-01")]
    public void Points_lapse_so_many_months_after_they_were_earned(string earned, int months, string lapses) =>
        Assert.Equal(Date(lapses), ExpiryRules.LapsesOn(new ExpiryPolicy.RollingMonths(months), Date(earned)));

    [Theory]
    [InlineData("2026-03-02", 12, 31, 0, "2027-01-01")]
    [InlineData("2026-03-02", 12, 31, 1, "2028-01-01")]
    [InlineData("2026-06-30", 6, 30, 0, "2026-07-01")]
    [InlineData("2026-07-01", 6, 30, 0, "2027-07-01")]
    [InlineData("2026-01-01", 2, 29, 0, "2026-03-01")]
    [InlineData("2026-01-01", 2, 29, 2, "2028-03-01")]
    [InlineData("2024-02-29", 2, 29, 0, "2024-03-01")]
    public void Points_count_to_the_end_of_a_fixed_date(string earned, int month, int day, int yearsAhead, string lapses) =>
        Assert.Equal(Date(lapses), ExpiryRules.LapsesOn(new ExpiryPolicy.FixedDate(month, day, yearsAhead), Date(earned)));

    [Fact]
    public void From_every_day_of_eight_years_points_count_exactly_as_long_as_their_day_is_in_the_window_of_a_tier()
    {
        for (var earned = Date("2020-01-01"); earned < Date("2028-01-01"); earned = earned.AddDays(1))
            foreach (var months in new[] { 1, 2, 6, 12, 24, 48 })
            {
                var lapses = ExpiryRules.LapsesOn(new ExpiryPolicy.RollingMonths(months), earned)!.Value;
                Assert.True(TierRules.WindowStart(lapses.AddDays(-1), months) < earned, $"{earned} + {months}");
                Assert.True(TierRules.WindowStart(lapses, months) >= earned, $"{earned} + {months}");
            }
    }

    [Fact]
    public void Points_may_never_lapse() => Assert.Null(ExpiryRules.LapsesOn(new ExpiryPolicy.Never(), Date("2026-03-02")));

    [Fact]
    public void Points_always_count_on_the_day_they_are_earned_and_later_ones_never_lapse_sooner() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.Int[1, 12], Gen.Int[1, 28], Gen.Int[0, 3], Gen.Int[1, 48], Gen.Bool)
            .Sample((offset, month, day, years, months, rolling) =>
        {
            ExpiryPolicy policy = rolling ? new ExpiryPolicy.RollingMonths(months) : new ExpiryPolicy.FixedDate(month, day, years);
            var earned = Date("2000-01-01").AddDays(offset);
            Assert.True(ExpiryRules.LapsesOn(policy, earned) > earned);
            Assert.True(ExpiryRules.LapsesOn(policy, earned.AddDays(1)) >= ExpiryRules.LapsesOn(policy, earned));
        });

    private static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
