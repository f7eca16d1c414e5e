using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using CsCheck;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Earning;

public sealed class FundingRulesTests
{
    private const string Funders = """[{"code":"maker","name":"车厂"},{"code":"avis","name":"AVIS"},{"code":"rescue","name":"救援公司"}]""";

    [Fact]
    public void The_airport_rescue_hire_is_paid_for_by_the_maker_and_two_partners()
    {
        var programme = ProgrammeLoader.Load("foton");
        var rule = programme.FindRule("airport-rescue")!;

        Assert.Equal(
            [new("foton", Points.Of(50)), new("avis", Points.Of(25)), new("rescue", Points.Of(25))],
            FundingRules.Split(programme, rule, Points.Of(100)));
    }

    [Theory]
    [InlineData("50,25,25", 1, "1,0,0")]
    [InlineData("50,25,25", 2, "1,1,0")]
    [InlineData("50,25,25", 3, "1,1,1")]
    [InlineData("50,25,25", 490, "245,123,122")]
    [InlineData("33.3,33.3,33.4", 100, "33,33,34")]
    [InlineData("33.3,33.3,33.4", 10, "3,3,4")]
    [InlineData("99.99,0.01", 1, "1,0")]
    [InlineData("100", 7, "7")]
    [InlineData("50,50", 0, "0,0")]
    public void Hundredths_that_do_not_divide_go_to_the_largest_remainders(string percents, long hundredths, string parts)
    {
        var (programme, rule) = Shared(percents.Split(','));
        Assert.Equal(parts, string.Join(',', FundingRules.Split(programme, rule, new Points(hundredths))
            .Select(share => share.Points.Hundredths)));
    }

    [Fact]
    public void Without_shares_the_first_funder_pays_and_without_funders_nobody_is_named()
    {
        var programme = With($$"""{"funders":{{Funders}}}""");
        Assert.Equal([new Funding("maker", Points.Of(4.9m))], FundingRules.Split(programme, programme.Earning[0], Points.Of(4.9m)));
        Assert.Empty(FundingRules.Split(With("{}"), programme.Earning[0], Points.Of(4.9m)));
    }

    [Fact]
    public void Shares_always_sum_to_the_award_and_stay_within_a_hundredth_of_their_percentage() =>
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 9998], Gen.Long[0, 100_000_00]).Where((one, two, _) => one + two < 10_000).Sample(
            (one, two, hundredths) =>
            {
                decimal[] percents = [one / 100m, two / 100m, 100 - (one + two) / 100m];
                var (programme, rule) = Shared(
                    [.. percents.Select(percent => percent.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
                var shares = FundingRules.Split(programme, rule, new Points(hundredths));

                Assert.Equal(hundredths, shares.Sum(share => share.Points).Hundredths);
                foreach (var (share, percent) in shares.Zip(percents))
                    Assert.True(Math.Abs(share.Points.Hundredths - hundredths * percent / 100m) < 1);
            },
            iter: 300);

    [Fact]
    public void The_share_of_a_part_sums_to_the_part_and_of_the_whole_is_the_whole() =>
        Gen.Select(Gen.Long[0, 10_000].Array[1, 4], Gen.Double[0, 1]).Sample(
            (parts, portion) =>
            {
                Funding[] whole = [.. parts.Select((part, i) => new Funding($"f{i}", new Points(part)))];
                var part = new Points((long)(parts.Sum() * portion));
                Assert.Equal(part, FundingRules.PartOf(whole, part).Sum(share => share.Points));
                Assert.Equal(whole, FundingRules.PartOf(whole, new Points(parts.Sum())));
            },
            iter: 300);

    private static (Programme, EarningRule) Shared(string[] percents)
    {
        string[] codes = ["maker", "avis", "rescue"];
        var shares = string.Join(',', percents.Select((percent, i) => $$"""{"funder":"{{codes[i]}}","percent":{{percent}} }"""));
        var programme = With($$"""{"funders":{{Funders}},"earning":[{"id":"a","when":{},"award":{"rate":1},"funding":[{{shares}}]}] }""");
        return (programme, programme.Earning[0]);
    }
}
