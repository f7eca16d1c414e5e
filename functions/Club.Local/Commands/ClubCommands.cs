using System.CommandLine;
using System.Globalization;
using Club.Identity;
using Club.Kernel;
using Club.Programmes;
using Club.Proof;
using Club.Running;
using Club.Sqlite;
using Club.Store;
using Club.WhatIf;
using Functions.Local.Cli;
using Functions.Local.Hosting;
using Functions.Local.Queue;
using Microsoft.Extensions.Options;

namespace Club.Local;

/// <summary>What can be asked of the club's data from the command line. All but <c>generate</c> only read.</summary>
internal static class ClubCommands
{
    private static readonly Argument<string> Draft = new("PROGRAMME") { Description = "The draft: a JSON file, or the name of a sample." };

    private static readonly Option<decimal> Sample = new("--sample")
    {
        Description = "Play only this many percent of the members; always the same ones.", HelpName = "percent", DefaultValueFactory = _ =>
            100m,
        Validators = { result =>
        { if (result.GetValueOrDefault<decimal>() is <= 0 or > 100) result.AddError("--sample is not above 0 and at most 100."); } },
    };

    private static readonly Option<string?> PublishedRoot = new("--root")
    {
        Description = "A root that was published: is it still among the kept ones?", HelpName = "hex",
    };

    public static IReadOnlyList<HostCommand> All { get; } =
    [
        new("verify", "Check both files, every document, and every member's ledger chain and balances. Exit code 1 on any difference.",
            Verify) { Options = [PublishedRoot] },
        new("what-if", "Play the recorded history under a draft and compare points, tiers and liability.", WhatIf) { Arguments = [Draft],
        Options = [Sample] },
        ProveCommand.Command,
        Calibration.Command,
        TokenCommand.Command,
        GenerateCommand.Command,
    ];

    private static async Task<int> Verify(IServiceProvider services, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var file = ClubComposition.StoreFile(services);
        IReadOnlyList<string> differences = [.. FileDifferences(file)];
        var report = new VerifyReport(0, 0, []);
        try
        {
            await using var opened = await Open(services, cancellation, skipsDamaged: true);
            await using var club = On(opened.Store, services);
            report = await club.GetRequiredService<Verification>().Verify(cancellation: cancellation);
            differences = [.. differences, .. await RootDifferences(club.GetRequiredService<Roots>(), parsed.GetValue(PublishedRoot),
                cancellation)];
        }
        catch (StoreException fault)
        {
            differences = [.. differences, fault.Message];
        }
        differences = [.. differences, .. report.Differences];
        foreach (var difference in differences) Console.WriteLine(difference);
        Console.WriteLine($"{report.Members} members, {report.Entries} entries, {differences.Count} differences.");
        return differences.Count == 0 ? 0 : 1;
    }

    /// <summary>Says with which root the ledger was compared, and what is wrong with a published one.</summary>
    private static async Task<IReadOnlyList<string>> RootDifferences(Roots roots, string? published, CancellationToken cancellation)
    {
        try
        {
            var (root, isLost) = await roots.Covering(published, cancellation);
            if (root is not null) Console.WriteLine($"Compared with the root of {root.DocumentId}: {root.Root}");
            return isLost ? [$"The root {published} is not among those that are kept."] : [];
        }
        catch (FormatException)
        {
            // The files are damaged, as was said before.
            return [];
        }
    }

    /// <summary>The club on a store of its own, with this host's settings and versions.</summary>
    private static ServiceProvider On(IClubStore store, IServiceProvider host) =>
        new ServiceCollection().AddLogging().AddClub(host.GetRequiredService<IConfiguration>())
        .AddSingleton(host.GetRequiredService<TimeProvider>()).AddSingleton(host.GetRequiredService<IOptions<ClubOptions>>())
        .AddSingleton(host.GetRequiredService<Programme>()).AddSingleton(host.GetRequiredService<IKeptFiles>()).AddSingleton(store)
        .BuildServiceProvider();

    /// <summary>What is wrong with the files themselves, the queue's and the topic's beside the store's.</summary>
    private static IEnumerable<string> FileDifferences(string file) => File.Exists(file)
        ? StoreCheck.Check(file).Concat(StoreCheck.Check(ClubComposition.KeyFile(file)))
            .Concat(((string[])["queue.db", "topic.db"])
                .SelectMany(one => QueueCheck.Check(Path.Combine(Path.GetDirectoryName(file)!, one))))
        : [];

    private static async Task<int> WhatIf(IServiceProvider services, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var opened = await Open(services, cancellation);
        var draft = Load(parsed.GetValue(Draft)!);
        var replay = new Replay(opened.Store, services.GetRequiredService<ClubCalendar>());
        await foreach (var step in replay.Run(await opened.Library.Now(cancellation), draft, parsed.GetValue(Sample), cancellation))
        {
            if (step.Progress is { } progress && terminal.IsInteractive)
                await terminal.Error.WriteAsync($"\r{progress.Members} members, {progress.Entries} entries ");
            if (step.Report is { } report)
                foreach (var line in Lines(report)) await terminal.Output.WriteLineAsync(line);
        }
        return 0;
    }

    /// <summary>The ledger of this host's folder, to be read, and the rules in it.</summary>
    internal sealed record Opened(IClubStore Store, ProgrammeLibrary Library, IReadOnlyList<SqliteClubStore> Files) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Library.Dispose();
            foreach (var file in Files) await file.DisposeAsync();
        }
    }

    /// <summary>Opens the ledger and reads the versions that were published in it.</summary>
    internal static async Task<Opened> Open(IServiceProvider services, CancellationToken cancellation, bool skipsDamaged = false)
    {
        var file = ClubComposition.StoreFile(services);
        if (!File.Exists(file))
            throw new StartException(
                $"There is no ledger in {Path.GetFullPath(Path.GetDirectoryName(file)!)}; set Local__DataDirectory to where it is.");
        SqliteClubStore[] files = [SqliteClubStore.Open(file, readOnly: true, skipsDamaged),
            SqliteClubStore.Open(ClubComposition.KeyFile(file), readOnly: true, skipsDamaged)];
        var keys = new PersonKeys(files[1], services.GetRequiredService<TimeProvider>());
        IClubStore store = new SealedStore(files[0], keys, services.GetRequiredService<IdentityHasher>());
        var opened = new Opened(store, ActivatorUtilities.CreateInstance<ProgrammeLibrary>(services, store), files);
        await opened.Library.Now(cancellation);
        return opened;
    }

    private static Programme Load(string nameOrFile)
    {
        try
        {
            return ProgrammeLoader.Load(nameOrFile);
        }
        catch (ProgrammeException exception)
        {
            throw new StartException(exception.Message, exception);
        }
    }

    private static IEnumerable<string> Lines(WhatIfReport report)
    {
        yield return Text(
            $"{report.Members} members and {report.Entries} entries under {report.Programme} {report.Version}, up to {report.Today:yyyy-MM-dd}:");
        yield return Row("", "as it is", "under draft", "change");
        foreach (var wallet in report.Wallets)
        {
            yield return Row($"{wallet.Wallet}: issued", wallet.Issued);
            yield return Row($"{wallet.Wallet}: reversed", wallet.Reversed);
            yield return Row($"{wallet.Wallet}: expired", wallet.Expired);
            yield return Row($"{wallet.Wallet}: balance", wallet.Balance);
            yield return Row($"{wallet.Wallet}: liability CNY", Text($"{wallet.Liability.Before:0.00}"),
                Text($"{wallet.Liability.After:0.00}"), Text($"{wallet.Liability.After - wallet.Liability.Before:+0.00;-0.00;0}"));
        }
        foreach (var rule in report.Rules) yield return Row($"rule {rule.Rule}", rule.Issued);
        foreach (var funder in report.Funders) yield return Row($"funder {funder.Funder}", funder.Issued);
        foreach (var tier in report.Tiers)
            yield return Row($"tier {tier.Tier}", Text($"{tier.Members.Before}"), Text($"{tier.Members.After}"),
                Text($"{tier.Members.After - tier.Members.Before:+0;-0;0}"));
        foreach (var move in report.TierMoves) yield return Text($"{move.Members} members would move from {move.From} to {move.To}.");
        foreach (var member in report.MostAffected)
            yield return Text(
                $"{member.MemberId}: {member.Balance.Before} → {member.Balance.After}, {member.Tier.Before} → {member.Tier.After}");
        if (report.Unaffordable > 0)
            yield return Text($"{report.Unaffordable} redemptions could not have been paid for: what they lack is owed.");
        if (report.Skipped > 0)
            yield return Text($"{report.Skipped} transactions could not be played: their entries do not keep their inputs.");
    }

    private static string Row(string what, Compared<Points> points) =>
        Row(what, $"{points.Before}", $"{points.After}", Text($"{(points.After - points.Before).Value:+0.##;-0.##;0}"));

    private static string Row(string what, string before, string after, string change) => $"{what,-32}{before,16}{after,16}{change,16}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
