namespace Functions.Local.Queue;

/// <summary>Of the messages of one call, in their order, the names of the queue keys with which they were sent: a service of the call's
/// scope. Null for what the functions left for themselves.</summary>
public sealed class DeliveryKeys
{
    public IReadOnlyList<string?> Names { get; internal set; } = [];
}
