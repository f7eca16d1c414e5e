using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Proof;

/// <summary>Compares the ledger with the newest root that is kept: whoever changed an entry that it covers, and sealed all behind it
/// again, is found.</summary>
internal sealed class ProofVerifier(Roots roots, IKeptFiles files) : IVerifies
{
    private const int MostDifferences = 1000;

    private RootRecord? _root;
    private MemberId[]? _members;
    private Head[] _heads = [];
    private bool[] _seen = [];

    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        if (_members is null) await Load(differs, cancellation);
        if (document.Type == RootRecord.Document) await Compare(document.As<RootRecord>(), differs, cancellation);
        if (document.Type != "entry") return;
        var entry = document.As<Entry>();
        var place = Array.BinarySearch(_members!, entry.MemberId);
        if (place < 0 || _heads[place].Sequence != entry.Sequence) return;
        _seen[place] = true;
        if (!ChainReader.Is(entry, _heads[place]))
            differs($"Member {entry.MemberId}: her history was rewritten, entry {entry.Sequence} is not the one that the root of {_root!.DocumentId} covers.");
    }

    public async Task End(Action<string> differs, CancellationToken cancellation)
    {
        if (_members is null) await Load(differs, cancellation);
        var missing = 0;
        for (var i = 0; i < _heads.Length && missing < MostDifferences; i++)
        {
            if (_seen[i]) continue;
            missing++;
            differs($"Member {_heads[i].MemberId}: entry {_heads[i].Sequence}, which the root of {_root!.DocumentId} covers, is not there.");
        }
    }

    /// <summary>The kept roots follow one another, and the newest is what its heads come to.</summary>
    private async Task Load(Action<string> differs, CancellationToken cancellation)
    {
        _members = [];
        try
        {
            await foreach (var day in roots.Days(cancellation))
            {
                var root = (await roots.Of(day, cancellation))!;
                if (root.Number != (_root?.Number ?? 0) + 1 || root.Previous != _root?.Root || root.Root != root.ComputeRoot())
                    differs($"The root of {root.DocumentId} does not follow the root before it.");
                _root = root;
            }
            if (_root is null) return;
            await using var opened = await OpenedHeads.Open(files, _root, cancellation);
            var heads = new List<Head>((int)_root.Heads);
            await foreach (var (head, _) in opened.All(cancellation)) heads.Add(head);
            (_heads, _members, _seen) = ([.. heads], [.. heads.Select(head => head.MemberId)], new bool[heads.Count]);
        }
        catch (FormatException damage)
        {
            differs(damage.Message);
        }
    }

    private async Task Compare(RootRecord entered, Action<string> differs, CancellationToken cancellation)
    {
        var kept = await roots.Of(entered.Day, cancellation);
        if (kept is null) differs($"The root of {entered.DocumentId} is entered, and its file is not there.");
        else if (kept with { Rewritten = null } != entered with { Rewritten = null })
            differs($"The root of {entered.DocumentId} is entered otherwise than its file tells.");
    }
}
