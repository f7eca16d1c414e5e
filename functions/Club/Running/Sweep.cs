using System.Diagnostics;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Logging;

namespace Club.Running;

/// <param name="Failed">Members whose handling threw; they stay due and the next sweep meets them again.</param>
public sealed record SweepReport(string Sweep, int? Bucket, int Done, int Failed);

/// <summary>Handles what is due in one bucket, page by page. One failure is logged and counted; the rest goes on.</summary>
public sealed partial class Sweep(IClubStore store, ILogger<Sweep> logger)
{
    private const int PageSize = 200;
    private const int AtOnce = 32;

    /// <param name="bucket">Null: all of them, for a process that has nobody to share them with.</param>
    /// <returns>One report for each thing that the sweep looks for in this bucket.</returns>
    public async Task<IReadOnlyList<SweepReport>> Run(ISweep kind, int? bucket, CancellationToken cancellation = default)
    {
        var reports = new List<SweepReport>();
        foreach (var due in await kind.Due(cancellation))
            if (bucket is null or 0 || IndexKeys.IsDue(due.Index)) reports.Add(await Run(kind, due, bucket, cancellation));
        return reports;
    }

    private async Task<SweepReport> Run(ISweep kind, DueQuery due, int? bucket, CancellationToken cancellation)
    {
        using var activity = Telemetry.Activities.StartActivity("sweep")?.SetTag("sweep", kind.Name).SetTag("bucket", bucket);
        var (done, failed) = (0, 0);
        var query = new IndexQuery(due.Index, due.From, due.Until, IndexKeys.IsDue(due.Index) ? bucket : null, Limit: PageSize);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        do
        {
            var page = await store.Find(query, cancellation);
            // A member's documents are handled one after the other; members side by side.
            await Parallel.ForEachAsync(page.Documents.GroupBy(document => document.Partition), parallel, async (documents, token) =>
            {
                foreach (var document in documents)
                {
                    if (await TryHandle(kind, document, token)) Interlocked.Increment(ref done);
                    else Interlocked.Increment(ref failed);
                }
            });
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null);
        Count(kind, "done", done);
        Count(kind, "failed", failed);
        if (done + failed > 0) Log.Ran(logger, kind.Name, bucket, done, failed);
        return new SweepReport(kind.Name, bucket, done, failed);
    }

    private async Task<bool> TryHandle(ISweep kind, Document document, CancellationToken cancellation)
    {
        try
        {
            await kind.Handle(document, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, exception, kind.Name, document.Partition);
            return false;
        }
    }

    private static void Count(ISweep kind, string result, int count)
    {
        if (count > 0) Telemetry.SweptMembers.Add(count, new TagList { { "sweep", kind.Name }, { "result", result } });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Sweep {Sweep} bucket {Bucket}: {Done} done, {Failed} failed.")]
        public static partial void Ran(ILogger logger, string sweep, int? bucket, int done, int failed);

        [LoggerMessage(2, LogLevel.Error, "Sweep {Sweep} failed for {Partition}; it stays due.")]
        public static partial void Failed(ILogger logger, Exception exception, string sweep, string partition);
    }
}
