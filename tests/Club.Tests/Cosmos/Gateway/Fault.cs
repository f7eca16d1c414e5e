using System.Collections.Concurrent;

namespace Club.Tests.Cosmos;

/// <summary>What goes wrong with a request: an answer other than the true one, or none because the connection breaks.</summary>
/// <param name="Status">The status answered; null when the connection breaks.</param>
/// <param name="Carried">Whether the request is carried out before that.</param>
public sealed record Fault(int? Status, int Substatus = 0, bool Carried = false)
{
    public static readonly Fault Throttled = new(429, 3200);
    public static readonly Fault Reset = new(Status: null);
    public static readonly Fault ResetAfterwards = new(null, Carried: true);

    /// <summary>Never answers.</summary>
    public static readonly Fault Silence = new(null, Substatus: 1);

    /// <summary>The answer is lost between the client's lower layers, which send the request a second time: only that answer is
    /// seen.</summary>
    public static readonly Fault Repeated = new(200, Carried: true);
}

/// <summary>The faults to come, and how many requests of each kind came in.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<Asked, (Fault Fault, int Times, int Spared)> _faults = new();
    private readonly ConcurrentDictionary<Asked, int> _requests = new();
    private readonly ConcurrentDictionary<Asked, TaskCompletionSource> _seen = new();

    /// <summary>The next requests of this kind fail; for ever unless told how many.</summary>
    /// <param name="spared">How many still get through before.</param>
    public void Set(Asked asked, Fault fault, int times = int.MaxValue, int spared = 0) => _faults[asked] = (fault, times, spared);

    public void Clear() => _faults.Clear();

    /// <summary>Until a request of this kind met its fault.</summary>
    public Task Seen(Asked asked) =>
        _seen.GetOrAdd(asked, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public int Requests(Asked asked) => _requests.GetValueOrDefault(asked);

    public Fault? Next(Asked asked)
    {
        _requests.AddOrUpdate(asked, 1, (_, count) => count + 1);
        while (_faults.TryGetValue(asked, out var next))
        {
            if (next.Times == 0) return null;
            if (!_faults.TryUpdate(asked, next.Spared > 0 ? next with { Spared = next.Spared - 1 } : next with { Times = next.Times - 1 },
                next))
                continue;
            if (next.Spared > 0) return null;
            _seen.GetOrAdd(asked, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            return next.Fault;
        }
        return null;
    }
}
