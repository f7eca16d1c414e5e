using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Club.Kernel;
using Club.Programmes;
using Club.Tiers;
using Functions.Local.Cli;
using Functions.Local.Hosting;

namespace Club.Local;

/// <summary>The command that proposes from all members' points where tiers should begin. It only reads.</summary>
internal static class Calibration
{
    private const int MostMonths = 1200;

    private static readonly Option<decimal[]> Shares = new("--shares")
    {
        Description = "The share of members that each tier is to have, in percent, highest tier first, such as 5,15,80.",
            HelpName = "percentages", Required = true, CustomParser = ReadShares,
    };

    private static readonly Option<int> Months = new("--months")
    {
        Description = "Points of the last so many months count; 0: all.", DefaultValueFactory = _ => 36,
        Validators = { result =>
        { if (result.GetValueOrDefault<int>() is < 0 or > MostMonths) result.AddError(
        $"--months is a whole number from 0 to {MostMonths}."); } },
    };

    private static readonly Option<string?> Wallet = new("--wallet") { Description = "Whose points. Default: the programme's first wallet.",
        HelpName = "code" };

    private static readonly Option<decimal> Round = new("--round")
    {
        Description = "Thresholds are multiples of this many points.", DefaultValueFactory = _ => 10,
        Validators = { result =>
        { if (!IsStep(result.GetValueOrDefault<decimal>())) result.AddError("--round is more than 0, with at most two decimals."); } },
    };

    public static HostCommand Command { get; } =
        new("calibrate", "Propose from all members' points where tiers should begin, so that they have about the given shares.",
            Run) { Options = [Shares, Months, Wallet, Round] };

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var opened = await ClubCommands.Open(services, cancellation);
        var (store, programme) = (opened.Store, (await opened.Library.Now(cancellation)).Current);
        var wallet = parsed.GetValue(Wallet) is { } code ? new WalletCode(code) : programme.DefaultWallet.Code;
        if (programme.FindWallet(wallet) is null)
            throw new StartException(
                $"The programme has no wallet \"{wallet}\"; it has {string.Join(", ", programme.Wallets.Select(known => known.Code))}.");
        int? months = parsed.GetValue(Months) is > 0 and var window ? window : null;
        var distribution = await new TierMeasurement(store, services.GetRequiredService<ClubCalendar>())
            .Measure(wallet, months, Points.Of(parsed.GetValue(Round)), terminal.IsInteractive ? new Counted(terminal.Error) : null,
            cancellation);
        var proposal = TierCalibration.Propose(distribution, parsed.GetValue(Shares)!);
        foreach (var line in Lines(programme, wallet, months, distribution, proposal)) await terminal.Output.WriteLineAsync(line);
        return proposal.Tiers.Count == 0 ? 1 : 0;
    }

    internal static IEnumerable<string> Lines(Programme programme, WalletCode wallet, int? months, PointsDistribution distribution,
        TierProposal proposal)
    {
        if (proposal.Tiers.Count > 0)
        {
            yield return Text(
                $"{proposal.Members:N0} members have {distribution.Least} to {distribution.Most} points of the wallet {wallet}, earned {(months is null ? "ever" : Text($"in the last {months} months"))}.");
            yield return $"{"tier",-12}{"begins",-20}{"members",12}{"share",11}{"asked",11}";
        }
        for (var place = 0; place < proposal.Tiers.Count; place++)
        {
            var tier = proposal.Tiers[place];
            var begins = tier.Threshold is not { } threshold ? "below" : $"{(tier.MoreThan ? "more than" : "at least")} {threshold}";
            yield return Text(
                $"{Name(programme, proposal.Tiers.Count, place),-12}{begins,-20}{tier.Members,12:N0}{tier.Share,9:0.00} %{tier.Target,9:0.##} %");
        }
        foreach (var remark in proposal.Remarks) yield return remark;
    }

    /// <summary>The programme's tiers where there are as many, else the place from above.</summary>
    private static string Name(Programme programme, int count, int place) =>
        programme.Tiers.Count == count ? programme.Tiers[count - 1 - place].Code : Text($"tier {place + 1}");

    private static decimal[]? ReadShares(ArgumentResult result)
    {
        var shares = new List<decimal>();
        foreach (var part in string.Join(',', result.Tokens.Select(token => token.Value)).Split(','))
            if (decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share > 0)
                shares.Add(share);
        if (shares.Count >= 2 && shares.Sum() == 100) return [.. shares];
        result.AddError("--shares are two or more percentages that sum to 100, such as 5,15,80.");
        return null;
    }

    private static bool IsStep(decimal round) => round is > 0 and <= 1_000_000_000 && decimal.Round(round, 2) == round;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Counted(TextWriter output) : IProgress<long>
    {
        public void Report(long value) => output.Write(Text($"\r{value} members "));
    }
}
