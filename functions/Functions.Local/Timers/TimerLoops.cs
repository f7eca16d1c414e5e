using Functions.Local.Hosting;

namespace Functions.Local.Timers;

/// <summary>All timers of the host.</summary>
internal sealed class TimerLoops(
    IEnumerable<TimerFunction> functions, TimerHistory history, TimeProvider time, IServiceScopeFactory scopes, ILogger<TimerLoops> log)
    : IDisposable
{
    private readonly Dictionary<string, TimerLoop> _loops =
        functions.ToDictionary(f => f.Name, f => new TimerLoop(f, history, time, scopes, log), StringComparer.OrdinalIgnoreCase);

    public void Start()
    {
        history.Load();
        foreach (var loop in _loops.Values) loop.Start();
    }

    /// <summary>False when there is no timer of that name.</summary>
    public bool RunNow(string name)
    {
        if (!_loops.TryGetValue(name, out var loop)) return false;
        loop.RunNow();
        return true;
    }

    public Task Stop() => Task.WhenAll(_loops.Values.Select(loop => loop.Stop(LocalHost.Patience)));

    public void Dispose()
    {
        foreach (var loop in _loops.Values) loop.Dispose();
    }
}
