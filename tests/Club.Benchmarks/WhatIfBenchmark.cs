using System.Diagnostics;
using Club.Programmes;
using Club.Transactions;
using Club.WhatIf;

namespace Club.Benchmarks;

/// <summary>Entries played per second under a draft: read from SQLite, parsed, priced, booked and compared, on all cores.</summary>
internal static class WhatIfBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, transactions, rounds) = (arguments.Number("members", 5_000), arguments.Number("transactions", 100_000),
            arguments.Number("rounds", 5));
        await using var club = new BenchmarkClub();
        await club.Seed(members);
        var accrue = club.Get<Accrue>();
        await Parallel.ForEachAsync(Messages.Bills(transactions, members).Chunk(50), new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (chunk, cancellation) => await accrue.Handle(chunk, cancellation));
        var current = (await club.Get<ProgrammeLibrary>().Now()).Current;
        var draft = current with { Version = "draft",
            Earning = [.. current.Earning.Select(rule => rule.Award is Reward.Rate rate
            ? rule with { Award = new Reward.Rate(rate.PerYuan * 2) } : rule)] };
        var perSecond = new List<int>();
        var cpu = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            WhatIfReport? report = null;
            await foreach (var step in club.Get<Replay>().Run(await club.Get<ProgrammeLibrary>().Now(), draft, 100)) report = step.Report;
            if (report!.Entries != transactions || report.Members > members)
                throw new InvalidOperationException($"{report.Entries} of {transactions} entries were played.");
            perSecond.Add((int)(report.Entries / watch.Elapsed.TotalSeconds));
        }
        return new { benchmark = "what-if", members, entries = transactions, perSecond = perSecond.Order().ElementAt(rounds / 2),
            rounds = perSecond, cpuMicrosPerEntry = Math.Round(
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / rounds / transactions, 1), peakMB = BenchmarkClub.PeakMegabytes() };
    }
}
