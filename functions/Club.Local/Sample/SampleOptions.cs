using Club.Programmes;

namespace Club.Local.Sample;

/// <summary>What decides the sample club, and nothing else does.</summary>
/// <param name="Members">Persons, numbered from 1; the same number is the same person in clubs of any size.</param>
/// <param name="Until">The last day.</param>
internal sealed record SampleOptions(Programme Programme, int Members, int Years, int Seed, DateOnly Until)
{
    public const int MostMembers = 10_000_000;
    public const int MostYears = 10;

    public DateOnly From { get; } = Until.AddYears(-Years).AddDays(1);
    public int Days => Day(Until);
    public IReadOnlyList<SampleRegion> Regions { get; } = SamplePlaces.Of(Programme);
    public IReadOnlyList<SampleModel> Models { get; } = SampleCars.Of(Programme);
    public string? RepurchaseAwaits { get; } = SampleCars.RepurchaseAwaits(Programme);
    public SampleNumbers Numbers { get; } = new(Seed);

    /// <summary>How many days are over when this one is.</summary>
    public int Day(DateOnly day) => day.DayNumber - From.DayNumber + 1;

    public bool Has(DateOnly day) => day >= From && day <= Until;
}
