namespace Club.Programmes;

/// <summary>
/// A points rate that follows the gross margin of a line of business, slowly. While the margin moves inside its band, the rate is the one
/// of the band's lowest margin; when it enters another band and stays there for <paramref name="SettleMonths"/> months, the rate becomes
/// the one of the lowest margin of those months, from the next month on. DOMAIN number 2; 004 “毛利率进入新的区间,待波动稳定后,计算最低毛利率所对应积分”.
/// </summary>
/// <param name="Bands">The lowest margin of each band, ascending, in percent; a band reaches to the next.</param>
/// <param name="Scale">Which rate goes with which margin, ascending; between two the rate lies on the line that joins them.</param>
/// <param name="Series">The margin of each month, ascending.</param>
public sealed record Margin(
    string Code, IReadOnlyList<decimal> Bands, IReadOnlyList<MarginRate> Scale, int SettleMonths, IReadOnlyList<MonthlyMargin> Series)
{
    private const int RateDecimals = 6;

    /// <summary>The rate of each month from the first on that has a known margin before it; the last one goes on.</summary>
    private readonly List<(DateOnly From, decimal PerYuan)> _rates = Follow(Bands, Scale, SettleMonths, Series);

    /// <summary>Points per CNY on a date: what the months before its month led to. Before the second month, the rate of the first one's
    /// band.</summary>
    public decimal RateOn(DateOnly date)
    {
        for (var i = _rates.Count - 1; i > 0; i--)
            if (_rates[i].From <= date) return _rates[i].PerYuan;
        return _rates[0].PerYuan;
    }

    private static List<(DateOnly, decimal)> Follow(
        IReadOnlyList<decimal> bands, IReadOnlyList<MarginRate> scale, int settleMonths, IReadOnlyList<MonthlyMargin> series)
    {
        var band = BandOf(bands, series[0].Percent);
        var rates = new List<(DateOnly, decimal)> { (series[0].Month, RateAt(scale, bands[band])) };
        var (candidate, months, lowest) = (band, 0, 0m);
        foreach (var (month, percent) in series)
        {
            var now = BandOf(bands, percent);
            if (now == band)
            {
                months = 0;
                continue;
            }
            (candidate, months, lowest) = months > 0 && now == candidate ? (now, months + 1, Math.Min(lowest, percent)) : (now, 1, percent);
            if (months < settleMonths) continue;
            (band, months) = (now, 0);
            rates.Add((month.AddMonths(1), RateAt(scale, lowest)));
        }
        return rates;
    }

    /// <summary>The highest band that the margin reaches; below all of them, the lowest.</summary>
    private static int BandOf(IReadOnlyList<decimal> bands, decimal percent)
    {
        var band = 0;
        while (band + 1 < bands.Count && percent >= bands[band + 1]) band++;
        return band;
    }

    private static decimal RateAt(IReadOnlyList<MarginRate> scale, decimal percent)
    {
        if (percent <= scale[0].Percent) return scale[0].PerYuan;
        for (var i = 1; i < scale.Count; i++)
        {
            var (below, above) = (scale[i - 1], scale[i]);
            if (percent > above.Percent) continue;
            var share = (percent - below.Percent) / (above.Percent - below.Percent);
            return decimal.Round(below.PerYuan + ((above.PerYuan - below.PerYuan) * share), RateDecimals, MidpointRounding.ToZero);
        }
        return scale[^1].PerYuan;
    }
}

/// <param name="Percent">Gross margin.</param>
/// <param name="PerYuan">Points per CNY.</param>
public sealed record MarginRate(decimal Percent, decimal PerYuan);

/// <param name="Month">Its first day.</param>
public sealed record MonthlyMargin(DateOnly Month, decimal Percent);
