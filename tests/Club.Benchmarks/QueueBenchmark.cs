using System.Diagnostics;
using System.Text.Json;
using Club.Tests.Support;
using Functions.Local.Hosting;

namespace Club.Benchmarks;

/// <summary>Messages per second from an AMQP client in another process to the committed ledger of a host in a third.</summary>
internal static class QueueBenchmark
{
    public static async Task<object> Run(Arguments arguments)
    {
        var (members, messages) = (arguments.Number("members", 10_000), arguments.Number("messages", 100_000));
        await using var host = await LocalProcess.Start();
        using var http = new HttpClient();
        await WebhookBenchmark.Register(http, host.Http, members);
        var file = Path.Combine(Path.GetTempPath(), $"club-benchmark-{Environment.ProcessId}.jsonl");
        await File.WriteAllLinesAsync(file, Messages.Bills(messages, members));
        try
        {
            var watch = Stopwatch.StartNew();
            var (exitCode, output) = await host.Command("send", file, "--connection", host.Connection);
            if (exitCode != 0) throw new InvalidOperationException(output);
            var sent = watch.Elapsed.TotalSeconds;
            while (await Waiting(http, host.Http) > 0) await Task.Delay(20);
            var seconds = watch.Elapsed.TotalSeconds;
            return new
            {
                benchmark = "queue", members, messages, perSecond = (int)(messages / seconds), sentPerSecond = (int)(messages / sent),
                seconds = Math.Round(seconds, 2), hostReadySeconds = host.ReadySeconds, hostResidentMB = host.ResidentMegabytes,
            };
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal static async Task<long> Waiting(HttpClient http, Uri host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, "/admin/queues"));
        request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        using var response = await http.SendAsync(request);
        using var queues = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return queues.RootElement.GetProperty("queues").EnumerateArray()
            .Sum(queue => queue.GetProperty("active").GetInt64() + queue.GetProperty("deadLettered").GetInt64());
    }
}
