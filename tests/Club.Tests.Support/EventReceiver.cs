using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Club.Edges.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Club.Tests.Support;

/// <summary>One event as it came.</summary>
/// <param name="Status">What it was answered.</param>
/// <param name="Signatures">How many signatures it had.</param>
public sealed record ReceivedEvent(string Id, string Type, string? Member, JsonNode Body, int Status, int Signatures, DateTimeOffset SentAt);

/// <summary>Somebody whom the club tells of events, on this machine: keeps what came, in the order in which it came.</summary>
public sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<ReceivedEvent> _came = [];

    private EventReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.First() + "/events?key=not-for-logs";

    /// <summary>What the next event is answered; 200 unless a test says otherwise.</summary>
    public Func<ReceivedEvent, int> Answer { get; set; } = _ => 200;

    /// <summary>Headers of the answers.</summary>
    public ConcurrentDictionary<string, string> Headers { get; } = new();

    /// <summary>With which secrets what comes must be signed; nothing is verified while there are none.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    /// <summary>What is wrong with what came.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>By whose clock a signature is good.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public IReadOnlyList<ReceivedEvent> Came
    {
        get
        {
            lock (_lock) return [.. _came];
        }
    }

    /// <summary>Those that were answered that they are taken.</summary>
    public IReadOnlyList<ReceivedEvent> Taken => [.. Came.Where(one => one.Status is >= 200 and <= 299)];

    public static async Task<EventReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new EventReceiver(builder.Build());
        receiver._app.MapPost("/events", receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    public void Clear()
    {
        lock (_lock) _came.Clear();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        var raw = bytes.ToArray();
        var headers = new WebhookHeaders(context.Request.Headers["webhook-id"], context.Request.Headers["webhook-timestamp"],
            context.Request.Headers["webhook-signature"]);
        var body = JsonNode.Parse(raw)!;
        var secrets = Secrets.Select(secret => WebhookSecret.Parse(secret).Value).ToArray();
        if (secrets.Length > 0 && StandardWebhook.Verify(headers, raw, secrets, Clock.GetUtcNow()).Problem is { } problem) Wrong.Enqueue(problem.Code);
        if (headers.Id != (string?)body["id"]) Wrong.Enqueue("id");
        if (context.Request.ContentType != "application/cloudevents+json") Wrong.Enqueue("content type");
        var one = new ReceivedEvent((string)body["id"]!, (string)body["type"]!, (string?)body["subject"], body, 0,
            headers.Signature!.Split(' ').Length, DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers.Timestamp!,
                System.Globalization.CultureInfo.InvariantCulture)));
        lock (_lock)
        {
            one = one with { Status = Answer(one) };
            _came.Add(one);
        }
        foreach (var (name, value) in Headers) context.Response.Headers[name] = value;
        context.Response.StatusCode = one.Status;
    }
}
