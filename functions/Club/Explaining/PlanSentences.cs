using System.Globalization;
using System.Text.Json;
using Club.Kernel;
using Club.Programmes;

namespace Club.Explaining;

/// <summary>A dealer's plan as people read it. Pure.</summary>
public static class PlanSentences
{
    private static readonly Dictionary<CareOccasion, (string English, string Chinese)> Occasions = new()
    {
        [CareOccasion.Welcome] = ("welcome", "入会欢迎"), [CareOccasion.Birthday] = ("birthday", "生日"),
        [CareOccasion.PurchaseAnniversary] = ("anniversary of a purchase", "购车周年"),
        [CareOccasion.PointsExpiring] = ("points that end", "积分到期"), [CareOccasion.TierExpiring] = ("a tier that ends", "等级到期"),
        [CareOccasion.MaintenanceDue] = ("maintenance due", "保养提醒"), [CareOccasion.WinBack] = ("winning back", "客户赢回"),
        [CareOccasion.InsuranceEnd] = ("an insurance that ends", "保险到期"),
    };

    /// <summary>One sentence for each rule and each change of care that has force under the rule book.</summary>
    public static IReadOnlyList<string> Of(Language language, Programme programme, DealerId dealer, int number, JsonElement plan)
    {
        var read = BranchPlanReader.Read(programme, dealer, number, plan);
        return [.. read.Rules.Select(rule => Rule(language, programme, rule)), .. read.Care.Select(change => Care(language, change))];
    }

    private static string Rule(Language language, Programme programme, EarningRule rule)
    {
        var conditions = new Conditions(language);
        // That it is this dealer's goes without saying.
        var when = string.Join(language.Say(", ", ","), rule.When.Skip(1).Select(conditions.Text));
        var dates = conditions.Dates(new DateRange(rule.From, rule.To));
        var wallet = programme.FindWallet(rule.Wallet)?.Name ?? rule.Wallet.Value;
        var caps = string.Concat(rule.Caps.Select(cap => language.Say($"; at most {cap.Points} {Per(language, cap.Per)}",
            $";{Per(language, cap.Per)}至多{cap.Points}分")));
        return language.Say(
            $"{rule.Name}: {Award(language, rule.Award)} into {wallet}{(when.Length > 0 ? $", for {when}" : "")}, {dates}{caps}.",
            $"{rule.Name}:{dates}{(when.Length > 0 ? $",{when}" : "")},{Award(language, rule.Award)},计入{wallet}{caps}。");
    }

    private static string Award(Language language, Reward award) => award switch
    {
        Reward.Rate rate => language.Say($"{Text(rate.PerYuan)} points for each CNY", $"每元{Text(rate.PerYuan)}分"),
        Reward.Multiplier by => language.Say($"{Text(by.Factor)} times what the rule book gives", $"总部规则所给积分的{Text(by.Factor)}倍"),
        Reward.Fixed { Per: AwardUnit.Unit } one => language.Say($"{one.Points} points a piece", $"每件{one.Points}分"),
        Reward.Fixed { Per: AwardUnit.Line } one => language.Say($"{one.Points} points a line", $"每行{one.Points}分"),
        Reward.Fixed one => language.Say($"{one.Points} points a transaction", $"每笔{one.Points}分"),
        _ => "",
    };

    private static string Care(Language language, BranchCare change)
    {
        var what = Occasions.TryGetValue(change.Occasion, out var words) ? language.Say(words.English, words.Chinese) : $"{change.Occasion}";
        if (change.IsOff) return language.Say($"Care, {what}: nothing is said.", $"关怀·{what}:不发送。");
        var lead = change.Lead is { } days ? language.Say($" {days} days before", $"提前{days}天") : "";
        var text = change.Text is { } template ? language.Say($" \"{template.Source}\"", $"“{template.Source}”") : "";
        return language.Say($"Care, {what}:{lead}{text}.", $"关怀·{what}:{lead}{text}。");
    }

    private static string Per(Language language, CapPeriod per) => per switch
    {
        CapPeriod.Transaction => language.Say("a transaction", "每笔"),
        CapPeriod.Day => language.Say("a day", "每日"),
        CapPeriod.Month => language.Say("a month", "每月"),
        CapPeriod.Year => language.Say("a year", "每年"),
        _ => language.Say("for ever", "终身"),
    };

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
