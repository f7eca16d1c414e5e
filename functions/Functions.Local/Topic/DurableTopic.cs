using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Data.Sqlite;

namespace Functions.Local.Topic;

/// <summary>
/// The host's topic, if it has one: what is told to it lies in a file of its own, once for every subscription, until it is settled or has
/// outlived its time. A subscription that is set no more keeps what it has until then.
/// </summary>
internal sealed partial class DurableTopic(TopicSetup? setup, TopicPacing pacing, TimeProvider time, ILogger<DurableTopic> log)
    : IDisposable
{
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stopping = new();
    private Task _sweep = Task.CompletedTask;
    private QueueFile? _file;

    /// <summary>Null: the host has none.</summary>
    public string? Name => setup?.Name;

    /// <summary>Messages that were found damaged since the start.</summary>
    public int Damaged => _file?.Damaged ?? 0;

    public Subscription? Find(string name) => _subscriptions.GetValueOrDefault(name);

    public IReadOnlyList<SubscriptionOverview> Overview() => [.. _subscriptions.Values.OrderBy(one => one.Name, StringComparer.Ordinal)
        .Select(one => new SubscriptionOverview(one.Name, one.HasSessions, one.Messages.Count, one.Messages.Locked, one.Dead.Count,
            one.Characters))];

    /// <exception cref="StartException">The file is damaged or cannot be used.</exception>
    public void Open(string path)
    {
        if (setup is null) return;
        if (QueueCheck.Check(path) is [var damage, ..])
            throw new StartException(
                $"The topic's file {path} is damaged ({damage}). Restore it from a backup, or move it away to start with empty subscriptions; what waited in it is then lost.");
        try
        {
            _file = new QueueFile(path, log);
            using var connection = _file.Open();
            foreach (var (name, hasSessions) in setup.Subscriptions)
                _subscriptions.Add(name, Open(connection, $"{setup.Name}/{name}", name, hasSessions));
        }
        catch (SqliteException e)
        {
            throw new StartException($"The topic's file {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Starts handing out.</summary>
    public void Start()
    {
        foreach (var outlet in Outlets()) outlet.Start();
        if (_file is not null) _sweep = Task.Run(Sweep);
    }

    /// <summary>Keeps messages for every subscription, in their order; returns when all are on disk.</summary>
    /// <exception cref="IOException">None is: a subscription is full, or the disk is.</exception>
    public Task Send(IReadOnlyList<TopicMessage> messages)
    {
        var file = _file ?? throw new InvalidOperationException("The host has no topic, or has not started.");
        if (messages.Count == 0 || _subscriptions.Count == 0) return Task.CompletedTask;
        if (_subscriptions.Values.FirstOrDefault(IsFull) is { } full)
            throw new IOException(
                $"The subscription {full.Name} is full: {full.Count} messages wait there. Take them, or take it out of the settings.");
        var change = new AppendToAll([.. _subscriptions.Values.Select(one => one.Messages)], messages, time.GetUtcNow().UtcDateTime);
        file.Enqueue(change);
        return change.Done;
    }

    /// <summary>Takes out what nobody took in its time. Done now and then by itself.</summary>
    public async Task Outlive()
    {
        var before = time.GetUtcNow().UtcDateTime - pacing.TimeToLive;
        foreach (var outlet in Outlets()) await outlet.Outlive(before);
        if (_file is null) return;
        foreach (var shelf in Left())
        {
            using var connection = _file.Open();
            if (shelf.Outlived(connection, before, int.MaxValue) is not { Count: > 0 } outlived) continue;
            var removal = new RemoveKept([.. outlived.Select(item => item.Id)], shelf.IsDead);
            _file.Enqueue(removal);
            await removal.Done;
        }
    }

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll([_sweep, .. Outlets().Select(outlet => outlet.Stop())]);
    }

    public void Close() => _file?.Dispose();

    public void Dispose()
    {
        Close();
        foreach (var outlet in Outlets()) outlet.Dispose();
        _stopping.Dispose();
    }

    private Subscription Open(SqliteConnection connection, string path, string name, bool hasSessions)
    {
        var code = DurableQueues.Code(connection, path);
        var dead = new Outlet($"{path}/{Subscription.DeadPath}", new Shelf(code, isDead: true), hasSessions: false, _file!, pacing, time,
            null, log);
        var messages = new Outlet(path, new Shelf(code, isDead: false), hasSessions, _file!, pacing, time, dead, log);
        foreach (var outlet in (Outlet[])[dead, messages]) outlet.Added(outlet.Shelf.Items(connection));
        return new Subscription(name, hasSessions, messages, dead);
    }

    private bool IsFull(Subscription subscription) =>
        subscription.Count >= pacing.MostMessages || subscription.Characters >= pacing.MostCharacters;

    private IEnumerable<Outlet> Outlets() => _subscriptions.Values.SelectMany(one => (Outlet[])[one.Messages, one.Dead]);

    /// <summary>What is left of subscriptions that are set no more.</summary>
    private List<Shelf> Left()
    {
        var left = new List<Shelf>();
        using var connection = _file!.Open();
        using var command = connection.Command("SELECT code FROM queue");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var code = row.GetInt64(0);
            if (_subscriptions.Values.All(one => one.Messages.Shelf.Code != code))
                left.AddRange([new Shelf(code, isDead: false), new Shelf(code, isDead: true)]);
        }

        return left;
    }

    private async Task Sweep()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Outlive();
            }
            catch (Exception e) when (e is SqliteException or IOException or ObjectDisposedException)
            {
                if (!_stopping.IsCancellationRequested) Log.NotSwept(log, e);
            }

            await Task.Delay(pacing.Sweep, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Messages that have outlived their time could not be taken out; trying again")]
        public static partial void NotSwept(ILogger logger, Exception exception);
    }
}
