using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Club.Kernel;

namespace Club.Local.Cli;

/// <param name="Shares">In percent, highest tier first.</param>
/// <param name="Months">Null: everything ever.</param>
/// <param name="Wallet">Null: the default wallet.</param>
/// <param name="Step">Thresholds are multiples of it.</param>
public sealed record CalibrationOptions(IReadOnlyList<decimal> Shares, int? Months, string? Wallet, Points Step);

/// <summary>Proposes thresholds of tiers. Beside a running host, too: the host is built, not started, and nothing is written.</summary>
internal static class CalibrateCommand
{
    private const int MostMonths = 1200;

    public static Command Of(HostComposition composition, Terminal terminal)
    {
        var shares = new Option<decimal[]>("--shares")
        {
            Description = "The share of members that each tier is to have, in percent, highest tier first, such as 5,15,80.", HelpName = "percentages", Required = true,
            CustomParser = Shares,
        };
        var months = new Option<int>("--months") { Description = "Points of the last so many months count; 0: all.", DefaultValueFactory = _ => 36 };
        months.Validators.Add(result => Check(result, result.GetValue(months) is >= 0 and <= MostMonths, $"--months is a whole number from 0 to {MostMonths}."));
        var wallet = new Option<string?>("--wallet") { Description = "Whose points. Default: the programme's first wallet.", HelpName = "code" };
        var round = new Option<decimal>("--round") { Description = "Thresholds are multiples of this many points.", DefaultValueFactory = _ => 10 };
        round.Validators.Add(result => Check(result, result.GetValue(round) is > 0 and <= 1_000_000_000 && decimal.Round(result.GetValue(round), 2) == result.GetValue(round), "--round is more than 0, with at most two decimals."));
        var command = new Command("calibrate", "Propose from all members' points where tiers should begin, so that they have about the given shares.") { shares, months, wallet, round };
        command.SetAction((parsed, cancellation) => Run(
            composition,
            new CalibrationOptions(parsed.GetValue(shares)!, parsed.GetValue(months) is > 0 and var window ? window : null, parsed.GetValue(wallet), Points.Of(parsed.GetValue(round))),
            terminal, cancellation));
        return command;
    }

    private static async Task<int> Run(HostComposition composition, CalibrationOptions options, Terminal terminal, CancellationToken cancellation)
    {
        if (composition.Calibrate is null) throw new StartException("There are no members in this host.");
        await using var host = LocalHost.Build(LocalSettings.Load(Directory.GetCurrentDirectory()), composition);
        return await composition.Calibrate(host.Services, options, terminal, cancellation);
    }

    private static decimal[]? Shares(ArgumentResult result)
    {
        var shares = new List<decimal>();
        foreach (var part in string.Join(',', result.Tokens.Select(token => token.Value)).Split(','))
            if (decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share > 0) shares.Add(share);
            else result.AddError($"--shares: '{part}' is not a percentage above zero.");
        if (shares.Count < 2 || shares.Sum() != 100) result.AddError("--shares are two or more percentages that sum to 100, such as 5,15,80.");
        return [.. shares];
    }

    private static void Check(OptionResult result, bool holds, string sentence)
    {
        if (!holds) result.AddError(sentence);
    }
}
