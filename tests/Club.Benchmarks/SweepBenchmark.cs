using System.Diagnostics;
using System.Text.Json;
using Club.Kernel;
using Club.Ledger;
using Club.Running;
using Club.Store;
using Club.Tiers;

namespace Club.Benchmarks;

/// <summary>Members per second of a tier sweep, with 1 % and then everybody due.</summary>
internal static class SweepBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, share) = (arguments.Number("members", 1_000_000), arguments.Number("percent", 1));
        await using var club = new BenchmarkClub();
        var tiers = club.Get<Programmes.Programme>().Tiers;
        var today = club.Get<ClubCalendar>().Today;
        var due = 0;
        await Parallel.ForAsync(0, members, new ParallelOptions { MaxDegreeOfParallelism = 1024 }, async (i, cancellation) =>
        {
            var isDue = i % 100 < share;
            if (isDue) Interlocked.Increment(ref due);
            var validUntil = isDue ? today.AddDays(-1) : today.AddDays(100 + i % 300);
            var account = new Account
            {
                MemberId = BenchmarkClub.MemberId(i),
                Tier = new TierState(tiers[^1].Code, today.AddYears(-2), validUntil),
                TierDue = validUntil.AddDays(1),
                Activity = [new Club.Ledger.Activity(today.AddMonths(-3), "parts", new WalletCode("club"), Points.Of(1500m), Money.Of(150_000m), 1)],
            };
            await club.Store.Commit(account.MemberId, [account.ToCreate()], cancellation);
        });
        var work = club.Get<Work>();
        var watch = Stopwatch.StartNew();
        var done = 0;
        await Parallel.ForAsync(0, Work.Buckets, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (bucket, cancellation) =>
        {
            var reports = await work.Handle(JsonSerializer.Serialize(new { sweeps = new[] { TierSweep.Word }, bucket }), cancellation);
            Interlocked.Add(ref done, reports.Sum(report => report.Done));
        });
        watch.Stop();
        if (done != due) throw new InvalidOperationException($"{done} of {due} members were handled.");
        return new { benchmark = "sweep", members, due, seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            perSecond = (int)(done / watch.Elapsed.TotalSeconds), peakMB = BenchmarkClub.PeakMegabytes() };
    }
}
