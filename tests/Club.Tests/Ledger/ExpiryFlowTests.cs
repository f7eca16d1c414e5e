using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using CsCheck;
using Xunit;

namespace Club.Tests.Ledger;

public sealed class ExpiryFlowTests
{
    internal static Programme Lapsing(string wallets, string earning) => Book.With($$"""
        {"wallets":{{wallets}},"earning":{{earning}},"care":[],"tiers":[{"code":"ordinary","name":"普卡"}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    internal static string Wallet(string code, string expiry) =>
        $$"""{"code":"{{code}}","name":"{{code}}","scope":"club","unit":"分","expiry":{{expiry}},"unitCost":1}""";

    [Fact]
    public async Task A_rule_s_own_expiry_lapses_its_lot_and_leaves_the_rest()
    {
        await using var club = new ClubFixture(rules: Lapsing(
            $"[{Wallet("club", """{"kind":"rollingMonths","months":24}""")}]",
            """[{"id":"base","when":{"category":["parts"]},"award":{"rate":0.01}},{"id":"short","when":{"category":["parts"]},"award":{"fixed":10,"per":"line"},"expiry":{"kind":"rollingMonths","months":3}},{"id":"ever","when":{"category":["labour"]},"award":{"fixed":1,"per":"line"},"expiry":{"kind":"never"}}]"""));
        var member = await club.Register();
        await club.Send(Events.Bill());
        Assert.Equal(Points.Of(15.9m), await club.Balance(member.MemberId));

        club.At(2026, 6, 1);
        Assert.Equal(0, (await club.Sweep(PointsSweep.Word)).Done);
        club.At(2026, 6, 2);
        Assert.Equal(1, (await club.Sweep(PointsSweep.Word)).Done);
        Assert.Equal(Points.Of(5.9m), await club.Balance(member.MemberId));

        club.At(2028, 3, 2);
        await club.Sweep(PointsSweep.Word);
        Assert.Equal(Points.Of(1), await club.Balance(member.MemberId));
        Assert.Null((await club.Account(member.MemberId)).NextLapse);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Whoever_stays_active_keeps_all_and_loses_all_after_months_without_activity()
    {
        await using var club = new ClubFixture(rules: Inactive());
        var member = await club.Register();
        await club.Send(Events.Bill("A"));
        club.At(2026, 8, 1);
        await club.Send(Events.Bill("B", time: "2026-08-01T10:00:00+08:00"));

        club.At(2026, 9, 2);
        Assert.Equal(0, (await club.Sweep(PointsSweep.Word)).Done);
        Assert.Equal(Points.Of(9.8m), await club.Balance(member.MemberId));

        club.At(2027, 2, 1);
        Assert.Equal(1, (await club.Sweep(PointsSweep.Word)).Done);
        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Equal(-9.8m, (await club.Entries(member.MemberId))[0].Points.Value);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Inactivity_gives_the_same_dates_in_whatever_order_transactions_arrive()
    {
        string[] bills = [Events.Bill("A"), Events.Bill("B", time: "2026-05-01T10:00:00+08:00"),
            Events.Bill("C", time: "2026-06-10T10:00:00+08:00")];
        var dates = new List<string>();
        foreach (var order in new int[][] { [0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1] })
        {
            await using var club = new ClubFixture(rules: Inactive());
            club.At(2026, 6, 10);
            var member = await club.Register();
            foreach (var i in order) await club.Send(bills[i]);
            dates.Add(string.Join(' ', (await club.Account(member.MemberId)).Wallet(new WalletCode("club")).Lots.OrderBy(lot => lot.EarnedOn).Select(lot =>
                $"{lot.EarnedOn:O}-{lot.LapsesOn:O}")));
            Assert.Empty(await club.Verify());
        }
        Assert.Equal("2026-03-02-2026-12-10 2026-05-01-2026-12-10 2026-06-10-2026-12-10", Assert.Single(dates.Distinct()));
    }

    [Fact]
    public async Task What_lapses_repays_a_debt_first()
    {
        // 49 points are spent and then owed after the return; 98 that waited for a day cover them, and lapse.
        await using var club = new ClubFixture(rules: Lapsing(
            $"[{Wallet("club", """{"kind":"rollingMonths","months":1}""")}]",
            """[{"id":"now","when":{"category":["parts"]},"award":{"rate":0.1}},{"id":"later","when":{"category":["labour"]},"award":{"rate":0.4666},"pending":{"days":5}}]"""));
        var member = await club.Register();
        await club.Send(Events.Bill("A", lines: [Events.Line("1", "parts", 490)]),
            Events.Bill("B", lines: [Events.Line("1", "labour", 210)]));
        await Spend(club, member.MemberId, 49);
        await club.Send(Events.Return("A", "RA"));
        Assert.Equal(97.98m - 49m, (await club.Balance(member.MemberId)).Value);

        club.At(2026, 4, 2);
        await club.Sweep(PointsSweep.Word);

        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Equal(Points.Of(-48.98m), (await club.Entries(member.MemberId))[0].Points);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Each_wallet_lapses_by_its_own_terms()
    {
        await using var club = new ClubFixture("byd");
        var member = await club.Register();
        await club.Send(
            Events.Bill("S", lines: [Events.Line("1", "sign-in", 0)]), Events.Bill("A", lines: [Events.Line("1", "answer-accepted", 0)]),
            Events.Bill("R", lines: [Events.Line("1", "referral", 0)]));
        await club.Send(Events.Confirm("R"));
        Assert.Equal((20m, 10m, 500m), await Balances());

        club.At(2027, 3, 2);
        await club.Sweep(PointsSweep.Word);

        Assert.Equal((0m, 10m, 500m), await Balances());
        Assert.Empty(await club.Verify());

        async Task<(decimal, decimal, decimal)> Balances() =>
            ((await club.Balance(member.MemberId, "coins")).Value, (await club.Balance(member.MemberId, "reputation")).Value,
                (await club.Balance(member.MemberId, "cash")).Value);
    }

    private enum Step { Bill, Return, Confirm, Spend, Days }

    [Fact]
    public Task Expiry_never_makes_a_balance_negative() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 40], Gen.Int[1, 100]).Array[1, 25].SampleAsync(
            async steps =>
            {
                await using var club = new ClubFixture(rules: Lapsing(
                    $"[{Wallet("club", """{"kind":"rollingMonths","months":2}""")},{Wallet("branch", """{"kind":"inactivity","months":2}""")}]",
                    """
                    [{"id":"base","when":{},"award":{"rate":0.1}},{"id":"waits","when":{},"award":{"rate":0.1},"pending":{"days":20}},
                     {"id":"event","when":{},"award":{"fixed":3,"per":"line"},"pending":{"event":"delivered"},"expiry":{"kind":"never"}},
                     {"id":"branch","when":{},"award":{"rate":0.05},"wallet":"branch"}]
                    """));
                var member = await club.Register();
                for (var i = 0; i < steps.Length; i++)
                {
                    var (step, number, amount) = steps[i];
                    var now = club.Clock.GetUtcNow().ToString("O");
                    if (step == Step.Bill) await club.Send(Events.Bill($"B{i}", time: now, lines: [Events.Line("1", "parts", amount)]));
                    if (step == Step.Return)
                        await club.Send(Events.Return($"B{number % (i + 1)}", $"R{i}", [new { lineId = "1", amount = amount / 2m }],
                            time: now));
                    if (step == Step.Confirm) await club.Send(Events.Confirm($"B{number % (i + 1)}", id: $"C{i}", time: now));
                    if (step == Step.Spend) await Spend(club, member.MemberId, amount / 10m);
                    if (step == Step.Days) club.Clock.Advance(TimeSpan.FromDays(number));
                    await club.Sweep(PointsSweep.Word);
                    Assert.Equal(0, (await club.Sweep(PointsSweep.Word)).Done);
                }
                foreach (var entry in (await club.Entries(member.MemberId)).Where(entry => entry.Kind == EntryKind.Expiry))
                {
                    Assert.False(entry.Points.IsPositive);
                    Assert.True(entry.Balance >= Points.Min(Points.Zero, entry.BalanceBefore));
                }
                Assert.Empty(await club.Verify());
            },
            iter: 60);

    /// <summary>Takes points out of the wallet in spending order, as a redemption does.</summary>
    private static async Task Spend(ClubFixture club, MemberId memberId, decimal points) =>
        await club.Get<MemberLedger>().Change(memberId, journal =>
    {
        var left = Points.Of(points);
        var lines = new List<LotLine>();
        foreach (var lot in journal.Account.Wallet(new WalletCode("club")).Spendable(journal.Today))
        {
            var part = Points.Min(left, lot.Remaining);
            left -= part;
            if (part.IsPositive) lines.Add(new LotLine(lot.Id, -part, lot.EarnedOn, lot.LapsesOn));
        }
        if (lines.Count > 0)
            journal.Post(new Posting($"spent-{journal.Account.Sequence}", new Cause.Reversal("", ""), new WalletCode("club"), journal.RecordedAt, journal.Today,
                "/test", $"{journal.Account.Sequence}", lines,
                []) { Counter = [new CounterLine(CounterLine.Programme, -lines.Sum(line => line.Points))] });
        return ValueTask.FromResult(true);
    }, default);

    private static Programme Inactive() => Lapsing(
        $"[{Wallet("club", """{"kind":"inactivity","months":6}""")}]",
        """[{"id":"base","when":{"category":["parts"]},"award":{"rate":0.01}}]""");
}
