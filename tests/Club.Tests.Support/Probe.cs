using System.Collections.Concurrent;
using Club.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Tests.Support;

/// <summary>What the probe functions saw, and what they are to do.</summary>
public sealed class Probe
{
    public ConcurrentQueue<Seen> Deliveries { get; } = new();
    public ConcurrentQueue<TimerInfo> Runs { get; } = new();

    /// <summary>Done by each queue call with the bodies it got.</summary>
    public Func<IReadOnlyList<string>, Task> OnMessages { get; set; } = static _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnTimer { get; set; } = static _ => Task.CompletedTask;

    public int TimesSeen(string body) => Deliveries.Count(seen => seen.Bodies.Contains(body));
}

public sealed record Seen(IReadOnlyList<string> Bodies, IReadOnlyList<string> MessageIds, IReadOnlyList<int> Counts);

public sealed class HttpProbe
{
    [Function("ReadMember")]
    public static IResult Read([HttpTrigger(AuthorizationLevel.Function, "get", Route = "members/{id}")] HttpRequest request, string id) =>
        Results.Json(new { id, method = request.Method });

    [Function("ReadByNumber")]
    public static IResult ReadNumber([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{number:int}")] HttpRequest request,
        string number) =>
        Results.Text(request.Path + " " + number);

    [Function("Health")]
    public static async Task<IResult> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest request,
        CancellationToken cancellation)
    {
        await Task.Yield();
        return Results.Text($"well {cancellation.CanBeCanceled} {request.Method}");
    }

    [Function("Absent")]
    public static IResult Absent([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Results.NotFound(new { absent = request.Path.Value });

    [Function("Faulty")]
    public static IResult Faulty([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("the secret of " + request.Path);

    [Function("StoreDown")]
    public static async Task<IResult> StoreDown([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await Task.Yield();
        throw new StoreException("down for " + request.Path);
    }

    [Function("Upload")]
    public static async Task<IResult> Upload([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text((await reader.ReadToEndAsync(request.HttpContext.RequestAborted)).Length.ToString(
            System.Globalization.CultureInfo.InvariantCulture));
    }
}

public sealed class SingleProbe(Probe probe)
{
    [Function("Transactions")]
    public Task Take([ServiceBusTrigger("transactions", Connection = "ServiceBus")] string message, string messageId, int deliveryCount,
        DateTime enqueuedTimeUtc)
    {
        if (enqueuedTimeUtc.Kind != DateTimeKind.Utc) throw new InvalidOperationException("not UTC");
        probe.Deliveries.Enqueue(new([message], [messageId], [deliveryCount]));
        return probe.OnMessages([message]);
    }
}

public sealed class BatchProbe(Probe probe)
{
    [Function("Transactions")]
    public Task Take(
        [ServiceBusTrigger("transactions", Connection = "ServiceBus", IsBatched = true)] string[] messages,
        string[] messageIdArray, int[] deliveryCountArray, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        probe.Deliveries.Enqueue(new(messages, messageIdArray, deliveryCountArray));
        return probe.OnMessages(messages);
    }
}

public sealed class WorkProbe(Probe probe)
{
    [Function("Work")]
    public void Take([ServiceBusTrigger("work")] string message) => probe.Deliveries.Enqueue(new([message], [], []));
}

public sealed class TimerProbe(Probe probe)
{
    [Function("CareTimer")]
    public Task Run([TimerTrigger("0 0 9 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        probe.Runs.Enqueue(timer);
        return probe.OnTimer(cancellation);
    }
}

public sealed class UnmonitoredTimerProbe(Probe probe)
{
    [Function("StartTimer")]
    public void Run([TimerTrigger("%Schedules__Start%", UseMonitor = false, RunOnStartup = true)] TimerInfo timer) =>
        probe.Runs.Enqueue(timer);
}
