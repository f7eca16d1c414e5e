using Club.Kernel;

namespace Club.Store;

/// <summary>What came of one try.</summary>
public readonly record struct Tried<T>
{
    private Tried(bool isDone, T? answer) => (IsDone, Answer) = (isDone, answer);

    public bool IsDone { get; }
    public T? Answer { get; }

    public static implicit operator Tried<T>(T answer) => new(true, answer);
    public static implicit operator Tried<T>(Again again) => default;
}

/// <summary>Another writer came between: everything is read and decided again.</summary>
public readonly record struct Again;

/// <summary>Tries again what another writer came between: so often, with these pauses, counted, and with an end.</summary>
public static class Retry
{
    /// <inheritdoc cref="Store.Again"/>
    public static readonly Again Again;

    private const int Attempts = 40;

    /// <param name="what">Whose change it is; the fault's sentence begins with it.</param>
    /// <param name="attempt">Reads, decides and commits.</param>
    /// <exception cref="StoreException">Too many conflicts: whoever asked tries again.</exception>
    public static async Task<T> UntilDone<T>(string what, Func<Task<Tried<T>>> attempt, CancellationToken cancellation)
    {
        for (var number = 1; number <= Attempts; number++)
        {
            if (await attempt() is { IsDone: true } done) return done.Answer!;
            Telemetry.Conflicts.Add(1);
            await Backoff.After(number, cancellation);
        }
        throw new StoreException($"{what} met other writers {Attempts} times.");
    }
}
