using System.CommandLine;
using Club.Kernel;
using Club.Proof;
using Club.Store;
using Functions.Local.Cli;

namespace Club.Local;

/// <summary>Checks a member's proof with nothing but its file and a root: no ledger is opened.</summary>
internal static class ProveCommand
{
    private static readonly Argument<string> Proof = new("FILE") { Description = "The proof, as GET /api/members/{id}/proof answers it." };

    private static readonly Option<string?> Root = new("--root")
    {
        Description = "A root that was published: 64 digits in hexadecimal.", HelpName = "hex",
        Validators = { result =>
        {
            if (!Digest.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError("--root is 64 digits in lower-case hexadecimal.");
        } },
    };

    private static readonly Option<string[]> Ledger = new("--ledger")
    {
        Description = "Entries, as GET /api/members/{id}/entries answers them: are they the ones that the root covers? Several pages: once for each.", HelpName = "file",
        DefaultValueFactory = _ => [],
    };

    public static HostCommand Command { get; } =
        new("prove", "Check a member's proof, with its file and a root and nothing else. Exit code 1 when it does not hold.", Run)
        {
            Arguments = [Proof],
            Options = [Root, Ledger],
        };

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var root = parsed.GetValue(Root);
        if (await Read(parsed.GetValue(Proof)!, terminal, cancellation) is not { } file) return 1;
        var proof = ProofRules.Check(file, root);
        if (proof.Problem is { } problem) return await Wrong(problem.Message, terminal);
        var ledger = new List<byte[]>();
        foreach (var name in parsed.GetValue(Ledger)!)
        {
            if (await Read(name, terminal, cancellation) is not { } page) return 1;
            ledger.Add(page);
        }
        Outcome<(long First, long Last)> compared = ledger.Count == 0 ? (0L, 0L) : ProofRules.Compare(proof.Value, ledger);
        if (compared.Problem is { } differs) return await Wrong(differs.Message, terminal);
        var (told, day) = (proof.Value.Root, IndexKeys.Date(proof.Value.Root.Day));
        await terminal.Output.WriteLineAsync(
            $"The proof holds: {proof.Value.Sequence} entries of member {proof.Value.MemberId} are under the root of {day}, {told.Root}.");
        if (compared.Value is { First: > 0 } span)
            await terminal.Output.WriteLineAsync($"Entries {span.First} to {span.Last} of the ledger are those of her chain"
                + (span.First > 1 ? $"; entries 1 to {span.First - 1} were not given." : "."));
        if (root is null)
            await terminal.Output.WriteLineAsync(
                "The file itself claims this root: compare it with one that was published, or give that with --root.");
        return 0;
    }

    private static async Task<byte[]?> Read(string name, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            if (new FileInfo(name).Length <= ProofRules.LargestFile) return await File.ReadAllBytesAsync(name, cancellation);
            await Wrong($"{name} is too large for a proof.", terminal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await Wrong(fault.Message, terminal);
        }
        return null;
    }

    private static async Task<int> Wrong(string sentence, Terminal terminal)
    {
        await terminal.Output.WriteLineAsync(sentence);
        return 1;
    }
}
