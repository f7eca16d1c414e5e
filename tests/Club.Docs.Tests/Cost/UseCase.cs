namespace Club.Docs.Tests.Cost;

/// <summary>One thing that people, partners or the clock make the club do, and all that it asks of the store.</summary>
/// <param name="Prepare">What happened before; not counted.</param>
/// <param name="Asks">The requests, in order. The number after a write is that of its index terms.</param>
internal sealed record UseCase(string Name, Func<CostClub, Task> Prepare, Func<CostClub, Task> Act, params IReadOnlyList<string> Asks)
{
    /// <summary>A campaign's budget pays for the points.</summary>
    public bool WithBudget { get; init; }

    public async Task<IReadOnlyList<Request>> Run()
    {
        await using var club = new CostClub(WithBudget);
        await Prepare(club);
        club.Store.Take();
        await Act(club);
        return club.Store.Take();
    }

    public override string ToString() => Name;
}
