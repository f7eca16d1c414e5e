using Microsoft.Data.Sqlite;

namespace Functions.Local.Queue;

/// <summary>
/// One queue: its messages are in the file, the next ones also in memory. Whoever receives messages completes or abandons them;
/// those that neither happens to are received again after a restart.
/// </summary>
internal sealed class DurableQueue(string name, long code, QueueFile file, QueueSchedule schedule, QueuePacing pacing,
    TimeProvider time) : IDisposable
{
    private const int Page = 1000;

    /// <summary>A message that was being delivered at so many ends of the host may have caused them.</summary>
    private const int Suspicious = 3;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Queue<QueueMessage> _ready = new();
    private readonly PriorityQueue<QueueMessage, long> _retries = new();
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _loadedTo;
    private long _appendedTo;
    private long _dispatchedTo;
    private int _held;
    private long _heldCharacters;
    private long _active;
    private int _announced;
    private int _inDelivery;
    private bool _isAlone;

    public string Name { get; } = name;
    public long Code { get; } = code;

    /// <summary>Messages not yet completed or dead-lettered.</summary>
    public long Active => Interlocked.Read(ref _active);

    private bool HasRoom => _held < pacing.Held && _heldCharacters < pacing.HeldCharacters;

    /// <summary>Retries wait in real time: a club clock that stands still or was shifted must not hold them up.</summary>
    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

    /// <summary>Counts the deliveries of a host that did not stop cleanly and makes everything not completed available again.</summary>
    public void Recover(SqliteConnection connection)
    {
        connection.Run("""
            UPDATE message SET deliveries = deliveries + 1, sum = sum + 1 WHERE queue = $queue
              AND id <= (SELECT dispatched FROM queue WHERE code = $queue);
            UPDATE queue SET dispatched = 0, twin = 0 WHERE code = $queue;
            """, ("$queue", Code));
        _active = (long)connection.Scalar("SELECT COUNT(*) FROM message WHERE queue = $queue", ("$queue", Code))!;
        _appendedTo = connection.Scalar("SELECT MAX(id) FROM message WHERE queue = $queue", ("$queue", Code)) as long? ?? 0;
    }

    /// <summary>Returns when all messages are on disk. Throws <see cref="IOException"/> when none is.</summary>
    public Task Append(IReadOnlyList<NewMessage> messages)
    {
        if (messages.Count == 0) return Task.CompletedTask;
        var change = new AppendMessages(this, messages, time.GetUtcNow().UtcDateTime);
        file.Enqueue(change);
        return change.Done;
    }

    /// <summary>Makes a message of a dead letter. Throws <see cref="IOException"/> when that could not be kept.</summary>
    public Task<Revival> Revive(long id)
    {
        var change = new ReviveMessage(this, id, time.GetUtcNow().UtcDateTime);
        file.Enqueue(change);
        return change.Done;
    }

    /// <summary>Takes a dead letter out for good. Throws <see cref="IOException"/> when that could not be kept.</summary>
    /// <returns>Whether it was there.</returns>
    public Task<bool> DropDead(long id)
    {
        var change = new DropDeadMessage(this, id);
        file.Enqueue(change);
        return change.Done;
    }

    /// <summary>Called by the file's writer when something was kept for later.</summary>
    public void Scheduled(DateTime dueUtc) => schedule.Expect(dueUtc);

    /// <summary>Called by the file's writer, in the order of ids.</summary>
    public void Appended(IReadOnlyList<QueueMessage> messages)
    {
        if (messages.Count == 0) return;
        Interlocked.Add(ref _active, messages.Count);
        lock (_gate)
        {
            foreach (var message in messages)
            {
                // Loading may have met it in the file already.
                if (message.Id > _loadedTo && _loadedTo >= _appendedTo && HasRoom) Hold(message);
                _appendedTo = message.Id;
            }
        }

        Announce();
    }

    /// <summary>
    /// Waits for messages that are due. Several only when all are delivered for the first time: one that failed is handed out alone, so
    /// that it fails alone. One caller at a time.
    /// </summary>
    public async Task<IReadOnlyList<QueueMessage>> Receive(int most, CancellationToken cancellation)
    {
        while (true)
        {
            bool load;
            TimeSpan wait;
            lock (_gate)
            {
                BuryWorn();
                if (TakeDue(most) is { Count: > 0 } messages) return messages;
                load = _loadedTo < _appendedTo && HasRoom;
                wait = MustWait() ? Timeout.InfiniteTimeSpan : UntilRetry();
            }

            if (load) Load();
            else if (await _news.WaitAsync(wait, cancellation)) Volatile.Write(ref _announced, 0);
        }
    }

    public void Complete(IReadOnlyList<QueueMessage> messages)
    {
        Interlocked.Add(ref _active, -messages.Count);
        file.Enqueue(new CompleteMessages(messages));
        lock (_gate)
        {
            Returned(messages.Count);
            foreach (var message in messages) Release(message);
        }

        Announce();
    }

    /// <summary>They could be neither completed nor abandoned, and are received again after a restart.</summary>
    public void Leave(IReadOnlyList<QueueMessage> messages)
    {
        lock (_gate) Returned(messages.Count);
        Announce();
    }

    /// <summary>Makes a message available again after a while, or dead-letters it. True when it was dead-lettered.</summary>
    public bool Abandon(QueueMessage message, string reason)
    {
        if (message.Deliveries >= pacing.MaxDeliveries)
        {
            lock (_gate)
            {
                Returned(1);
                Bury(message, reason);
            }

            Announce();
            return true;
        }

        file.Enqueue(new AbandonMessage(message.Id, message.Deliveries));
        lock (_gate)
        {
            Returned(1);
            _retries.Enqueue(message, (Elapsed + pacing.RedeliveryDelay(message.Deliveries)).Ticks);
        }

        Announce();
        return false;
    }

    /// <summary>The host stops cleanly: nothing that is still here was being delivered.</summary>
    public void Rest() => file.Enqueue(new MarkDispatched(Code, 0));

    /// <summary>A message that was being delivered each time the host crashed is not tried for ever.</summary>
    private void BuryWorn()
    {
        while (_ready.TryPeek(out var next) && next.Deliveries >= pacing.MaxDeliveries)
            Bury(_ready.Dequeue(), "The host ended during its delivery.");
    }

    private void Bury(QueueMessage message, string reason)
    {
        Interlocked.Decrement(ref _active);
        file.Enqueue(new BuryMessage(Code, message, time.GetUtcNow().UtcDateTime, reason));
        Release(message);
    }

    public void Dispose() => _news.Dispose();

    private void Returned(int count)
    {
        _inDelivery -= count;
        if (_inDelivery == 0) _isAlone = false;
    }

    /// <summary>
    /// Whoever may have ended the host is delivered while nothing else is: so only what does end it is given up at last, and not what
    /// happened to be in delivery beside it, or when somebody else ended the host.
    /// </summary>
    private bool MustWait() => _isAlone || _inDelivery > 0 && Next is { IsSuspect: true };

    private QueueMessage? Next =>
        _retries.TryPeek(out var retry, out var due) && due <= Elapsed.Ticks ? retry : _ready.TryPeek(out var ready) ? ready : null;

    private List<QueueMessage> TakeDue(int most)
    {
        var taken = new List<QueueMessage>();
        if (MustWait()) return taken;
        if (_retries.TryPeek(out _, out var due) && due <= Elapsed.Ticks) taken.Add(_retries.Dequeue());
        while (taken.Count < most && _ready.TryPeek(out var next) && (taken.Count == 0 || taken[0].Deliveries == 0 && next.Deliveries == 0))
            taken.Add(_ready.Dequeue());
        foreach (var message in taken) message.Deliveries++;
        _inDelivery += taken.Count;
        _isAlone = taken is [{ IsSuspect: true }];
        if (taken.Count > 0 && taken[^1].Id > _dispatchedTo)
        {
            _dispatchedTo = taken[^1].Id;
            file.Enqueue(new MarkDispatched(Code, _dispatchedTo));
        }

        return taken;
    }

    private TimeSpan UntilRetry() => _retries.TryPeek(out _, out var due)
        ? TimeSpan.FromTicks(Math.Max(0, due - Elapsed.Ticks)) + TimeSpan.FromMilliseconds(1)
        : Timeout.InfiniteTimeSpan;

    private void Load()
    {
        using var connection = file.Open();
        using var command = connection.Command(
            $"SELECT {QueueRows.OfMessage} FROM message WHERE queue = $queue AND id > $after ORDER BY id LIMIT $page",
            ("$queue", Code), ("$after", _loadedTo), ("$page", Page));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = QueueRows.Message(reader);
            lock (_gate)
            {
                Hold(row.ToMessage(time.GetUtcNow().UtcDateTime), row.IsWhole);
                if (!HasRoom) break;
            }
        }
    }

    /// <summary>Keeps a message in memory until it is done. A damaged one is never handed out: it is set aside at once.</summary>
    private void Hold(QueueMessage message, bool isWhole = true)
    {
        _loadedTo = message.Id;
        message.IsSuspect = message.Deliveries >= Suspicious;
        _held++;
        _heldCharacters += message.Body.Length;
        if (isWhole)
        {
            _ready.Enqueue(message);
            return;
        }

        Bury(message, QueueFile.DamageReason);
        file.TellDamage(Name, message.MessageId);
    }

    private void Release(QueueMessage message)
    {
        _held--;
        _heldCharacters -= message.Body.Length;
    }

    private void Announce()
    {
        if (Interlocked.Exchange(ref _announced, 1) == 0) _news.Release();
    }
}
