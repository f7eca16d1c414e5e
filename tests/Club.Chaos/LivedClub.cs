using Club.Local;
using Club.Tests.Support;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Chaos;

/// <summary>The files of a small club that has seen everything, as a kill leaves them: the store's and the queue's, each with a log beside
/// it.</summary>
internal static class LivedClub
{
    public static readonly string[] Files = ["club.db", "club.db-wal", "keys.db", "keys.db-wal", "queue.db", "queue.db-wal"];

    /// <param name="directory">Where the files are left.</param>
    public static async Task Build(string directory)
    {
        var living = Path.Combine(directory, "living");
        await Run(living, ClubComposition.Club, host => Live(host, 0));
        // What the first run wrote is in the files now, what the second writes stays in the logs.
        await Run(living, ClubComposition.Club, async host =>
        {
            await Live(host, 1);
            Copy(living, directory, Files);
            CopyKept(living, directory);
        });
        var waiting = Path.Combine(directory, "waiting");
        Directory.CreateDirectory(waiting);
        Copy(directory, waiting, ["queue.db", "queue.db-wal"]);
        // No function takes these.
        await Run(waiting, new HostComposition { Queues = ClubComposition.Queues }, async host =>
        {
            var queue = host.Services.GetRequiredService<DurableQueues>().Find(ClubComposition.Queues.Inbox)!;
            await queue.Append([.. Enumerable.Range(0, 25)
                .Select(i => new NewMessage(Events.Bill($"W-{i}"), $"W-{i}") { SentWith = i % 2 == 0 ? "dms" : null })]);
            await queue.Append([.. Enumerable.Range(0, 5)
                .Select(i => new NewMessage(Events.Bill($"L-{i}")) { ScheduledUtc = DateTime.UtcNow.AddDays(1 + i) })]);
            Copy(waiting, directory, ["queue.db", "queue.db-wal"]);
        });
        Directory.Delete(living, recursive: true);
        Directory.Delete(waiting, recursive: true);
    }

    public static void Copy(string from, string to, IEnumerable<string> files)
    {
        foreach (var name in files)
        {
            using var source = new FileStream(Path.Combine(from, name), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(to, name));
            source.CopyTo(target);
        }
    }

    /// <summary>The files that nobody changes: roots over the ledger, with which it is compared.</summary>
    public static void CopyKept(string from, string to)
    {
        var (source, target) = (Path.Combine(from, "proof"), Path.Combine(to, "proof"));
        if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        if (!Directory.Exists(source)) return;
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task Run(string directory, HostComposition composition, Func<LocalHost, Task> live)
    {
        var settings = LocalSettings.Of(new Dictionary<string, string?>
        {
            ["Local__DataDirectory"] = directory, ["Local__HttpPort"] = "0", ["Local__AmqpPort"] = "0", ["Club__Programme"] = "foton",
                ["Logging__LogLevel__Club"] = "None",
        });
        await using var host = LocalHost.Build(settings,
            composition with { Pacing = new QueuePacing { RedeliveryDelay = static _ => TimeSpan.Zero } });
        await host.Start();
        await live(host);
    }

    /// <summary>Members, a fan who turns out to be a member, bills, returns, parked and refused messages, care, tiers, dead
    /// letters.</summary>
    private static async Task Live(LocalHost host, int run)
    {
        using var staff = new StaffClient(host.HttpAddress);
        var today = DateTime.UtcNow.AddHours(8);
        for (var i = 0; i < 6; i++)
            await staff.Register(new { phone = $"1380013{run}00{i}", name = "王小明", birthday = $"1980-{today:MM-dd}", dealerId = "D021",
                consents = new { sms = true } });
        await staff.Register(new { openId = $"o-{run}", name = "潜客" });
        await staff.Register(new { openId = $"o-{run}", phone = $"1380013{run}001" });
        await staff.Register(new { openId = $"fan-{run}" });
        var queues = host.Services.GetRequiredService<DurableQueues>();
        string[] messages =
        [
            .. Enumerable.Range(0, 12).Select(i => Events.Bill($"B-{run}-{i}", $"1380013{run}00{i % 6}")),
            Events.Bill($"V-{run}", $"1380013{run}002", lines: [Events.Line("1", "vehicle", 60_000m, "得利卡")]),
            Events.Return($"B-{run}-0", $"R-{run}", [new { lineId = "1", amount = 100m }]),
            Events.Bill($"P-{run}", $"1370013{run}000"), Events.Return($"P-{run}", $"PR-{run}"), Events.Return($"none-{run}", $"N-{run}"),
            Events.Bill($"D-{run}", member: new { memberId = "MNOBODY" }), "{", "{}",
            Events.Bill($"B-{run}-0", $"1380013{run}000", dealerId: null),
        ];
        await queues.Find(ClubComposition.Queues.Inbox)!.Append([.. messages.Select(message => new NewMessage(message))]);
        await queues.Find(ClubComposition.Queues.Own)!.Append([new NewMessage("none of the club's"), new NewMessage("{}")]);
        await staff.Quiet();
        foreach (var timer in (string[])["CareTimer", "TierTimer", "PointsTimer"])
            await staff.Post($"/admin/functions/{timer}", System.Net.HttpStatusCode.Accepted);
        await Task.Delay(500);
        await staff.Quiet();
    }
}
