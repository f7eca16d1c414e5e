namespace Functions.Local.Topic;

/// <summary>Something that is somebody's own for a while. Guarded by its outlet.</summary>
internal abstract class Tenure
{
    /// <summary>Milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long Until { get; set; }

    /// <summary>The same on the wall clock, as clients are told.</summary>
    public DateTime UntilUtc => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(Until - Environment.TickCount64);

    public bool IsOver { get; set; }
}

/// <summary>A session that one receiver has, all of whose messages go to it alone.</summary>
internal sealed class SessionLease(Line line) : Tenure
{
    public Line Line { get; } = line;

    public string Session => Line.Session;

    public HashSet<Held> Held { get; } = [];

    public ITaker? Taker { get; set; }
}

/// <summary>A message that was handed out and neither settled nor given back. With a lease it is locked for as long as that is.</summary>
internal sealed class Held(Guid token, long id, Line line, ITaker taker, int deliveries) : Tenure
{
    public Guid Token { get; } = token;
    public long Id { get; } = id;
    public Line Line { get; } = line;
    public ITaker Taker { get; } = taker;

    /// <summary>How often it was handed out, this time included.</summary>
    public int Deliveries { get; } = deliveries;

    public int Characters { get; set; }
}

/// <summary>Who takes messages. <see cref="TryReserve"/> and the questions are asked under the outlet's gate, the rest is not.</summary>
internal interface ITaker
{
    SessionLease? Lease { get; }

    /// <summary>What it gets is gone at once, settled or not.</summary>
    bool DeletesAtOnce { get; }

    /// <summary>It wants to know when nothing is there any more.</summary>
    bool IsDraining { get; }

    /// <summary>True when it takes one more now, which is then counted.</summary>
    bool TryReserve();

    void Hand(Held held, ShelfRow row, DateTime lockedUntilUtc);

    /// <summary>The message is no more its own.</summary>
    void Withdraw(Held held);

    /// <summary>Its session is no more its own.</summary>
    void Dismiss();

    /// <summary>Nothing more is there for now.</summary>
    void Rest();
}
