using System.Collections.Concurrent;
using System.Diagnostics;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Outgoing;

/// <summary>
/// Tells subscriptions what has happened, along the feed. One host at a time delivers for a subscription; whoever asks meanwhile is told
/// when to ask again.
/// </summary>
public sealed class Deliverer(IClubStore store, SubscriptionBook subscriptions, FeedMarkBook marks, WebhookClient client,
    Holder holder, ClubCalendar calendar, IOptions<OutgoingOptions> options)
{
    /// <summary>How long one message of the work queue may go on.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <summary>When another host is looked after that delivers just now.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    /// <summary>What is being delivered in this process; true: somebody has asked again meanwhile.</summary>
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>Delivers for one subscription, for a while.</summary>
    /// <returns>When to come again; null: when something happens.</returns>
    public async Task<DateTimeOffset?> Run(string id, CancellationToken cancellation)
    {
        if (!_running.TryAdd(id, false))
        {
            // If it has ended meanwhile, what it was asked again for is lost on it.
            if (_running.TryUpdate(id, true, false) || _running.ContainsKey(id)) return null;
            return calendar.Now;
        }
        DateTimeOffset? next;
        try
        {
            next = await Once(id, cancellation);
        }
        catch
        {
            _running.TryRemove(id, out _);
            throw;
        }
        return _running.TryRemove(id, out var isAsked) && isAsked ? calendar.Now : next;
    }

    private async Task<DateTimeOffset?> Once(string id, CancellationToken cancellation)
    {
        if (await subscriptions.Read(id, cancellation) is not { Value: { State: SubscriptionState.Enabled } subscription }) return null;
        var partition = subscription.Partition;
        if (await DeliveryBook.Open(store, calendar, partition, holder.Name, cancellation) is not { } book) return calendar.Now + Held;
        var round = new Round(store, marks, calendar, book, subscription, new Courier(client, calendar, subscription),
            options.Value.AtOnce);
        var started = Stopwatch.GetTimestamp();
        var step = RoundStep.More;
        try
        {
            while (step == RoundStep.More && Stopwatch.GetElapsedTime(started) < Turn) step = await round.Go(cancellation);
        }
        finally
        {
            await book.Close(CancellationToken.None);
        }
        if (round.Disable is { } why) await subscriptions.Disable(id, why, cancellation);
        return step switch
        {
            RoundStep.More or RoundStep.Lost => calendar.Now,
            _ when round.Disable is not null => null,
            _ => book.Cursor.PausedUntil is { } paused && paused > calendar.Now ? paused : book.Parcels.NextDue,
        };
    }
}
