using System.Diagnostics;
using Club.Access;
using Club.Ledger;
using Club.Outgoing;
using Club.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Club.Benchmarks;

/// <summary>Events delivered per second to one receiver on this machine, in order per member, with all that is kept about them on
/// disk.</summary>
internal static class EventsBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (events, members) = (arguments.Number("events", 60_000), arguments.Number("members", 5_000));
        await using var club = new BenchmarkClub(more: new Dictionary<string, string?>
        {
            ["Events:AllowPrivateAddresses"] = "true", ["Events:AtOnce"] = $"{arguments.Number("at-once", 32)}",
        });
        var came = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var receiver = builder.Build();
        receiver.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref came);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await receiver.StartAsync();
        var put = await club.Get<SubscriptionBook>().Put("benchmark", new SubscriptionRequest(receiver.Urls.First(), ["club.*"]), Caller.Operator,
            default);
        if (put.Problem is { } problem) throw new InvalidOperationException(problem.Message);

        await Happen(club, events, members);
        var deliverer = club.Get<Deliverer>();
        var process = Process.GetCurrentProcess();
        var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        while (await deliverer.Run("benchmark", default) is { } next && next <= TimeProvider.System.GetUtcNow())
        {
        }
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        return new { benchmark = "events", events = came, perSecond = (int)(came / seconds),
            cpuMicroseconds = (int)((process.TotalProcessorTime - cpu).TotalMicroseconds / came), peakMB = BenchmarkClub.PeakMegabytes() };
    }

    private static Task Happen(BenchmarkClub club, int events, int members) => Parallel.ForAsync(0, events / members, async (number, token) =>
    {
        for (var member = 0; member < members; member++)
        {
            var id = BenchmarkClub.MemberId(member);
            var happened = new MemberEvent
            {
                Id = $"v:order:{number}", MemberId = id, Kind = MemberEventKind.OrderPlaced, At = TimeProvider.System.GetUtcNow(),
                Subject = "umbrella", To = $"{id}.{number}",
            };
            await club.Store.Commit(id, [happened.ToCreate()], token);
        }
    });
}
