using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class EarningRulesTests
{
    [Fact]
    public void A_service_bill_of_700_with_parts_and_labour_7_to_3_earns_4_9()
    {
        var award = Assert.Single(Earn("foton", Line("parts", 490), Line("labour", 210)));

        Assert.Equal(Points.Of(4.9m), award.Points);
        Assert.Equal("490 × 1 % = 4.9", award.Arithmetic);
    }

    [Theory]
    [InlineData("得利卡", 60_000, 150)]
    [InlineData("希旺", 30_000, 75)]
    [InlineData("V3菱悦", 50_000, 125)]
    [InlineData("V5菱致", 70_000, 175)]
    [InlineData("V6菱仕", 80_000, 200)]
    [InlineData("DX7", 100_000, 250)]
    [InlineData("蓝瑟", 60_000, 150)]
    [InlineData("戈蓝", 140_000, 350)]
    [InlineData("君阁", 120_000, 300)]
    [InlineData("翼神", 90_000, 225)]
    [InlineData("风迪思", 90_000, 225)]
    public void A_vehicle_earns_what_the_published_table_says(string model, int price, int points) =>
        Assert.Equal(Points.Of(points), Assert.Single(Earn("foton", Line("vehicle", price) with { Model = model })).Points);

    private static IReadOnlyList<Award> Earn(string programme, params TransactionLine[] lines) =>
        EarningRules.Evaluate(ProgrammeLoader.Load(programme), new Transaction(
            "/dms/D021", "WO-1", new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8)), new(2026, 3, 2), "D021", "shop", "card", null, null,
            [.. lines.Select((line, i) => line with { LineId = $"{i + 1}" })]), new EarningFacts("ordinary"));

    private static TransactionLine Line(string category, decimal amount) => new("", category, null, null, 1, Money.Of(amount));
}
