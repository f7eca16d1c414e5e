using System.Reflection;
using Functions.Local.Cli;
using Functions.Local.Http;
using Functions.Local.Queue;
using Functions.Local.Topic;

namespace Functions.Local.Hosting;

/// <summary>What runs in the host. The host itself knows nothing of it.</summary>
public sealed record HostComposition
{
    /// <summary>What runs, in a few words.</summary>
    public string Name { get; init; } = "functions";

    /// <summary>Settings for development, where none is set: see <see cref="DevelopmentKeys"/> for the host's own.</summary>
    public Func<IConfiguration, IEnumerable<KeyValuePair<string, string?>>> Defaults { get; init; } = static _ => [];

    /// <summary>Registers what the functions need. The host adds TimeProvider, its queues and <see cref="DeliveryKeys"/>.</summary>
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

    /// <summary>Where the host's own address leads; null: nowhere.</summary>
    public string? Home { get; init; }

    /// <summary>Commands beside running and sending.</summary>
    public IReadOnlyList<HostCommand> Commands { get; init; } = [];

    /// <summary>Where the host logs to; by default nowhere.</summary>
    public Action<ILoggingBuilder, IConfiguration> Logging { get; init; } = static (_, _) => { };

    /// <summary>Files and folders of the data directory, as patterns, that nobody else may read; the host's own are among them
    /// anyway.</summary>
    public IReadOnlyList<string> PrivateFiles { get; init; } = [];

    /// <summary>What a call is answered whose function threw.</summary>
    public FaultAnswer Fault { get; init; } = static (_, _) => Results.StatusCode(StatusCodes.Status500InternalServerError);

    /// <summary>Stands before each function, whatever its level says. By default whoever has the staff key may call, and anybody what is
    /// anonymous.</summary>
    public Func<MethodInfo, CallGuard>? Guard { get; init; }

    /// <summary>Sees every request first, for example to say what each answer carries.</summary>
    public Action<HttpContext> Begin { get; init; } = static _ => { };

    /// <summary>Told of a call of the host's own that showed no key, or another; what it returns is the answer in place of 401.</summary>
    public Func<HttpContext, IResult?> Refused { get; init; } = static _ => null;

    /// <summary>A sentence for a setting that a library refused; null when the exception is about something else.</summary>
    public Func<Exception, string?> Explain { get; init; } = static _ => null;

    public QueueNames Queues { get; init; } = new("inbox", "own");

    public QueuePacing Pacing { get; init; } = new();

    /// <summary>The topic that the settings want; null: none.</summary>
    public Func<IConfiguration, TopicSetup?> Topic { get; init; } = static _ => null;

    public TopicPacing TopicPacing { get; init; } = new();
}
