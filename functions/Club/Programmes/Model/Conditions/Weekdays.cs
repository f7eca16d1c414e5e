namespace Club.Programmes;

/// <summary>The words for the days of the week.</summary>
public static class Weekdays
{
    private static readonly string[] Words = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    public static IReadOnlyList<string> All => Words;

    public static string WordOf(DayOfWeek day) => Words[(int)day];
}
