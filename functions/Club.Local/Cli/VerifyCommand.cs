namespace Club.Local.Cli;

/// <summary>Checks the ledgers. Beside a running host, too: the host is built, not started.</summary>
internal static class VerifyCommand
{
    public static async Task<int> Run(HostComposition composition, CancellationToken cancellation)
    {
        if (composition.Verify is null) throw new StartException("There is no ledger to verify in this host.");
        await using var host = LocalHost.Build(LocalSettings.Load(Directory.GetCurrentDirectory()), composition);
        return await composition.Verify(host.Services, cancellation);
    }
}
