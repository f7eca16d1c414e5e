using System.Diagnostics;
using System.Globalization;
using Club.Tests.Support;

namespace Club.Chaos.Kills;

/// <summary>
/// A host that is killed again and again, also while it starts, in the middle of forms, messages, merges, sweeps and text messages; then it
/// comes to rest, everything is sent again, and everything is counted: <c>--kills 100 --persons 12 --seed 1</c>. When a host is killed
/// follows the seed; what it is just doing then does not.
/// </summary>
internal sealed class KillRun
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _directory = Directory.CreateTempSubdirectory("club-kills").FullName;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<Person> _persons = [];
    private readonly List<string> _faults = [];
    private readonly DateTimeOffset _start;
    private readonly TimeSpan _step;
    private readonly Random _random;
    private readonly Load _load;
    private readonly (int Seed, int Kills, int Persons) _asked;
    private int _lives;
    private int _killedStarting;
    private double _slowestStart;

    /// <summary>The club's day is the one before yesterday, so that <c>verify</c>, which runs on the true clock, tells of merges that did
    /// not end.</summary>
    private KillRun(Options options)
    {
        _asked = (options.Number("seed", 1), options.Number("kills", 100), options.Number("persons", 12));
        _random = new Random(_asked.Seed);
        _load = new Load(new Random(_asked.Seed + 1));
        var day = DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(Zone).Date).AddDays(-2);
        _start = new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), Zone);
        _step = TimeSpan.FromHours(8) / (_asked.Kills + 4);
    }

    private DateOnly Today => DateOnly.FromDateTime(_start.Date);

    public static async Task<KillFigures> Run(Options options)
    {
        var run = new KillRun(options);
        try
        {
            return await run.Run();
        }
        finally
        {
            Directory.Delete(run._directory, recursive: true);
        }
    }

    private async Task<KillFigures> Run()
    {
        for (var kill = 0; kill < _asked.Kills; kill++) await Live(kill);
        var (host, time) = await Start();
        await using (host)
        {
            var reckoning = new Reckoning(host, time, Path.Combine(_directory, ".club", "sms.jsonl"), _persons);
            await Drain(host, time);
            await Rest(host, time);
            await reckoning.FindLost();
            await _load.Again(host, time, _persons);
            await Rest(host, time);
            await reckoning.CountAll();
            await CheckSettlement(host, time);
            var verified = await host.Command("verify");
            if (verified.ExitCode != 0) _faults.Add($"verify: {verified.Output}");
            return Figures(reckoning, verified.Output);
        }
    }

    /// <summary>A host's life from its start to its kill; every fifth dies once more while the next one starts.</summary>
    private async Task Live(int kill)
    {
        for (var i = 0; i < _asked.Persons; i++)
        {
            var person = new Person(_persons.Count, Today, _random);
            _persons.Add(person);
            _load.Add(person);
        }
        var (host, time) = await Start();
        await using (host)
        {
            using var over = new CancellationTokenSource();
            var load = _load.Run(host, time, over.Token);
            await Task.Delay(_random.Next(50, 1_500), CancellationToken.None);
            await over.CancelAsync();
            await host.Kill();
            await load;
        }
        if (kill % 5 != 4) return;
        await LocalProcess.KillWhileStarting(_directory, TimeSpan.FromMilliseconds(_random.Next(50, 1_500)), "--now", Now());
        _killedStarting++;
    }

    private async Task<(LocalProcess Host, TimeProvider Time)> Start()
    {
        var now = Now();
        _lives++;
        var host = await LocalProcess.Start(_directory, "--now", now);
        _slowestStart = Math.Max(_slowestStart, host.ReadySeconds);
        return (host, new Shifted(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow));
    }

    private string Now() => (_start + _step * _lives).ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    private async Task Drain(LocalProcess host, TimeProvider time)
    {
        using var over = new CancellationTokenSource(Patience);
        await _load.Run(host, time, over.Token);
        if (!_load.IsDone) _faults.Add($"Not everything was accepted within {Patience.TotalMinutes} minutes.");
    }

    private static async Task Rest(LocalProcess host, TimeProvider time)
    {
        using var staff = new StaffClient(host.Http, time);
        for (var i = 0; i < 2; i++)
        {
            foreach (var timer in Load.TimerNames) await staff.Post($"/admin/functions/{timer}", System.Net.HttpStatusCode.Accepted);
            await Task.Delay(1_000);
            await staff.Quiet().WaitAsync(Patience);
        }
    }

    /// <summary>Hosts were killed while they summed up; all that was booked is in the sums, once.</summary>
    private async Task CheckSettlement(LocalProcess host, TimeProvider time)
    {
        using var staff = new StaffClient(host.Http, time);
        var month = await staff.Get($"/api/settlements/{Load.MonthOf(time)}");
        if (month["adds"]?.GetValue<bool>() is not true) _faults.Add($"The statements do not add up: {month["check"]?.ToJsonString()}");
        var ledger = month["check"]!.AsArray().Sum(wallet => wallet!["ledger"]!.GetValue<decimal>());
        var liability = (await staff.Get("/api/liability"))["wallets"]!.AsArray()
            .Sum(wallet => wallet!["points"]!.GetValue<decimal>() + wallet["owed"]!.GetValue<decimal>());
        if (ledger != liability) _faults.Add($"The statements come to {ledger} points, the entries to {liability}.");
    }

    private KillFigures Figures(Reckoning reckoning, string verified)
    {
        var words = verified.Trim().Split('\n')[^1].Split(' ');
        var members = int.Parse(words[0], CultureInfo.InvariantCulture);
        var differences = int.Parse(words[^2], CultureInfo.InvariantCulture);
        IReadOnlyList<string> faults = [.. _faults, .. _load.Faults, .. reckoning.Faults];
        return new KillFigures(
            "kills", _asked.Seed, _asked.Kills, _killedStarting, Math.Round(_watch.Elapsed.TotalSeconds, 1), _persons.Count, members,
            _persons.Sum(person => person.Merges),
            _load.Accepted, _load.Redelivered, reckoning.Entries, reckoning.Lines, _slowestStart,
            reckoning.Lost, reckoning.GivenUp, reckoning.Twice, reckoning.WrongBalances, reckoning.Unreachable, reckoning.SmsLost,
            reckoning.SmsDoubled, reckoning.Unfinished, differences, faults);
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
