namespace Functions.Local.Queue;

/// <summary>One change of the queue's file. <see cref="Apply"/> and what follows run on the writer's thread.</summary>
internal abstract class QueueChange
{
    /// <summary>Somebody waits for it. What is not urgent may be lost in a crash, which at worst repeats a delivery.</summary>
    public virtual bool IsUrgent => false;

    /// <summary>Whether what it deletes must be nowhere in the file's log either once it is committed.</summary>
    public virtual bool LeavesNothing => false;

    public abstract void Apply(QueueStatements statements);

    public virtual void Committed() { }

    public virtual void Failed(Exception fault) { }
}

internal sealed class AppendMessages(DurableQueue queue, IReadOnlyList<NewMessage> messages, DateTime nowUtc) : QueueChange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<QueueMessage> _appended = new(messages.Count);
    private DateTime? _earliest;

    public Task Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements)
    {
        foreach (var message in messages)
        {
            var messageId = message.MessageId ?? Guid.NewGuid().ToString("N");
            if (message.ScheduledUtc is { } due && due > nowUtc)
            {
                statements.Schedule(queue.Code, messageId, message.Body, message.SentWith, due);
                if (_earliest is null || due < _earliest) _earliest = due;
            }
            else
            {
                _appended.Add(statements.Append(queue.Code, messageId, message.Body, message.SentWith, nowUtc));
            }
        }
    }

    public override void Committed()
    {
        queue.Appended(_appended);
        if (_earliest is { } due) queue.Scheduled(due);
        _done.SetResult();
    }

    public override void Failed(Exception fault) =>
        _done.SetException(new IOException($"The queue {queue.Name} could not keep {messages.Count} messages.", fault));
}

/// <summary>Makes messages of what was scheduled and is due.</summary>
internal sealed class ReleaseScheduled(DateTime nowUtc, int most,
    Action<IReadOnlyList<(QueueRow Scheduled, QueueMessage Message)>> released, Action done) : QueueChange
{
    private IReadOnlyList<(QueueRow Scheduled, QueueMessage Message)> _released = [];

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements) => _released = statements.Release(nowUtc, most);

    public override void Committed()
    {
        released(_released);
        done();
    }

    public override void Failed(Exception fault) => done();
}

internal sealed class CompleteMessages(IReadOnlyList<QueueMessage> messages) : QueueChange
{
    public override void Apply(QueueStatements statements)
    {
        foreach (var message in messages) statements.Complete(message.Id);
    }
}

internal sealed class AbandonMessage(long id, int deliveries) : QueueChange
{
    public override void Apply(QueueStatements statements) => statements.Abandon(id, deliveries);
}

internal sealed class BuryMessage(long queue, QueueMessage message, DateTime diedUtc, string reason) : QueueChange
{
    public override void Apply(QueueStatements statements) => statements.Bury(queue, message, diedUtc.Ticks, reason);
}

/// <summary>Urgent although nobody waits: should the function crash the process, the mark is what counts the delivery.</summary>
internal sealed class MarkDispatched(long queue, long id) : QueueChange
{
    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements) => statements.Dispatched(queue, id);
}

internal sealed class RecordTimerRun(string timer, DateTime lastUtc) : QueueChange
{
    public override void Apply(QueueStatements statements) => statements.TimerRan(timer, lastUtc.Ticks);
}

/// <summary>Takes out dead letters and scheduled messages for good.</summary>
internal sealed class DropMessages(IReadOnlyList<long> dead, IReadOnlyList<long> scheduled) : QueueChange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override bool IsUrgent => true;

    public override bool LeavesNothing => true;

    public override void Apply(QueueStatements statements)
    {
        foreach (var id in dead) statements.Drop("dead_letter", id);
        foreach (var id in scheduled) statements.Drop("scheduled", id);
    }

    public override void Committed() => _done.SetResult();

    public override void Failed(Exception fault) => _done.SetException(new IOException("The queue could not take messages out.", fault));
}

/// <summary>What became of a dead letter that was to be a message again.</summary>
internal enum Revival { Revived, Unknown, Damaged }

/// <summary>Makes a message of a dead letter: one commit, so that it is never twice and never lost.</summary>
internal sealed class ReviveMessage(DurableQueue queue, long id, DateTime nowUtc) : QueueChange
{
    private readonly TaskCompletionSource<Revival> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (Revival Result, QueueMessage? Message) _revived;

    public Task<Revival> Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements) => _revived = statements.Revive(queue.Code, id, nowUtc);

    public override void Committed()
    {
        if (_revived.Message is { } message) queue.Appended([message]);
        _done.SetResult(_revived.Result);
    }

    public override void Failed(Exception fault) =>
        _done.SetException(new IOException($"The queue {queue.Name} could not take up a dead letter.", fault));
}

/// <summary>Takes a dead letter out for good.</summary>
internal sealed class DropDeadMessage(DurableQueue queue, long id) : QueueChange
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wasThere;

    public Task<bool> Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements) => _wasThere = statements.DropDead(queue.Code, id);

    public override void Committed() => _done.SetResult(_wasThere);

    public override void Failed(Exception fault) =>
        _done.SetException(new IOException($"The queue {queue.Name} could not drop a dead letter.", fault));
}
