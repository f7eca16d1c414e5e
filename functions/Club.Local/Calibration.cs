using System.Globalization;
using Club.Kernel;
using Club.Local.Cli;
using Club.Programmes;
using Club.Sqlite;
using Club.Tiers;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Local;

/// <summary>Reads the members' points and writes the proposed thresholds as a table.</summary>
internal static class Calibration
{
    public static async Task<int> Run(IServiceProvider services, CalibrationOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var file = ClubComposition.StoreFile(services);
        if (!File.Exists(file)) throw new StartException($"There are no members in {Path.GetFullPath(Path.GetDirectoryName(file)!)}; set Local__DataDirectory to where they are.");
        var programme = services.GetRequiredService<ProgrammeVersions>().Current;
        var wallet = options.Wallet ?? programme.DefaultWallet.Code;
        if (programme.FindWallet(wallet) is null) throw new StartException($"The programme has no wallet \"{wallet}\"; it has {string.Join(", ", programme.Wallets.Select(known => known.Code))}.");
        await using var store = SqliteClubStore.Open(file, readOnly: true);
        var measurement = ActivatorUtilities.CreateInstance<TierMeasurement>(services, store, ActivatorUtilities.CreateInstance<Ledger.MemberLedger>(services, store));
        var distribution = await measurement.Measure(wallet, options.Months, options.Step, terminal.IsInteractive ? new Counted(terminal.Error) : null, cancellation);
        var proposal = TierCalibration.Propose(distribution, options.Shares);
        foreach (var line in Describe(programme, wallet, options, distribution, proposal)) await terminal.Output.WriteLineAsync(line);
        return proposal.Tiers.Count == 0 ? 1 : 0;
    }

    internal static IEnumerable<string> Describe(Programme programme, string wallet, CalibrationOptions options, PointsDistribution distribution, TierProposal proposal)
    {
        var window = options.Months is { } months ? $"in the last {months} months" : "ever";
        yield return Invariant($"Points of wallet {wallet} earned {window}: {proposal.Members:N0} members, from {distribution.Least?.Value ?? 0:#,0.##} to {distribution.Most?.Value ?? 0:#,0.##}. Thresholds by {options.Step}.");
        if (proposal.Tiers.Count > 0) yield return $"{"tier",-12}{"begins",-20}{"members",12}{"share",10}{"asked",10}";
        for (var i = 0; i < proposal.Tiers.Count; i++)
        {
            var tier = proposal.Tiers[i];
            var begins = tier.Threshold is not { } threshold ? "below" : Invariant($"{(tier.MoreThan ? "more than" : "at least")} {threshold.Value:0.##}");
            yield return Invariant($"{Name(programme, proposal.Tiers.Count, i),-12}{begins,-20}{tier.Members,12:N0}{tier.Share,8:0.00} %{tier.Target,8:0.##} %");
        }
        foreach (var remark in proposal.Remarks) yield return remark;
    }

    /// <summary>The programme's tiers where there are as many, else their place from above.</summary>
    private static string Name(Programme programme, int count, int place) => programme.Tiers.Count == count ? programme.Tiers[count - 1 - place].Code : $"tier {place + 1}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Counted(TextWriter output) : IProgress<long>
    {
        public void Report(long value) => output.Write(Invariant($"\r{value:N0} members read"));
    }
}
