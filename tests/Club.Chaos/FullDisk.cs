using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Amqp;
using Amqp.Framing;
using Club.Tests.FunctionsLocal;
using Club.Tests.Support;
using Functions.Local.Hosting;

namespace Club.Chaos;

/// <summary>
/// A host under load on a file system of its own (tmpfs, which wants root) until that is full: nothing that was accepted is lost, health
/// tells it, and once there is room again all goes on. <c>--megabytes 24 --members 20 --seconds 15</c> (how long it stays full).
/// </summary>
internal sealed class FullDisk : IAsyncDisposable
{
    private const decimal PointsOfABill = 4.9m;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _mount = Directory.CreateTempSubdirectory("club-disk-").FullName;
    private readonly List<string> _faults = [];
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly int _members;
    private LocalProcess? _host;
    private double _peak;

    private FullDisk(int members) => _members = members;

    public static async Task<Figures> Run(Options options)
    {
        await using var disk = new FullDisk(options.Number("members", 20));
        return await disk.Fill(options.Number("megabytes", 24), options.Number("seconds", 15));
    }

    private async Task<Figures> Fill(int megabytes, int seconds)
    {
        var watch = Stopwatch.StartNew();
        await Mount($"size={megabytes}m");
        _host = await LocalProcess.Start(_mount);
        var before = _host.ResidentMegabytes;
        using var staff = new StaffClient(_host.Http);
        var ids = new List<string>();
        for (var i = 0; i < _members; i++) ids.Add((await staff.Register(new { phone = Phone(i) })).Body["memberId"]!.GetValue<string>());

        using var over = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Load(sender, over.Token)));
        var (full, sentence) = await UntilHealth(HttpStatusCode.ServiceUnavailable);
        Check(full, "health never told that the disk is full");
        Check(sentence.Contains("store-unavailable", StringComparison.Ordinal), $"health says {sentence}");
        var (status, _) = await staff.Register(new { phone = "13900139000" });
        Check(status == HttpStatusCode.ServiceUnavailable, $"a registration on a full disk is answered {(int)status}");
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        Check(_host.IsRunning, "the host ended on a full disk");
        await over.CancelAsync();
        await load;
        var (restart, output) = await Restarted();

        await Mount($"remount,size={megabytes * 20}m");
        if (!_host.IsRunning) _host = await LocalProcess.Start(_mount);
        using var after = new StaffClient(_host.Http);
        Check((await UntilHealth(HttpStatusCode.OK)).Came, "health stays bad with room again");
        await after.Quiet();
        var booked = await Booked(after, ids);
        var lost = _sent.Count(message => message.Value && !booked.Contains(message.Key));
        Check(lost == 0, $"{lost} accepted messages are not in the ledger");
        await Resend();
        await after.Quiet();
        await CheckBalances(after, ids);
        var (exit, differences) = await _host.Command("verify");
        Check(exit == 0, $"verify: {differences}");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "disk", megabytes, sent = _sent.Count, accepted = _sent.Values.Count(accepted => accepted), lost, health = sentence,
                restartWhileFull = restart, said = output, verify = differences.Trim(),
        }, JsonSerializerOptions.Web));
        return new Figures("disk", _sent.Count, Math.Round(watch.Elapsed.TotalSeconds, 1), before, _peak, _host.ResidentMegabytes,
            _sent.Values.Count(accepted => accepted), 0, _faults);
    }

    private void Check(bool condition, string fault)
    {
        if (!condition) _faults.Add($"disk: {fault}.");
    }

    private static string Phone(int member) => (13800138000L + member).ToString(CultureInfo.InvariantCulture);

    private string Bill(string id) => Events.Bill(id, Phone(int.Parse(id.Split('-')[2], CultureInfo.InvariantCulture) % _members));

    /// <summary>Kills the host on the full disk and starts it again: it starts, or says in a sentence why it does not. Then it is to be
    /// started anew.</summary>
    private async Task<(int ExitCode, string Output)> Restarted()
    {
        await _host!.Kill();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            _host = await LocalProcess.Start(_mount);
            Check((await UntilHealth(HttpStatusCode.ServiceUnavailable)).Came,
                "a host that was started on a full disk says that it is well");
            return (0, "started");
        }
        catch (InvalidOperationException)
        {
            var (exit, output) = await Said();
            Check(exit == 1 && !output.Contains("   at ", StringComparison.Ordinal), $"a start on a full disk ends with {exit}: {output}");
            return (exit, output.Trim());
        }
    }

    private async Task<(int ExitCode, string Output)> Said()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Club.Local.dll")]) { WorkingDirectory = _mount,
            RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    private async Task Load(int sender, CancellationToken over)
    {
        for (var number = 0; !over.IsCancellationRequested;)
        {
            try
            {
                await using var client = await TestQueueClient.Connect(Port);
                await client.PutToken("transactions", DevelopmentKeys.QueueKeyName, DevelopmentKeys.QueueKey,
                    DateTimeOffset.UtcNow.AddHours(1));
                var link = await client.Attach("transactions");
                while (!over.IsCancellationRequested)
                {
                    var id = $"F-{sender}-{number++}";
                    _sent[id] = false;
                    var outcome = await link.Send(new Message(Bill(id)));
                    _sent[id] = outcome is Accepted;
                    _peak = Math.Max(_peak, _host!.ResidentMegabytes);
                    if (outcome is not Accepted) await Task.Delay(100, CancellationToken.None);
                }
            }
            catch (Exception e) when (e is AmqpException or IOException or System.Net.Sockets.SocketException or TimeoutException)
            {
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }

    private async Task Resend()
    {
        await using var client = await TestQueueClient.Connect(Port);
        await client.PutToken("transactions", DevelopmentKeys.QueueKeyName, DevelopmentKeys.QueueKey, DateTimeOffset.UtcNow.AddHours(1));
        var link = await client.Attach("transactions");
        foreach (var chunk in _sent.Keys.Chunk(100))
            foreach (var outcome in await Task.WhenAll(chunk.Select(id => link.Send(new Message(Bill(id))))))
                if (outcome is not Accepted) Check(false, "a message is refused with room again");
    }

    private int Port => int.Parse(_host!.Connection.Split(':')[^1].Split(';')[0].TrimEnd('/'), CultureInfo.InvariantCulture);

    private static async Task<HashSet<string>> Booked(StaffClient staff, List<string> members)
    {
        var booked = new HashSet<string>();
        foreach (var member in members)
        {
            for (var continuation = ""; continuation is not null;)
            {
                var page = await staff.Get(
                    $"/api/members/{member}/entries?limit=200{(continuation.Length == 0 ? "" : $"&continuation={Uri.EscapeDataString(continuation)}")}");
                foreach (var entry in page["items"]!.AsArray()) booked.Add((string)entry!["sourceId"]!);
                continuation = (string?)page["continuation"];
            }
        }
        return booked;
    }

    private async Task CheckBalances(StaffClient staff, List<string> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            var expected = _sent.Keys.Count(id =>
                int.Parse(id.Split('-')[2], CultureInfo.InvariantCulture) % _members == i) * PointsOfABill;
            var wallets = (await staff.Get($"/api/members/{members[i]}/account"))["wallets"]!.AsArray();
            var balance = wallets.Sum(wallet => wallet!["available"]!.GetValue<decimal>() + (wallet["pending"]?.GetValue<decimal>() ?? 0));
            Check(balance == expected, $"member {i} has {balance}, {expected} were earned");
        }
    }

    private async Task<(bool Came, string Body)> UntilHealth(HttpStatusCode wanted)
    {
        using var http = new HttpClient { BaseAddress = _host!.Http };
        var body = "";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(250))
        {
            try
            {
                using var response = await http.GetAsync(new Uri("/api/health", UriKind.Relative));
                body = await response.Content.ReadAsStringAsync();
                if (response.StatusCode == wanted) return (true, body);
            }
            catch (HttpRequestException e)
            {
                body = e.Message;
            }
        }
        return (false, body);
    }

    private async Task Mount(string options)
    {
        using var mount = Process.Start("mount", options.StartsWith("remount", StringComparison.Ordinal) ? ["-o", options, _mount]
            : ["-t", "tmpfs", "-o", options, "club", _mount]);
        await mount.WaitForExitAsync();
        if (mount.ExitCode != 0) throw new InvalidOperationException("No file system could be mounted: run as root, or as `unshare -Urm`.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        using (var unmount = Process.Start("umount", ["-l", _mount])) await unmount.WaitForExitAsync();
        Directory.Delete(_mount, recursive: true);
    }
}
