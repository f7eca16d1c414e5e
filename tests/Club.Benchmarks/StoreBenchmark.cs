using System.Diagnostics;
using Club.Store;

namespace Club.Benchmarks;

/// <summary>The store alone, to compare the use case with: read 1 KB, replace it and create 800 bytes with one key, in one durable
/// commit.</summary>
internal static class StoreBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (partitions, commits, concurrency) = (arguments.Number("members", 100_000), arguments.Number("commits", 200_000),
            arguments.Number("concurrency", 800));
        await using var club = new BenchmarkClub();
        byte[] state = [(byte)'"', .. Enumerable.Repeat((byte)'a', 1000), (byte)'"'];
        byte[] entry = [(byte)'"', .. Enumerable.Repeat((byte)'e', 800), (byte)'"'];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency };
        await Parallel.ForAsync(0, partitions, parallel, async (i, cancellation) =>
            await club.Store.Commit(BenchmarkClub.MemberId(i), [new Write.Create("account", "account", state, IndexKeys.None)],
                cancellation));
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, commits, parallel, async (i, cancellation) =>
        {
            var partition = BenchmarkClub.MemberId((int)(i * 7919L % partitions));
            var account = await club.Store.Read(partition, "account", cancellation);
            await club.Store.Commit(partition,
                [new Write.Create($"e{i}", "entry", entry, new IndexKeys([new("transaction", $"e{i}")])),
                new Write.Replace("account", "account", state, IndexKeys.None, account!.ETag)], cancellation);
        });
        return new { benchmark = "store", partitions, commits, concurrency, perSecond = (int)(commits / watch.Elapsed.TotalSeconds),
            peakMB = BenchmarkClub.PeakMegabytes() };
    }
}
