namespace Club.Store;

/// <summary>A change that must happen once, however often it is asked for.</summary>
/// <param name="Key">The caller's <c>Idempotency-Key</c>: 1 to 128 printable ASCII characters.</param>
/// <param name="Content">A digest of everything that is asked for: the same key with another content is refused.</param>
public sealed record Command(string Key, string Content);

/// <summary>What a command was answered.</summary>
/// <param name="IsRepeat">It was asked for before, and this is the answer of then.</param>
public readonly record struct Answered<T>(T Answer, bool IsRepeat);
