using System.Diagnostics;
using System.Globalization;
using Club.Ledger;
using Club.Transactions;

namespace Club.Benchmarks;

/// <summary>
/// One customer with a fleet: so many live transactions of one member over 24 months. The aims are an account under 128 KB and a last
/// thousand that costs at most twice the first (docs/decisions/0021).
/// </summary>
internal static class HotMemberBenchmark
{
    private const int Batch = 50, Thousand = 1000, Days = 720;
    private const int MostKilobytes = 128;

    public static async Task<object> Run(Arguments arguments)
    {
        var transactions = arguments.Number("transactions", 20_000);
        await using var club = new BenchmarkClub();
        await club.Seed(1);
        var accrue = club.Get<Accrue>();
        var (first, last, booked, refused) = (0.0, 0.0, 0, 0);
        for (var done = 0; done < transactions && refused == 0; done += Thousand)
        {
            var watch = Stopwatch.StartNew();
            foreach (var batch in Enumerable.Range(done, Math.Min(Thousand, transactions - done)).Chunk(Batch))
            {
                var receipts = await accrue.Handle([.. batch.Select(i => Bill(i, transactions))]);
                booked += receipts.Count(receipt => receipt.Fate == Fate.Booked);
                refused += receipts.Count(receipt => receipt.Fate == Fate.Rejected);
            }
            last = watch.Elapsed.TotalSeconds;
            if (done == 0) first = last;
        }
        var account = await club.Store.Read(BenchmarkClub.MemberId(0), Account.Id);
        var kilobytes = Math.Round(account!.Json.Length / 1024.0, 1);
        return new
        {
            benchmark = "hot-member", transactions, booked, refused, accountKB = kilobytes,
            firstThousandSeconds = Math.Round(first, 2), lastThousandSeconds = Math.Round(last, 2),
            lastToFirst = Math.Round(last / first, 1),
            aim = $"all booked, account under {MostKilobytes} KB, last at most twice the first", isMet = refused == 0
            && kilobytes < MostKilobytes && last <= 2 * first,
        };
    }

    /// <summary>Bills in the order of their days, spread evenly over the 24 months that end today.</summary>
    private static string Bill(int number, int of)
    {
        var day = DateTimeOffset.UtcNow.Date.AddDays(-Days + (long)number * Days / of);
        return string.Create(CultureInfo.InvariantCulture,
            $$$"""{"specversion":"1.0","id":"HOT-{{{number}}}","source":"/dms/D021","type":"club.transaction.recorded","time":"{{{day:yyyy-MM-dd}}}T00:20:00+08:00","datacontenttype":"application/json","data":{"dealerId":"D021","member":{"phone":"{{{BenchmarkClub.Phone(0)}}}"},"lines":[{"lineId":"1","category":"parts","quantity":1,"amount":{{{100 + number % 900}}}.00},{"lineId":"2","category":"labour","amount":210.00}]}}""");
    }
}
