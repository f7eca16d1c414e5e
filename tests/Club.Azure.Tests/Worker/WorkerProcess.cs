using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Club.Tests.Support;

namespace Club.Azure.Tests.Worker;

/// <summary>The compiled worker as a process with nothing of this one's environment but the settings it is given.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _home;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(Process process, string home)
    {
        (_process, _home) = (process, home);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where Club.Azure was built.</summary>
    public static string AppDirectory { get; } = Path.GetFullPath(Path.Combine(
        Repository.Root, typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data =>
        data.Key == "Club.Azure").Value!));

    public string Output => string.Join('\n', _output);

    public int ExitCode => _process.ExitCode;

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>The time that the process has computed until now.</summary>
    public TimeSpan Computed
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="hostPort">Where the Functions host listens for its worker.</param>
    /// <param name="settings">The app's settings, by the names that environment variables have.</param>
    public static WorkerProcess Start(int hostPort, IReadOnlyDictionary<string, string> settings)
    {
        var home = Directory.CreateTempSubdirectory("club-azure").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppDirectory, "Club.Azure.dll"), .. Arguments(hostPort)])
        {
            WorkingDirectory = AppDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var path = start.Environment["PATH"];
        var dotnet = start.Environment.TryGetValue("DOTNET_ROOT", out var root) ? root : null;
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["DOTNET_ROOT"]) = (path, home, dotnet);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = AppDirectory;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new WorkerProcess(Process.Start(start)!, home);
    }

    public Task Exited(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private static string[] Arguments(int hostPort)
    {
        var (worker, request) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        return
        [
            "--host", "127.0.0.1", "--port", $"{hostPort}", "--workerId", worker, "--requestId", request, "--grpcMaxMessageLength",
                $"{int.MaxValue}",
            "--functions-uri", $"http://127.0.0.1:{hostPort}/", "--functions-worker-id", worker, "--functions-request-id", request,
            "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ];
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }
}
