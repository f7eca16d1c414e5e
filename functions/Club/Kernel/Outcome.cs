using System.Text.Json.Serialization;

namespace Club.Kernel;

/// <summary>What kind of refusal it is: decides how a caller is answered, and whether trying again helps.</summary>
public enum ProblemKind
{
    /// <summary>What was sent is wrong as it stands.</summary>
    Invalid,

    /// <summary>Nothing, or nothing good, proves who sent it.</summary>
    Unproven,

    /// <summary>Whoever sent it may not.</summary>
    Denied,
    NotFound,

    /// <summary>It does not go with what is there.</summary>
    Conflict,

    /// <summary>The caller decided on something that has changed since.</summary>
    Changed,
    TooLarge,

    /// <summary>It says of itself that it is something else than what is read here.</summary>
    MediaType,

    /// <summary>Not now; later it may do.</summary>
    Busy,
    Unavailable,
    Fault,
}

/// <summary>A business refusal: a stable code, a clear sentence and, where it helps, the JSON path of what is wrong.</summary>
public sealed record Problem(string Code, string Message, string? Path = null)
{
    [JsonIgnore] public ProblemKind Kind { get; init; }

    /// <summary>Numbers that a caller can go on with, such as <c>available</c> and <c>missing</c>; null: none.</summary>
    [JsonIgnore] public IReadOnlyDictionary<string, decimal>? Numbers { get; init; }

    public static Problem NotFound(string what) => new("not-found", $"{what} is not known.") { Kind = ProblemKind.NotFound };

    /// <summary>Of a body that was not read.</summary>
    public static Problem TooLarge(int maximum) =>
        new("too-large", $"The body has more than {maximum} bytes.") { Kind = ProblemKind.TooLarge };
}

/// <summary>Either a value or the problem that prevented it. Faults (a store that is down) are exceptions, never problems.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    public Problem? Problem { get; }
    public bool Succeeded => Problem is null;
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"There is no value: {Problem.Message}");

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);
}
