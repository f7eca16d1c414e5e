using Microsoft.AspNetCore.Connections;

namespace Functions.Local.Http;

/// <summary>How many HTTP connections the host bears, and for how long without a request.</summary>
internal sealed record HttpLimits
{
    public int MostConnections { get; init; } = 800;

    /// <summary>The time from the connection to the end of its first request's head.</summary>
    public TimeSpan UntilRequest { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>
/// Everybody who is connected. When there are too many, the connection that has been idle for longest makes room for the newest, so that
/// silent clients take the place of each other; one that has a request under way is never ended here.
/// </summary>
internal sealed class HttpCrowd(HttpLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Guest> _guests = [];
    private readonly LinkedList<Guest> _idle = [];

    /// <summary>Kestrel's connection middleware.</summary>
    public async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var guest = new Guest(connection);
        using var deadline = new CancellationTokenSource(limits.UntilRequest);
        await using var late = deadline.Token.Register(() => SendAwayUnlessHeard(guest));
        Enter(guest)?.Connection.Abort(new ConnectionAbortedException("Idle for longest while too many were connected."));
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(guest);
        }
    }

    /// <summary>The first middleware of every request.</summary>
    public async Task Request(HttpContext context, RequestDelegate next)
    {
        SetBusy(context.Connection.Id, busy: true);
        try
        {
            await next(context);
        }
        finally
        {
            SetBusy(context.Connection.Id, busy: false);
        }
    }

    private Guest? Enter(Guest guest)
    {
        lock (_gate)
        {
            _guests[guest.Connection.ConnectionId] = guest;
            _idle.AddLast(guest.Place);
            return _guests.Count > limits.MostConnections ? _idle.First!.Value : null;
        }
    }

    private void Leave(Guest guest)
    {
        lock (_gate)
        {
            _guests.Remove(guest.Connection.ConnectionId);
            if (guest.Place.List is not null) _idle.Remove(guest.Place);
        }
    }

    private void SetBusy(string connection, bool busy)
    {
        lock (_gate)
        {
            if (!_guests.TryGetValue(connection, out var guest)) return;
            guest.WasHeard = true;
            if (busy && guest.Place.List is not null) _idle.Remove(guest.Place);
            else if (!busy && guest.Place.List is null) _idle.AddLast(guest.Place);
        }
    }

    private void SendAwayUnlessHeard(Guest guest)
    {
        lock (_gate)
        {
            if (guest.WasHeard) return;
        }

        guest.Connection.Abort(new ConnectionAbortedException("No request came in time."));
    }

    private sealed class Guest
    {
        public Guest(ConnectionContext connection) => (Connection, Place) = (connection, new LinkedListNode<Guest>(this));

        public ConnectionContext Connection { get; }
        public LinkedListNode<Guest> Place { get; }
        public bool WasHeard { get; set; }
    }
}
