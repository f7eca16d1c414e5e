using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Club.Kernel;

namespace Club.Proof;

/// <summary>A head in its place among all.</summary>
/// <param name="Path">The nodes beside the way to the root, from below.</param>
internal sealed record PlacedHead(Head Head, long Index, IReadOnlyList<Digest> Path);

/// <summary>What a file of heads tells about itself: its blocks and the tree above them. It can be kept when the file is closed.</summary>
/// <exception cref="FormatException">The file is damaged, or no such file.</exception>
internal sealed class HeadsFile
{
    private const int Piece = 256 * 1024;
    private const int LongestBlock = HeadsWriter.BlockSize * (1 + HeadsWriter.LongestId + 8 + Digest.Size);

    private readonly long[] _at;
    private readonly MemberId[] _first;
    private readonly IReadOnlyList<Digest[]> _levels;

    private HeadsFile(long count, long[] at, MemberId[] first, Digest[] roots)
    {
        (Count, _at, _first) = (count, at, first);
        _levels = MerkleRules.Levels(roots);
        Tree = MerkleRules.Root(roots);
    }

    public long Count { get; }

    /// <summary>The root, as the blocks' roots make it.</summary>
    public Digest Tree { get; }

    /// <summary>Reads the end of the file.</summary>
    public static async Task<HeadsFile> Read(Stream content, CancellationToken cancellation)
    {
        var trailer = await Part(content, content.Length - HeadsWriter.TrailerSize, HeadsWriter.TrailerSize, cancellation);
        var (index, count, blocks) = (BinaryPrimitives.ReadInt64LittleEndian(trailer),
            BinaryPrimitives.ReadInt64LittleEndian(trailer.AsSpan(8)), BinaryPrimitives.ReadInt32LittleEndian(trailer.AsSpan(16)));
        var length = content.Length - HeadsWriter.TrailerSize - index;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(20)) != HeadsWriter.Kind || index < 0 || length is < 0 or > int.MaxValue
            || blocks != (count + HeadsWriter.BlockSize - 1) / HeadsWriter.BlockSize || blocks > length)
            throw Damaged();
        var bytes = await Part(content, index, (int)length, cancellation);
        var (at, first, roots) = (new long[blocks + 1], new MemberId[blocks], new Digest[blocks]);
        var place = 0;
        for (var block = 0; block < blocks; block++)
        {
            // A block is told as a head is: an id, a number and a hash.
            var told = HeadAt(bytes, ref place);
            (first[block], at[block], roots[block]) = (told.MemberId, told.Sequence, told.Hash);
        }
        at[blocks] = index;
        for (var block = 0; block < blocks; block++)
            if (at[block + 1] - at[block] is < 0 or > LongestBlock) throw Damaged();
        return new HeadsFile(count, at, first, roots);
    }

    /// <summary>A member's head; null when she has none.</summary>
    /// <param name="content">Of the file that was read.</param>
    public async Task<PlacedHead?> Find(Stream content, MemberId memberId, CancellationToken cancellation)
    {
        var block = Array.BinarySearch(_first, memberId);
        if (block < 0) block = ~block - 1;
        if (block < 0) return null;
        var bytes = await Part(content, _at[block], (int)(_at[block + 1] - _at[block]), cancellation);
        var (heads, leaves) = Block(bytes, block);
        var own = Array.FindIndex(heads, head => head.MemberId == memberId);
        if (own < 0) return null;
        return new PlacedHead(heads[own], (long)block * HeadsWriter.BlockSize + own,
            [.. MerkleRules.Path(MerkleRules.Levels(leaves), own), .. MerkleRules.Path(_levels, block)]);
    }

    /// <summary>All heads, in order of member ids, each with the hash of its leaf.</summary>
    /// <param name="content">Of the file that was read.</param>
    public async IAsyncEnumerable<(Head Head, Digest Leaf)> All(Stream content, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var block = 0;
        var next = Ahead();
        try
        {
            while (next is not null)
            {
                var piece = await next;
                next = Ahead();
                foreach (var (heads, leaves) in piece)
                    for (var i = 0; i < heads.Length; i++) yield return (heads[i], leaves[i]);
            }
        }
        finally
        {
            // Whoever stops in the middle closes the file.
            if (next is not null) await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        // One piece is read and hashed while the one before is in use.
        Task<List<(Head[], Digest[])>>? Ahead()
        {
            var from = block;
            while (block < _first.Length && (block == from || _at[block + 1] - _at[from] <= Piece)) block++;
            var to = block;
            return to == from ? null : Task.Run(() => Blocks(content, from, to, cancellation), cancellation);
        }
    }

    private async Task<List<(Head[], Digest[])>> Blocks(Stream content, int from, int to, CancellationToken cancellation)
    {
        var bytes = await Part(content, _at[from], (int)(_at[to] - _at[from]), cancellation);
        var blocks = new List<(Head[], Digest[])>(to - from);
        for (var one = from; one < to; one++)
            blocks.Add(Block(bytes.AsSpan((int)(_at[one] - _at[from]), (int)(_at[one + 1] - _at[one])), one));
        return blocks;
    }

    /// <summary>The heads of one block, which are those that the root covers.</summary>
    private (Head[] Heads, Digest[] Leaves) Block(ReadOnlySpan<byte> bytes, int block)
    {
        var count = (int)Math.Min(HeadsWriter.BlockSize, Count - (long)block * HeadsWriter.BlockSize);
        var (heads, leaves, place) = (new Head[count], new Digest[count], 0);
        for (var i = 0; i < count; i++)
        {
            heads[i] = HeadAt(bytes, ref place);
            leaves[i] = heads[i].Leaf();
        }
        var isCovered = place == bytes.Length && heads[0].MemberId == _first[block] && MerkleRules.Root(leaves) == _levels[0][block];
        return isCovered ? (heads, leaves) : throw Damaged();
    }

    private static Head HeadAt(ReadOnlySpan<byte> bytes, ref int place)
    {
        if (place >= bytes.Length) throw Damaged();
        var length = bytes[place++];
        if (bytes.Length - place < length + 8 + Digest.Size) throw Damaged();
        var id = Encoding.UTF8.GetString(bytes.Slice(place, length));
        place += length;
        var sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[place..]);
        var hash = Digest.Read(bytes.Slice(place + 8, Digest.Size));
        place += 8 + Digest.Size;
        return new Head(new MemberId(id), sequence, hash);
    }

    private static async Task<byte[]> Part(Stream content, long at, int length, CancellationToken cancellation)
    {
        if (at < 0 || at + length > content.Length) throw Damaged();
        var bytes = new byte[length];
        content.Seek(at, SeekOrigin.Begin);
        await content.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private static FormatException Damaged() => new("A file of heads is damaged.");
}
