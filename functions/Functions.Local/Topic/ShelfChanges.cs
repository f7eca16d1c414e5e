using Functions.Local.Queue;

namespace Functions.Local.Topic;

/// <summary>Puts messages into all subscriptions, in one commit: told are they in each or in none.</summary>
internal sealed class AppendToAll(IReadOnlyList<Outlet> outlets, IReadOnlyList<TopicMessage> messages, DateTime nowUtc) : QueueChange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string[] _bodies = [.. messages.Select(message => message.Wrapped())];
    private readonly List<ShelfItem[]> _items = [];

    public Task Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements)
    {
        foreach (var outlet in outlets)
        {
            _items.Add([.. messages.Select((message, i) => new ShelfItem(
                statements.Append(outlet.Shelf.Code, message.Id, _bodies[i], null, nowUtc).Id, message.Session, 0, _bodies[i].Length))]);
        }
    }

    public override void Committed()
    {
        for (var i = 0; i < outlets.Count; i++) outlets[i].Added(_items[i]);
        _done.SetResult();
    }

    public override void Failed(Exception fault) =>
        _done.SetException(new IOException($"The topic could not keep {messages.Count} messages.", fault));
}

/// <summary>Not urgent: what is lost of it in a crash is a delivery that was not counted.</summary>
internal sealed class CountDeliveries(IReadOnlyList<(long Id, int Deliveries)> handed) : QueueChange
{
    public override void Apply(QueueStatements statements)
    {
        foreach (var (id, deliveries) in handed) statements.Abandon(id, deliveries);
    }
}

/// <summary>Takes messages out for good.</summary>
internal sealed class RemoveKept(IReadOnlyList<long> ids, bool isDead) : QueueChange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements)
    {
        foreach (var id in ids)
        {
            if (isDead) statements.Drop("dead_letter", id);
            else statements.Complete(id);
        }
    }

    public override void Committed() => _done.SetResult();

    public override void Failed(Exception fault) => _done.SetException(new IOException("What was settled could not be written.", fault));
}

/// <summary>Makes a dead letter of a message.</summary>
internal sealed class BuryKept(long queue, long id, int deliveries, DateTime diedUtc, string reason, Action<ShelfItem, bool> buried)
    : QueueChange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private QueueRow? _row;

    public Task Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements) => _row = statements.Bury(queue, id, deliveries, diedUtc, reason);

    public override void Committed()
    {
        if (_row is { } row)
            buried(new ShelfItem(id, TopicMessage.Unwrap(row.MessageId, row.Body).Session, deliveries, row.Body.Length), row.IsWhole);
        _done.SetResult();
    }

    public override void Failed(Exception fault) => _done.SetException(new IOException("What was settled could not be written.", fault));
}
