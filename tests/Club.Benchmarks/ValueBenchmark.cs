using System.Diagnostics;
using System.Text.Json;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Value;

namespace Club.Benchmarks;

/// <summary>Members per second of a sweep of classes. Whoever is due is late since today: her profile, her account and an event change.</summary>
internal static class ValueBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, share) = (arguments.Number("members", 1_000_000), arguments.Number("percent", 1));
        await using var club = new BenchmarkClub();
        var (terms, today) = (club.Get<Programme>().Value!, club.Get<ClubCalendar>().Today);
        await Parallel.ForAsync(0, members, new ParallelOptions { MaxDegreeOfParallelism = 1024 }, async (i, cancellation) =>
            await club.Store.Commit(BenchmarkClub.MemberId(i), Writes(i, terms, today, i % 100 < share), cancellation));
        var seeded = BenchmarkClub.PeakMegabytes();
        var work = club.Get<Work>();
        var watch = Stopwatch.StartNew();
        var done = 0;
        await Parallel.ForAsync(0, Work.Buckets, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (bucket, cancellation) =>
        {
            var reports = await work.Handle(JsonSerializer.Serialize(new { sweeps = new[] { ClassSweep.Word }, bucket }), cancellation);
            if (reports.Sum(report => report.Failed) is > 0 and var failed) throw new InvalidOperationException($"{failed} failed.");
            Interlocked.Add(ref done, reports.Sum(report => report.Done));
        });
        watch.Stop();
        if (done != members / 100 * share) throw new InvalidOperationException($"{done} members were handled.");
        if ((await club.Store.Read<Profile>(BenchmarkClub.MemberId(0), Profile.Id)) is not { Value.LoyaltyClass: "B" })
            throw new InvalidOperationException("The first is not late.");
        return new { benchmark = "value", members, due = done, seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            perSecond = (int)(done / watch.Elapsed.TotalSeconds), seededMB = seeded, peakMB = BenchmarkClub.PeakMegabytes() };
    }

    private static Write[] Writes(int i, ValueTerms terms, DateOnly today, bool isDue)
    {
        var (id, dealer) = (BenchmarkClub.MemberId(i), new DealerId("D021"));
        var last = today.AddDays(-terms.Visits.ExpectedDays - 1 + (isDue ? 0 : 2 + i % 100));
        var month = new DateOnly(last.Year, last.Month, 1);
        var due = last.AddDays(terms.Visits.ExpectedDays + 1);
        var visits = new VisitSums(terms.Counts, [new MonthSpend(month, Money.Of(700), 1, 2)], [new VisitDay(last, dealer, 1)])
        {
            By = terms.Fingerprint, DueOn = due, Told = new ClassTold("SA", dealer, Money.Of(700), last, 1),
        };
        var account = new Account { MemberId = id, Tier = new TierState(new TierCode("ordinary"), last, null), Visits = visits };
        var profile = new Profile
        {
            MemberId = id, CardNumber = CardNumber.Derive(id, 0).Value, Status = MemberStatus.Member, JoinedAt = DateTimeOffset.UnixEpoch,
            JoinedFrom = "benchmark", DealerId = dealer, ValueClass = "S", LoyaltyClass = "A", ClassedAt = dealer,
        };
        return [account.ToCreate(), profile.ToCreate()];
    }
}
