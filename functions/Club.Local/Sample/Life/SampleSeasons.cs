using System.Globalization;

namespace Club.Local.Sample;

/// <summary>When in the year people bring their cars: before they drive home for the Spring Festival, and in the heat of the summer; in the
/// festival's week nobody works.</summary>
internal static class SampleSeasons
{
    private const int RushDays = 21, PulledFromDays = 45, ClosedDays = 7;
    private const int FirstYear = 2000, LastYear = 2100;

    private static readonly DateOnly[] Festivals = [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(NewYear)];

    /// <summary>The first day of the lunar year.</summary>
    public static DateOnly Festival(int year) => Festivals[year - FirstYear];

    /// <summary>The day on which she comes who is due on <paramref name="day"/>.</summary>
    public static DateOnly Shift(DateOnly day, SampleRandom random)
    {
        var (chance, place) = (random.Share(), random.Share());
        var festival = Festival(day.Year);
        var before = festival.DayNumber - day.DayNumber;
        if (before is <= 1 and > -ClosedDays) return festival.AddDays(ClosedDays + (int)(place * 7));
        return before is > RushDays and <= PulledFromDays && chance < 0.5 ? festival.AddDays(-2 - (int)(place * (RushDays - 2))) : day;
    }

    /// <summary>Days of a year on which she may come for a check beyond what is due.</summary>
    public static IEnumerable<DateOnly> Checks(int year, SampleRandom random)
    {
        var (festival, summer, place) = (random.Share(), random.Share(), random.Share());
        if (festival < 0.3) yield return Festival(year).AddDays(-2 - (int)(place * (RushDays - 2)));
        if (summer < 0.25) yield return new DateOnly(year, 7, 1).AddDays((int)(place * 50));
    }

    private static DateOnly NewYear(int year) => DateOnly.FromDateTime(new ChineseLunisolarCalendar().ToDateTime(year, 1, 1, 0, 0, 0, 0));
}
