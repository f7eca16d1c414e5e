using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Club.Kernel;

namespace Club.Proof;

/// <summary>
/// Writes a file of heads: the heads in order of member ids, and behind them, for each block of them, where it begins, its first member and
/// the root of its leaves, so that a proof reads one block. A block has 128 heads, which are a whole subtree.
/// </summary>
internal sealed class HeadsWriter(IBufferWriter<byte> to)
{
    public const int BlockSize = 128;
    public const int LongestId = 255;

    /// <summary>Bytes at the end: where the blocks are told, how many heads and blocks there are, and what kind of file it is.</summary>
    public const int TrailerSize = 8 + 8 + 4 + 4;

    /// <summary>"CLH1".</summary>
    public const uint Kind = 0x31484C43;

    private readonly Digest[] _leaves = new Digest[BlockSize];
    private readonly List<(long At, string First, Digest Root)> _blocks = [];
    private MemberId? _last;
    private (long At, string First) _block;
    private int _inBlock;
    private long _at;

    public long Count { get; private set; }

    /// <param name="leaf">The hash of its leaf, where it is known.</param>
    /// <exception cref="InvalidOperationException">It does not come after the one before: a mistake of the code.</exception>
    public void Add(in Head head, Digest? leaf = null)
    {
        if (_last is { } last && head.MemberId <= last) throw new InvalidOperationException($"Member {head.MemberId} comes after {last}.");
        _last = head.MemberId;
        if (_inBlock == 0) _block = (_at, head.MemberId);
        WriteId(head.MemberId);
        var rest = to.GetSpan(8 + Digest.Size);
        BinaryPrimitives.WriteInt64LittleEndian(rest, head.Sequence);
        head.Hash.Write(rest[8..]);
        Advance(8 + Digest.Size);
        _leaves[_inBlock++] = leaf ?? head.Leaf();
        Count++;
        if (_inBlock == BlockSize) CloseBlock();
    }

    /// <returns>The root of all leaves.</returns>
    public Digest End()
    {
        if (_inBlock > 0) CloseBlock();
        var index = _at;
        foreach (var (at, first, root) in _blocks)
        {
            WriteId(first);
            var rest = to.GetSpan(8 + Digest.Size);
            BinaryPrimitives.WriteInt64LittleEndian(rest, at);
            root.Write(rest[8..]);
            Advance(8 + Digest.Size);
        }
        var trailer = to.GetSpan(TrailerSize);
        BinaryPrimitives.WriteInt64LittleEndian(trailer, index);
        BinaryPrimitives.WriteInt64LittleEndian(trailer[8..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[16..], _blocks.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[20..], Kind);
        Advance(TrailerSize);
        return MerkleRules.Root([.. _blocks.Select(block => block.Root)]);
    }

    private void CloseBlock()
    {
        _blocks.Add((_block.At, _block.First, MerkleRules.Root(_leaves.AsSpan(0, _inBlock))));
        _inBlock = 0;
    }

    private void WriteId(string id)
    {
        var length = Encoding.UTF8.GetByteCount(id);
        if (length > LongestId) throw new InvalidOperationException($"The id of member {id} is too long.");
        var span = to.GetSpan(1 + length);
        span[0] = (byte)length;
        Encoding.UTF8.GetBytes(id, span[1..]);
        Advance(1 + length);
    }

    private void Advance(int count)
    {
        to.Advance(count);
        _at += count;
    }
}
