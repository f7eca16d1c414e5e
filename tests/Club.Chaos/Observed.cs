using System.Diagnostics;
using Amqp;
using Amqp.Framing;
using Club.Tests.FunctionsLocal;
using Club.Tests.Support;
using Functions.Local.Hosting;

namespace Club.Chaos;

/// <summary>A host under attack: its memory is watched, and a partner goes on sending.</summary>
internal sealed class Observed : IAsyncDisposable
{
    private readonly LocalProcess _host;
    private readonly CancellationTokenSource _over = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _faults = [];
    private readonly double _before;
    private readonly Task _partner;
    private readonly Task _memory;
    private double _peak;
    private double _slowest;
    private int _sent;

    private Observed(LocalProcess host)
    {
        _host = host;
        Port = int.Parse(host.Connection.Split("localhost:", 2) is [_, var rest] ? rest.Split(';')[0]
            : host.Connection.Split("127.0.0.1:", 2)[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
        _before = host.ResidentMegabytes;
        _partner = Task.Run(Partner);
        _memory = Task.Run(Memory);
    }

    public int Port { get; }

    public static async Task<Observed> Start() => new(await LocalProcess.Start());

    /// <param name="most">What the host's memory must stay under.</param>
    /// <param name="within">What a partner's message, its connection included, must stay under.</param>
    public async Task<Figures> End(string scenario, int connections, double most, double within)
    {
        var seconds = _watch.Elapsed.TotalSeconds;
        await _over.CancelAsync();
        await Task.WhenAll(_partner, _memory);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await Send(measured: false);
        if (_peak > most) _faults.Add($"{scenario}: the host took {_peak} MB.");
        if (_slowest > within) _faults.Add($"{scenario}: a partner waited {_slowest:0} ms.");
        return new Figures(scenario, connections, Math.Round(seconds, 1), _before, _peak, _host.ResidentMegabytes, _sent,
            Math.Round(_slowest), _faults);
    }

    private async Task Partner()
    {
        while (!_over.IsCancellationRequested)
        {
            await Send(measured: true);
            await Task.Delay(250, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Send(bool measured)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await using var client = await TestQueueClient.Connect(Port);
            var status = await client.PutToken("transactions", DevelopmentKeys.QueueKeyName, DevelopmentKeys.QueueKey,
                DateTimeOffset.UtcNow.AddHours(1));
            var outcome = await (await client.Attach("transactions")).Send(new Message("{}"));
            if (status != 202 || outcome is not Accepted) _faults.Add($"A partner was refused: {status}, {outcome}.");
        }
        catch (Exception e)
        {
            _faults.Add($"A partner was not heard: {e.GetType().Name}: {e.Message}");
        }

        if (measured) _slowest = Math.Max(_slowest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        _sent++;
    }

    private async Task Memory()
    {
        while (!_over.IsCancellationRequested)
        {
            _peak = Math.Max(_peak, _host.ResidentMegabytes);
            await Task.Delay(100, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _over.Dispose();
    }
}
