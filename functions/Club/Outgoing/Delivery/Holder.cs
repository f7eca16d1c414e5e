namespace Club.Outgoing;

/// <summary>Under what name this process delivers. A host that is alone on its store has always the same one, and so goes on at once where
/// it was killed.</summary>
public sealed record Holder(string Name);
