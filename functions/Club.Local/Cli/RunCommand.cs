namespace Club.Local.Cli;

/// <summary>Starts the host and runs it until the process is asked to end.</summary>
internal static class RunCommand
{
    public static async Task<int> Run(HostComposition composition, DateTimeOffset? now, Terminal terminal, CancellationToken cancellation)
    {
        var settings = LocalSettings.Load(Directory.GetCurrentDirectory());
        await using var host = LocalHost.Build(settings, composition, now is { } moment ? new ShiftedClock(moment) : null);
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
}
