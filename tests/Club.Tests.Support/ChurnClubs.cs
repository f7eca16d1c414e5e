using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Value;

namespace Club.Tests.Support;

/// <summary>
/// Simulated clubs of which it is known who is lost: members with intervals and habits of their own, each of whom may leave after any visit.
/// Somebody is lost when she left and would have come again by now: whoever left so lately that she is not missed yet is nobody's to find.
/// What comes of a seed is always the same.
/// </summary>
internal static class ChurnClubs
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    /// <param name="MedianDays">The interval of the member in the middle.</param>
    /// <param name="Spread">Of the logarithm of the members' intervals.</param>
    /// <param name="LeastShape">Of the gamma distribution of one member's gaps; the higher, the more regular she is.</param>
    /// <param name="MostShape">Each member has a shape between the two.</param>
    /// <param name="Leaves">The chance that a visit is the last.</param>
    /// <param name="Again">The chance that a visit is followed by another within ten days.</param>
    public sealed record Kind(string Name, double MedianDays, double Spread, double LeastShape, double MostShape, double Leaves, double Again, int Years);

    public sealed record Member(IReadOnlyList<DateOnly> Visits, bool IsLost);

    /// <param name="Precision">Of those on the list, the share who are lost.</param>
    /// <param name="Recall">Of those who are lost, the share who are on the list.</param>
    public sealed record Score(double Precision, double Recall)
    {
        public double F1 => 2 * Precision * Recall / (Precision + Recall);
    }

    public static readonly IReadOnlyList<Kind> Kinds =
    [
        new("even", 180, 0.45, 3, 12, 0.08, 0.1, 4), new("mixed", 180, 0.7, 3, 12, 0.08, 0.1, 4), new("irregular", 180, 0.45, 1.5, 4, 0.08, 0.1, 4),
        new("short", 90, 0.45, 3, 12, 0.05, 0.1, 4), new("long", 300, 0.35, 3, 12, 0.08, 0.1, 4), new("young", 180, 0.45, 3, 12, 0.08, 0.1, 2),
    ];

    /// <summary>The rule of skoda.json, with everybody's interval for all, and the same with the interval that each has shown.</summary>
    public static readonly VisitTerms Plain = new(183, 183, 183, 14, 2), Own = new(183, 60, 540, 14, 2);

    private static readonly ValueTerms Terms = new(12, ["parts"], new(Money.Of(2), null, null), new(Money.Of(1), null, null), Own, []);

    public static IReadOnlyList<Member> Of(Kind kind, int members, int seed)
    {
        var random = new Random(seed);
        var days = 365 * kind.Years;
        var all = new List<Member>(members);
        while (all.Count < members)
        {
            var (mean, shape) = (kind.MedianDays * Math.Exp(kind.Spread * Normal(random)), kind.LeastShape + random.NextDouble() * (kind.MostShape - kind.LeastShape));
            var (visits, isLost) = (new List<double>(), false);
            for (var at = random.NextDouble() * days * 0.95; at <= days;)
            {
                visits.Add(at);
                if (random.NextDouble() < kind.Again) visits.Add(at + 1 + random.NextDouble() * 9);
                var gap = Gamma(random, shape) * mean / shape;
                if (random.NextDouble() < kind.Leaves)
                {
                    isLost = at + gap <= days;
                    break;
                }
                at += gap;
            }
            all.Add(new Member([.. visits.Where(at => at <= days).Select(at => Today.AddDays((int)at - days))], isLost));
        }
        return all;
    }

    /// <summary>How good a list of those in class C is.</summary>
    public static Score OfClassC(IReadOnlyList<Member> members, VisitTerms visits) =>
        ScoreOf(members, member => ClassRules.Judge(Terms with { Visits = visits }, Sums(member), null, Today)!.Loyalty == "C");

    /// <summary>How good a list is that lets those be later who come less regularly: by so many of their own deviations.</summary>
    public static Score OfDeviation(IReadOnlyList<Member> members, double deviations) => ScoreOf(members, member =>
    {
        var standing = ClassRules.Judge(Terms with { Visits = Own }, Sums(member), null, Today)!;
        var gaps = Gaps(member.Visits);
        var own = gaps.Count < 2 ? 0 : Math.Sqrt(gaps.Average(gap => Math.Pow(gap - gaps.Average(), 2))) / gaps.Average();
        // As if two gaps of everybody's regularity had been there.
        var variation = gaps.Count < 2 ? 0.45 : (2 * 0.45 + gaps.Count * own) / (2 + gaps.Count);
        return Today.DayNumber - standing.LastVisit.DayNumber > standing.IntervalDays * (1 + deviations * variation);
    });

    private static Score ScoreOf(IReadOnlyList<Member> members, Func<Member, bool> isListed)
    {
        var (right, listed, lost) = (0, 0, members.Count(member => member.IsLost));
        foreach (var member in members.Where(isListed))
        {
            listed++;
            if (member.IsLost) right++;
        }
        return new Score((double)right / listed, (double)right / lost);
    }

    private static VisitSums Sums(Member member)
    {
        var sums = VisitRules.None(Terms);
        foreach (var on in member.Visits)
            sums = VisitRules.Plus(Terms, sums, new Transaction("/dms/D001", "", default, on, new DealerId("D001"), null, null, null, null,
                [new TransactionLine("1", "parts", null, null, 1, Money.Of(1))]))!;
        return sums;
    }

    private static List<double> Gaps(IReadOnlyList<DateOnly> visits)
    {
        var (gaps, start) = (new List<double>(), visits[0]);
        foreach (var on in visits.Order().TakeLast(VisitRules.MostDays))
        {
            if (on.DayNumber - start.DayNumber is var gap && gap < Own.ApartDays) continue;
            gaps.Add(gap);
            start = on;
        }
        return gaps;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Marsaglia and Tsang, for shapes of one and more.</summary>
    private static double Gamma(Random random, double shape)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
