namespace Functions.Local.Queue;

/// <summary>Hands the messages of one queue to its function: completes them when it returns, abandons them when it throws.</summary>
internal sealed partial class QueueDispatcher(DurableQueue queue, QueueFunction function, QueuePacing pacing, IServiceScopeFactory scopes,
    ILogger log) : IDisposable
{
    private readonly int _slots = function.IsBatched ? pacing.ConcurrentBatches : pacing.ConcurrentCalls;
    private readonly CancellationTokenSource _receiving = new();
    private readonly CancellationTokenSource _running = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(Loop);

    /// <summary>Takes no more messages and lets running calls end; after <paramref name="patience"/> they are asked to. True when all have
    /// ended.</summary>
    public async Task<bool> Stop(TimeSpan patience, TimeSpan grace)
    {
        await _receiving.CancelAsync();
        if (await Ends(patience)) return true;
        await _running.CancelAsync();
        return await Ends(grace);
    }

    public void Dispose()
    {
        _receiving.Dispose();
        _running.Dispose();
    }

    private async Task<bool> Ends(TimeSpan patience) => await Task.WhenAny(_loop, Task.Delay(patience)) == _loop;

    private async Task Loop()
    {
        using var slots = new SemaphoreSlim(_slots);
        try
        {
            while (true)
            {
                await slots.WaitAsync(_receiving.Token);
                IReadOnlyList<QueueMessage> messages;
                try
                {
                    messages = await queue.Receive(function.IsBatched ? pacing.BatchSize : 1, _receiving.Token);
                }
                catch (Exception e)
                {
                    slots.Release();
                    if (_receiving.IsCancellationRequested) break;
                    Log.NotReceived(log, queue.Name, e);
                    await Task.Delay(TimeSpan.FromSeconds(1), _receiving.Token);
                    continue;
                }

                _ = Task.Run(() => Deliver(messages, slots));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }

        for (var i = 0; i < _slots; i++) await slots.WaitAsync();
    }

    private async Task Deliver(IReadOnlyList<QueueMessage> messages, SemaphoreSlim slots)
    {
        try
        {
            if (await Call(messages) is { } fault) Abandon(messages, fault);
            else queue.Complete(messages);
        }
        catch (Exception e)
        {
            // The messages stay in the file and come back after a restart.
            Log.NotSettled(log, queue.Name, messages.Count, e);
            queue.Leave(messages);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<Exception?> Call(IReadOnlyList<QueueMessage> messages)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DeliveryKeys>().Names = [.. messages.Select(message => message.SentWith)];
            await function.Function.Invoke(scope.ServiceProvider, new Delivery(messages, _running.Token));
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private void Abandon(IReadOnlyList<QueueMessage> messages, Exception fault)
    {
        if (_running.IsCancellationRequested && fault is OperationCanceledException) return;
        var dead = messages.Count(message => queue.Abandon(message, Reason(fault)));
        if (dead > 0) Log.DeadLettered(log, function.Function.Name, messages[0].MessageId, pacing.MaxDeliveries, fault);
        else Log.Failed(log, function.Function.Name, messages.Count, messages[0].MessageId, messages[0].Deliveries, fault);
    }

    private static string Reason(Exception fault)
    {
        var reason = $"{fault.GetType().Name}: {fault.Message}";
        return reason.Length <= 300 ? reason : reason[..300];
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "{Function} failed on {Count} messages, the first being {MessageId} (delivery {Deliveries}); they will be delivered again")]
        public static partial void Failed(ILogger logger, string function, int count, string messageId, int deliveries,
            Exception exception);

        [LoggerMessage(2, LogLevel.Error, "{Function} failed on message {MessageId} {Deliveries} times; it is dead-lettered")]
        public static partial void DeadLettered(ILogger logger, string function, string messageId, int deliveries, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The queue {Queue} could not be read; trying again")]
        public static partial void NotReceived(ILogger logger, string queue, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "{Count} messages of the queue {Queue} could not be settled; they come back after a restart")]
        public static partial void NotSettled(ILogger logger, string queue, int count, Exception exception);
    }
}
