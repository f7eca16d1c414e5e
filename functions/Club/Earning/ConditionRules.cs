using Club.Programmes;

namespace Club.Earning;

/// <summary>What the rules are asked about: a transaction of a member, seen by one programme. Pure.</summary>
/// <param name="Region">The code of the region of the transaction's dealer.</param>
internal readonly record struct EarningCase(Transaction Transaction, EarningFacts Facts, string? Region)
{
    public static EarningCase Of(Programme programme, Transaction transaction, EarningFacts facts) =>
        new(transaction, facts, transaction.DealerId is { } dealer ? programme.FindDealer(dealer)?.Region : null);
}

/// <summary>Whether conditions hold. Pure.</summary>
internal static class ConditionRules
{
    /// <param name="line">Null only for a condition that asks nothing about lines.</param>
    public static bool Holds(Condition condition, in EarningCase asked, TransactionLine? line)
    {
        switch (condition)
        {
            case Condition.All all:
                foreach (var child in all.Of)
                    if (!Holds(child, asked, line)) return false;
                return true;
            case Condition.Any any:
                foreach (var child in any.Of)
                    if (Holds(child, asked, line)) return true;
                return false;
            case Condition.None none:
                foreach (var child in none.Of)
                    if (Holds(child, asked, line)) return false;
                return true;
            case Condition.OneOf of:
                return Has(of, asked, line);
            case Condition.Within { Dimension: Dimension.VehicleMonths } within:
                foreach (var vehicle in asked.Facts.Vehicles)
                    if (MonthsSince(vehicle.PurchasedOn, asked) is { } months && within.Range.Has(months)) return true;
                return false;
            case Condition.Within within:
                return NumberOf(within.Dimension, asked, line) is { } number && within.Range.Has(number);
            case Condition.Is fact:
                return IsSo(fact.Dimension, asked, line) == fact.Wanted;
            case Condition.Hours hours:
                return hours.Has(asked.Transaction.At.Hour);
            case Condition.OnDates dates:
                foreach (var range in dates.Ranges)
                    if (range.Has(asked.Transaction.On)) return true;
                return false;
            case Condition.InSeasons seasons:
                foreach (var season in seasons.Seasons)
                    if (season.Has(asked.Transaction.On)) return true;
                return false;
            default:
                throw new NotSupportedException($"There is no way to judge {condition.GetType().Name}.");
        }
    }

    /// <summary>The one value of an indexed dimension; null when it has none.</summary>
    public static string? ValueOf(Dimension dimension, in EarningCase asked, TransactionLine? line) => dimension switch
    {
        Dimension.Category => line!.Category,
        Dimension.Model => line!.Model,
        Dimension.Sku => line!.Sku,
        Dimension.Dealer => asked.Transaction.DealerId,
        Dimension.Region => asked.Region,
        Dimension.Channel => asked.Transaction.Channel,
        Dimension.PaymentMethod => asked.Transaction.PaymentMethod,
        Dimension.Campaign => asked.Transaction.Campaign,
        Dimension.Weekday => Weekdays.WordOf(asked.Transaction.On.DayOfWeek),
        Dimension.Tier => asked.Facts.Tier,
        Dimension.ValueClass => asked.Facts.ValueClass,
        Dimension.LoyaltyClass => asked.Facts.LoyaltyClass,
        _ => throw new NotSupportedException($"{dimension} has more than one value."),
    };

    /// <summary>Whole months from one date to another, as a birthday counts years.</summary>
    public static int MonthsBetween(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return from.AddMonths(months) > to ? months - 1 : months;
    }

    public static decimal? NumberOf(Dimension dimension, in EarningCase asked, TransactionLine? line) => dimension switch
    {
        Dimension.Amount => line!.Amount.Fen / 100m,
        Dimension.Quantity => line!.Quantity,
        Dimension.BookedDaysAhead => asked.Transaction.BookedDaysAhead,
        Dimension.MemberMonths => MonthsSince(asked.Facts.JoinedOn, asked),
        _ => throw new NotSupportedException($"{dimension} is no number."),
    };

    /// <summary>Null when the day is not known, or comes after the transaction: who was no member yet had no months of
    /// membership.</summary>
    private static int? MonthsSince(DateOnly? day, in EarningCase asked) =>
        day <= asked.Transaction.On ? MonthsBetween(day.Value, asked.Transaction.On) : null;

    private static bool Has(Condition.OneOf of, in EarningCase asked, TransactionLine? line)
    {
        switch (of.Dimension)
        {
            case Dimension.Hobby:
                foreach (var hobby in asked.Facts.Hobbies)
                    if (of.Values.Contains(hobby)) return true;
                return false;
            case Dimension.VehicleModel:
                foreach (var vehicle in asked.Facts.Vehicles)
                    if (vehicle.Model is { } model && of.Values.Contains(model)) return true;
                return false;
            default:
                return ValueOf(of.Dimension, asked, line) is { } value && of.Values.Contains(value);
        }
    }

    private static bool IsSo(Dimension dimension, in EarningCase asked, TransactionLine? line) => dimension switch
    {
        Dimension.FirstTime => asked.Facts.FirstCategories.Contains(line!.Category),
        Dimension.BirthdayMonth => asked.Facts.BirthMonth == asked.Transaction.On.Month,
        Dimension.Referral => asked.Facts.Referred,
        _ => throw new NotSupportedException($"{dimension} is no yes or no."),
    };
}
