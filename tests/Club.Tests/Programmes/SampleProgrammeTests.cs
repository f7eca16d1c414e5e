using System.Globalization;
using System.Text.Json;
using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class SampleProgrammeTests
{
    [Fact]
    public void The_samples_are_offered_by_name() => Assert.Equal(["byd", "foton", "miles", "skoda", "tesco"], ProgrammeLoader.Names);

    [Theory]
    [InlineData("byd", "比亚迪迪粉汇")]
    [InlineData("foton", "福田车友会")]
    [InlineData("miles", "知音里程会员")]
    [InlineData("skoda", "斯柯达车友汇")]
    [InlineData("tesco", "Clubcard会员俱乐部")]
    public void A_sample_loads_without_errors(string name, string clubName) => Assert.Equal(clubName, ProgrammeLoader.Load(name).Name);

    [Theory]
    [InlineData("byd", "coins dealers 0.01, cash everywhere 1", "50 of a bill, 100 in steps of 10")]
    [InlineData("foton", "club everywhere 1, cash everywhere 1", "100 of a bill, 1 in steps of 0.01")]
    [InlineData("miles", "miles everywhere 0.03", "100 of a bill, 500 in steps of 100")]
    [InlineData("skoda", "club everywhere 0.01, branch issuer 0.01", "100 of a bill, 100 in steps of 10")]
    [InlineData("tesco", "club everywhere 0.01, christmas everywhere 0.01", "100 of a bill, 150 in steps of 150")]
    public void A_sample_says_what_its_points_are_good_for(string name, string wallets, string terms)
    {
        var spending = ProgrammeLoader.Load(name).Spending!;

        Assert.Equal(wallets, string.Join(", ", spending.Wallets.Select(wallet => string.Create(CultureInfo.InvariantCulture,
            $"{wallet.Wallet} {JsonNamingPolicy.CamelCase.ConvertName($"{wallet.At}")} {spending.ValueOf(wallet, atPartner: false)}"))));
        Assert.Equal(terms, string.Create(CultureInfo.InvariantCulture,
            $"{spending.Bills.MostShare * 100:0} of a bill, {spending.Least} in steps of {spending.Step}"));
    }

    [Fact]
    public void A_hundred_and_fifty_points_of_tesco_are_a_voucher_of_a_pound_fifty_and_of_three_at_partners()
    {
        var spending = ProgrammeLoader.Load("tesco").Spending!;
        var club = spending.Find(new WalletCode("club"))!;

        Assert.Equal((1.50m, 3m), (150 * spending.ValueOf(club, atPartner: false), 150 * spending.ValueOf(club, atPartner: true)));
    }

    [Theory]
    [InlineData("foton", "prestige")]
    [InlineData("foton", "grade")]
    [InlineData("byd", "medals")]
    [InlineData("byd", "reputation")]
    public void Standing_cannot_be_spent(string name, string wallet) =>
        Assert.Null(ProgrammeLoader.Load(name).Spending!.Find(new WalletCode(wallet)));

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
