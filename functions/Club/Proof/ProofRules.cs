using System.Text.Json;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Proof;

/// <summary>Checks a proof with nothing but its file and a root. Whatever the file holds, the answer is a sentence.</summary>
public static class ProofRules
{
    /// <summary>Bytes of a file that is read.</summary>
    public const int LargestFile = 64 * 1024 * 1024;

    private const string Code = "invalid-proof";

    /// <summary>A proof that holds in itself: its leaf, its path and what the root covers come to the root that it names.</summary>
    /// <param name="root">A root that was published; null: none is known, and whoever asks compares it.</param>
    public static Outcome<MemberProof> Check(ReadOnlySpan<byte> file, string? root)
    {
        MemberProof? proof;
        try
        {
            proof = JsonSerializer.Deserialize<MemberProof>(file, ClubJson.Options);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NotSupportedException)
        {
            return Wrong("The file is no proof: it cannot be read.");
        }
        if (proof is not { Format: MemberProof.Kind, Path: { } path, Root: { } told } || path.Count > MerkleRules.MostLevels
            || proof.MemberId.Value is not { Length: > 0 and <= HeadsWriter.LongestId })
            return Wrong("The file is no proof of this kind.");
        if (!Digest.TryParse(proof.Head, out var head) || !Digest.TryParse(told.Tree, out var tree) || !Digest.TryParse(told.Root, out _))
            return Wrong("The file holds a hash that is none.");
        var nodes = new Digest[path.Count];
        for (var i = 0; i < nodes.Length; i++)
            if (!Digest.TryParse(path[i], out nodes[i])) return Wrong("The file holds a hash that is none.");
        var leaf = new Head(proof.MemberId, proof.Sequence, head).Leaf();
        if (!MerkleRules.Leads(leaf, proof.Index, told.Heads, nodes, tree))
            return Wrong($"Entry {proof.Sequence} of member {proof.MemberId} is not under the tree that the file names.");
        if (RootRecord.RootOf(told.Day, told.Number, told.Heads, told.Tree, told.Previous) != told.Root)
            return Wrong("The root in the file is not the one of its own day, number, count, tree and root before.");
        return root is null || root == told.Root ? proof
            : Wrong($"The file leads to the root {told.Root}, and not to {root}.");
    }

    /// <summary>Compares a ledger with a proof: its entries must be the ones that were there, and more may follow. They come without a gap
    /// up to the one that the proof names and beyond, for nothing is known of what stands alone.</summary>
    /// <param name="files">Entries as <c>GET /members/{id}/entries</c> answers them, a page or more each.</param>
    /// <returns>The first and the last that were compared.</returns>
    public static Outcome<(long First, long Last)> Compare(MemberProof proof, params IReadOnlyList<byte[]> files)
    {
        var entries = new SortedDictionary<long, Entry>();
        foreach (var file in files)
            if (Read(file, entries) is { } unread) return unread;
        if (!entries.TryGetValue(proof.Sequence, out var head)) return Wrong($"The ledger does not hold entry {proof.Sequence}.");
        Entry? before = null;
        foreach (var entry in entries.Values)
        {
            if (entry.MemberId != proof.MemberId) return Wrong($"Entry {entry.Sequence} is of another member.");
            if (entry.Hash != entry.ComputeHash()) return Wrong($"Entry {entry.Sequence} was changed after it was written.");
            if (before is not null && before.Sequence + 1 < entry.Sequence)
                return Wrong($"After entry {before.Sequence} the ledger goes on with entry {entry.Sequence}: what is between them is missing.");
            if (before is not null && entry.PreviousHash != before.Hash)
                return Wrong($"Entry {entry.Sequence} does not follow the entry before it.");
            before = entry;
        }
        return head.Hash == proof.Head ? (entries.Keys.First(), before!.Sequence) : Wrong(
            $"The history of member {proof.MemberId} was rewritten: entry {proof.Sequence} is not the one that the root of {IndexKeys.Date(proof.Root.Day)} covers.");
    }

    private static Problem? Read(byte[] file, SortedDictionary<long, Entry> entries)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            var items = json.RootElement is { ValueKind: JsonValueKind.Object } page && page.TryGetProperty("items", out var own) ? own
                : json.RootElement;
            foreach (var item in items.EnumerateArray())
            {
                if (item.Deserialize(LedgerDocuments.Default.Entry) is not { } entry) continue;
                if (!entries.TryAdd(entry.Sequence, entry) && entries[entry.Sequence].ComputeHash() != entry.ComputeHash())
                    return Wrong($"The ledger tells entry {entry.Sequence} twice, and not the same.");
            }
            return null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NotSupportedException or FormatException
            or ArgumentException or OverflowException)
        {
            return Wrong("The ledger cannot be read: entries as the club answers them are expected.");
        }
    }

    private static Problem Wrong(string sentence) => new(Code, sentence);
}
