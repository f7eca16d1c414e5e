namespace Club.Transactions;

/// <summary>Who let a message give more than one gives by itself, and why.</summary>
public sealed record Approval(string Author, string Reason);
