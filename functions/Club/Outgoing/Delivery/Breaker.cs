using System.Diagnostics;

namespace Club.Outgoing;

/// <summary>Sees, over all members, whether it is worth while to go on sending: one of these for each batch, asked by many at
/// once.</summary>
/// <param name="most">So many failures in a row are enough.</param>
internal sealed class Breaker(int most)
{
    /// <summary>So long a batch begins further deliveries.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(15);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private int _inARow;

    /// <summary>Nothing more is sent in this batch.</summary>
    public bool IsOpen => IsTripped || IsGone || Stopwatch.GetElapsedTime(_started) > Time;

    /// <summary>The receiver needs a rest.</summary>
    public bool IsTripped { get; private set; }

    /// <summary>The receiver said that nothing more shall come.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether anything was taken.</summary>
    public bool HasTaken { get; private set; }

    /// <summary>Whether anything was not.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How long a rest the receiver asked for.</summary>
    public TimeSpan? Asked { get; private set; }

    public void Tell(int status, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            if (DeliveryRules.IsTaken(status))
            {
                (HasTaken, _inARow) = (true, 0);
                return;
            }
            HasFailed = true;
            if (DeliveryRules.IsGone(status)) IsGone = true;
            if (retryAfter is { } asked && !(Asked >= asked)) Asked = asked;
            if (++_inARow >= most || retryAfter > TimeSpan.Zero) IsTripped = true;
        }
    }
}
