using Amqp;
using Amqp.Listener;

namespace Functions.Local.Amqp;

/// <summary>The link on which a client is answered. Answers wait until the client takes them.</summary>
internal sealed class ReplyLink(ListenerLink link, string? address)
{
    private const int MostWaiting = 100;

    private readonly Lock _gate = new();
    private readonly Queue<Message> _waiting = new();
    private int _credit;

    public bool IsFor(string? replyTo) => replyTo is not null && (replyTo == link.Name || replyTo == address);

    public void Send(Message reply)
    {
        lock (_gate)
        {
            if (_waiting.Count < MostWaiting) _waiting.Enqueue(reply);
            Flush();
        }
    }

    /// <summary>The client takes so many more answers, or fewer when it is negative.</summary>
    public void Grow(int credit)
    {
        lock (_gate)
        {
            _credit = Math.Max(0, _credit + credit);
            Flush();
        }
    }

    private void Flush()
    {
        while (_credit > 0 && _waiting.TryDequeue(out var reply))
        {
            _credit--;
            link.SendMessage(reply);
        }
    }
}
