using Club.Kernel;
using Club.Programmes;
using Club.Running;
using Club.Transactions;
using CsCheck;
using Xunit;

namespace Club.Tests.Earning;

/// <summary>A rule book of every kind of award, and what must hold of its ledger whatever comes.</summary>
public sealed class RuleBookPropertyTests
{
    /// <summary>No caps, budgets or first times: what these rules give does not depend on what came before.</summary>
    private const string Uncapped = """
        {"id":"parts","when":{"category":["parts"]},"award":{"rate":0.0123},"funding":[{"funder":"maker","percent":50},{"funder":"avis","percent":25},{"funder":"rescue","percent":25}]},
        {"id":"piece","when":{"category":["labour"]},"award":{"fixed":1.11,"per":"unit"},"pending":{"days":10},"funding":[{"funder":"maker","percent":33.3},{"funder":"avis","percent":33.3},{"funder":"rescue","percent":33.4}]},
        {"id":"double","when":{"channel":["shop"],"category":["parts"]},"award":{"multiplier":2},"group":"promo","pending":{"event":"delivered"}},
        {"id":"triple","when":{"channel":["shop"],"amount":{"atLeast":500},"category":["parts"]},"award":{"multiplier":3},"group":"promo","expiry":{"kind":"rollingMonths","months":3}},
        {"id":"visit","when":{},"award":{"steps":[{"from":100,"points":1},{"from":900,"points":5.55}],"of":"amount","per":"transaction"},"wallet":"branch"}
        """;

    private const string Capped = """
        {"id":"daily","when":{"category":["parts"]},"award":{"rate":0.5},"caps":[{"per":"day","points":77.77},{"per":"transaction","points":50}],"funding":[{"funder":"avis","percent":66.67},{"funder":"maker","percent":33.33}]},
        {"id":"budgeted","when":{"category":["labour"]},"award":{"rate":0.1},"budget":"spring","funding":[{"funder":"avis","percent":10},{"funder":"rescue","percent":90}]}
        """;

    private sealed record Bill(int Number, long Parts, long Labour, int Pieces, int[] Returns);

    private static readonly Gen<Bill[]> Bills =
        Gen.Select(Gen.Long[0, 2_000_00], Gen.Long[0, 500_00], Gen.Int[1, 5], Gen.Int[0, 33].Array[0, 3],
            (parts, labour, pieces, returns) => (parts, labour, pieces, returns)).Array[1, 7]
            .Select(bills => bills.Select((bill, i) => new Bill(i, bill.parts, bill.labour, bill.pieces, bill.returns)).ToArray());

    private static Programme Rules(params string[] rules) => Book.With($$"""
        {"groups":[{"code":"promo","stacking":"bestOf"}],"budgets":[{"code":"spring","points":60}],
         "funders":[{"code":"maker","name":"车厂"},{"code":"avis","name":"AVIS"},{"code":"rescue","name":"救援公司"}],
         "earning":[{{string.Join(',', rules)}}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    private static IEnumerable<string> Messages(Bill[] bills)
    {
        foreach (var bill in bills)
        {
            yield return Events.Bill($"B{bill.Number}", lines:
                [Events.Line("1", "parts", bill.Parts / 100m),
                    new { lineId = "2", category = "labour", amount = bill.Labour / 100m, quantity = bill.Pieces }]);
            foreach (var (percent, i) in bill.Returns.Select((percent, i) => (percent, i)))
                yield return Events.Return($"B{bill.Number}", $"B{bill.Number}-R{i}",
                    [new { lineId = "1", amount = bill.Parts * percent / 100 / 100m },
                    new { lineId = "2", amount = bill.Labour * percent / 100 / 100m }]);
            if (bill.Number % 2 == 0) yield return Events.Confirm($"B{bill.Number}", id: $"B{bill.Number}-C");
        }
    }

    [Fact]
    public Task Where_no_rule_looks_back_the_order_of_messages_changes_nothing() =>
        Gen.Select(Bills, Gen.Int, Gen.Int[1, 5]).SampleAsync(async (bills, seed, batch) =>
        {
            string[] messages = [.. Messages(bills)];
            var shuffled = messages.Concat(messages.Where((_, i) => i % 3 == 0)).ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(await Live(messages, 1), await Live(shuffled, batch));
        }, iter: 40);

    /// <summary>What is left in each wallet, by when it can be spent and when it lapses.</summary>
    private static async Task<string> Live(string[] messages, int batch)
    {
        await using var club = new ClubFixture(rules: Rules(Uncapped));
        var member = await club.Register();
        foreach (var part in messages.Chunk(batch)) await club.Send(part);
        // What came before its transaction is applied by the sweep; a refused return may have become possible.
        await club.Sweep(FinishSweep.Word);
        await club.Sweep(FinishSweep.Word);
        Assert.Empty(await club.Verify());
        var lots = (await club.Account(member.MemberId)).Wallets.SelectMany(wallet => wallet.Lots.Select(lot => (wallet.Code, lot)));
        return string.Join('\n', lots.GroupBy(one => (one.Code, one.lot.LapsesOn, one.lot.AvailableOn, one.lot.Awaits)).OrderBy(terms =>
            $"{terms.Key}").Select(terms => $"{terms.Key} {terms.Sum(one => one.lot.Remaining)}"));
    }

    [Fact]
    public Task Funders_shares_always_sum_to_the_points_through_partial_returns() =>
        Bills.SampleAsync(async bills =>
        {
            await using var club = new ClubFixture(rules: Rules(Uncapped, Capped));
            var member = await club.Register();
            foreach (var message in Messages(bills)) await club.Send(message);
            foreach (var bill in bills) await club.Send(Events.Return($"B{bill.Number}", $"B{bill.Number}-ALL"));

            var paid = new Dictionary<string, Points>();
            foreach (var line in (await club.Entries(member.MemberId)).SelectMany(entry => entry.Explanation)
                .Where(line => line.Rule is not null))
            {
                Assert.Equal(line.Points, line.Funding!.Sum(share => share.Points));
                foreach (var share in line.Funding!) paid[share.Funder] = paid.GetValueOrDefault(share.Funder) + share.Points;
            }
            // All was returned: nobody owes anything.
            Assert.All(paid, pair => Assert.True(pair.Value.IsZero, $"{pair.Key} {pair.Value}"));
            Assert.True((await club.Balance(member.MemberId)).IsZero);
            Assert.True((await club.Balance(member.MemberId, "branch")).IsZero);
            Assert.Empty((await club.Account(member.MemberId)).Counters ?? []);
            Assert.Empty(await club.Verify());
        }, iter: 50);

    [Fact]
    public Task Caps_hold_through_any_mix_of_bills_and_returns() =>
        Gen.Select(Bills, Gen.Int).SampleAsync(async (bills, seed) =>
        {
            await using var club = new ClubFixture(rules: Rules(Capped));
            var member = await club.Register();
            string[] messages = [.. Messages(bills)];
            new Random(seed).Shuffle(messages);
            foreach (var message in messages)
            {
                await club.Send(message);
                var lines = (await club.Entries(member.MemberId)).SelectMany(entry => entry.Explanation).ToArray();
                Assert.InRange(lines.Where(line => line.Rule == "daily").Sum(line => line.Points).Value, 0m, 77.77m);
                Assert.InRange((await club.Get<Budgets>().Used("test", "spring", default)).Value, 0m, 60m);
                var used = (await club.Account(member.MemberId)).Counters?.FirstOrDefault(counter => counter.Cap == "rule:daily")?.Used
                    ?? Points.Zero;
                Assert.Equal(lines.Where(line => line.Rule == "daily").Sum(line => line.Points), used);
            }
            Assert.Empty(await club.Verify());
        }, iter: 40);
}
