using Club.Kernel;
using Club.Tiers;
using CsCheck;
using Xunit;

namespace Club.Tests.Tiers;

public sealed class TierCalibrationTests
{
    private static readonly decimal[] Published = [5, 15, 80];

    /// <summary>
    /// 5,007,464 members as published: gold above 1350, silver from 1230 to 1350, the others below 1230. Within each part whole points are
    /// spread evenly, with more members just below 1230 than further down.
    /// </summary>
    private static PointsDistribution Seed()
    {
        var distribution = new PointsDistribution(Points.Of(10));
        Spread(distribution, 228_276, 1351, 3000);
        Spread(distribution, 733_849, 1230, 1350);
        Spread(distribution, 900_000, 1130, 1229);
        Spread(distribution, 4_045_339 - 900_000, 0, 1129);
        return distribution;
    }

    [Fact]
    public void The_published_counts_and_shares_give_1230_and_1350()
    {
        var proposal = TierCalibration.Propose(Seed(), Published);

        Assert.Equal(5_007_464, proposal.Members);
        Assert.Equal(
            [(Points.Of(1350), true, 228_276), (Points.Of(1230), false, 733_849), (default(Points?), false, 4_045_339)],
            proposal.Tiers.Select(tier => (tier.Threshold, tier.MoreThan, tier.Members)));
        Assert.Equal([4.56m, 14.66m, 80.79m], proposal.Tiers.Select(tier => Math.Round(tier.Share, 2)));
        Assert.Empty(proposal.Remarks);
    }

    [Theory]
    [InlineData(1229.99, "ordinary")]
    [InlineData(1230, "silver")]
    [InlineData(1350, "silver")]
    [InlineData(1350.01, "gold")]
    public void Both_ends_belong_to_silver(double points, string tier)
    {
        var distribution = Seed();
        var before = TierCalibration.Propose(distribution, Published).Tiers;
        distribution.Add(Points.Of((decimal)points));
        var after = TierCalibration.Propose(distribution, Published).Tiers;

        Assert.Equal(tier, new[] { "gold", "silver", "ordinary" }.Zip(before.Zip(after)).Single(pair =>
            pair.Second.First.Members != pair.Second.Second.Members).First);
    }

    [Fact]
    public void A_finer_step_comes_closer_to_what_was_asked_for()
    {
        var fine = new PointsDistribution(Points.Of(1));
        for (var points = 0; points < 1000; points++) fine.Add(Points.Of(points));

        var tiers = TierCalibration.Propose(fine, Published).Tiers;

        Assert.Equal([Points.Of(949), Points.Of(800), default(Points?)], tiers.Select(tier => tier.Threshold));
        Assert.Equal([50, 150, 800], tiers.Select(tier => tier.Members));
    }

    [Fact]
    public void A_club_without_members_has_no_tiers()
    {
        var proposal = TierCalibration.Propose(new PointsDistribution(Points.Of(10)), Published);
        Assert.Empty(proposal.Tiers);
        Assert.Equal("There are no members.", Assert.Single(proposal.Remarks));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(-3)]
    public void Where_all_have_the_same_points_nothing_tells_them_apart(int points)
    {
        var distribution = new PointsDistribution(Points.Of(10));
        distribution.Add(Points.Of(points), 1000);

        var proposal = TierCalibration.Propose(distribution, Published);

        Assert.Equal([0, 0, 1000], proposal.Tiers.Select(tier => tier.Members));
        Assert.Contains($"All members have {points} points", Assert.Single(proposal.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_with_the_same_points_stay_together_and_that_is_said()
    {
        var distribution = new PointsDistribution(Points.Of(10));
        distribution.Add(Points.Of(100), 700);
        distribution.Add(Points.Of(200), 300);

        var proposal = TierCalibration.Propose(distribution, [20, 30, 50]);

        Assert.Equal([300, 0, 700], proposal.Tiers.Select(tier => tier.Members));
        Assert.Contains(proposal.Remarks, remark => remark.StartsWith("Nobody would be in tier 2 from above", StringComparison.Ordinal));
    }

    [Fact]
    public void No_multiple_of_the_step_would_be_closer() =>
        Gen.Select(Gen.Select(Gen.Int[-500, 60_000], Gen.Int[1, 9]).Array[1, 40], Gen.Int[1, 700], Gen.Int[1, 50])
            .Sample((counts, step, top) =>
        {
            var distribution = new PointsDistribution(new Points(step));
            foreach (var (hundredths, members) in counts) distribution.Add(new Points(hundredths), members);
            decimal[] shares = [top, 100 - top];
            var gold = TierCalibration.Propose(distribution, shares).Tiers[0];

            var all = counts.Sum(count => count.Item2);
            decimal Distance(long threshold) =>
                Math.Abs(100m * counts.Where(count => count.Item1 > threshold).Sum(count => count.Item2) / all - top);
            var best = Enumerable.Range(1, 60_000 / step + 2).Min(multiple => Distance((long)multiple * step));
            Assert.Equal(best, Distance(gold.Threshold!.Value.Hundredths));
            Assert.Equal(counts.Where(count => count.Item1 > gold.Threshold!.Value.Hundredths).Sum(count => count.Item2), gold.Members);
        }, iter: 200);

    [Theory]
    [InlineData(new[] { 100.0 })]
    [InlineData(new[] { 5.0, 15.0, 79.0 })]
    [InlineData(new[] { 0.0, 100.0 })]
    public void Shares_that_are_none_are_refused(double[] shares) =>
        Assert.Throws<ArgumentException>(() => TierCalibration.Propose(Seed(), [.. shares.Select(share => (decimal)share)]));

    [Fact]
    public async Task All_members_are_measured_those_without_points_too()
    {
        await using var club = new ClubFixture("skoda");
        foreach (var phone in new[] { "13800138000", "13900139000", "13700137000" }) await club.Register(phone);
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 1000m)]),
            Events.Bill("B2", "13900139000", lines: [Events.Line("1", "parts", 500m)]),
            Events.Return("B2", lines: [new { lineId = "1", amount = 100m }]));

        var distribution = await club.Get<TierMeasurement>()
            .Measure(new WalletCode("club"), 36, Points.Of(100), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((3L, Points.Zero, Points.Of(1000)), (distribution.Members, distribution.Least!.Value, distribution.Most!.Value));
        Assert.Equal([(1L, 2L), (4, 2), (5, 1), (10, 1), (11, 0)],
            distribution.Thresholds().Select(cut => (cut.Threshold.Hundredths / 10_000, cut.AtLeast)));
    }

    [Theory]
    [InlineData(12, 0)]
    [InlineData(24, 200)]
    [InlineData(36, 1200)]
    [InlineData(null, 1200)]
    public async Task A_window_longer_than_the_tiers_look_back_is_measured_from_the_ledger(int? months, int points)
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 1000m)]));
        club.At(2027, 3, 2);
        await club.Send(Events.Bill("B2", time: "2027-03-02T10:00:00+08:00", lines: [Events.Line("1", "parts", 200m)]));
        club.At(2028, 9, 2);
        await club.Send(Events.Bill("B3", time: "2028-09-02T10:00:00+08:00", lines: [Events.Line("1", "insurance", 1m)]));
        Assert.NotNull((await club.Account(id)).FoldedUntil);

        var distribution = await club.Get<TierMeasurement>()
            .Measure(new WalletCode("club"), months, Points.Of(10), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(Points.Of(points), distribution.Most);
    }

    private static void Spread(PointsDistribution distribution, long members, int from, int to)
    {
        var values = to - from + 1;
        for (var i = 0; i < values; i++) distribution.Add(Points.Of(from + i), members / values + (i < members % values ? 1 : 0));
    }
}
