using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Club.Kernel;
using Club.Local.Sample;
using Club.Programmes;
using Functions.Local.Cli;
using Functions.Local.Hosting;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Club.Local;

/// <summary>Makes a sample club in the data directory: invented persons who live through some years.</summary>
internal static class GenerateCommand
{
    private static readonly Option<int> Members = Number("--members", "How many persons.", 10_000, 1, SampleOptions.MostMembers);
    private static readonly Option<int> Years = Number("--years", "How many years they live through.", 3, 1, SampleOptions.MostYears);
    private static readonly Option<int> Seed = Number("--seed", "The same seed makes the same club.", 1, 0, int.MaxValue);

    private static readonly Option<string?> ProgrammeName = new("--programme")
    {
        Description = "The name of a sample programme, or a JSON file. Default: the setting Club__Programme.",
    };

    private static readonly Option<DateOnly?> Until = new("--until")
    {
        Description = "The last day, such as 2026-06-30. Default: yesterday.", HelpName = "day",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"'{result.Tokens[0].Value}' is not a day such as 2026-06-30.");
            return null;
        },
    };

    public static HostCommand Command { get; } =
        new("generate", "Fill the empty data directory with a sample club of invented persons.", Run)
        {
            Options = [Members, Years, Seed, ProgrammeName, Until],
        };

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var yesterday = services.GetRequiredService<ClubCalendar>().Today.AddDays(-1);
        var until = parsed.GetValue(Until) ?? yesterday;
        if (until > yesterday) throw new StartException($"--until {until:yyyy-MM-dd} is not over yet; the last day that is over is {yesterday:yyyy-MM-dd}.");
        var name = parsed.GetValue(ProgrammeName) ?? services.GetRequiredService<IOptions<ClubOptions>>().Value.Programme;
        var options = new SampleOptions(Load(name), parsed.GetValue(Members), parsed.GetValue(Years), parsed.GetValue(Seed), until);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var folder = await SampleFolder.Open(services.GetRequiredService<IConfiguration>(), name, options, stop.Token);
        var watch = Stopwatch.StartNew();
        var last = terminal.IsInteractive
            ? await WithBar(options, after => folder.Fill(after, stop.Token))
            : await folder.Fill(Plain(options, terminal.Output), stop.Token);
        return await Tell(folder, options, last, watch.Elapsed, terminal);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> Tell(SampleFolder folder, SampleOptions options, DateOnly? last, TimeSpan took, Terminal terminal)
    {
        var (tally, seconds) = (folder.Tally, took.TotalSeconds);
        foreach (var reason in tally.Reasons) await terminal.Output.WriteLineAsync($"Refused: {reason}");
        await terminal.Output.WriteLineAsync(Text($"{tally.Registrations + tally.Proposals:N0} members, {tally.Transactions:N0} transactions, {tally.Redemptions:N0} redemptions, {tally.Acts:N0} acts of staff, {tally.Swept:N0} done by sweeps, {tally.Refused:N0} refused, from {options.From:yyyy-MM-dd} to {last ?? options.From:yyyy-MM-dd}."));
        await terminal.Output.WriteLineAsync(Text($"{tally.Transactions / seconds:N0} transactions a second, {tally.All / seconds:N0} of all that was done; {seconds:0.0} s."));
        if (last != options.Until)
            await terminal.Error.WriteLineAsync(
                $"Stopped. {folder.Directory} holds the club up to that day; delete the folder to begin again.");
        return last == options.Until && tally.Refused == 0 ? 0 : 1;
    }

    private static async Task<DateOnly?> WithBar(SampleOptions options, Func<Action<DateOnly>, Task<DateOnly?>> fill)
    {
        DateOnly? last = null;
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Generating", maxValue: options.Days);
                last = await fill(day =>
                {
                    bar.Description = $"{day:yyyy-MM-dd}";
                    bar.Value = options.Day(day);
                });
            });
        return last;
    }

    private static Action<DateOnly> Plain(SampleOptions options, TextWriter output)
    {
        var progress = new PlainProgress(options.Days, output);
        return day => progress.Report(options.Day(day));
    }

    private static Programme Load(string name)
    {
        try
        {
            return ProgrammeLoader.Load(name);
        }
        catch (ProgrammeException exception)
        {
            throw new StartException(exception.Message, exception);
        }
    }

    private static Option<int> Number(string name, string description, int otherwise, int least, int most) => new(name)
    {
        Description = description, DefaultValueFactory = _ => otherwise,
        Validators = { result =>
        {
            if (result.Tokens is not [{ Value: var text }]) return;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
                result.AddError(Text($"{name} is a whole number from {least} to {most}."));
        } },
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
