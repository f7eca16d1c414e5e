namespace Functions.Local.Topic;

/// <summary>The messages of one session that wait, in their order; of a subscription without sessions all. Guarded by its outlet.</summary>
internal sealed class Line(string session)
{
    private Queue<long> _fresh = new();
    private SortedSet<long>? _returned;

    public string Session { get; } = session;

    /// <summary>Whose it is now; null: nobody's.</summary>
    public SessionLease? Lease { get; set; }

    /// <summary>It stands among those that somebody may have.</summary>
    public bool IsOffered { get; set; }

    /// <summary>How many of its messages are locked.</summary>
    public int Locked { get; set; }

    public bool IsEmpty => _fresh.Count == 0 && _returned is null;

    public bool IsForgotten => IsEmpty && Lease is null && Locked == 0;

    public void Add(long id) => _fresh.Enqueue(id);

    /// <summary>What was handed out and is to be handed out again stands before what came later.</summary>
    public void Return(long id) => (_returned ??= []).Add(id);

    public long Peek() => _returned is null ? _fresh.Peek()
        : _fresh.TryPeek(out var fresh) ? Math.Min(fresh, _returned.Min) : _returned.Min;

    public long Take()
    {
        var id = Peek();
        if (_returned?.Remove(id) != true) return _fresh.Dequeue();
        if (_returned.Count == 0) _returned = null;
        return id;
    }

    public void Remove(HashSet<long> ids)
    {
        if (_fresh.Any(ids.Contains)) _fresh = new Queue<long>(_fresh.Where(id => !ids.Contains(id)));
        _returned?.ExceptWith(ids);
        if (_returned?.Count == 0) _returned = null;
    }
}
