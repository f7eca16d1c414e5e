using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Club.Kernel;
using Club.Transactions;

namespace Club.Benchmarks;

/// <summary>Transactions per second through the whole use case: message in, entry and account durable in SQLite
/// (synchronous=FULL).</summary>
internal static class AccrualBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, transactions, batch, concurrency) = (arguments.Number("members", 100_000), arguments.Number("transactions", 200_000),
            arguments.Number("batch", 50), arguments.Number("concurrency", 8));
        await using var club = new BenchmarkClub();
        await club.Seed(members);
        var messages = Messages.Bills(transactions, members);
        var accrue = club.Get<Accrue>();
        var latencies = new ConcurrentBag<double>();
        var (booked, full) = (0, 0);
        using var conflicts = new Count(Telemetry.Conflicts);

        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(messages.Chunk(batch), new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (chunk, cancellation) =>
        {
            var start = Stopwatch.GetTimestamp();
            var receipts = await accrue.Handle(chunk, cancellation);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Interlocked.Add(ref booked, receipts.Count(receipt => receipt.Fate == Fate.Booked));
            Interlocked.Add(ref full, receipts.Count(receipt => receipt.Problem?.Code == "account-full"));
        });
        watch.Stop();

        if (booked + full != transactions) throw new InvalidOperationException($"{booked} of {transactions} transactions were booked.");
        var (p50, p99) = Percentiles.Of(latencies);
        return new
        {
            benchmark = "accrual", members, transactions, batch, concurrency, accountFull = full,
            perSecond = (int)(transactions / watch.Elapsed.TotalSeconds), batchP50Ms = p50, batchP99Ms = p99,
            conflictsPerTransaction = Math.Round((double)conflicts.Value / transactions, 4), peakMB = BenchmarkClub.PeakMegabytes(),
        };
    }

    /// <summary>What a counter of the club counts meanwhile.</summary>
    private sealed class Count : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _value;

        public Count(Instrument counter)
        {
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _value, value));
            _listener.EnableMeasurementEvents(counter);
            _listener.Start();
        }

        public long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }
}
