using Club.Kernel;
using Club.Ledger;
using Club.Running;
using CsCheck;
using Xunit;

namespace Club.Tests.Ledger;

public sealed class LedgerPropertyTests
{
    private sealed record Bill(int Number, long Fen, long[] ReturnedShares);

    private static readonly Gen<Bill[]> Bills =
        Gen.Select(Gen.Long[0, 10_000_000], Gen.Long[0, 100].Array[0, 4], (fen, shares) => (fen, shares)).Array[1, 8]
            .Select(bills => bills.Select((bill, index) => new Bill(index, bill.fen, bill.shares)).ToArray());

    private static IEnumerable<string> Messages(Bill[] bills)
    {
        foreach (var bill in bills)
        {
            yield return Events.Bill($"B{bill.Number}",
                lines: [Events.Line("1", "parts", bill.Fen / 100m), Events.Line("2", "labour", 10m)]);
            var left = bill.Fen;
            for (var i = 0; i < bill.ReturnedShares.Length; i++)
            {
                var fen = Math.Min(left, bill.Fen * bill.ReturnedShares[i] / 100);
                left -= fen;
                yield return Events.Return($"B{bill.Number}", $"B{bill.Number}-R{i}", [new { lineId = "1", amount = fen / 100m }]);
            }
        }
    }

    /// <summary>What the published rate leaves: 1 % of the parts, less what the returned share had earned, exact to the
    /// hundredth.</summary>
    private static Points Expected(Bill bill)
    {
        var earned = bill.Fen / 100;
        var returned = Math.Min(bill.Fen, bill.ReturnedShares.Sum(share => bill.Fen * share / 100));
        var taken = bill.Fen == 0 || returned == bill.Fen ? (bill.Fen == 0 ? 0 : earned) : earned * returned / bill.Fen;
        return new Points(earned - taken);
    }

    [Fact]
    public Task Any_order_and_any_duplication_of_a_member_s_messages_gives_the_same_balance() =>
        Gen.Select(Bills, Gen.Int, Gen.Int[1, 6]).SampleAsync(async (bills, seed, batch) =>
        {
            var random = new Random(seed);
            await using var club = new ClubFixture();
            var member = await club.Register();
            string[] messages = [.. Messages(bills)];
            string[] delivered = [.. messages, .. messages.Where(_ => random.Next(2) == 0)];
            random.Shuffle(delivered);
            foreach (var part in delivered.Chunk(batch)) await club.Send(part);
            // Returns that overtook their transaction are applied by the sweep.
            await club.Sweep(FinishSweep.Word);

            Assert.Equal(bills.Sum(Expected), await club.Balance(member.MemberId));
            Assert.Empty(await club.Verify());
        }, iter: 60);

    [Fact]
    public Task Lot_lines_add_up_to_the_balance_at_every_entry() =>
        Bills.SampleAsync(async bills =>
        {
            await using var club = new ClubFixture();
            var member = await club.Register();
            foreach (var message in Messages(bills)) await club.Send(message);
            var sum = Points.Zero;
            foreach (var entry in (await club.Entries(member.MemberId)).Reverse())
            {
                Assert.Equal(entry.BalanceBefore, sum);
                sum += entry.Lots.Sum(line => line.Points);
                Assert.Equal(entry.Balance, sum);
            }
            Assert.Equal(sum, await club.Balance(member.MemberId));
        }, iter: 40);

    [Fact]
    public Task A_reversal_never_takes_more_than_was_earned() =>
        Bills.SampleAsync(async bills =>
        {
            await using var club = new ClubFixture();
            var member = await club.Register();
            foreach (var message in Messages(bills)) await club.Send(message);
            foreach (var bill in bills) await club.Send(Events.Return($"B{bill.Number}", $"B{bill.Number}-ALL"));
            var entries = await club.Entries(member.MemberId);
            foreach (var bill in bills)
            {
                var id = Entry.IdOf(Events.Source, $"B{bill.Number}");
                var earned = entries.Single(entry => entry.Id == id).Points;
                var taken = entries.Where(entry => entry.Reverses == id).Sum(entry => -entry.Points);
                Assert.All(entries.Where(entry => entry.Reverses == id), entry => Assert.False(entry.Points.IsPositive));
                Assert.Equal(earned, taken);
            }
            Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        }, iter: 40);
}
