namespace Club.Kernel;

/// <summary>A business refusal: a stable code, a clear sentence and, where it helps, the JSON path of what is wrong.</summary>
public sealed record Problem(string Code, string Message, string? Path = null)
{
    public static Problem NotFound(string what) => new("not-found", $"{what} is not known.");
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
