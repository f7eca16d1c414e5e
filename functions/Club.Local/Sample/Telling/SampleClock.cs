namespace Club.Local.Sample;

/// <summary>The clock of a club whose years pass in minutes: each call has the time of what it tells, however many calls run at once.
/// Nothing waits by it.</summary>
internal sealed class SampleClock(DateTimeOffset first) : TimeProvider
{
    private readonly AsyncLocal<DateTimeOffset?> _now = new();

    public override DateTimeOffset GetUtcNow() => (_now.Value ?? first).ToUniversalTime();

    /// <summary>Sets the time for this call and for what it calls.</summary>
    public void Set(DateTimeOffset now) => _now.Value = now;
}
