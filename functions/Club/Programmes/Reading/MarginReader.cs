using System.Globalization;

namespace Club.Programmes;

/// <summary>Reads rates by gross margin.</summary>
internal static class MarginReader
{
    private const int UsualSettleMonths = 3;

    public static IReadOnlyList<Margin> Read(JsonCursor place)
    {
        var codes = new UniqueCodes();
        var margins = new List<Margin>();
        foreach (var item in place.Items())
        {
            if (!item.Has(ProgrammeFormat.Margin)) continue;
            var code = item["code"].Code();
            codes.Add(item["code"], code);
            var bands = Ascending(item["bands"], band => band.Number(0, 100));
            var scale = ReadScale(item["scale"]);
            var series = ReadSeries(item["series"]);
            item["source"].Text();
            var settle = item["settleMonths"].Whole(1, 60) ?? UsualSettleMonths;
            if (code is not null && bands.Count > 0 && scale.Count > 0 && series.Count > 0)
                margins.Add(new Margin(code, bands, scale, settle, series));
        }
        return margins;
    }

    private static List<MarginRate> ReadScale(JsonCursor place)
    {
        var scale = new List<MarginRate>();
        foreach (var item in place.Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.MarginRate)) continue;
            var (margin, rate) = (item["margin"].Number(0, 100), item["rate"].Number(0, 100));
            if (scale.Count > 0 && margin <= scale[^1].Percent)
                item["margin"].Error($"{item["margin"].Shown} does not come after the margin before.");
            else if (margin is not null && rate is not null) scale.Add(new MarginRate(margin.Value, rate.Value));
        }
        return scale;
    }

    private static List<MonthlyMargin> ReadSeries(JsonCursor place)
    {
        var series = new List<MonthlyMargin>();
        foreach (var item in place.Items(least: 1))
        {
            if (!item.Has(ProgrammeFormat.MonthlyMargin)) continue;
            var (month, margin) = (ReadMonth(item["month"]), item["margin"].Number(0, 100));
            if (month is null || margin is null) continue;
            if (series.Count > 0 && month != series[^1].Month.AddMonths(1))
                item["month"].Error($"{item["month"].Shown} does not follow the month before.");
            series.Add(new MonthlyMargin(month.Value, margin.Value));
        }
        return series;
    }

    private static DateOnly? ReadMonth(JsonCursor place)
    {
        if (place.Text() is not { } text) return null;
        if (DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return month;
        place.Error($"{place.Shown} is not a month; write yyyy-MM.");
        return null;
    }

    private static List<decimal> Ascending(JsonCursor place, Func<JsonCursor, decimal?> read)
    {
        var numbers = new List<decimal>();
        foreach (var item in place.Items(least: 1))
        {
            if (read(item) is not { } number) continue;
            if (numbers.Count > 0 && number <= numbers[^1]) item.Error($"{item.Shown} does not come after the band before.");
            else numbers.Add(number);
        }
        return numbers;
    }
}
