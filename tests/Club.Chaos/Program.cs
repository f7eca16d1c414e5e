using System.Globalization;
using System.Text.Json;
using Club.Chaos;

var scenarios = new Dictionary<string, Func<Options, Task<Figures>>>
{
    ["hostile"] = HostileClients.Run,
    ["silent"] = SilentClients.Run,
    ["breaks"] = BrokenConnections.Run,
    ["idle"] = IdleClient.Run,
    ["damage"] = Damage.Run,
    ["disk"] = FullDisk.Run,
    ["short"] = Short,
};
if (args.Length == 0 || !scenarios.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project tests/Club.Chaos -- <{string.Join('|', scenarios.Keys)}> [--connections n] [--clients n] [--seed n] [--seconds n]");
    return 2;
}
var figures = await run(new Options(args[1..]));
Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
foreach (var fault in figures.Faults) Console.Error.WriteLine(fault);
return figures.Faults.Count == 0 ? 0 : 1;

// What a change is checked with: a minute in all, the idle client beside the others.
static async Task<Figures> Short(Options _)
{
    var idle = IdleClient.Run(new Options([]));
    var hostile = await HostileClients.Run(new Options(["--connections", "4000"]));
    var silent = await SilentClients.Run(new Options(["--clients", "1000", "--seconds", "5"]));
    var breaks = await BrokenConnections.Run(new Options(["--connections", "4000"]));
    var damage = await Damage.Run(new Options(["--flips", "300"]));
    Figures[] all = [hostile, silent, breaks, damage, await idle];
    return new Figures("short", all.Sum(f => f.Connections), all.Max(f => f.Seconds), all.Max(f => f.MegabytesBefore), all.Max(f => f.MegabytesPeak), all.Max(f => f.MegabytesAfter),
        all.Sum(f => f.PartnerSent), all.Max(f => f.PartnerSlowestMs), [.. all.SelectMany(f => f.Faults)]);
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

    /// <summary>What a scenario saw. The host runs in a process of its own; its memory is that of the process.</summary>
    /// <param name="PartnerSent">Messages that a partner sent meanwhile, each over a connection of its own.</param>
    /// <param name="Faults">What must not be; empty when all is well.</param>
    internal sealed record Figures(
        string Scenario, int Connections, double Seconds, double MegabytesBefore, double MegabytesPeak, double MegabytesAfter, int PartnerSent, double PartnerSlowestMs, IReadOnlyList<string> Faults);
}
