using Functions.Local.Hosting;

namespace Functions.Local.Cli;

/// <summary>Starts the host and runs it until the process is asked to end.</summary>
internal static class RunCommand
{
    public static async Task<int> Run(HostComposition composition, DateTimeOffset? now, bool acceptClock, Terminal terminal,
        CancellationToken cancellation)
    {
        var settings = LocalSettings.Load(Directory.GetCurrentDirectory());
        await using var host = LocalHost.Build(settings, acceptClock ? composition : Checking(composition, typed: now is not null), now
            is { } moment ? new ShiftedClock(moment) : null);
        await host.Start(cancellation);
        await Banner.Write(terminal.Output, host, settings, composition, now);

        var stopping = new TaskCompletionSource();
        await using var asked = host.Stopping.Register(stopping.SetResult);
        await stopping.Task;
        await terminal.Output.WriteLineAsync("Stopping.");
        await host.Stop();
        await terminal.Output.WriteLineAsync("Stopped.");
        return 0;
    }

    /// <summary>Before anything is written, and once the data are this host's own.</summary>
    private static HostComposition Checking(HostComposition composition, bool typed) => composition with
    {
        Prepare = async (services, cancellation) =>
        {
            await composition.CheckClock(services, typed);
            await composition.Prepare(services, cancellation);
        },
    };
}
