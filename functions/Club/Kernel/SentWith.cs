namespace Club.Kernel;

/// <summary>
/// What the host knows of the messages of one call beside their text: the names of the queue keys with which they were sent, in their
/// order. A service of the call's scope that the host fills in. Where no host does, as on Azure, nobody is named: a property of the message
/// proves nothing, since its sender writes it.
/// </summary>
public sealed class SentWith
{
    public IReadOnlyList<string?> Keys { get; set; } = [];
}
