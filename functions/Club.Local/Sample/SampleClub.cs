namespace Club.Local.Sample;

/// <summary>
/// All that happens in the sample club, in order of time. A member's life is made again whenever something of it is due, so that of each
/// only the day of her next act is kept: a club of a million needs some megabytes.
/// </summary>
internal sealed class SampleClub(SampleOptions options)
{
    /// <summary>About so many acts are in order in memory at once.</summary>
    private const int ActsInWindow = 50_000;

    /// <summary>Of a member; measured.</summary>
    private const double ActsPerDay = 0.008;

    private const int Never = int.MaxValue;

    public SampleOptions Options { get; } = options;

    /// <summary>A person as she is in truth.</summary>
    /// <param name="number">From 1 to the number of members.</param>
    public SampleMember Member(int number) => SamplePersons.Draw(Options, new SampleRandom(Options.Seed, number), number);

    /// <summary>The same acts in the same order each time; of two in one minute the one of the lower number first.</summary>
    public IEnumerable<SampleAct> Acts()
    {
        var next = new int[Options.Members];
        var days = (int)Math.Clamp(ActsInWindow / (Options.Members * ActsPerDay), 1, 31);
        for (var from = Options.From; from <= Options.Until; from = from.AddDays(days))
            foreach (var act in Window(next, from.AddDays(days))) yield return act;
    }

    private List<SampleAct> Window(int[] next, DateOnly end)
    {
        var acts = new List<SampleAct>();
        for (var place = 0; place < next.Length; place++)
        {
            if (next[place] >= end.DayNumber) continue;
            var (from, after) = (next[place], Never);
            foreach (var act in SampleLife.Of(Options, place + 1))
            {
                var day = DateOnly.FromDateTime(act.At).DayNumber;
                if (day >= end.DayNumber)
                {
                    after = day;
                    break;
                }
                if (day >= from) acts.Add(act);
            }
            next[place] = after;
        }
        return [.. acts.OrderBy(act => act.At)];
    }
}
