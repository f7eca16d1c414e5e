namespace Club.Local.Sample;

internal enum SampleVisitKind { Service, Check, Repair }

internal readonly record struct SampleVisit(DateOnly Day, SampleVisitKind Kind);

/// <summary>The days on which a member brings her car, in order. Pure.</summary>
internal static class SampleVisits
{
    private const int LeastDaysApart = 20;

    public static List<SampleVisit> Of(SampleOptions options, SampleMember member, SampleRandom random)
    {
        var end = member.LostOn?.AddDays(-1) ?? options.Until;
        var visits = new List<SampleVisit>();
        for (var day = First(member, random); (day = Next(day, member, random)) <= end;)
            if (day >= member.SeenFrom) visits.Add(new(day, random.Happens(0.06) ? SampleVisitKind.Repair : SampleVisitKind.Service));
        for (var year = options.From.Year; year <= options.Until.Year; year++)
            foreach (var day in SampleSeasons.Checks(year, random))
                if (day >= member.SeenFrom && day <= end && visits.TrueForAll(visit => IsApart(visit.Day, day)))
                    visits.Add(new(day, SampleVisitKind.Check));
        visits.Sort(static (one, other) => one.Day.CompareTo(other.Day));
        return visits;
    }

    /// <summary>From where the first visit is counted: the purchase, or somewhere within an interval.</summary>
    private static DateOnly First(SampleMember member, SampleRandom random)
    {
        var ago = random.Below(member.ExpectedInterval);
        return member.Cars[0].PurchasedOn >= member.SeenFrom ? member.Cars[0].PurchasedOn : member.SeenFrom.AddDays(-ago);
    }

    private static DateOnly Next(DateOnly last, SampleMember member, SampleRandom random)
    {
        var intervals = member.Loyalty == SampleLoyalty.Late ? 1.1 + 0.8 * random.Share() : 0.8 + 0.2 * random.Share();
        var due = last.AddDays(Math.Max(LeastDaysApart, (int)(member.ExpectedInterval * intervals)));
        return SampleSeasons.Shift(due, random);
    }

    private static bool IsApart(DateOnly one, DateOnly other) => Math.Abs(one.DayNumber - other.DayNumber) >= LeastDaysApart;
}
