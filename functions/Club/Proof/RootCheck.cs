using Club.Kernel;

namespace Club.Proof;

/// <param name="Root">Null: there is none yet.</param>
/// <param name="Looked">Members who were looked at.</param>
/// <param name="Rewritten">Those of them whose ledger no longer holds what the root covers.</param>
/// <param name="Damage">Why the kept files could not be used; null: they could.</param>
public sealed record RootChecked(RootRecord? Root, int Looked, IReadOnlyList<MemberId> Rewritten, string? Damage);

/// <summary>Compares the newest root with the ledger while somebody waits: of a large club members drawn by lot, of a small one all. All of
/// any club is what <c>verify</c> looks at.</summary>
public sealed class RootCheck(Roots roots, IKeptFiles files, Store.IClubStore store)
{
    /// <summary>Members who are looked at.</summary>
    public const int Most = 1000;

    private const int AtOnce = 16;

    public async Task<RootChecked> Run(CancellationToken cancellation)
    {
        RootRecord? root = null;
        try
        {
            root = await roots.Latest(cancellation);
            if (root is null) return new RootChecked(null, 0, [], null);
            var (drawn, chains, rewritten) = (await Draw(root, cancellation), new ChainReader(store), new List<MemberId>());
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(drawn, parallel, async (head, token) =>
            {
                if (await chains.Holds(head, token)) return;
                lock (rewritten) rewritten.Add(head.MemberId);
            });
            rewritten.Sort();
            return new RootChecked(root, drawn.Count, rewritten, null);
        }
        catch (FormatException damage)
        {
            return new RootChecked(root, 0, [], damage.Message);
        }
    }

    /// <summary>So many of all, each as likely as the other; the tree is summed up anew on the way.</summary>
    private async Task<List<Head>> Draw(RootRecord root, CancellationToken cancellation)
    {
        await using var opened = await OpenedHeads.Open(files, root, cancellation);
        var (drawn, passed, known) = (new List<Head>(), 0L, new List<Head>());
        await foreach (var (head, _) in opened.All(cancellation))
        {
            // Whom the root itself names is looked at in any case.
            if (root.Rewritten?.Contains(head.MemberId) == true)
            {
                known.Add(head);
                continue;
            }
            passed++;
            if (drawn.Count < Most) drawn.Add(head);
            else if (Random.Shared.NextInt64(passed) is < Most and var place) drawn[(int)place] = head;
        }
        return [.. known, .. drawn];
    }
}
