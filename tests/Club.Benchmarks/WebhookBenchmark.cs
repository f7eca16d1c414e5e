using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Club.Edges.Site;
using Club.Local;
using Club.Tests.Support;

namespace Club.Benchmarks;

/// <summary>Registrations per second over HTTP, and their latency at a fixed rate.</summary>
internal static class WebhookBenchmark
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse(ClubDevelopmentKeys.WebhookSecret).Value;

    public static async Task<object> Run(Arguments arguments)
    {
        var (rate, seconds) = (arguments.Number("rate", 500), arguments.Number("seconds", 15));
        await using var host = await LocalProcess.Start();
        using var http = new HttpClient();
        await Register(http, host.Http, 2_000, from: 50_000_000);

        var latencies = new ConcurrentBag<double>();
        var running = new List<Task>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < rate * seconds; i++)
        {
            // Open loop: a slow answer does not slow the senders down, and its delay counts.
            var dueAt = TimeSpan.FromSeconds((double)i / rate);
            while (watch.Elapsed < dueAt) await Task.Delay(1);
            running.Add(Timed(http, host.Http, i, dueAt, watch, latencies));
        }
        await Task.WhenAll(running);
        var (p50, p99) = Percentiles.Of(latencies);
        return new { benchmark = "webhook", rate, requests = latencies.Count,
            perSecond = (int)(latencies.Count / watch.Elapsed.TotalSeconds), p50Ms = p50, p99Ms = p99,
            hostResidentMB = host.ResidentMegabytes };
    }

    /// <summary>Registers members 0 to <paramref name="count"/>.</summary>
    public static Task Register(HttpClient http, Uri host, int count, int from = 0) =>
        Parallel.ForAsync(from, from + count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            await Post(http, host, i));

    private static async Task Timed(HttpClient http, Uri host, int member, TimeSpan dueAt, Stopwatch watch, ConcurrentBag<double> latencies)
    {
        await Post(http, host, member);
        latencies.Add((watch.Elapsed - dueAt).TotalMilliseconds);
    }

    private static async Task Post(HttpClient http, Uri host, int member)
    {
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            type = "member.registered",
            timestamp = TimeProvider.System.GetUtcNow(),
            data = new { name = "会员", phone = BenchmarkClub.Phone(member), dealerId = "D021", hobbies = new[] { "自驾" },
            consents = new { sms = true } },
        }));
        var headers = StandardWebhook.Sign($"msg_{member}", TimeProvider.System.GetUtcNow(), body, Secret);
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(host, "/api/webhooks/registrations")) { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookHeaders.IdName, headers.Id);
        request.Headers.Add(WebhookHeaders.TimestampName, headers.Timestamp);
        request.Headers.Add(WebhookHeaders.SignatureName, headers.Signature);
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
