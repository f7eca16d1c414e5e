using System.Globalization;
using Club.Kernel;
using Club.Programmes;

namespace Club.Explaining;

/// <summary>What a member can do so that a rule holds for her next purchase. Pure.</summary>
internal static class HerConditions
{
    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["web"] = "网上", ["app"] = "手机应用", ["wechat"] = "微信", ["shop"] = "门店", ["phone"] = "电话",
    };

    private static readonly string[] Days = ["日", "一", "二", "三", "四", "五", "六"];

    /// <summary>In Chinese, to follow 如.</summary>
    /// <param name="on">The day of the purchase that the rule did not hold for.</param>
    /// <returns>Null: no purchase of hers meets it (what the club books, campaigns, dealers, what she is), or there is no word
    /// for it.</returns>
    public static string? Tell(Programme programme, Condition condition, DateOnly on) => condition switch
    {
        Condition.OneOf { Dimension: Dimension.Category } of when of.Values.All(CategoryWords.IsBought) =>
            $"购买{CategoryWords.Chinese(programme, of.Values)}",
        Condition.OneOf { Dimension: Dimension.Channel } of => Words(of.Values, value => Channels.GetValueOrDefault(value)) is { } channels
            ? $"通过{channels}预约或购买" : null,
        Condition.OneOf { Dimension: Dimension.Tier } of =>
            Words(of.Values, value => programme.FindTier(new TierCode(value))?.Name) is { } tiers ? $"会员等级为{tiers}" : null,
        Condition.OneOf { Dimension: Dimension.Weekday } of => Words(of.Values, Weekday) is { } days ? $"在{days}消费" : null,
        Condition.Within { Dimension: Dimension.Amount } amount => $"单项金额{Range(amount.Range, "元")}",
        Condition.Within { Dimension: Dimension.Quantity } pieces => $"数量{Range(pieces.Range, "件")}",
        Condition.Within { Dimension: Dimension.BookedDaysAhead } ahead => $"提前{Range(ahead.Range, "天")}预约",
        Condition.Is { Dimension: Dimension.BirthdayMonth, Wanted: true } => "在生日当月消费",
        Condition.Hours hours => $"在{hours.From}点至{hours.To}点消费",
        Condition.InSeasons seasons => "在"
            + string.Join("或", seasons.Seasons.Select(season => $"每年{Day(season.From)}至{Day(season.To)}")) + "消费",
        Condition.OnDates dates when dates.Ranges.Any(range => range.To is null || range.To > on) =>
            "在" + string.Join("或", dates.Ranges.Where(range => range.To is null || range.To > on).Select(Dates)) + "消费",
        _ => null,
    };

    private static string? Words(IEnumerable<string> values, Func<string, string?> word)
    {
        var words = values.Select(word).ToArray();
        return words.Contains(null) ? null : string.Join("或", words);
    }

    private static string? Weekday(string value) =>
        Enumerable.Range(0, Days.Length).FirstOrDefault(day => Weekdays.All[day] == value, -1) is >= 0 and var at ? $"周{Days[at]}" : null;

    private static string Range(NumberRange range, string unit)
    {
        var least = range.Least is { } from ? $"{(range.Above ? "超过" : "至少")}{Number(from)}{unit}" : "";
        var most = range.Most is { } to ? $"{(range.Below ? "少于" : "至多")}{Number(to)}{unit}" : "";
        return least + (least.Length > 0 && most.Length > 0 ? "且" : "") + most;
    }

    private static string Dates(DateRange range) => string.Create(CultureInfo.InvariantCulture,
        $"{range.From:yyyy年M月d日}{(range.From is null ? "" : range.To is null ? "起" : "至")}{range.To:yyyy年M月d日}{(range.From is null ? "前" : "")}");

    private static string Day((int Month, int Day) day) => string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日");

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
