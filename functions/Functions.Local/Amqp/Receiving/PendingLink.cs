using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Functions.Local.Amqp;

/// <summary>
/// A link that is answered when there is a session for it. Its client may give credit before, which is remembered, or leave: the library
/// takes a goodbye to what it has not answered for a fault of the whole connection, so the link is answered first.
/// </summary>
internal sealed class PendingLink(ListenerLink link, Attach attach) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _gone = new();
    private Action<Flow>? _next;
    private Flow? _last;
    private bool _isDecided;
    private bool _isDisposed;

    /// <summary>Cancelled when the client waits no more.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>True for the one who answers it.</summary>
    public bool TryDecide()
    {
        lock (_gate) return !_isDecided && (_isDecided = true);
    }

    public void Hear(Flow flow)
    {
        Action<Flow>? next;
        lock (_gate)
        {
            _last = flow;
            next = _next;
        }

        next?.Invoke(flow);
    }

    /// <summary>Whoever hears from now on of credit, and of that which came before.</summary>
    public void Pass(Action<Flow> next)
    {
        Flow? last;
        lock (_gate)
        {
            _next = next;
            last = _last;
        }

        if (last is not null) next(last);
    }

    /// <summary>The client ends it. Called before the library hears of it.</summary>
    public void Leave()
    {
        Refuse(ErrorCode.DetachForced, "It was not waited for.");
        lock (_gate)
        {
            if (!_isDisposed) _ = _gone.CancelAsync();
        }
    }

    public void Refuse(string condition, string why)
    {
        if (!TryDecide() || link.IsClosed) return;
        try
        {
            link.CompleteAttach(attach, new Error(new Symbol(condition)) { Description = why });
        }
        catch (Exception e) when (e is AmqpException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _gone.Dispose();
        }
    }
}
