using System.Text.Json;
using Club.Kernel;
using Club.Store;

namespace Club.Running;

/// <summary>
/// The <c>work</c> queue: a timer starts a sweep as one message per bucket and a job as one, and each message is worked off on its own, by
/// whichever host has room.
/// </summary>
public sealed class Work(IWorkQueue queue, Sweep sweep, IEnumerable<ISweep> sweeps, IEnumerable<IJob> jobs, FinishSweep finish)
{
    public const int Buckets = 64;

    private readonly Dictionary<string, ISweep> _sweeps = sweeps.ToDictionary(one => one.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, IJob> _jobs = jobs.ToDictionary(one => one.Name, StringComparer.Ordinal);

    /// <summary>Enqueues one message per bucket for the sweeps, which run in the given order there, and one for each job.</summary>
    public Task Start(CancellationToken cancellation, params IReadOnlyList<string> names)
    {
        string[] swept = [.. names.Where(name => !_jobs.ContainsKey(name))];
        var buckets = swept.Length == 0 ? [] : Enumerable.Range(0, Buckets).Select(bucket => new WorkMessage(swept, bucket));
        return queue.Send([.. buckets.Concat(names.Where(_jobs.ContainsKey).Select(Once)).Select(message => message.ToJson())],
            cancellation);
    }

    private static WorkMessage Once(string job) => new([job], 0);

    /// <summary>Works off one message.</summary>
    /// <exception cref="FormatException">The message is none of the club's; the queue will dead-letter it.</exception>
    public async Task<IReadOnlyList<SweepReport>> Handle(string message, CancellationToken cancellation = default)
    {
        var (names, bucket, partition) = Read(message);
        if (partition is not null)
        {
            await finish.Handle(partition, cancellation);
            return [];
        }
        var reports = new List<SweepReport>(names.Count);
        foreach (var name in names)
        {
            if (_sweeps.TryGetValue(name, out var one)) reports.AddRange(await sweep.Run(one, bucket, cancellation));
            else if (!_jobs.TryGetValue(name, out var job)) throw new FormatException($"There is no sweep \"{name}\".");
            else if (!await job.Run(cancellation)) await queue.Send([Once(name).ToJson()], cancellation);
        }
        return reports;
    }

    private static WorkMessage Read(string message)
    {
        try
        {
            var work = JsonSerializer.Deserialize<WorkMessage>(message, ClubJson.Options);
            if (work is { Bucket: >= 0 and < Buckets, Sweeps.Count: > 0 }
                && (work.Partition is null || work.Sweeps is [WorkMessage.Finish]))
                return work;
        }
        catch (JsonException)
        {
        }
        throw new FormatException("The message is not a sweep of a bucket between 0 and 63.");
    }
}
