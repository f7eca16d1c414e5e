using Club.Care;
using Club.Gifts;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Referrals;
using Club.Running;
using Club.Spending;
using Club.Store;
using Club.Tiers;
using Club.Value;

namespace Club.Local.Sample;

/// <summary>
/// Lets the club live through the sample's years, day by day: what members did is told, members side by side and each one's in order,
/// and in the evening the club's own work is done as its timers would have it.
/// </summary>
internal sealed class SampleRun(SampleTeller teller, SampleStaff staff, ISampleDesk[] desks, SampleClock clock, ClubCalendar calendar,
    Sweep sweep, IEnumerable<ISweep> sweeps, IEnumerable<IJob> jobs, SampleTally tally)
{
    private const int AtOnce = 256;
    private static readonly TimeOnly Evening = new(20, 30); // Within the hours in which messages may go out.

    private static readonly string[] Daily =
        [TierSweep.Word, PointsSweep.Word, HoldSweep.Word, OrderSweep.Word, CareSweep.Word, SmsSweep.Word];
    private static readonly string[] Weekly =
        [ClassSweep.Word, ComplaintSweep.Word, ReferralSweep.Word, RepurchaseSweep.Word, FinishSweep.Word, FollowJob.Word];
    private static readonly string[] Monthly = [OverdraftSweep.Word, LapseSweep.Word, ForgetSweep.Word, FeedJob.Word];

    private readonly Dictionary<string, ISweep> _sweeps = sweeps.ToDictionary(one => one.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, IJob> _jobs = jobs.ToDictionary(one => one.Name, StringComparer.Ordinal);

    /// <param name="after">Told of each day when it is over.</param>
    /// <param name="stop">Ends with the day that it is heard on.</param>
    /// <returns>The last day that was told in full; null: none was.</returns>
    public async Task<DateOnly?> Live(SampleClub club, Action<DateOnly> after, CancellationToken stop)
    {
        using var acts = club.Acts().GetEnumerator();
        var more = acts.MoveNext();
        DateOnly? last = null;
        for (var day = club.Options.From; day <= club.Options.Until && !stop.IsCancellationRequested; day = day.AddDays(1))
        {
            var today = new List<SampleAct>();
            for (; more && DateOnly.FromDateTime(acts.Current.At) == day; more = acts.MoveNext()) today.Add(acts.Current);
            await Parallel.ForEachAsync(today.GroupBy(act => act.Member.Number), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (hers, _) => await Tell(club.Options.Seed, day, hers));
            await Work(club.Options.Seed, day);
            var isLast = day == club.Options.Until;
            await Sweep(day,
                [.. Daily, .. day.DayOfWeek == DayOfWeek.Monday || isLast ? Weekly : [], .. day.Day == 1 || isLast ? Monthly : []]);
            after(day);
            last = day;
        }
        return last;
    }

    private async Task Tell(int seed, DateOnly day, IGrouping<int, SampleAct> hers)
    {
        Ids.MakeFrom(new SampleRandom(seed, hers.Key, day).Fill);
        foreach (var act in hers)
        {
            clock.Set(calendar.At(DateOnly.FromDateTime(act.At), TimeOnly.FromDateTime(act.At)).AddMinutes(1));
            await teller.Tell(act, CancellationToken.None);
        }
    }

    private async Task Work(int seed, DateOnly day)
    {
        Ids.MakeFrom(new SampleRandom(seed, 0, day).Fill);
        await staff.Work(day, desks);
    }

    private async Task Sweep(DateOnly day, IEnumerable<string> names)
    {
        clock.Set(calendar.At(day, Evening));
        foreach (var name in names)
            if (_jobs.TryGetValue(name, out var job))
            {
                while (!await job.Run(CancellationToken.None)) { }
            }
            else
            {
                foreach (var report in await sweep.Run(_sweeps[name], bucket: null))
                {
                    tally.HaveSwept(report.Done);
                    if (report.Failed > 0) throw new InvalidOperationException($"The sweep {name} failed for {report.Failed} documents.");
                }
            }
    }
}
