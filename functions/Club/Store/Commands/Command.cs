using Club.Kernel;

namespace Club.Store;

/// <summary>A change that must happen once, however often it is asked for.</summary>
/// <param name="Key">The caller's <c>Idempotency-Key</c>: 1 to 128 printable ASCII characters.</param>
/// <param name="Content">A digest of everything that is asked for: the same key with another content is refused.</param>
public sealed record Command(string Key, string Content)
{
    /// <summary>Whose key it is, where callers choose keys without knowing of one another: a dealer; null: the club's own.</summary>
    public string? Scope { get; init; }

    /// <summary>The key came before, and asked for something else.</summary>
    public Problem OtherContent() => new("different-content", $"Idempotency-Key: \"{Key}\" came before with other content.",
        "Idempotency-Key") { Kind = ProblemKind.Conflict };
}

/// <summary>What a command was answered.</summary>
/// <param name="IsRepeat">It was asked for before, and this is the answer of then.</param>
public readonly record struct Answered<T>(T Answer, bool IsRepeat);
