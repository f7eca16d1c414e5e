using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Programmes;

public sealed class LotRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void Awards_with_the_same_terms_share_a_lot_and_the_first_has_the_entry_s_id()
    {
        var programme = Earning(
            """{"id":"a","when":{},"award":{"fixed":1,"per":"line"}}""",
            """{"id":"b","when":{},"award":{"fixed":2,"per":"line"},"pending":{"days":14}}""",
            """{"id":"c","when":{},"award":{"fixed":4,"per":"line"},"pending":{"until":"2026-03-16"}}""",
            """{"id":"d","when":{},"award":{"fixed":8,"per":"line"},"pending":{"event":"delivered"}}""",
            """{"id":"e","when":{},"award":{"fixed":16,"per":"line"},"expiry":{"kind":"rollingMonths","months":6}}""",
            """{"id":"f","when":{},"award":{"fixed":32,"per":"line"},"pending":{"until":"2026-03-01"}}""");
        var awards = Earn(programme, Line("parts", 1));

        var (lines, lotOf) = LotRules.Credited(programme.DefaultWallet, "e1", awards, Day);

        Assert.Equal(
            [
                new LotLine("e1", Points.Of(33), Day),
                new LotLine("e1.2", Points.Of(6), Day, null, new(2026, 3, 16)),
                new LotLine("e1.3", Points.Of(8), Day, null, null, "delivered"),
                new LotLine("e1.4", Points.Of(16), Day, new(2026, 9, 2)),
            ],
            lines);
        Assert.Equal(["b", "c", "d", "e"], lotOf.Keys.Select(award => award.Rule).Order());
    }

    [Fact]
    public void A_debt_is_repaid_first_by_what_can_be_spent_and_not_by_what_waits()
    {
        var state = new WalletState("club", [new Lot(Lot.Debt, Points.Of(-10), Day)]);

        var lines = LotRules.Credit(
            state, Wallet(new ExpiryPolicy.Never()),
            [new("a", Points.Of(4), Day, null, Day.AddDays(1)), new("b", Points.Of(3), Day), new("c", Points.Of(20), Day), new("d", Points.Of(5), Day, null, null, "delivered")], Day, Day);

        Assert.Equal([("a", 4m), ("c", 13m), ("d", 5m), (Lot.Debt, 10m)], lines.Select(line => (line.Lot, line.Points.Value)));
    }

    [Fact]
    public void Activity_gives_all_lots_of_an_inactivity_wallet_their_new_date()
    {
        var wallet = Wallet(new ExpiryPolicy.Inactivity(6));
        var state = new WalletState("club",
        [
            new("old", Points.Of(5), new(2025, 10, 1), new(2026, 4, 1)), new("lapsed", Points.Of(5), new(2025, 1, 1), new(2025, 7, 1)),
            new("kept", Points.Of(5), new(2025, 1, 1)), new("waits", Points.Of(5), new(2025, 12, 1), new(2026, 6, 1), null, "delivered"),
        ]);

        var lines = LotRules.Credit(state, wallet, [new("new", Points.Of(1), Day, new(2026, 9, 2))], Day, Day);

        Assert.Equal(
            [new("new", Points.Of(1), Day, new(2026, 9, 2)), new("old", Points.Zero, new(2025, 10, 1), new(2026, 9, 2)), new("waits", Points.Zero, new(2025, 12, 1), new(2026, 9, 2), null, "delivered")],
            lines);
    }

    [Fact]
    public void What_happened_before_the_last_activity_lapses_with_the_rest()
    {
        var wallet = Wallet(new ExpiryPolicy.Inactivity(6));
        var state = new WalletState("club", [new("june", Points.Of(5), new(2026, 6, 1), new(2026, 12, 1))]);

        var line = Assert.Single(LotRules.Credit(state, wallet, [new("march", Points.Of(1), Day, new(2026, 9, 2))], Day, new(2026, 6, 10)));

        Assert.Equal(new LotLine("march", Points.Of(1), Day, new(2026, 12, 1)), line);
    }

    private static Wallet Wallet(ExpiryPolicy expiry) => new("club", "积分", WalletScope.Club, "分", expiry, 1);
}
