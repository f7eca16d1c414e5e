using Xunit;

namespace Club.Tests.Value;

/// <summary>Which list finds the lost, in clubs of which it is known who is (docs/value.md).</summary>
public sealed class ChurnMethodTests
{
    private const int Members = 4000;

    [Fact]
    public void Everybodys_own_interval_finds_the_lost_better_than_one_interval_for_all()
    {
        var (plain, own) = (Mean(members => ChurnClubs.OfClassC(members, ChurnClubs.Plain)), Mean(members => ChurnClubs.OfClassC(members, ChurnClubs.Own)));
        Assert.InRange(own.Precision, plain.Precision + 0.02, 1);
        Assert.InRange(own.Recall, plain.Recall + 0.03, 1);
        Assert.InRange(own.Precision, 0.82, 0.9);
        Assert.InRange(own.Recall, 0.75, 0.83);
    }

    /// <summary>Regularity besides the interval is hardly worth its explanation.</summary>
    [Fact]
    public void What_looks_at_regularity_besides_gains_less_than_two_hundredths()
    {
        var (own, deviation) = (MeanF1(members => ChurnClubs.OfClassC(members, ChurnClubs.Own)), MeanF1(members => ChurnClubs.OfDeviation(members, 2)));
        Assert.InRange(deviation - own, -0.02, 0.02);
    }

    [Fact]
    public void The_same_seed_is_the_same_club() =>
        Assert.Equal(ChurnClubs.Of(ChurnClubs.Kinds[0], 50, 7).SelectMany(member => member.Visits), ChurnClubs.Of(ChurnClubs.Kinds[0], 50, 7).SelectMany(member => member.Visits));

    private static (double Precision, double Recall) Mean(Func<IReadOnlyList<ChurnClubs.Member>, ChurnClubs.Score> score)
    {
        var scores = ChurnClubs.Kinds.Select((kind, seed) => score(ChurnClubs.Of(kind, Members, seed + 1))).ToArray();
        return (scores.Average(one => one.Precision), scores.Average(one => one.Recall));
    }

    private static double MeanF1(Func<IReadOnlyList<ChurnClubs.Member>, ChurnClubs.Score> score) =>
        ChurnClubs.Kinds.Select((kind, seed) => score(ChurnClubs.Of(kind, Members, seed + 1)).F1).Average();
}
