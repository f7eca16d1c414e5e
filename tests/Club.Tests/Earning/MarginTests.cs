using Club.Programmes;
using CsCheck;
using Xunit;

namespace Club.Tests.Earning;

/// <summary>The margin stability rule, DOMAIN number 2: slow to follow, and then to the lowest margin seen.</summary>
public sealed class MarginTests
{
    private static readonly decimal[] Bands = [0, 8, 15, 30];

    [Fact]
    public void Inside_its_band_the_rate_is_the_one_of_the_band_s_lowest_margin() =>
        Assert.All(Rates(30, 34.9m, 30.1m, 99, 31), rate => Assert.Equal(0.01m, rate));

    [Fact]
    public void A_margin_that_leaves_and_comes_back_changes_nothing() =>
        Assert.All(Rates(32, 14, 14, 33, 14, 14, 31, 12), rate => Assert.Equal(0.01m, rate));

    [Fact]
    public void After_three_months_in_another_band_the_rate_is_the_one_of_the_lowest_margin_of_those_months() =>
        // Margins 19, 18.8 and 19.5: the lowest, 18.8, is at (18.8 − 8) / (30 − 8) of the way from 0.25 % to 1 %.
        Assert.Equal([0.01m, 0.01m, 0.01m, 0.01m, 0.006181m, 0.006181m], Rates(31, 19, 18.8m, 19.5m, 16, 22));

    [Fact]
    public void It_can_settle_again()
    {
        var rates = Rates(31, 19, 19, 19, 33, 34, 36, 31, 9, 9, 8.5m, 12);
        Assert.Equal(0.01m, rates[3]);
        Assert.Equal(0.00625m, rates[4]);
        Assert.Equal(0.00625m, rates[6]);
        Assert.Equal(0.01m, rates[7]);
        Assert.Equal(0.00267m, rates[11], 6);
    }

    [Fact]
    public void A_fall_that_turns_into_a_rise_starts_the_count_anew()
    {
        // Two months one band lower, then two months two bands lower, then settled there in the third.
        var rates = Rates(31, 19, 19, 9, 9, 19, 9, 10, 9, 9);
        Assert.All(rates[..9], rate => Assert.Equal(0.01m, rate));
        Assert.Equal(0.00284m, rates[9], 6);
    }

    [Fact]
    public void Beyond_the_scale_its_ends_hold()
    {
        Assert.Equal(0.0025m, RatesAfter(3, 2)[0]);
        Assert.Equal(0.01m, RatesAfter(3, 90)[0]);
        Assert.Equal(0.0025m, Of(3, 1).RateOn(new(2001, 1, 1)));
        Assert.Equal(0.0025m, Of(3, 1).RateOn(new(2101, 1, 1)));
    }

    [Fact]
    public void The_months_to_settle_are_configurable() => Assert.Equal([0.01m, 0.01m, 0.0025m], RatesAfter(1, 30, 8, 8));

    [Fact]
    public void A_rate_is_the_one_of_some_margin_seen_or_of_a_band_s_lowest() =>
        Gen.Decimal[0, 60].Select(margin => decimal.Round(margin, 1)).Array[1, 30].Sample(
            margins =>
            {
                var possible = Bands.Concat(margins).Select(RateAt).ToHashSet();
                Assert.All(RatesAfter(3, margins), rate => Assert.Contains(rate, possible));
            },
            iter: 300);

    [Fact]
    public void Knowing_later_months_changes_no_rate_of_an_earlier_one() =>
        Gen.Decimal[0, 60].Array[2, 24].Sample(
            margins => Assert.Equal(RatesAfter(3, margins[..^1]), RatesAfter(3, margins)[..^1]),
            iter: 300);

    private static decimal[] Rates(params decimal[] margins) => RatesAfter(3, margins);

    /// <summary>The rate in each month, the first being January 2026.</summary>
    private static decimal[] RatesAfter(int settleMonths, params decimal[] margins)
    {
        var margin = Of(settleMonths, margins);
        return [.. margins.Select((_, i) => margin.RateOn(new DateOnly(2026, 1, 15).AddMonths(i)))];
    }

    private static Margin Of(int settleMonths, params decimal[] margins) => new(
        "m", Bands, [new MarginRate(8, 0.0025m), new MarginRate(30, 0.01m)], settleMonths,
        [.. margins.Select((percent, i) => new MonthlyMargin(new DateOnly(2026, 1, 1).AddMonths(i), percent))]);

    private static decimal RateAt(decimal percent) =>
        decimal.Round(0.0025m + (0.0075m * ((Math.Clamp(percent, 8, 30) - 8) / 22)), 6, MidpointRounding.ToZero);
}
