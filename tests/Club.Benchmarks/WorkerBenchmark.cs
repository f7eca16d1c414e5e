using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Club.Azure.Tests.Cloud;
using Club.Tests.Support;

namespace Club.Benchmarks;

/// <summary>
/// Transactions per second through the compiled worker of Club.Azure beside Club.Local, in turns: Microsoft's client sends, and time ends
/// when the queue is empty. Around the worker everything is in this process: queue, the host's part, and Cosmos DB in memory behind HTTPS.
/// Club.Local has queue and SQLite in its own. The CPU times are for each transaction.
/// </summary>
internal static class WorkerBenchmark
{
    private sealed record Figures(double ReadySeconds, double ResidentMB, double PerSecond, double? WorkerCpuMs = null,
        double? SurroundingsCpuMs = null);

    public static async Task<object> Run(Arguments arguments)
    {
        var (transactions, members, rounds) = (arguments.Number("transactions", 2_000), arguments.Number("members", 200),
            arguments.Number("rounds", 3));
        var bills = Messages.Bills(transactions, members);
        List<Figures> worker = [], local = [];
        for (var round = 0; round < rounds; round++)
        {
            worker.Add(await Worker(bills, members));
            local.Add(await Local(bills, members));
        }
        var ratio = Math.Round(Median(worker, figures => figures.PerSecond) / Median(local, figures => figures.PerSecond), 2);
        return new { benchmark = "worker", transactions, members, worker, local, workerToLocal = ratio };
    }

    private static async Task<Figures> Worker(string[] bills, int members)
    {
        await using var club = new AzureClub();
        await club.InitializeAsync();
        for (var i = 0; i < members; i++) await club.Member(BenchmarkClub.Phone(i));
        var (workerBefore, aroundBefore) = (club.Host.Process.Computed, Environment.CpuUsage.TotalTime);
        var watch = Stopwatch.StartNew();
        await club.Enqueue(bills);
        while (club.Queues.Active > 0) await Task.Delay(10);
        var seconds = watch.Elapsed.TotalSeconds;
        if (club.Queues.DeadLettered > 0) throw new InvalidOperationException("Transactions were not booked.");
        var (computed, around) = (club.Host.Process.Computed - workerBefore, Environment.CpuUsage.TotalTime - aroundBefore);
        return Of(club.Host.ReadyAfter.TotalSeconds, club.Host.Process.ResidentMegabytes, bills.Length / seconds) with
        {
            WorkerCpuMs = Math.Round(computed.TotalMilliseconds / bills.Length, 2),
                SurroundingsCpuMs = Math.Round(around.TotalMilliseconds / bills.Length, 2),
        };
    }

    private static async Task<Figures> Local(string[] bills, int members)
    {
        await using var host = await LocalProcess.Start();
        using var http = new HttpClient();
        await WebhookBenchmark.Register(http, host.Http, members);
        await using var bus = new ServiceBusClient(host.Connection);
        await using var sender = bus.CreateSender("transactions");
        var watch = Stopwatch.StartNew();
        foreach (var chunk in bills.Chunk(100)) await sender.SendMessagesAsync(chunk.Select(text => new ServiceBusMessage(text)));
        while (await QueueBenchmark.Waiting(http, host.Http) > 0) await Task.Delay(10);
        var seconds = watch.Elapsed.TotalSeconds;
        return Of(host.ReadySeconds, host.ResidentMegabytes, bills.Length / seconds);
    }

    private static Figures Of(double ready, double resident, double perSecond) =>
        new(Math.Round(ready, 2), Math.Round(resident, 1), Math.Round(perSecond));

    private static double Median(List<Figures> rounds, Func<Figures, double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);
}
