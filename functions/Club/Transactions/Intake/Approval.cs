using Club.Kernel;

namespace Club.Transactions;

/// <summary>Who let a message give more than one gives by itself, and why.</summary>
public sealed record Approval(string Author, string Reason)
{
    /// <summary>The reason, of a body that asks for an approval.</summary>
    public static Outcome<string> Read(JsonFields body) => body.Reason() is { } reason ? reason : body.Problem!;
}
