using System.Text.Json;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using CsCheck;
using Xunit;

namespace Club.Tests.Ledger;

/// <summary>Lots and sums are stored as rows; what is read is what was written.</summary>
public sealed class WalletStateTests
{
    private static readonly Gen<DateOnly> GenDay = Gen.Int[0, 4000].Select(days => new DateOnly(2020, 1, 1).AddDays(days));
    private static readonly Gen<Points> GenPoints = Gen.Int[-500_000, 500_000].Select(hundredths => new Points(hundredths));

    private static readonly DealerId?[] Dealers = [null, new DealerId("D021"), new DealerId("D\u00e9\"")];
    private static readonly decimal?[] Costs = [null, 1m, 0.01m];
    private static readonly string[] Categories = ["parts", "labour"], Wallets = ["club", "branch"];

    private static readonly Gen<Lot> GenLot = Gen.Select(Gen.String[1, 8], GenPoints, GenDay, GenDay.Nullable(), GenDay.Nullable(),
        Gen.Int[0, 71]).Select(
        (id, points, earned, lapses, available, kind) =>
        {
            var lot = new Lot(id, points, earned, lapses, available, kind % 2 == 0 ? null : "delivered") { DealerId = Dealers[kind / 2 % 3],
                UnitCost = Costs[kind / 6 % 3] };
            return lot with
            {
                Payers = (kind / 18) switch
                {
                    0 => [],
                    1 => [new Funding("hq", lot.Remaining)],
                    2 => [new Funding("hq", lot.Remaining - new Points(7)), new Funding("avis", new Points(7))],
                    _ => [new Funding("avis", new Points(7)), new Funding("hq", lot.Remaining - new Points(7))],
                },
            };
        });

    [Fact]
    public void Lots_come_back_as_they_were() => GenLot.Array[0, 20].Sample(lots =>
    {
        var read = JsonSerializer.Deserialize<WalletState>(JsonSerializer.Serialize(new WalletState(new WalletCode("club"), lots)))!;
        Assert.Equal("club", read.Code);
        Assert.Equal(lots, read.Lots);
    }, iter: 300);

    [Fact]
    public void Sums_come_back_as_they_were_whatever_the_order_of_the_rows() =>
        Gen.Select(GenDay, Gen.Int[0, 1], Gen.Int[0, 1], GenPoints, Gen.Int[0, 3]).Select(
            (day, category, wallet, points, count) =>
            new Activity(day, Categories[category], new WalletCode(Wallets[wallet]), points, new Money(points.Hundredths), count)).Array[0, 30].Sample(
            rows =>
        {
            var sums = ActivitySums.Of(rows);
            Assert.Equal(sums, ActivitySums.Of(rows.Reverse()));
            Assert.Equal(sums, rows.Aggregate(ActivitySums.None, (all, row) => all.Plus([row])));
            Assert.Equal(sums, JsonSerializer.Deserialize<ActivitySums>(JsonSerializer.Serialize(sums))!);
            Assert.Equal(rows.Sum(row => row.Points), sums.Sum(row => row.Points));
        }, iter: 300);

    [Theory]
    [InlineData("""{"code":"club","terms":[],"lots":[["a",1,"2026-03-02",null,null,0]]}""")]
    [InlineData("""{"code":"club","terms":[{}],"lots":[["a",1,"2026-13-02",null,null,0]]}""")]
    [InlineData("""{"code":"club","terms":[{}],"lots":[["a",1]]}""")]
    [InlineData("""{"code":"club","more":1}""")]
    public void What_is_no_wallet_is_not_read(string json) =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<WalletState>(json));
}
