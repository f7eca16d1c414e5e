using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class SampleProgrammeTests
{
    [Fact]
    public void The_samples_are_offered_by_name() => Assert.Equal(["byd", "foton", "skoda", "tesco"], ProgrammeLoader.Names);

    [Theory]
    [InlineData("byd", "比亚迪迪粉汇")]
    [InlineData("foton", "福田车友会")]
    [InlineData("skoda", "斯柯达车友汇")]
    [InlineData("tesco", "Clubcard会员俱乐部")]
    public void A_sample_loads_without_errors(string name, string clubName) => Assert.Equal(clubName, ProgrammeLoader.Load(name).Name);

    [Theory]
    [InlineData("beijing", 28, null)]
    [InlineData("shanghai", 24, 85.7)]
    [InlineData("guangzhou", 12, 60.0)]
    [InlineData("chengdu", 12, null)]
    [InlineData("jinan", 26, null)]
    [InlineData("hangzhou", 16, 88.9)]
    public void A_region_has_the_published_branches_and_participation(string region, int branches, double? percent)
    {
        var dealers = ProgrammeLoader.Load("skoda").Dealers.Regions.Single(r => r.Code == region).Dealers;

        Assert.Equal(branches, dealers.Count(dealer => dealer.HasBranch));
        if (percent is not null) Assert.Equal((decimal)percent, Math.Round(100m * branches / dealers.Count, 1));
        Assert.InRange(1m * branches / dealers.Count, 0.60m, 0.889m);
    }

    [Fact]
    public void There_are_118_branches_among_146_dealers()
    {
        var skoda = ProgrammeLoader.Load("skoda");
        var dealers = skoda.Dealers.Regions.SelectMany(region => region.Dealers).ToList();

        Assert.Equal(118, dealers.Count(dealer => dealer.HasBranch));
        Assert.Equal(80.8m, Math.Round(118m * 100 / dealers.Count, 1));
        Assert.Equal(Enumerable.Range(1, 146).Select(i => $"D{i:000}"), dealers.Select(dealer => dealer.Code).Order());
        Assert.Equal(new Dealer("D021", "beijing", HasBranch: true), skoda.FindDealer(new DealerId("D021")));
        Assert.False(skoda.KnowsDealer(new DealerId("D147")));
    }

    [Fact]
    public void A_programme_that_lists_no_dealers_accepts_them_all() => Assert.True(ProgrammeLoader.Load("foton").KnowsDealer(new DealerId("anyone")));
}
