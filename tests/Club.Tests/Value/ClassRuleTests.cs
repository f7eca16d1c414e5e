using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Value;
using CsCheck;
using Xunit;
using static Club.Tests.Value.ValueClub;

namespace Club.Tests.Value;

/// <summary>What a class follows from, without a store.</summary>
public sealed class ClassRuleTests
{
    private static readonly DealerId Home = new("D001");

    [Fact]
    public void Nobody_who_was_not_here_has_a_class() =>
        Assert.Null(ClassRules.Judge(Terms, VisitRules.None(Terms), Home, Day("2026-03-02")));

    [Theory]
    [InlineData("2026-03-02", "A")]
    [InlineData("2026-06-10", "A")] // the hundredth day
    [InlineData("2026-06-11", "B")]
    [InlineData("2026-09-18", "B")] // the two hundredth
    [InlineData("2026-09-19", "C")]
    [InlineData("2036-09-19", "C")]
    public void Whoever_is_not_late_is_loyal_whoever_is_late_by_an_interval_is_lost(string on, string loyalty) =>
        Assert.Equal(loyalty, Judge(on, "2026-03-02")!.Loyalty);

    [Fact]
    public void Whoever_goes_to_several_dealers_or_to_another_wavers_though_she_is_on_time()
    {
        Assert.Equal("B", Judge("2026-03-03", "2026-01-02", "2026-03-02@D002")!.Loyalty);
        Assert.Equal("B", Judge("2026-03-03", "2026-03-02@D002")!.Loyalty);
        Assert.Equal("A", ClassRules.Judge(Terms, Sums("2026-03-02@D002"), null, Day("2026-03-03"))!.Loyalty);
        // What was there long ago does not count.
        Assert.Equal("A", Judge("2026-03-03", "2024-12-31@D002", "2026-03-02")!.Loyalty);
        Assert.Equal("C", Judge("2027-03-03", "2026-01-02", "2026-03-02@D002")!.Loyalty);
    }

    [Theory]
    // 100 days of everybody and one gap of 50: 75
    [InlineData(75, 1, "2026-01-01", "2026-02-20")]
    // gaps 50, 50, 60: (3 × 50 + 100) / 4
    [InlineData(63, 3, "2026-01-01", "2026-02-20", "2026-04-11", "2026-06-10")]
    // a second look within a fortnight is the same matter
    [InlineData(75, 1, "2026-01-01", "2026-01-05", "2026-02-20")]
    [InlineData(100, 0, "2026-01-01", "2026-01-05")]
    // never shorter or longer than the bounds
    [InlineData(30, 5, "2026-01-01", "2026-01-15", "2026-01-29", "2026-02-12", "2026-02-26", "2026-03-12")]
    [InlineData(400, 1, "2022-01-01", "2026-01-01")]
    // across 29 February
    [InlineData(63, 2, "2024-01-31", "2024-02-29", "2024-04-28")]
    public void Her_own_interval_is_learned_from_her_gaps(int days, int gaps, params string[] visits)
    {
        var standing = Judge(visits[^1], visits)!;
        Assert.Equal((days, gaps), (standing.IntervalDays, standing.OwnGaps));
        Assert.Equal(standing.LastVisit.AddDays(days), standing.ExpectedBy);
        Assert.Equal(standing.LastVisit.AddDays(2 * days + 1), standing.LostFrom);
    }

    [Theory]
    [InlineData("S", 1999.99, 3)]
    [InlineData("G", 2000, 3)]
    [InlineData("G", 1800, 2)] // 900 a line
    [InlineData("S", 1799.98, 2)]
    [InlineData("D", 10000, 30)]
    [InlineData("D", 5000, 1)] // 5,000 a bill
    [InlineData("G", 4999.99, 1)]
    public void Value_is_the_best_class_of_which_any_line_is_reached(string value, decimal amount, int bills)
    {
        var sums = VisitRules.None(Terms);
        for (var i = 0; i < bills; i++)
            sums = VisitRules.Plus(Terms, sums, BillOf($"{i}", Day("2026-03-02"), Home, i == 0 ? amount : 0m))!;
        Assert.Equal(value, ClassRules.Judge(Terms, sums, Home, Day("2026-03-02"))!.Value);
    }

    [Fact]
    public void The_window_ends_with_the_last_visit_so_that_the_lost_keep_what_they_were_worth()
    {
        var standing = Judge("2030-01-01", "2025-02-28", "2025-03-01", "2026-03-31")!;
        Assert.Equal(("SC", Day("2025-03-01"), Money.Of(200)), (standing.Cell, standing.From, standing.Spend));
    }

    [Fact]
    public void A_day_in_the_past_is_judged_by_what_was_before_it()
    {
        var then = Judge("2026-05-01", "2026-01-01", "2026-02-20", "2026-05-20")!;
        Assert.Equal((Day("2026-02-20"), 75, Money.Of(200)), (then.LastVisit, then.IntervalDays, then.Spend));
    }

    /// <summary>In whatever order bills, returns and joined members come, and split in whatever way between two, the sums are those of the
    /// ledger.</summary>
    [Fact]
    public void Sums_do_not_depend_on_the_order() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var bills = Enumerable.Range(0, random.Next(1, 60)).Select(i => BillOf($"{i}", Day("2024-01-01").AddDays(random.Next(900)),
            new DealerId($"D00{random.Next(1, 4)}"), random.Next(1, 100_000) / 100m)).ToArray();
        var inOrder = bills.Aggregate(VisitRules.None(Terms), (sums, bill) => VisitRules.Plus(Terms, sums, bill)!);
        random.Shuffle(bills);
        var shuffled = bills.Aggregate(VisitRules.None(Terms), (sums, bill) => VisitRules.Plus(Terms, sums, bill)!);
        Assert.True(inOrder.SumsAs(shuffled));
        Assert.InRange(inOrder.Months.Count, 1, Terms.Months + 1);
        Assert.InRange(inOrder.Days.Count, 1, VisitRules.MostDays);
    }, iter: 300, threads: 1);

    [Fact]
    public void A_bill_of_other_lines_is_no_visit_and_other_lines_of_a_bill_are_no_spend()
    {
        var transaction = BillOf("1", Day("2026-03-02"), Home, 100m);
        var other = transaction with { Lines = [transaction.Lines[0] with { Category = "insurance" }] };
        Assert.Equal([], VisitRules.Plus(Terms, VisitRules.None(Terms), other)!.Days);
        var both = transaction with { Lines = [.. transaction.Lines, transaction.Lines[0] with { LineId = "2", Category = "vehicle", Amount = Money.Of(90_000) }] };
        Assert.Equal([new MonthSpend(Day("2026-03-01"), Money.Of(100), 1, 1)], VisitRules.Plus(Terms, VisitRules.None(Terms), both)!.Months);
    }

    [Fact]
    public void Sums_of_other_terms_are_made_anew_and_what_was_told_is_kept()
    {
        var told = new ClassTold("SA", Home, Money.Of(1), Day("2026-03-02"), 3);
        var sums = Sums("2026-03-02") with { Told = told, By = "x" };
        var other = Book.With(Rules.Replace("\"months\":12", "\"months\":24", StringComparison.Ordinal)).Value!;
        Assert.NotEqual((Terms.Counts, Terms.Fingerprint), (other.Counts, other.Fingerprint));
        foreach (var terms in new[] { other, null })
        {
            var stale = VisitRules.Plus(terms, sums, BillOf("2", Day("2026-03-03"), Home, 1m))!;
            Assert.Equal(("", told, "x"), (stale.Counts, stale.Told, stale.By));
            Assert.Empty(stale.Days);
        }
    }

    [Fact]
    public void Another_threshold_is_another_fingerprint_over_the_same_sums_and_another_word_is_neither()
    {
        var dearer = Book.With(Rules.Replace("\"total\":10000", "\"total\":10001", StringComparison.Ordinal)).Value!;
        var other = Book.With(Rules.Replace("钻忠", "钻石", StringComparison.Ordinal)).Value!;
        Assert.Equal((true, false), (dearer.Counts == Terms.Counts, dearer.Fingerprint == Terms.Fingerprint));
        Assert.Equal(Terms.Fingerprint, other.Fingerprint);
    }

    private static Standing? Judge(string on, params string[] visits) => ClassRules.Judge(Terms, Sums(visits), Home, Day(on));

    private static VisitSums Sums(params string[] visits) => visits.Select((visit, i) => BillOf($"{i}", Day(visit.Split('@')[0]),
        new DealerId(visit.Contains('@', StringComparison.Ordinal) ? visit.Split('@')[1] : "D001"), 100m))
        .Aggregate(VisitRules.None(Terms), (sums, bill) => VisitRules.Plus(Terms, sums, bill)!);

    private static Transaction BillOf(string id, DateOnly on, DealerId dealer, decimal amount) =>
        Book.Transaction(Book.Line("parts", amount)) with { Id = id, On = on, DealerId = dealer };

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
