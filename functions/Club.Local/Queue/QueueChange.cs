namespace Club.Local.Queue;

/// <summary>One change of the queue's file. <see cref="Apply"/> and what follows run on the writer's thread.</summary>
internal abstract class QueueChange
{
    /// <summary>Somebody waits for it. What is not urgent may be lost in a crash, which at worst repeats a delivery.</summary>
    public virtual bool IsUrgent => false;

    public abstract void Apply(QueueStatements statements);

    public virtual void Committed() { }

    public virtual void Failed(Exception fault) { }
}

internal sealed class AppendMessages(DurableQueue queue, IReadOnlyList<NewMessage> messages, DateTime nowUtc) : QueueChange
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly QueueMessage[] _appended = new QueueMessage[messages.Count];

    public Task Done => _done.Task;

    public override bool IsUrgent => true;

    public override void Apply(QueueStatements statements)
    {
        for (var i = 0; i < _appended.Length; i++)
        {
            var messageId = messages[i].MessageId ?? Guid.NewGuid().ToString("N");
            var id = statements.Append(queue.Code, messageId, messages[i].Body, nowUtc.Ticks);
            _appended[i] = new QueueMessage(id, messageId, messages[i].Body, nowUtc, 0);
        }
    }

    public override void Committed()
    {
        queue.Appended(_appended);
        _done.SetResult();
    }

    public override void Failed(Exception fault) => _done.SetException(new IOException($"The queue {queue.Name} could not keep {_appended.Length} messages.", fault));
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

internal sealed class BuryMessage(long id, int deliveries, DateTime diedUtc, string reason) : QueueChange
{
    public override void Apply(QueueStatements statements) => statements.Bury(id, deliveries, diedUtc.Ticks, reason);
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
