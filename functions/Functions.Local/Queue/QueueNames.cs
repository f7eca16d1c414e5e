namespace Functions.Local.Queue;

/// <summary>The queues that are there whether or not a function takes from them.</summary>
/// <param name="Inbox">Where others send to; the default of the command <c>send</c>.</param>
/// <param name="Own">What the functions leave for themselves: nobody else sends there but with the claim <c>Manage</c>.</param>
public sealed record QueueNames(string Inbox, string Own)
{
    internal bool IsOwn(string queue) => string.Equals(queue, Own, StringComparison.OrdinalIgnoreCase);
}
