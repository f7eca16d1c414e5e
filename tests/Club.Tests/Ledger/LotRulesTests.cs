using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Ledger;

public sealed class LotRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void Awards_with_the_same_terms_share_a_lot()
    {
        var programme = Rules(
            """{"id":"a","when":{},"award":{"fixed":1,"per":"line"}}""",
            """{"id":"b","when":{},"award":{"fixed":2,"per":"line"},"pending":{"days":14}}""",
            """{"id":"c","when":{},"award":{"fixed":4,"per":"line"},"pending":{"until":"2026-03-16"}}""",
            """{"id":"d","when":{},"award":{"fixed":8,"per":"line"},"pending":{"event":"delivered"}}""",
            """{"id":"e","when":{},"award":{"fixed":16,"per":"line"},"expiry":{"kind":"rollingMonths","months":6}}""",
            """{"id":"f","when":{},"award":{"fixed":32,"per":"line"},"pending":{"until":"2026-03-01"}}""");
        var awards = Earn(programme, Line("parts", 1));

        var (lines, lotOf) = LotRules.Credited(programme, programme.DefaultWallet, "e1", awards, Day, new DealerId("D021"));

        Assert.Equal(
            [(33m, null, null, null), (6m, null, new(2026, 3, 16), null), (8m, null, null, "delivered"),
            (16m, (DateOnly?)new DateOnly(2026, 9, 2), (DateOnly?)null, (string?)null)],
            lines.Select(line => (line.Points.Value, line.LapsesOn, line.AvailableOn, line.Awaits)));
        Assert.Equal(lines.Select(line => line.Lot), awards.Select(award => lotOf[award]).Distinct());
        Assert.All(lines, line => Assert.Equal((Day, "D021", 1m), (line.EarnedOn, line.DealerId?.Value, line.UnitCost)));
    }

    [Fact]
    public void The_lot_follows_from_the_terms_and_what_waits_is_of_one_transaction()
    {
        var programme = Rules("""{"id":"a","when":{},"award":{"fixed":1,"per":"line"}}""",
            """{"id":"d","when":{},"award":{"fixed":8,"per":"line"},"pending":{"event":"delivered"}}""");
        string[] Lots(string entry, DateOnly day, string? dealer) =>
            [.. LotRules.Credited(programme, programme.DefaultWallet, entry, Earn(programme, Line("parts", 1)), day,
                dealer is null ? null : new DealerId(dealer)).Lines.Select(line => line.Lot)];

        var (first, second) = (Lots("e1", Day, "D021"), Lots("e2", Day, "D021"));
        Assert.Equal(first[0], second[0]);
        Assert.NotEqual(first[1], second[1]);
        Assert.Equal([first[0], first[0]], [LotRules.Released(first[1]), LotRules.Released(second[1])]);
        Assert.Equal(4, new[] { first[0], Lots("e1", Day, "D022")[0], Lots("e1", Day, null)[0],
            Lots("e1", Day.AddDays(1), "D021")[0] }.Distinct().Count());
    }

    [Fact]
    public void Who_shares_otherwise_pays_for_another_lot_and_the_shares_of_a_lot_add_up()
    {
        var programme = With("""
            {"funders":[{"code":"hq","name":"总部"},{"code":"avis","name":"AVIS"}],"earning":[
             {"id":"a","when":{},"award":{"fixed":0.01,"per":"line"},"funding":[{"funder":"hq","percent":50},{"funder":"avis","percent":50}]},
             {"id":"b","when":{},"award":{"fixed":0.05,"per":"line"},"funding":[{"funder":"hq","percent":50},{"funder":"avis","percent":50}]},
             {"id":"c","when":{},"award":{"fixed":1,"per":"line"},"funding":[{"funder":"hq","percent":60},{"funder":"avis","percent":40}]}]}
            """);
        var (lines, _) = LotRules.Credited(programme, programme.DefaultWallet, "e1", Earn(programme, Line("parts", 1)), Day, null);
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(line.Points, line.Payers.Sum(payer => payer.Points)));
        Assert.Equal([("hq", 0.04m), ("avis", 0.02m)], lines[0].Payers.Select(payer => (payer.Funder, payer.Points.Value)));
    }

    [Fact]
    public void A_debt_is_repaid_first_by_what_can_be_spent_and_not_by_what_waits()
    {
        var state = new WalletState(new WalletCode("club"), [new Lot(Lot.Debt, Points.Of(-10), Day)]);

        var lines = LotRules.Credit(
            state, Wallet(new ExpiryPolicy.Never()),
            [new("a", Points.Of(4), Day, null, Day.AddDays(1)), new("b", Points.Of(3), Day), new("c", Points.Of(20), Day),
            new("d", Points.Of(5), Day, null, null, "delivered")], Day, Day);

        Assert.Equal([("a", 4m), ("c", 13m), ("d", 5m), (Lot.Debt, 10m)], lines.Select(line => (line.Lot, line.Points.Value)));
    }

    [Fact]
    public void Activity_gives_all_lots_of_an_inactivity_wallet_their_new_date()
    {
        var wallet = Wallet(new ExpiryPolicy.Inactivity(6));
        var state = new WalletState(new WalletCode("club"),
        [
            new("old", Points.Of(5), new(2025, 10, 1), new(2026, 4, 1)), new("lapsed", Points.Of(5), new(2025, 1, 1), new(2025, 7, 1)),
            new("kept", Points.Of(5), new(2025, 1, 1)), new("waits", Points.Of(5), new(2025, 12, 1), new(2026, 6, 1), null, "delivered"),
        ]);

        var lines = LotRules.Credit(state, wallet, [new("new", Points.Of(1), Day, new(2026, 9, 2))], Day, Day);

        Assert.Equal([new(LotLine.All, Points.Zero, Day, new(2026, 9, 2)), new("new", Points.Of(1), Day, new(2026, 9, 2))], lines);
        foreach (var line in lines) state = state.With(line);
        Assert.Equal(
            [("old", new DateOnly(2026, 9, 2)), ("lapsed", new(2025, 7, 1)), ("kept", null), ("waits", new(2026, 9, 2)),
            ("new", (DateOnly?)new DateOnly(2026, 9, 2))],
            state.Lots.Select(lot => (lot.Id, lot.LapsesOn)));
    }

    [Fact]
    public void What_happened_before_the_last_activity_lapses_with_the_rest()
    {
        var wallet = Wallet(new ExpiryPolicy.Inactivity(6));
        var state = new WalletState(new WalletCode("club"), [new("june", Points.Of(5), new(2026, 6, 1), new(2026, 12, 1))]);

        var line = Assert.Single(LotRules.Credit(state, wallet, [new("march", Points.Of(1), Day, new(2026, 9, 2))], Day, new(2026, 6, 10)));

        Assert.Equal(new LotLine("march", Points.Of(1), Day, new(2026, 12, 1)), line);
    }

    private static Wallet Wallet(ExpiryPolicy expiry) => new(new WalletCode("club"), "积分", WalletScope.Club, "分", expiry, 1);
}
