using System.Diagnostics;
using Club.Local.Sample;
using Club.Programmes;
using Functions.Local.Hosting;

namespace Club.Benchmarks;

/// <summary>A sample club made as <c>generate</c> makes it, between two runs of accruals on the same machine.</summary>
internal static class GenerateBenchmark
{
    private static readonly DateOnly Until = new(2026, 6, 30);

    public static async Task<object> Run(Arguments arguments)
    {
        var (members, years) = (arguments.Number("members", 10_000), arguments.Number("years", 3));
        var bills = arguments.Number("transactions", 20_000);
        var before = await Accruals(bills);
        var (tally, elapsed) = await Generate(new SampleOptions(ProgrammeLoader.Load("skoda"), members, years, 1, Until));
        var accruals = (before + await Accruals(bills)) / 2;
        return new
        {
            benchmark = "generate", members, years, tally.Registrations, tally.Transactions, tally.Redemptions, tally.Swept, tally.Refused,
            seconds = Math.Round(elapsed.TotalSeconds, 1), transactionsPerSecond = (int)(tally.Transactions / elapsed.TotalSeconds),
            allPerSecond = (int)(tally.All / elapsed.TotalSeconds), accrualsPerSecond = (int)accruals,
            transactionsOfAccrual = Math.Round(tally.Transactions / elapsed.TotalSeconds / accruals, 2),
            allOfAccrual = Math.Round(tally.All / elapsed.TotalSeconds / accruals, 2), peakMB = BenchmarkClub.PeakMegabytes(),
        };
    }

    private static async Task<(SampleTally Tally, TimeSpan Elapsed)> Generate(SampleOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("club-generate").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            SampleTally tally;
            await using (var folder = await SampleFolder.Open(LocalSettings.Of([new("Local__DataDirectory", directory)]), "skoda", options, default))
            {
                await folder.Fill(_ => { }, default);
                tally = folder.Tally;
            }
            return (tally, watch.Elapsed);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A second, as the benchmark <c>accrual</c> measures them.</summary>
    private static async Task<double> Accruals(int bills)
    {
        await using var club = new BenchmarkClub();
        await club.Seed(bills / 2);
        var messages = Messages.Bills(bills, bills / 2);
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(messages.Chunk(50), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (chunk, cancellation) => await club.Get<Transactions.Accrue>().Handle(chunk, cancellation));
        return bills / watch.Elapsed.TotalSeconds;
    }
}
