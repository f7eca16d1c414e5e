namespace Club.Proof;

/// <summary>
/// The tree of RFC 6962: a leaf is hashed after a 0, two nodes after a 1, and a tree is split at the largest power of two. Levels are
/// paired from the left, and a node that is left over rises as it is, which makes the same tree.
/// </summary>
public static class MerkleRules
{
    /// <summary>Levels of a tree of 2^63 leaves: no path is longer.</summary>
    public const int MostLevels = 63;

    /// <summary>The root of no leaves.</summary>
    public static readonly Digest Empty = Digest.Of([]);

    public static Digest Leaf(ReadOnlySpan<byte> data)
    {
        Span<byte> bytes = data.Length < 512 ? stackalloc byte[1 + data.Length] : new byte[1 + data.Length];
        bytes[0] = 0;
        data.CopyTo(bytes[1..]);
        return Digest.Of(bytes);
    }

    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Digest.Size];
        bytes[0] = 1;
        left.Write(bytes[1..]);
        right.Write(bytes[(1 + Digest.Size)..]);
        return Digest.Of(bytes);
    }

    /// <summary>The root of a row of nodes.</summary>
    public static Digest Root(ReadOnlySpan<Digest> row)
    {
        if (row.IsEmpty) return Empty;
        var level = row.ToArray();
        for (var count = level.Length; count > 1; count = Raise(level.AsSpan(0, count))) { }
        return level[0];
    }

    /// <summary>A row of nodes and the rows above it, up to the root.</summary>
    public static IReadOnlyList<Digest[]> Levels(ReadOnlySpan<Digest> row)
    {
        var levels = new List<Digest[]> { row.ToArray() };
        while (levels[^1].Length > 1)
        {
            var level = levels[^1].ToArray();
            levels.Add(level[..Raise(level)]);
        }
        return levels;
    }

    /// <summary>The nodes beside the way from one of a row to the root, from below.</summary>
    public static IEnumerable<Digest> Path(IReadOnlyList<Digest[]> levels, int index)
    {
        foreach (var level in levels)
        {
            var beside = index ^ 1;
            if (beside < level.Length) yield return level[beside];
            index >>= 1;
        }
    }

    /// <summary>Whether a path leads from a leaf to the root (RFC 9162, 2.1.3.2).</summary>
    public static bool Leads(Digest leaf, long index, long leaves, IReadOnlyList<Digest> path, Digest root)
    {
        if (index < 0 || index >= leaves) return false;
        var (node, last) = (leaf, leaves - 1);
        foreach (var beside in path)
        {
            if (last == 0) return false;
            if ((index & 1) == 1 || index == last)
            {
                node = Node(beside, node);
                // A node that was left over has risen.
                while ((index & 1) == 0 && index != 0) (index, last) = (index >> 1, last >> 1);
            }
            else node = Node(node, beside);
            (index, last) = (index >> 1, last >> 1);
        }
        return last == 0 && node == root;
    }

    /// <summary>Puts the row above in the place of a row.</summary>
    /// <returns>How many nodes it has.</returns>
    private static int Raise(Span<Digest> level)
    {
        var above = 0;
        for (var i = 0; i < level.Length; i += 2) level[above++] = i + 1 < level.Length ? Node(level[i], level[i + 1]) : level[i];
        return above;
    }
}
