namespace Club.Programmes;

/// <summary>What must hold for a rule to give. <see cref="Earning.ConditionRules"/> judges it.</summary>
public abstract record Condition
{
    private Condition() { }

    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    public sealed record None(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>Holds when the dimension has any of the values. Values compare exactly.</summary>
    public sealed record OneOf(Dimension Dimension, IReadOnlyList<string> Values) : Condition;

    /// <summary>Holds when the dimension's number lies in the range; what is not known lies in none.</summary>
    public sealed record Within(Dimension Dimension, NumberRange Range) : Condition;

    /// <summary>Holds when the fact is as wanted; what is not known is no.</summary>
    public sealed record Is(Dimension Dimension, bool Wanted) : Condition;

    /// <summary>From the start of hour <paramref name="From"/> until the start of hour <paramref name="To"/>, over midnight when it is the
    /// smaller. In the brand's time zone.</summary>
    public sealed record Hours(int From, int To) : Condition
    {
        public bool Has(int hour) => From < To ? hour >= From && hour < To : hour >= From || hour < To;
    }

    /// <summary>On any of the days.</summary>
    public sealed record OnDates(IReadOnlyList<DateRange> Ranges) : Condition;

    /// <summary>In any of the parts of any year (季节, 淡季).</summary>
    public sealed record InSeasons(IReadOnlyList<Season> Seasons) : Condition;

    /// <summary>This condition and all that it is made of.</summary>
    public IEnumerable<Condition> Parts => this switch
    {
        All all => all.Of.SelectMany(child => child.Parts).Prepend(this),
        Any any => any.Of.SelectMany(child => child.Parts).Prepend(this),
        None none => none.Of.SelectMany(child => child.Parts).Prepend(this),
        _ => [this],
    };

    /// <summary>What it asks about; null for a combination.</summary>
    public Dimension? Asks => this switch
    {
        OneOf of => of.Dimension,
        Within within => within.Dimension,
        Is fact => fact.Dimension,
        Hours => Dimension.Hour,
        OnDates => Dimension.Date,
        InSeasons => Dimension.Season,
        _ => null,
    };
}

/// <param name="Least">The least number that is in the range, or with <paramref name="Above"/> the one it must exceed; null: no lower
/// end.</param>
/// <param name="Most">The greatest number in the range, or with <paramref name="Below"/> the one it must stay under; null: no upper
/// end.</param>
public sealed record NumberRange(decimal? Least, bool Above, decimal? Most, bool Below)
{
    public bool Has(decimal number) =>
        (Least is not { } least || (Above ? number > least : number >= least))
            && (Most is not { } most || (Below ? number < most : number <= most));
}

/// <param name="From">The first day; null: since ever.</param>
/// <param name="To">The last day; null: for ever.</param>
public sealed record DateRange(DateOnly? From, DateOnly? To)
{
    public bool Has(DateOnly date) => (From is null || date >= From) && (To is null || date <= To);
}

/// <summary>A part of every year, first and last day included; over the new year when the last comes before the first.</summary>
public sealed record Season((int Month, int Day) From, (int Month, int Day) To)
{
    public bool Has(DateOnly date)
    {
        var day = (date.Month, date.Day);
        return From.CompareTo(To) <= 0
            ? day.CompareTo(From) >= 0 && day.CompareTo(To) <= 0
            : day.CompareTo(From) >= 0 || day.CompareTo(To) <= 0;
    }
}
