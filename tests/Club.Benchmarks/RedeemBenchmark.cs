using System.Collections.Concurrent;
using System.Diagnostics;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Spending;
using Club.Store;
using Club.Transactions;

namespace Club.Benchmarks;

/// <summary>Redemptions per second, each held and then confirmed, beside the accruals that paid for them in the same run; and how long one
/// takes when they come evenly, whoever waits.</summary>
internal static class RedeemBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, redemptions, concurrency, rate) = (arguments.Number("members", 20_000), arguments.Number("redemptions", 20_000),
            arguments.Number("concurrency", 128), arguments.Number("rate", 500));
        await using var club = new BenchmarkClub();
        await club.Seed(members);
        var accruals = await Accrue(club, members, concurrency);
        var able = await Able(club, members);
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, redemptions, new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (i, cancellation) => await Redeem(club, able[i % able.Count], i, cancellation));
        watch.Stop();
        var perSecond = redemptions / watch.Elapsed.TotalSeconds;
        var (p50, p99) = Percentiles.Of(await Evenly(club, able, redemptions, rate));
        return new
        {
            benchmark = "redeem", members, able = able.Count, redemptions, concurrency, perSecond = (int)perSecond, accrualsPerSecond = (int)accruals,
            ofAccrual = Math.Round(perSecond / accruals, 2), rate, openLoopP50Ms = p50, openLoopP99Ms = p99, peakMB = BenchmarkClub.PeakMegabytes(),
        };
    }

    /// <summary>Bills for everybody, as the queue brings them.</summary>
    private static async Task<double> Accrue(BenchmarkClub club, int members, int concurrency)
    {
        var messages = Messages.Bills(2 * members, members);
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(messages.Chunk(50), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, concurrency / 16) },
            async (chunk, cancellation) => await club.Get<Accrue>().Handle(chunk, cancellation));
        return messages.Length / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Members who can pay for many redemptions.</summary>
    private static async Task<List<MemberId>> Able(BenchmarkClub club, int members)
    {
        var (able, wallet) = (new List<MemberId>(), new WalletCode("club"));
        for (var i = 0; i < members; i++)
            if ((await club.Get<MemberLedger>().Now(BenchmarkClub.MemberId(i), default)).Balance(wallet) >= Points.Of(20))
                able.Add(BenchmarkClub.MemberId(i));
        return able;
    }

    private static async Task Redeem(BenchmarkClub club, MemberId member, int number, CancellationToken cancellation)
    {
        var held = await club.Get<Redemptions>().Redeem(member, new RedemptionRequest(null, Points.Of(1),
            new SpentFor(SpentKind.Bill, Money.Of(700), new DealerId("D021"), Reference: $"WO-{number}"), Hold: true),
            new Command($"hold-{number}", ""), Caller.Operator, cancellation);
        await club.Get<Redemptions>().Confirm(held.Value.Answer.RedemptionId, new Command($"confirm-{number}", ""), Caller.Operator, cancellation);
    }

    /// <summary>So many a second for ten seconds, none waiting for the one before.</summary>
    private static async Task<ConcurrentBag<double>> Evenly(BenchmarkClub club, List<MemberId> able, int from, int rate)
    {
        var (latencies, running) = (new ConcurrentBag<double>(), new List<Task>());
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < rate * 10; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
            var (member, number) = (able[(int)(i * 7919L % able.Count)], from + i);
            running.Add(Task.Run(async () =>
            {
                await Redeem(club, member, number, default);
                latencies.Add((watch.Elapsed - due).TotalMilliseconds);
            }));
        }
        await Task.WhenAll(running);
        return latencies;
    }
}
