using System.Collections.Concurrent;
using Club.Azure.Tests.Worker;
using Club.Azure.Tests.Worker.Rpc;
using Club.Tests.Support;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Azure.Tests.Cloud;

/// <summary>The namespace of Service Bus over the queues of Club.Local without its club, and the host's listeners, which hand the messages
/// to the worker.</summary>
internal sealed class Queues : IAsyncDisposable
{
    private readonly LocalHost _host;
    private readonly string _directory;
    private readonly BusNamespace _bus;

    private Queues(LocalHost host, string directory)
    {
        (_host, _directory) = (host, directory);
        _bus = BusNamespace.Start(host.Services.GetRequiredService<DurableQueues>());
    }

    public string ConnectionString => _bus.ConnectionString;

    public static async Task<Queues> Start(Listener listener)
    {
        var directory = Directory.CreateTempSubdirectory("club-queues").FullName;
        var settings = new Dictionary<string, string?>
        {
            ["Local__DataDirectory"] = directory, ["Local__HttpPort"] = "0", ["Local__AmqpPort"] = "0",
                ["Logging__LogLevel__Club"] = "None",
        };
        var host = LocalHost.Build(LocalSettings.Of(settings), new HostComposition
        {
            Queues = Club.Local.ClubComposition.Queues, FunctionTypes = [typeof(Listeners)], Services = (services, _) =>
                services.AddSingleton(listener), Pacing = new QueuePacing { RedeliveryDelay = static _ => TimeSpan.FromMilliseconds(50) },
        });
        await host.Start();
        return new Queues(host, directory);
    }

    /// <summary>Messages that wait or are being handled, in all queues.</summary>
    public long Active => Overview().Sum(queue => queue.Active);

    public long DeadLettered => Overview().Sum(queue => queue.DeadLettered);

    /// <summary>Leaves a message of the club's own work, as the club would.</summary>
    public Task Leave(string message) => _host.Services.GetRequiredService<DurableQueues>().Leave([message]);

    public async ValueTask DisposeAsync()
    {
        _bus.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private IReadOnlyList<QueueOverview> Overview() =>
        QueueOverviews.Read(_host.Services.GetRequiredService<DurableQueues>(), DateTime.UtcNow);
}

/// <summary>Who takes the messages now: a worker that is started again takes the place of the one before.</summary>
internal sealed class Listener
{
    private TaskCompletionSource<FunctionsHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How often each function was given messages.</summary>
    public ConcurrentDictionary<string, int> Deliveries { get; } = new();

    public void Attach(FunctionsHost host) => _host.TrySetResult(host);

    /// <summary>Twice in a row changes nothing: whoever waits since the first time would wait for nobody.</summary>
    public void Detach()
    {
        if (_host.Task.IsCompleted) _host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <exception cref="InvalidOperationException">The function failed: the messages go back.</exception>
    public async Task Deliver(string function, string[] messages, CancellationToken cancellation)
    {
        var host = await _host.Task.WaitAsync(cancellation);
        Deliveries.AddOrUpdate(function, 1, static (_, count) => count + 1);
        var response = await host.Invoke(function, messages);
        if (response.Result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{function}: {response.Result.Exception?.Message}");
    }
}

internal sealed class Listeners(Listener listener)
{
    [Function("Transactions")]
    public Task Transactions([ServiceBusTrigger("transactions", IsBatched = true)] string[] messages, CancellationToken cancellation) =>
        listener.Deliver("Transactions", messages, cancellation);

    [Function("Work")]
    public Task Work([ServiceBusTrigger("work")] string message, CancellationToken cancellation) =>
        listener.Deliver("Work", [message], cancellation);
}
