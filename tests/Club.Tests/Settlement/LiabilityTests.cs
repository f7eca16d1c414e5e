using Club.Kernel;
using Club.Settlement;
using Xunit;

using static Club.Tests.Settlement.SettlementClub;

namespace Club.Tests.Settlement;

/// <summary>What is outstanding at the end of a day, and how much of it will never be spent.</summary>
public sealed class LiabilityTests
{
    [Fact]
    public async Task Each_day_of_the_campaign_has_its_own_liability()
    {
        await using var club = await Open();
        await CampaignTests.Live(club);
        var march = await Of(club, "2026-03-31");
        var wallet = Assert.Single(march.Wallets);
        Assert.Equal((300m, 150m, 0m), (wallet.Points.Value, march.Cost.Yuan, march.Opening.Yuan));
        Assert.Equal([("2026-05", 300m, 150m)], wallet.ByLapse.Select(part => (part.Month, part.Points.Value, part.Cost.Yuan)));
        Assert.Equal([("brand:foton", 75m), ("partner:avis", 37.5m), ("partner:rescue", 37.5m)],
            wallet.ByPayer.Select(part => ($"{part.Party}", part.Cost.Yuan)));
        Assert.Equal(["cost:brand:foton > liability 100", "cost:partner:avis > liability 50", "cost:partner:rescue > liability 50",
            "liability > cost:brand:foton 25", "liability > cost:partner:avis 12.5", "liability > cost:partner:rescue 12.5"], Lines(march));
        // Of the day before the return, four rentals.
        Assert.Equal(200m, (await Of(club, "2026-03-09")).Cost.Yuan);
        var april = await Of(club, "2026-04-30");
        Assert.Equal((150m, 100m), (april.Opening.Yuan, april.Cost.Yuan));
        Assert.All(april.Journal, line => Assert.Contains("goods", (string[])[line.Debit, line.Credit]));
        Assert.Equal(0, (await Of(club, "2026-05-03")).Cost.Yuan);
        // What a day came to is kept, once it is over.
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(march, ClubJson.Answers),
            System.Text.Json.JsonSerializer.Serialize(await Of(club, "2026-03-31"), ClubJson.Answers));
    }

    [Theory]
    [InlineData("2026-03-03")]
    [InlineData("1999-12-31")]
    public async Task A_day_that_has_not_come_is_none(string day)
    {
        await using var club = await Open();
        Assert.Equal("invalid-query", (await club.Get<Liability>().Of(DateOnly.Parse(day, null), Cancellation)).Problem!.Code);
    }

    /// <summary>Cohorts of 1,000 points of which 30, 20 and 10 % are spent in their first months, and the rest lapses.</summary>
    [Fact]
    public void A_steady_club_is_foretold_exactly()
    {
        var rates = new[] { 0.3m, 0.2m, 0.1m };
        var cohorts = Enumerable.Range(0, 12).Select(month => new IssueMonth(month, 100_000, 0,
            [.. rates.Take(12 - month).Select(rate => (long)(100_000 * rate))])).ToArray();
        Assert.All(BreakageRules.Ultimate(cohorts, 11), ultimate => Assert.Equal(60_000, ultimate));
        var (asOf, months, predicted, actual) = BreakageRules.BackTest(cohorts, 11)!.Value;
        Assert.Equal((6, 5, predicted), (asOf, months, actual));
        Assert.Equal(10_000 + 10_000 + 20_000, actual);
    }

    [Fact]
    public void More_than_was_issued_is_never_spent_and_too_short_a_history_has_no_back_test()
    {
        var cohorts = new[] { new IssueMonth(0, 100, 0, [90, 90]), new IssueMonth(1, 100, 50, [90]) };
        Assert.All(BreakageRules.Ultimate(cohorts, 1), ultimate => Assert.InRange(ultimate, 90, 180));
        Assert.Equal(90, BreakageRules.Ultimate(cohorts, 1)[1]);
        Assert.Null(BreakageRules.BackTest(cohorts, 1));
        Assert.Empty(BreakageRules.Ultimate([], 5));
    }

    private static async Task<LiabilityView> Of(ClubFixture club, string day)
    {
        var view = (await club.Get<Liability>().Of(DateOnly.Parse(day, null), Cancellation)).Value;
        AddsUp(view);
        return view;
    }

    /// <summary>Every way of parting it comes to the whole, to the fen.</summary>
    internal static void AddsUp(LiabilityView view)
    {
        Assert.Equal(view.Cost.Fen, view.Wallets.Sum(wallet => wallet.Cost.Fen));
        foreach (var wallet in view.Wallets)
            Assert.Equal((wallet.Cost.Fen, wallet.Cost.Fen, wallet.Cost.Fen), (wallet.ByLapse.Sum(part => part.Cost.Fen),
                wallet.ByTier.Sum(part => part.Cost.Fen), wallet.ByPayer.Sum(part => part.Cost.Fen)));
    }

    /// <summary>Amounts whose costs end on half a fen, many times over.</summary>
    [Fact]
    public async Task Parts_that_are_rounded_come_to_the_whole()
    {
        await using var club = await Open();
        await club.Register();
        await club.Register("13900139000");
        for (var i = 0; i < 9; i++)
        {
            await club.Rent($"P{i}", category: i % 2 == 0 ? "parts" : "labour", amount: 1.01m + 0.02m * i, phone: i % 3 == 0 ? "13900139000" : "13800138000");
            await club.Rent($"B{i}", category: "accessory", amount: 3.01m + 0.04m * i, dealer: i % 2 == 0 ? "D001" : "D002");
        }
        var view = await Of(club, "2026-03-02");
        Assert.Equal(2, view.Wallets.Count);
    }

    /// <summary>Points that need wait no longer change from one lot to another of the same payer.</summary>
    [Fact]
    public void What_cancels_itself_within_an_entry_is_no_line()
    {
        var (hotel, day, wallet) = (new Party(PartyKind.Partner, "hotel"), new DateOnly(2026, 3, 2), new WalletCode("club"));
        var entry = new SettledEntry
        {
            MemberId = new MemberId("M1"), Sequence = 1, Kind = Club.Ledger.EntryKind.Release, Wallet = wallet, On = day, RecordedAt = default,
            Points = Points.Zero, Lots = [], Counter = [], ProgrammeVersion = "1",
        };
        var sums = new MonthSums();
        sums.Add(entry, [new Movement(hotel, LineKind.Owed, wallet, Points.Of(-5), day, 0.5m), new Movement(hotel, LineKind.Owed, wallet, Points.Of(5), day, 0.5m) { LapsesOn = day }]);
        Assert.Empty(sums.Lines);
        sums.Add(entry, [new Movement(hotel, LineKind.Owed, wallet, Points.Of(-5), day, 0.5m), new Movement(hotel, LineKind.Issued, wallet, Points.Of(5), day, 0.5m)]);
        Assert.Equal([-5m, 5m], sums.Lines.Select(line => line.Points.Value));
    }

    private static IEnumerable<string> Lines(LiabilityView view) => view.Journal.Select(line => $"{line.Debit} > {line.Credit} {line.Amount}");
}
