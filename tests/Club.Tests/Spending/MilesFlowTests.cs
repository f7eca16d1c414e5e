using System.Globalization;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Partners;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>
/// The miles case of the Deloitte document, twelve years later than there, so that it lies ahead of the test clock: 15,000 miles of five
/// days, each of which knows what a mile cost then.
/// </summary>
public sealed class MilesFlowTests
{
    [Fact]
    public async Task Fifteen_thousand_miles_stand_in_five_lots_each_at_the_price_of_its_day()
    {
        await using var club = new ClubFixture("miles");
        await Publish(club, ("1.0", "2010-01-01", 0.02m), ("1.1", "2026-06-01", 0.022m), ("1.2", "2026-09-01", 0.024m),
            ("1.3", "2027-01-01", 0.026m), ("1.4", "2027-05-01", 0.028m));
        var member = await club.Register();
        await club.Get<PartnerBook>().Name("airline", "航空公司", Caller.Operator, default);
        foreach (var (day, category, miles) in new[]
        {
            ("2026-04-20", "rental", 2000), ("2026-06-16", "hotel", 2000), ("2026-10-20", "flight", 3000), ("2027-01-15", "flight", 5000),
            ("2027-05-15", "flight", 3000),
        })
        {
            var at = DateTimeOffset.Parse($"{day}T12:00:00+08:00", CultureInfo.InvariantCulture);
            club.Clock.SetUtcNow(at);
            await club.Send(Events.Bill($"T-{day}", source: $"/partners/{category}", time: $"{at:O}", dealerId: null,
                lines: [Events.Line("1", category, miles)]));
        }

        var lots = (await club.Account(member.MemberId)).Wallet(new WalletCode("miles")).Spendable(new DateOnly(2027, 5, 15)).ToList();

        Assert.Equal(
            ["2026-04-20 2000 × 0.020 avis", "2026-06-16 2000 × 0.022 hilton", "2026-10-20 3000 × 0.024 airline",
                "2027-01-15 5000 × 0.026 airline", "2027-05-15 3000 × 0.028 airline"],
            lots.Select(lot => string.Create(CultureInfo.InvariantCulture,
                $"{lot.EarnedOn:O} {lot.Remaining} × {lot.UnitCost:0.000} {Assert.Single(lot.Payers).Funder}")));
        Assert.Equal(15_000m, lots.Sum(lot => lot.Remaining).Value);
        Assert.Equal(370m, lots.Sum(lot => lot.Remaining.Value * lot.UnitCost!.Value));

        var spent = (await club.Get<Redemptions>().Redeem(member.MemberId, new RedemptionRequest(null, Points.Of(15_000),
            new SpentFor(SpentKind.Partner, Money.Of(1000), Partner: "airline", Reference: "T-15000"), Hold: false), new Command("T-15000", ""),
            Caller.Operator, default)).Value.Answer;
        Assert.Equal([(2000m, 40m), (2000m, 44m), (3000m, 72m), (5000m, 130m), (3000m, 84m)],
            spent.Lots.Select(lot => (lot.Points.Value, lot.Cost.Yuan)));
        Assert.Equal((Money.Of(370), Money.Of(550)), (spent.Cost, spent.Cash));
        Assert.Equal(["avis", "hilton", "airline", "airline", "airline"], spent.Lots.Select(lot => Assert.Single(lot.Funding).Funder));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public void Fifteen_thousand_miles_pay_for_what_the_book_says_and_not_for_what_they_cost()
    {
        var spending = ProgrammeLoader.Load("miles").Spending!;
        var miles = Assert.Single(spending.Wallets);

        Assert.Equal(450m, 15_000 * spending.ValueOf(miles, atPartner: true));
        Assert.Equal(BillMix.Any, spending.Bills);
        Assert.Equal([("silver", 1000m, 90), ("gold", 3000m, 180), ("platinum", 5000m, 180)],
            spending.Overdraft!.Tiers.Select(tier => (tier.Tier.Value, tier.Limit.Value, tier.Days)));
        Assert.Null(spending.Overdraft.Of(new TierCode("ordinary")));
        Assert.Equal(OverdraftEnd.Buy, spending.Overdraft.AtDeadline);
    }

    private static async Task Publish(ClubFixture club, params (string Version, string From, decimal UnitCost)[] versions)
    {
        foreach (var (version, from, unitCost) in versions)
        {
            var file = JsonNode.Parse(ProgrammeLoader.LoadText("miles").Json.GetRawText())!;
            (file["version"], file["effectiveFrom"], file["wallets"]![0]!["unitCost"]) = (version, from, unitCost);
            Assert.IsType<PublicationResult.Published>(await club.Publish(file));
        }
    }
}
