using Club.Kernel;
using Club.Ledger;
using Club.Spending;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>Whatever happens in whatever order, points are neither made nor lost.</summary>
public sealed class SpendingWalkTests
{
    private static readonly WalletCode Wallet = new("club");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_interleaving_conserves_points(int seed)
    {
        await using var club = new ClubFixture(rules: Till.Book(seed % 3 == 0 ? """{"overdraft":null}""" : seed % 3 == 1
            ? """{"refundGraceDays":0}""" : """{"overdraft":{"tiers":[{"tier":"ordinary","limit":150,"days":20}],"atDeadline":"block"}}"""));
        var walk = new Walk(club, new Random(seed));
        await walk.Begin();
        for (var step = 0; step < 60; step++)
        {
            await walk.Step();
            await walk.Check();
        }
        Assert.Empty(await club.Verify());
    }

    /// <summary>Nothing but redemptions, all of them given back in parts: the wallet is what it was.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_given_back_in_full_restores_every_lot(int seed)
    {
        var random = new Random(seed);
        await using var club = new ClubFixture(rules: Till.Book());
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        for (var i = 0; i < 8; i++) await till.Earn($"WO-{i}", random.Next(1, 40) * 10, $"2026-0{random.Next(1, 3)}-1{i}");
        var before = Lots(await club.Account(member));
        var spent = new List<(string Id, int Left)>();
        while ((await club.Account(member)).Available(Wallet, new DateOnly(2026, 3, 2)) >= Points.Of(10))
        {
            var points = random.Next(1, 30) * 10;
            if ((await till.Redeem(member, points)) is { Succeeded: true, Value.Answer: var paid }) spent.Add((paid.RedemptionId, points));
            else if (points == 10) break;
        }
        while (spent.Count > 0)
        {
            var (id, left) = spent[^1];
            var part = Math.Min(left, random.Next(1, 20) * 10);
            Assert.True((await till.Refund(id, part)).Succeeded);
            spent.RemoveAt(spent.Count - 1);
            if (left > part) spent.Add((id, left - part));
        }
        Assert.Equal(before, Lots(await club.Account(member)));
        Assert.Empty(await club.Verify());
    }

    private static Lot[] Lots(Account account) => [.. account.Wallet(Wallet).Lots.OrderBy(lot => lot.Id, StringComparer.Ordinal)];

    /// <summary>What may happen to one member, and what must be true of her afterwards.</summary>
    private sealed class Walk(ClubFixture club, Random random)
    {
        private readonly Till _till = new(club);
        private readonly List<string> _held = [], _spent = [], _bills = [];
        private MemberId _member;
        private int _bill;

        public async Task Begin() => _member = (await club.Register()).MemberId;

        public async Task Step()
        {
            switch (random.Next(10))
            {
                case 0 or 1:
                    var id = $"WO-{++_bill}";
                    await _till.Earn(id, random.Next(1, 60) * 10, $"{club.Get<ClubCalendar>().Today:yyyy-MM-dd}");
                    _bills.Add(id);
                    break;
                case 2 or 3:
                    if (await _till.Redeem(_member, random.Next(1, 30) * 10, hold: true) is { Succeeded: true, Value.Answer: var held })
                        _held.Add(held.RedemptionId);
                    break;
                case 4:
                    if (await _till.Redeem(_member, random.Next(1, 30) * 10) is { Succeeded: true, Value.Answer: var spent })
                        _spent.Add(spent.RedemptionId);
                    break;
                case 5 when Pick(_held) is { } confirmed:
                    if ((await _till.Confirm(confirmed)).Succeeded) _spent.Add(confirmed);
                    break;
                case 6 when Pick(_held) is { } cancelled:
                    await _till.Cancel(cancelled);
                    break;
                case 7 when _spent.Count > 0:
                    await _till.Refund(_spent[random.Next(_spent.Count)], random.Next(1, 20) * 10);
                    break;
                case 8 when Pick(_bills) is { } returned:
                    await club.Send(Events.Return(returned, $"RT-{returned}", source: "/dms/D001",
                        time: $"{club.Get<ClubCalendar>().Now:yyyy-MM-ddTHH:mm:sszzz}"));
                    break;
                default:
                    club.Clock.Advance(random.Next(4) == 0 ? TimeSpan.FromDays(random.Next(1, 200)) : TimeSpan.FromMinutes(random.Next(1, 40)));
                    await club.Sweep(PointsSweep.Word, HoldSweep.Word, OverdraftSweep.Word);
                    break;
            }
        }

        public async Task Check()
        {
            var (account, entries, today) = (await club.Account(_member), await club.Entries(_member), club.Get<ClubCalendar>().Today);
            // All wallets and counter-accounts are zero at every entry, and the balance is what the entries add up to.
            Assert.All(entries, entry => Assert.Equal(Points.Zero, entry.Points + entry.Counter.Sum(line => line.Points)));
            Assert.Equal(entries.Where(entry => entry.Wallet == Wallet).Sum(entry => entry.Points), account.Balance(Wallet));
            // What is there is spendable, pending, held, owed or lapsed and nothing else.
            var kept = (account.Holds ?? []).Sum(hold => hold.Kept + hold.Overdrawn);
            var lapsed = account.Wallet(Wallet).Lots.Where(lot => lot.HasLapsed(today)).Sum(lot => lot.Remaining);
            Assert.Equal(account.Balance(Wallet), account.Available(Wallet, today) + kept + lapsed + account.Wallet(Wallet).Pending(today));
            // Below zero is only what a return took back, or what an overdraft allows.
            if (club.Programme.Spending!.Overdraft is null && !entries.Any(entry => entry.Kind == EntryKind.Reversal))
                Assert.False(account.Available(Wallet, today).IsNegative);
        }

        private string? Pick(List<string> of)
        {
            if (of.Count == 0) return null;
            var one = of[random.Next(of.Count)];
            of.Remove(one);
            return one;
        }
    }
}
