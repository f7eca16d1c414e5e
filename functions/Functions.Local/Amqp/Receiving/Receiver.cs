using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using Functions.Local.Topic;

namespace Functions.Local.Amqp;

/// <summary>A client's receiving link: it gets messages as it gives credit, and settles them. Its own count of credit is kept here, since
/// the library loses it.</summary>
internal sealed partial class Receiver(ListenerLink link, QueueClient client, SubscriptionPath path, SessionLease? lease,
    ILogger log) : ITaker
{
    /// <summary>More credit than this is not believed, and more is not left unsettled on one link.</summary>
    private const int MostUnsettled = 2048;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Letter> _unsettled = [];
    private readonly Outlet _outlet = path.Outlet!;
    private uint _sent;
    private uint _limit;
    private int _reserved;
    private int _heard;
    private bool _drains;
    private bool _isClosed;

    public SessionLease? Lease { get; } = lease;

    public bool DeletesAtOnce => link.SettleOnSend;

    public bool IsDraining
    {
        get
        {
            lock (_gate) return _drains;
        }
    }

    /// <summary>Called by the connection's reader, before the library.</summary>
    public void Hear(Flow flow)
    {
        lock (_gate)
        {
            _limit = unchecked(flow.DeliveryCount + Math.Min(flow.LinkCredit, MostUnsettled));
            _drains = flow.Drain;
            _heard++;
        }

        _outlet.Announce();
    }

    public bool TryReserve()
    {
        if (client.With(path.Claimed, QueueClaims.Listen) is null)
        {
            _ = Task.Run(() => Close(ErrorCode.UnauthorizedAccess, "The token has expired."));
            return false;
        }

        lock (_gate)
        {
            var credit = unchecked((int)(_limit - _sent));
            if (_isClosed || credit <= 0 || _unsettled.Count + _reserved >= MostUnsettled || !client.HasRoom) return false;
            _sent++;
            _reserved++;
            return true;
        }
    }

    public void Hand(Held held, ShelfRow row, DateTime lockedUntilUtc)
    {
        var letter = Letter.Locked(held, row, lockedUntilUtc);
        lock (_gate)
        {
            _reserved--;
            if (_isClosed) return;
            if (!DeletesAtOnce) _unsettled.Add(held.Token, letter);
        }

        if (!DeletesAtOnce) client.Owe(letter.Characters);
        try
        {
            link.SendMessage(letter);
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            // The client has gone; the message waits again when its lock has run out.
        }
    }

    public void Withdraw(Held held)
    {
        if (Forget(held.Token) is { } letter) Dispose(letter, new Released());
    }

    public void Dismiss() => Close("com.microsoft:session-lock-lost", "The session's lock has expired.");

    public void Rest()
    {
        int heard;
        lock (_gate)
        {
            if (!_drains || _isClosed) return;
            (_drains, _limit, heard) = (false, _sent, _heard);
        }

        TellRest();
        _ = RepeatRest(heard);
    }

    /// <summary>The library may hear of the client's flow after it has been answered here, and the client of an answer before its own
    /// flow is on its way; then it waits for another. Saying it again changes nothing.</summary>
    private async Task RepeatRest(int heard)
    {
        foreach (var milliseconds in (int[])[100, 400, 1600])
        {
            await Task.Delay(milliseconds);
            lock (_gate)
                if (_isClosed || _heard != heard) return;
            TellRest();
        }
    }

    private void TellRest()
    {
        try
        {
            link.SetCredit(0, drain: true, autoRestore: false);
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    /// <summary>The link has ended: what was not settled is so no more by it.</summary>
    public void Closed()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            foreach (var letter in _unsettled.Values) client.Owe(-letter.Characters);
            _unsettled.Clear();
        }

        _outlet.Detach(this);
    }

    /// <summary>The client says what became of a message.</summary>
    public void OnDisposed(Message message, DeliveryState state, bool settled, object context)
    {
        // Of a link that has ended the library says that everything is released.
        if (message is not Letter letter || Forget(letter.Token) is null) return;
        _ = Settle(letter, state);
    }

    private async Task Settle(Letter letter, DeliveryState state)
    {
        try
        {
            var (verdict, reason, answer) = Settlement.Of(state);
            Dispose(letter, await _outlet.Settle(letter.Token, verdict, reason) ? answer : Settlement.Lost);
        }
        catch (Exception e)
        {
            Log.NotSettled(log, path.Path, e);
            Dispose(letter, Settlement.Failed);
        }
    }

    private Letter? Forget(Guid token)
    {
        lock (_gate)
        {
            if (!_unsettled.Remove(token, out var letter)) return null;
            client.Owe(-letter.Characters);
            return letter;
        }
    }

    private void Dispose(Letter letter, DeliveryState outcome)
    {
        try
        {
            link.DisposeMessage(letter, outcome, true);
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            // The client has gone without learning the outcome.
        }

        _outlet.Announce();
    }

    private void Close(string condition, string why)
    {
        try
        {
            link.Close(TimeSpan.Zero, new Error(new Symbol(condition)) { Description = why });
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException or TimeoutException)
        {
            // The client has gone.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A message of {Subscription} could not be settled; it is handed out again")]
        public static partial void NotSettled(ILogger logger, string subscription, Exception exception);
    }
}
