using System.Diagnostics;
using System.Security.Cryptography;
using Club.Gifts;

namespace Club.Benchmarks;

/// <summary>Codes of one batch: made, and read again as a dealer types them, on every core.</summary>
internal static class VoucherBenchmark
{
    public static Task<object> Run(Arguments arguments)
    {
        var count = arguments.Number("codes", VoucherCode.MostVouchers);
        var (key, codes) = (RandomNumberGenerator.GetBytes(24), new string[count]);
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Parallel.For(0, count, number => codes[number] = VoucherCode.Of("K7QM", number, key));
        var (made, spent) = (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
        var distinct = codes.Distinct(StringComparer.Ordinal).Count();
        watch.Restart();
        var wrong = 0;
        Parallel.For(0, count, number =>
        {
            if (!VoucherCode.IsWellTyped(codes[number]) || VoucherCode.NumberOf(codes[number], key) != number) Interlocked.Increment(ref wrong);
        });
        return Task.FromResult<object>(new { benchmark = "vouchers", codes = count, seconds = made.TotalSeconds, secondsOfCpu = spent.TotalSeconds,
            perSecond = (int)(count / made.TotalSeconds), distinct, wrong, readPerSecond = (int)(count / watch.Elapsed.TotalSeconds) });
    }
}
