namespace Functions.Local.Topic;

/// <summary>What waits at an outlet, without the bodies: by session, and which sessions nobody has. Guarded by the outlet's gate.</summary>
internal sealed class Stock(bool hasSessions)
{
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Queue<Line> _offered = new();
    private readonly Dictionary<long, int> _deliveries = [];

    /// <summary>Locked ones included. The next too.</summary>
    public int Count { get; private set; }

    public long Characters { get; private set; }

    /// <summary>The one line of an outlet without sessions.</summary>
    public Line Only { get; } = new("");

    public void Add(ShelfItem item)
    {
        Count++;
        Characters += item.Characters;
        if (item.Deliveries > 0) _deliveries[item.Id] = item.Deliveries;
        var line = LineOf(item.Session);
        line.Add(item.Id);
        Offer(line);
    }

    public Line LineOf(string session)
    {
        if (!hasSessions) return Only;
        if (!_lines.TryGetValue(session, out var line)) _lines[session] = line = new Line(session);
        return line;
    }

    public int Deliveries(long id) => _deliveries.GetValueOrDefault(id);

    /// <summary>Takes the first of a line: it is being handed out.</summary>
    public (long Id, int Deliveries) Take(Line line)
    {
        var id = line.Take();
        line.Locked++;
        return (id, _deliveries[id] = Deliveries(id) + 1);
    }

    /// <summary>It waits again.</summary>
    public void Return(Line line, long id)
    {
        line.Locked--;
        line.Return(id);
        Offer(line);
    }

    /// <summary>A locked message is gone.</summary>
    public void Remove(Line line, long id, int characters)
    {
        line.Locked--;
        Forget(id, characters);
        Forget(line);
    }

    /// <summary>Waiting messages are gone.</summary>
    public void Remove(IReadOnlyList<ShelfItem> items)
    {
        foreach (var item in items) Forget(item.Id, item.Characters);
        var ids = items.Select(item => item.Id).ToHashSet();
        foreach (var line in _lines.Values.Append(Only).ToArray())
        {
            line.Remove(ids);
            Forget(line);
        }
    }

    /// <summary>Whoever has no message left and belongs to nobody is forgotten.</summary>
    public void Forget(Line line)
    {
        if (line.IsForgotten) _lines.Remove(line.Session);
    }

    /// <summary>A session with messages that nobody has, the one that waits longest; null: there is none.</summary>
    public Line? Offered()
    {
        while (_offered.TryDequeue(out var line))
        {
            line.IsOffered = false;
            if (!line.IsEmpty && line.Lease is null) return line;
        }

        return null;
    }

    public void Offer(Line line)
    {
        if (!hasSessions || line.IsOffered || line.IsEmpty || line.Lease is not null) return;
        line.IsOffered = true;
        _offered.Enqueue(line);
    }

    private void Forget(long id, int characters)
    {
        _deliveries.Remove(id);
        Count--;
        Characters -= characters;
    }
}
