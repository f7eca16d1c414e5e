using System.Globalization;
using System.Text;
using Club.Kernel;

namespace Club.Proof;

/// <summary>The newest entry of a member's chain at some time.</summary>
/// <param name="Sequence">Its number: so many entries there were.</param>
/// <param name="Hash">Its hash, which covers all before it.</param>
public readonly record struct Head(MemberId MemberId, long Sequence, Digest Hash)
{
    private const int RestOfLeaf = 1 + 20 + 1 + 2 * Digest.Size;

    /// <summary>The hash of the leaf: of member id, sequence and hash in hexadecimal, with a line feed between them.</summary>
    public Digest Leaf()
    {
        var id = MemberId.Value;
        Span<byte> text = stackalloc byte[Encoding.UTF8.GetByteCount(id) + RestOfLeaf];
        var length = Encoding.UTF8.GetBytes(id, text);
        text[length++] = (byte)'\n';
        Sequence.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        text[length++] = (byte)'\n';
        Span<byte> hash = stackalloc byte[Digest.Size];
        Hash.Write(hash);
        Convert.TryToHexStringLower(hash, text[length..], out written);
        return MerkleRules.Leaf(text[..(length + written)]);
    }
}
