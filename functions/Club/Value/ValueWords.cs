using Club.Kernel;
using Club.Programmes;

namespace Club.Value;

/// <summary>Why somebody is in a class, as sentences for staff.</summary>
internal static class ValueWords
{
    public static IReadOnlyList<string> Tell(ValueTerms terms, Standing standing, Language language)
    {
        var sentences = new List<string>
        {
            Spend(standing, language), ValueClass(terms, standing, language), Interval(terms, standing, language),
            Loyalty(terms, standing, language),
        };
        if (terms.StrategyOf(standing.Cell) is { } strategy)
            sentences.Add(language.Say($"What to do in {standing.Cell}: {strategy.En}.", $"{standing.Cell}策略：{strategy.Zh}。"));
        return sentences;
    }

    public static string NameOf(string value, Language language) => value switch
    {
        "D" => language.Say("diamond", "钻石"),
        "G" => language.Say("gold", "黄金"),
        "S" => language.Say("silver", "白银"),
        "A" => language.Say("loyal", "忠诚"),
        "B" => language.Say("wavering", "摇摆"),
        _ => language.Say("lost", "流失"),
    };

    private static string Spend(Standing standing, Language language) => language.Say(
        $"From {standing.From:yyyy-MM-dd} to the last visit on {standing.LastVisit:yyyy-MM-dd} she spent {standing.Spend} CNY on {standing.Bills} bills with {standing.Items} lines{(standing.Mean is { } mean ? $": {mean} a bill, {standing.Item} a line" : "")}.",
        $"{standing.From:yyyy-MM-dd}至最近到店日{standing.LastVisit:yyyy-MM-dd}共消费{standing.Spend}元，{standing.Bills}单{standing.Items}项{(standing.Mean is { } each ? $"，单均{each}元，项均{standing.Item}元" : "")}。");

    private static string ValueClass(ValueTerms terms, Standing standing, Language language)
    {
        var name = NameOf(standing.Value, language);
        var threshold = standing.Value == "D" ? terms.Diamond : terms.Gold;
        var reached = Reached(threshold, standing, language);
        return standing.Value == "S"
            ? language.Say($"Value {standing.Value} ({name}): it reaches nothing of G ({Asked(terms.Gold, language)}).",
                $"价值{standing.Value}（{name}）：未达到G的任何一线（{Asked(terms.Gold, language)}）。")
            : language.Say($"Value {standing.Value} ({name}): {reached}.", $"价值{standing.Value}（{name}）：{reached}。");
    }

    private static string Reached(ValueThreshold threshold, Standing standing, Language language) =>
        standing.Spend >= threshold.Total ? language.Say($"{standing.Spend} in all reaches {threshold.Total}", $"总消费{standing.Spend}元达到{threshold.Total}元")
        : standing.Mean >= threshold.Mean ? language.Say($"{standing.Mean} a bill reaches {threshold.Mean}", $"单均{standing.Mean}元达到{threshold.Mean}元")
        : language.Say($"{standing.Item} a line reaches {threshold.Item}", $"项均{standing.Item}元达到{threshold.Item}元");

    private static string Asked(ValueThreshold threshold, Language language)
    {
        List<string> parts = [];
        if (threshold.Total is { } total) parts.Add(language.Say($"{total} in all", $"总消费{total}元"));
        if (threshold.Mean is { } mean) parts.Add(language.Say($"{mean} a bill", $"单均{mean}元"));
        if (threshold.Item is { } item) parts.Add(language.Say($"{item} a line", $"项均{item}元"));
        return string.Join(language.Say(", ", "、"), parts);
    }

    private static string Interval(ValueTerms terms, Standing standing, Language language) => standing.OwnGaps == 0
        ? language.Say($"She is expected {standing.IntervalDays} days after a visit, as everybody whose own interval is not known yet.",
            $"预期间隔{standing.IntervalDays}天：尚无本人间隔，取通用值。")
        : language.Say(
            $"She is expected {standing.IntervalDays} days after a visit: {standing.OwnGaps} intervals of her own have the median {standing.OwnMedianDays:0.#}, and the {terms.Visits.ExpectedDays} of everybody count as one more.",
            $"预期间隔{standing.IntervalDays}天：本人{standing.OwnGaps}次间隔的中位数为{standing.OwnMedianDays:0.#}天，通用的{terms.Visits.ExpectedDays}天计作一次。");

    private static string Loyalty(ValueTerms terms, Standing standing, Language language)
    {
        var name = NameOf(standing.Loyalty, language);
        var dealers = string.Join(language.Say(", ", "、"), standing.Dealers);
        var why = standing switch
        {
            { Loyalty: "C" } => language.Say(
                $"lost from {standing.LostFrom:yyyy-MM-dd} on, more than {terms.Visits.LostAfter} intervals after the last visit",
                $"距最近到店已超过{terms.Visits.LostAfter}个间隔，自{standing.LostFrom:yyyy-MM-dd}起视为流失"),
            { Loyalty: "B" } when standing.On > standing.ExpectedBy => language.Say(
                $"expected by {standing.ExpectedBy:yyyy-MM-dd}, late since, and lost from {standing.LostFrom:yyyy-MM-dd} on",
                $"应于{standing.ExpectedBy:yyyy-MM-dd}前到店，已逾期，至{standing.LostFrom:yyyy-MM-dd}仍未到店即视为流失"),
            { Loyalty: "B" } => language.Say($"on time, but at {dealers}{(standing.Home is { } home ? $" while her own dealer is {home}" : "")}",
                $"按时到店，但到访{dealers}{(standing.Home is { } own ? $"，所属分会为{own}" : "")}"),
            _ => language.Say($"on time until {standing.ExpectedBy:yyyy-MM-dd}, at her own dealer", $"按时到店，下次应在{standing.ExpectedBy:yyyy-MM-dd}前"),
        };
        return language.Say($"Loyalty {standing.Loyalty} ({name}): {why}.", $"忠诚{standing.Loyalty}（{name}）：{why}。");
    }
}
