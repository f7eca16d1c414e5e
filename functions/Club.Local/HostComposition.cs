using Club.Local.Cli;
using Club.Local.Queue;

namespace Club.Local;

/// <summary>What runs in the host. The host itself knows nothing of the club.</summary>
public sealed record HostComposition
{
    /// <summary>Registers what the functions need. The host adds TimeProvider, IWorkQueue and logging.</summary>
    public Action<IServiceCollection, IConfiguration> Services { get; init; } = static (_, _) => { };

    /// <summary>The types among whose methods functions are looked for.</summary>
    public IReadOnlyList<Type> FunctionTypes { get; init; } = [];

    /// <summary>Runs before anything listens; a <see cref="StartException"/> stops the start.</summary>
    public Func<IServiceProvider, CancellationToken, Task> Prepare { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Refuses a clock that is far from the data; asked before <see cref="Prepare"/>, unless the clock is accepted.</summary>
    /// <remarks>The second argument: whether somebody typed the moment.</remarks>
    public Func<IServiceProvider, bool, Task> CheckClock { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Lines for the banner, such as the programme in force.</summary>
    public Func<IServiceProvider, Task<IReadOnlyList<string>>> Describe { get; init; } = static _ =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>The path of a first call to try; it is called with the staff key.</summary>
    public string FirstCall { get; init; } = "/admin/queues";

    /// <summary>Commands beside running and sending.</summary>
    public IReadOnlyList<HostCommand> Commands { get; init; } = [];

    public QueuePacing Pacing { get; init; } = new();
}
