using System.Globalization;
using System.Text.Json;
using Club.Chaos;
using Club.Chaos.Http;
using Club.Chaos.Kills;

var parts = new Dictionary<string, Func<Options, Task<Report[]>>>
{
    ["hostile"] = One(HostileClients.Run),
    ["silent"] = One(SilentClients.Run),
    ["breaks"] = One(BrokenConnections.Run),
    ["idle"] = One(IdleClient.Run),
    ["kills"] = One(KillRun.Run),
    ["http"] = One(HttpRun.Run),
    ["damage"] = One(Damage.Run),
    ["disk"] = One(FullDisk.Run),
    ["short"] = Short,
};
if (args.Length == 0 || !parts.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine(
        $"Usage: dotnet run -c Release --project tests/Club.Chaos -- <{string.Join('|', parts.Keys)}> [--connections n] [--clients n] [--seconds n] [--kills n] [--persons n] [--requests n] [--only n] [--seed n]");
    return 2;
}
var reports = await run(new Options(args[1..]));
foreach (var report in reports) Console.WriteLine(JsonSerializer.Serialize<object>(report, JsonSerializerOptions.Web));
foreach (var fault in reports.SelectMany(report => report.Faults)) Console.Error.WriteLine(fault);
return reports.All(report => report.Faults.Count == 0) ? 0 : 1;

static Func<Options, Task<Report[]>> One<T>(Func<Options, Task<T>> part) where T : Report => async options => [await part(options)];

// What a change is checked with: a minute and a half in all, the idle client beside the others.
static async Task<Report[]> Short(Options _)
{
    var idle = IdleClient.Run(new Options([]));
    var hostile = await HostileClients.Run(new Options(["--connections", "4000"]));
    var silent = await SilentClients.Run(new Options(["--clients", "1000", "--seconds", "5"]));
    var breaks = await BrokenConnections.Run(new Options(["--connections", "4000"]));
    var http = await HttpRun.Run(new Options(["--requests", "8000"]));
    var kills = await KillRun.Run(new Options(["--kills", "3", "--persons", "6"]));
    var damage = await Damage.Run(new Options(["--flips", "300"]));
    return [hostile, silent, breaks, http, kills, damage, await idle];
}

namespace Club.Chaos
{
    /// <summary>Options as <c>--name value</c>; every one has a default.</summary>
    internal sealed class Options(string[] args)
    {
        public int Number(string name, int otherwise)
        {
            var at = Array.IndexOf(args, $"--{name}");
            return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
        }
    }
}
