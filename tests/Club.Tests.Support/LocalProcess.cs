using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Club.Tests.Support;

/// <summary>A Club.Local host in a process of its own, on free ports and a temporary directory.</summary>
internal sealed partial class LocalProcess : IAsyncDisposable
{
    private const int MostSaid = 400;
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Club.Local.dll");
    private readonly Process _process;
    private readonly string _directory;
    private readonly bool _keep;
    private readonly Queue<string> _said = new();

    private LocalProcess(Process process, string directory, bool keep) => (_process, _directory, _keep) = (process, directory, keep);

    public required Uri Http { get; init; }
    public required string Connection { get; init; }
    public required double ReadySeconds { get; init; }

    public bool IsRunning => !_process.HasExited;

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return Math.Round(_process.WorkingSet64 / 1048576.0, 1);
        }
    }

    /// <summary>The last lines that the host has logged.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said) return [.. _said];
        }
    }

    /// <param name="in">A working directory that outlives the process; null for one of its own.</param>
    /// <param name="args">Further arguments, such as <c>--now</c>.</param>
    public static async Task<LocalProcess> Start(string? @in = null, params string[] args)
    {
        var directory = @in ?? Directory.CreateTempSubdirectory("club-local").FullName;
        var watch = Stopwatch.StartNew();
        var process = Run(directory, args);
        string? http = null, connection = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("HTTP ", StringComparison.Ordinal)) http = Address().Match(line).Value;
            if (line.Contains("Endpoint=", StringComparison.Ordinal))
                connection ??= line[line.IndexOf("Endpoint=", StringComparison.Ordinal)..];
            if (line.StartsWith("Ready", StringComparison.Ordinal))
            {
                var ready = Math.Round(watch.Elapsed.TotalSeconds, 2);
                var host = new LocalProcess(process, directory, @in is not null) { Http = new Uri(http!), Connection = connection!,
                    ReadySeconds = ready };
                _ = host.Listen();
                return host;
            }
        }
        throw new InvalidOperationException("Club.Local did not start.");
    }

    /// <summary>Another command of the host's, such as <c>send</c> or <c>verify</c>, run to its end.</summary>
    public async Task<(int ExitCode, string Output)> Command(params string[] args)
    {
        using var process = Run(_directory, args);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>Ends the process as <c>kill -9</c> does: nothing is flushed, closed or said.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts a host and kills it after a time, ready or not.</summary>
    public static async Task KillWhileStarting(string @in, TimeSpan after, params string[] args)
    {
        using var process = Run(@in, args);
        _ = process.StandardOutput.ReadToEndAsync();
        await Task.Delay(after);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>A command that is run to its end where no host runs.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Ran(string @in, params string[] args)
    {
        using var process = Run(@in, args, saysErrors: true);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>Runs a command and kills it as soon as it has written a line.</summary>
    public static async Task KillAfter(string line, string @in, params string[] args)
    {
        using var process = Run(@in, args);
        while (await process.StandardOutput.ReadLineAsync() is { } said)
            if (said == line) process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task Listen()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Enqueue(line);
                if (_said.Count > MostSaid) _said.Dequeue();
            }
        }
    }

    private static Process Run(string directory, string[] args, bool saysErrors = false)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. args]) { WorkingDirectory = directory, RedirectStandardOutput = true,
            RedirectStandardError = true };
        start.Environment["Local__HttpPort"] = 0.ToString(CultureInfo.InvariantCulture);
        start.Environment["Local__AmqpPort"] = 0.ToString(CultureInfo.InvariantCulture);
        start.Environment["Club__Programme"] = "foton";
        start.Environment["Logging__LogLevel__Club"] = "Warning";
        // Whoever measures or attacks a host does so from one address, with one key.
        start.Environment["Limits__PerCaller"] = start.Environment["Limits__PerAddress"] = start.Environment["Limits__WrongPerAddress"] = "0";
        var process = Process.Start(start)!;
        if (saysErrors) return process;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
        if (!_keep) Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex(@"http://[^\s]+")]
    private static partial Regex Address();
}
