using Club.Local;
using Functions.Local.Amqp;
using Functions.Local.Hosting;
using Functions.Local.Http;
using Functions.Local.Queue;
using Functions.Local.Topic;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Support;

/// <summary>A host on free ports around probe functions, with a directory of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TempDirectory? _directory;

    private TestHost(LocalHost host, TempDirectory? directory)
    {
        (Host, _directory) = (host, directory);
        Http = new HttpClient { BaseAddress = host.HttpAddress };
    }

    public LocalHost Host { get; }
    public HttpClient Http { get; }

    public static QueuePacing Hasty { get; } = new() { RedeliveryDelay = static _ => TimeSpan.Zero };

    /// <param name="directory">Kept when given, otherwise made and removed.</param>
    public static async Task<TestHost> Start(
        Probe probe, Type[] functions, TempDirectory? directory = null, TimeProvider? time = null, QueuePacing? pacing = null,
        Dictionary<string, string?>? settings = null,
        QueueLimits? limits = null, HttpLimits? http = null, TopicPacing? topic = null)
    {
        var own = directory is null ? new TempDirectory() : null;
        var host = LocalHost.Build(
            LocalSettings.Of(Settings((directory ?? own)!.Path, settings)),
            ClubComposition.Club with
            {
                FunctionTypes = functions,
                Services = (services, _) =>
                {
                    ClubComposition.AddQueues(services);
                    services.AddSingleton(probe).AddSingleton(limits ?? new QueueLimits()).AddSingleton(http ?? new HttpLimits());
                },
                Guard = null,
                CheckClock = static (_, _) => Task.CompletedTask,
                Prepare = static (_, _) => Task.CompletedTask,
                Pacing = pacing ?? Hasty,
                TopicPacing = topic ?? new TopicPacing(),
            },
            time);
        await host.Start(TestContext.Current.CancellationToken);
        return new TestHost(host, own);
    }

    public static Dictionary<string, string?> Settings(string directory, Dictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Local__DataDirectory"] = directory, ["Local__HttpPort"] = "0", ["Local__AmqpPort"] = "0",
                ["Logging__LogLevel__Club"] = "None",
        };
        foreach (var (key, value) in more ?? []) settings[key] = value;
        return settings;
    }

    public DurableQueue Queue(string name) => Host.Services.GetRequiredService<DurableQueues>().Find(name)!;

    public Task Send(string queue, params string[] bodies) => Queue(queue).Append([.. bodies.Select(body => new NewMessage(body))]);

    public IReadOnlyList<QueueOverview> Overview() =>
        QueueOverviews.Read(Host.Services.GetRequiredService<DurableQueues>(), DateTime.UnixEpoch);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        _directory?.Dispose();
    }
}

internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("club-").FullName;

    /// <summary>What a killed host would leave behind: its files as they are on disk at this moment.</summary>
    public TempDirectory CopyAsIfKilled()
    {
        var copy = new TempDirectory();
        foreach (var file in Directory.GetFiles(Path).Where(f => !f.EndsWith("host.lock", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var target = File.Create(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
            source.CopyTo(target);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task True(Func<bool> condition, string what)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(Patience);
        while (!condition())
        {
            if (time.IsCancellationRequested) Assert.Fail($"It did not happen within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
