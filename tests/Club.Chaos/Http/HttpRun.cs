using System.Diagnostics;
using System.Globalization;
using Club.Tests.Support;

namespace Club.Chaos.Http;

/// <summary>
/// Every route of the description meets requests that nobody means well with, made by seed and number: <c>--requests 200000 --seed 1</c>,
/// no more than come within
/// <c>--seconds</c>. None is answered with a fault, health
/// answers meanwhile, memory stays bounded, and the ledger is whole in the end. <c>--only 4711</c> sends one of them, with the ids of a new
/// host.
/// </summary>
internal sealed class HttpRun
{
    private const int Connections = 16;
    private const int MostNamed = 30;
    private const double MostMegabytes = 600;
    private const double HealthWithinMs = 5_000;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, int> _statuses = [];
    private readonly List<double> _health = [];
    private readonly List<string> _faults = [];
    private readonly LocalProcess _host;
    private double _peak;
    private int _next = -1;

    private HttpRun(LocalProcess host) => _host = host;

    public static async Task<HttpFigures> Run(Options options)
    {
        var (requests, seed, only, seconds) = (options.Number("requests", 200_000), options.Number("seed", 1), options.Number("only", -1),
            options.Number("seconds", 3_600));
        await using var host = await LocalProcess.Start();
        var run = new HttpRun(host);
        var hostile = new HostileRequests(seed, await Known.Populate(host));
        return only < 0 ? await run.Run(hostile, seed, requests, TimeSpan.FromSeconds(seconds)) : await run.One(hostile, seed, only);
    }

    private async Task<HttpFigures> Run(HostileRequests hostile, int seed, int requests, TimeSpan within)
    {
        var (before, watch) = (_host.ResidentMegabytes, Stopwatch.StartNew());
        using var over = new CancellationTokenSource();
        var watching = Task.WhenAll(Task.Run(() => Health(over.Token), CancellationToken.None),
            Task.Run(() => Memory(over.Token), CancellationToken.None));
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => Attack(hostile, seed, requests, watch, within))));
        var seconds = watch.Elapsed.TotalSeconds;
        await over.CancelAsync();
        await watching;
        return await Figures(seed, _statuses.Values.Sum(), seconds, before);
    }

    private async Task<HttpFigures> One(HostileRequests hostile, int seed, int number)
    {
        var request = hostile.Make(number);
        Console.WriteLine(request);
        using var connection = new RawHttp(_host.Http.Port);
        Note(seed, request, await connection.Send(request));
        return await Figures(seed, 1, 0, _host.ResidentMegabytes);
    }

    private async Task Attack(HostileRequests hostile, int seed, int requests, Stopwatch watch, TimeSpan within)
    {
        using var connection = new RawHttp(_host.Http.Port);
        while (watch.Elapsed < within && Interlocked.Increment(ref _next) is var number && number < requests)
        {
            var request = hostile.Make(number);
            Note(seed, request, await connection.Send(request));
        }
    }

    private void Note(int seed, HostileRequest request, int status)
    {
        lock (_gate)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            if (status is < 0 or >= 500) _faults.Add($"{status} to seed {seed} number {request.Number}: {request}");
        }
    }

    private async Task Health(CancellationToken over)
    {
        using var http = new HttpClient { BaseAddress = _host.Http };
        while (!over.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await http.GetAsync(new Uri("/api/health", UriKind.Relative), CancellationToken.None);
                if ((int)answer.StatusCode != 200)
                    Fault($"Health answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Fault($"Health did not answer: {e.Message}");
            }
            _health.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(100, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Memory(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            _peak = Math.Max(_peak, _host.ResidentMegabytes);
            await Task.Delay(100, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HttpFigures> Figures(int seed, int requests, double seconds, double before)
    {
        var slowest = _health.DefaultIfEmpty().Max();
        if (_peak > MostMegabytes) Fault($"The host took {_peak} MB.");
        if (slowest > HealthWithinMs) Fault($"Health took {slowest:0} ms.");
        var verified = await _host.Command("verify");
        if (verified.ExitCode != 0) Fault($"verify: {verified.Output}");
        if (_faults.Count > 0) Fault($"The host said last:\n{string.Join('\n', _host.Said)}");
        IReadOnlyList<string> faults = _faults.Count <= MostNamed ? _faults
            : [.. _faults[..MostNamed], $"… and {_faults.Count - MostNamed} more.", _faults[^1]];
        var sorted = _health.Order().DefaultIfEmpty().ToList();
        return new HttpFigures(
            "http", seed, requests, Math.Round(seconds, 1), seconds == 0 ? 0 : Math.Round(requests / seconds), _statuses, before, _peak,
            _host.ResidentMegabytes,
            _health.Count, Math.Round(sorted[sorted.Count / 2], 1), Math.Round(sorted[(int)(sorted.Count * 0.99)], 1),
            Math.Round(slowest, 1), faults);
    }

    private void Fault(string fault)
    {
        lock (_gate) _faults.Add(fault.ToString(CultureInfo.InvariantCulture));
    }
}
