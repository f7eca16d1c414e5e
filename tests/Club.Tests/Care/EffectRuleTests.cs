using Club.Care;
using Xunit;

namespace Club.Tests.Care;

/// <summary>What is said of an effect is true as often as it claims.</summary>
public sealed class EffectRuleTests
{
    private const int Seeds = 2000, Members = 4000, MostHeldOut = 10;

    /// <summary>Newcombe's paper, table II: 56 of 70 against 48 of 80 lies between 0.0524 and 0.3339.</summary>
    [Theory]
    [InlineData(70, 56, 80, 48, 0.2, 0.0524, 0.3339)]
    [InlineData(10, 9, 10, 3, 0.6, 0.1705, 0.8090)]
    [InlineData(10, 10, 10, 0, 1.0, 0.6075, 1.0)]
    public void The_interval_is_the_one_of_the_paper(int written, int writtenVisited, int held, int heldVisited, double difference, double low,
        double high)
    {
        var effect = EffectRules.Of(written, writtenVisited, held, heldVisited)!.Value;
        Assert.Equal(difference, effect.Difference, 4);
        Assert.Equal(low, effect.Low, 4);
        Assert.Equal(high, effect.High, 4);
    }

    [Theory]
    [InlineData(0, 0, 5, 1)]
    [InlineData(5, 1, 0, 0)]
    public void Without_anybody_to_compare_there_is_no_effect(int written, int writtenVisited, int held, int heldVisited) =>
        Assert.Null(EffectRules.Of(written, writtenVisited, held, heldVisited));

    /// <summary>One in ten is held out; three points more come of those who are written to.</summary>
    [Fact]
    public void A_true_effect_of_three_points_lies_in_the_interval_in_95_of_100_clubs()
    {
        var covered = Clubs(0.33, 0.30).Count(effect => effect.Low <= 0.03 && effect.High >= 0.03);
        Assert.InRange(covered / (double)Seeds, 0.935, 0.965);
    }

    [Fact]
    public void Where_nothing_is_to_be_found_5_of_100_clubs_find_something()
    {
        var found = Clubs(0.30, 0.30).Count(effect => effect.IsSignificant);
        Assert.InRange(found / (double)Seeds, 0.035, 0.065);
    }

    private static IEnumerable<Effect> Clubs(double written, double held) => Enumerable.Range(0, Seeds).Select(seed =>
    {
        var random = new Random(seed);
        var (sum, came) = (new int[2], new int[2]);
        for (var member = 0; member < Members; member++)
        {
            var arm = random.Next(MostHeldOut) == 0 ? 1 : 0;
            sum[arm]++;
            if (random.NextDouble() < (arm == 0 ? written : held)) came[arm]++;
        }
        return EffectRules.Of(sum[0], came[0], sum[1], came[1])!.Value;
    });
}
