using System.Globalization;
using Club.Earning;
using Club.Kernel;
using Club.Programmes;

namespace Club.Explaining;

/// <summary>Conditions in words, and what was found where they asked.</summary>
internal sealed class Conditions(Language language)
{
    private string Or => language.Say(" or ", "或");
    private string And => language.Say(" and ", "且");

    public string Text(Condition condition) => condition switch
    {
        Condition.All all => string.Join(And, all.Of.Select(Part)),
        Condition.Any any => string.Join(Or, any.Of.Select(Part)),
        Condition.None none => language.Say("none of: ", "以下皆非:") + string.Join(language.Say("; ", ";"), none.Of.Select(Text)),
        Condition.OneOf of => $"{of.Dimension.In(language)} {string.Join(Or, of.Values)}",
        Condition.Within within => $"{within.Dimension.In(language)} {Range(within.Range)}",
        Condition.Is fact => $"{fact.Dimension.In(language)}: {YesNo(fact.Wanted)}",
        Condition.Hours hours => language.Say($"the hours {hours.From}:00 to {hours.To}:00", $"{hours.From}点至{hours.To}点"),
        Condition.OnDates dates => string.Join(Or, dates.Ranges.Select(Dates)),
        Condition.InSeasons seasons => string.Join(Or, seasons.Seasons.Select(season =>
            language.Say($"{Day(season.From)} to {Day(season.To)} of a year", $"每年{Day(season.From)}至{Day(season.To)}"))),
        _ => condition.ToString(),
    };

    /// <summary>What was found where the condition asked.</summary>
    public string Found(Condition condition, in EarningCase asked, TransactionLine? line)
    {
        switch (condition)
        {
            case Condition.OneOf { Dimension: Dimension.Hobby }:
                return Listed(asked.Facts.Hobbies);
            case Condition.OneOf { Dimension: Dimension.VehicleModel }:
                return Listed(asked.Facts.Vehicles.Select(vehicle => vehicle.Model).OfType<string>());
            case Condition.Within { Dimension: Dimension.VehicleMonths }:
                var on = asked.Transaction.On;
                return Listed(asked.Facts.Vehicles.Select(vehicle => vehicle.PurchasedOn).OfType<DateOnly>().Select(bought =>
                    Number(ConditionRules.MonthsBetween(bought, on))));
            case Condition.OneOf of:
                return ConditionRules.ValueOf(of.Dimension, asked, line) ?? Unknown;
            case Condition.Within within:
                return ConditionRules.NumberOf(within.Dimension, asked, line) is { } number ? Number(number) : Unknown;
            case Condition.Is fact:
                return YesNo(!fact.Wanted);
            case Condition.Hours:
                return $"{asked.Transaction.At:HH:mm}";
            case Condition.OnDates or Condition.InSeasons:
                return $"{asked.Transaction.On:yyyy-MM-dd}";
            default:
                return language.Say("otherwise", "不符合");
        }
    }

    public string Dates(DateRange range) => (range.From, range.To) switch
    {
        ({ } from, { } to) => language.Say($"from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}", $"{from:yyyy-MM-dd}至{to:yyyy-MM-dd}"),
        ({ } from, null) => language.Say($"from {from:yyyy-MM-dd} on", $"{from:yyyy-MM-dd}起"),
        (null, { } to) => language.Say($"until {to:yyyy-MM-dd}", $"{to:yyyy-MM-dd}止"),
        _ => language.Say("at any time", "任何时间"),
    };

    private string Unknown => language.Say("not known", "未知");

    private string Listed(IEnumerable<string> values) =>
        string.Join(language.Say(", ", "、"), values) is { Length: > 0 } text ? text : Unknown;

    private string Part(Condition condition) =>
        condition is Condition.All or Condition.Any or Condition.None ? $"({Text(condition)})" : Text(condition);

    private string YesNo(bool value) => value ? language.Say("yes", "是") : language.Say("no", "否");

    private string Range(NumberRange range)
    {
        var least = range.Least is { } from ? $"{(range.Above ? ">" : "≥")} {Number(from)}" : null;
        var most = range.Most is { } to ? $"{(range.Below ? "<" : "≤")} {Number(to)}" : null;
        return string.Join(And, new[] { least, most }.OfType<string>());
    }

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Day((int Month, int Day) day) => string.Create(CultureInfo.InvariantCulture, $"{day.Month:00}-{day.Day:00}");
}
