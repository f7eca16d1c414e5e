using System.CommandLine;
using Functions.Local.Hosting;

namespace Functions.Local.Cli;

/// <summary>A command on the data of a host that is built and not started, beside a running host too unless it takes the data for
/// itself.</summary>
/// <param name="Run">Returns the exit code.</param>
public sealed record HostCommand(string Name, string Description,
    Func<IServiceProvider, ParseResult, Terminal, CancellationToken, Task<int>> Run)
{
    public IReadOnlyList<Argument> Arguments { get; init; } = [];
    public IReadOnlyList<Option> Options { get; init; } = [];

    internal Command ToCommand(HostComposition composition, Terminal terminal)
    {
        var command = new Command(Name, Description);
        foreach (var argument in Arguments) command.Arguments.Add(argument);
        foreach (var option in Options) command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var host = LocalHost.Build(LocalSettings.Load(Directory.GetCurrentDirectory()), composition);
            return await Run(host.Services, parsed, terminal, cancellation);
        });
        return command;
    }
}
