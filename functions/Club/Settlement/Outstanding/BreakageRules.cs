using Club.Kernel;

namespace Club.Settlement;

/// <summary>What became of the points of one month of issue, by age in months.</summary>
/// <param name="Month">Counted in months since year 0.</param>
/// <param name="Redeemed">Of each age, not summed up; in hundredths of points.</param>
public sealed record IssueMonth(int Month, long Issued, long Expired, IReadOnlyList<long> Redeemed);

/// <summary>
/// Breakage by the chain ladder: cohorts of later months are expected to go on as earlier ones did. What is spent after so many months is
/// measured on all that was issued, not on what was spent before, so that a young cohort of which nothing is spent yet has an estimate too
/// (the additive form). Pure.
/// </summary>
/// <remarks>Th. Mack, "Measuring the Variability of Chain Ladder Reserve Estimates" (1994), for the form; the additive one is in K. D.
/// Schmidt and M. Zocher, "The Bornhuetter-Ferguson Principle" (2008).</remarks>
public static class BreakageRules
{
    /// <summary>So many months a back-test looks ahead, or half of what there is.</summary>
    private const int MostAhead = 6;

    /// <summary>What each cohort is expected to have spent in the end, in hundredths of points.</summary>
    /// <param name="now">The last month that is known, in months since year 0.</param>
    public static IReadOnlyList<long> Ultimate(IReadOnlyList<IssueMonth> cohorts, int now)
    {
        var rates = Rates(cohorts, now);
        return [.. cohorts.Select(cohort =>
        {
            var ahead = rates.Skip(now - cohort.Month + 1).Sum();
            var spent = cohort.Redeemed.Sum();
            return Math.Max(spent, Math.Min(Math.Max(cohort.Issued - cohort.Expired, spent), spent + (long)(cohort.Issued * ahead)));
        })];
    }

    /// <summary>What was foretold some months ago, and what came.</summary>
    /// <returns>Null where there are fewer than four months.</returns>
    public static (int AsOf, int Months, long Predicted, long Actual)? BackTest(IReadOnlyList<IssueMonth> cohorts, int now)
    {
        if (cohorts.Count == 0 || now - cohorts[0].Month < 3) return null;
        var ahead = Math.Min(MostAhead, (now - cohorts[0].Month) / 2);
        var then = now - ahead;
        IssueMonth[] known = [.. cohorts.Where(cohort => cohort.Month <= then)
            .Select(cohort => cohort with { Redeemed = [.. cohort.Redeemed.Take(then - cohort.Month + 1)] })];
        var rates = Rates(known, then);
        decimal predicted = 0;
        long actual = 0;
        foreach (var cohort in cohorts.Where(cohort => cohort.Month <= then))
        {
            var age = then - cohort.Month;
            for (var later = age + 1; later <= age + ahead; later++)
            {
                if (later < rates.Count) predicted += cohort.Issued * rates[later];
                if (later < cohort.Redeemed.Count) actual += cohort.Redeemed[later];
            }
        }
        return (then, ahead, (long)predicted, actual);
    }

    /// <summary>Of what was issued the share that is spent at each age, over all cohorts that are old enough.</summary>
    private static List<decimal> Rates(IReadOnlyList<IssueMonth> cohorts, int now)
    {
        var rates = new List<decimal>();
        for (var age = 0; cohorts.Any(cohort => cohort.Month + age <= now); age++)
        {
            var old = cohorts.Where(cohort => cohort.Month + age <= now).ToArray();
            var issued = old.Sum(cohort => cohort.Issued);
            var spent = old.Sum(cohort => age < cohort.Redeemed.Count ? cohort.Redeemed[age] : 0);
            rates.Add(issued <= 0 ? 0 : Math.Max(0, (decimal)spent / issued));
        }
        return rates;
    }
}
