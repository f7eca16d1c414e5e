namespace Club.Care;

/// <summary>What is known of one member's occasions and visits, in whatever order it is told. Pure.</summary>
public static class TrialRules
{
    /// <summary>She came for it when she came on one of so many days after.</summary>
    public const int Days = 30;

    /// <summary>Bills come late; after so many days nothing changes any more.</summary>
    public const int KeptDays = 92;

    public static CarePlace Plus(CarePlace place, CareTrial trial) => trial.On < place.Since ? place
        : Seen(place with { Trials = Together(place.Trials.Append(trial)) });

    public static CarePlace Plus(CarePlace place, DateOnly visit) => visit < place.Since || place.Visits.Contains(visit) ? place
        : Seen(place with { Visits = [.. place.Visits.Append(visit).Order()] });

    /// <summary>One person who was two members.</summary>
    public static CarePlace Join(CarePlace place, CarePlace other) => Seen(place with
    {
        Trials = Together(place.Trials.Concat(other.Trials)), Visits = [.. place.Visits.Union(other.Visits).Order()],
    });

    /// <summary>Lets go what nothing can change any more.</summary>
    /// <param name="told">The day of what was told last.</param>
    public static CarePlace Bounded(CarePlace place, DateOnly told)
    {
        var since = told.AddDays(-KeptDays);
        if (place.Since >= since || place.Trials.All(trial => trial.On >= since) && place.Visits.All(visit => visit >= since)) return place;
        return place with
        {
            Trials = [.. place.Trials.Where(trial => trial.On >= since)],
            Visits = [.. place.Visits.Where(visit => visit >= since)],
            Since = since,
        };
    }

    /// <summary>Of an occasion that is told twice, the first counts: by several messages, or of two members who are one by now.</summary>
    private static CareTrial[] Together(IEnumerable<CareTrial> trials) => [.. trials.GroupBy(trial => trial.What)
        .Select(same => same.OrderBy(trial => trial.On).ThenByDescending(trial => trial.IsHeld).First())
        .OrderBy(trial => trial.On).ThenBy(trial => trial.What, StringComparer.Ordinal)];

    private static CarePlace Seen(CarePlace place) => place with
    {
        Trials = [.. place.Trials.Select(trial => trial with
        {
            HasVisited = place.Visits.Any(visit => visit > trial.On && visit <= trial.On.AddDays(Days)),
        })],
    };
}
