using System.Buffers;
using Club.Kernel;
using Club.Proof;
using Xunit;

namespace Club.Tests.Proof;

/// <summary>The tree of RFC 6962, and the file that keeps its leaves.</summary>
public sealed class MerkleTests
{
    /// <summary>Leaves and roots that implementations of Certificate Transparency are tested with.</summary>
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_roots_are_those_of_certificate_transparency()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleRules.Root([]).ToString());
        Digest[] leaves = [.. Leaves.Select(leaf => MerkleRules.Leaf(Convert.FromHexString(leaf)))];
        for (var size = 1; size <= leaves.Length; size++)
            Assert.Equal(Roots[size - 1], MerkleRules.Root(leaves.AsSpan(0, size)).ToString());
    }

    [Fact]
    public void Every_path_of_every_size_leads_to_the_root_and_no_other_does()
    {
        for (var size = 1; size <= 70; size++)
        {
            Digest[] leaves = [.. Enumerable.Range(0, size).Select(i => Digest.Of([(byte)i]))];
            var (root, levels) = (Split(leaves), MerkleRules.Levels(leaves));
            Assert.Equal(root, MerkleRules.Root(leaves));
            for (var index = 0; index < size; index++)
            {
                Digest[] path = [.. MerkleRules.Path(levels, index)];
                Assert.True(MerkleRules.Leads(leaves[index], index, size, path, root));
                Assert.False(MerkleRules.Leads(Digest.Of([255]), index, size, path, root));
                Assert.False(MerkleRules.Leads(leaves[index], index, size, [.. path, root], root));
                Assert.False(MerkleRules.Leads(leaves[index], size, size, path, root));
                Assert.False(MerkleRules.Leads(leaves[index], -1, size, path, root));
                if (path.Length == 0) continue;
                Assert.False(MerkleRules.Leads(leaves[index], index, size, path[1..], root));
                Assert.False(MerkleRules.Leads(leaves[index], index, size, path[..^1], root));
                path[^1] = Digest.Of([1, 2]);
                Assert.False(MerkleRules.Leads(leaves[index], index, size, path, root));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public async Task Heads_come_back_from_their_file_each_with_its_path(int count)
    {
        var heads = Heads(count);
        var (bytes, tree) = Written(heads);
        Assert.Equal(MerkleRules.Root([.. heads.Select(head => head.Leaf())]), tree);
        var content = new MemoryStream(bytes);
        var file = await HeadsFile.Read(content, Cancellation);
        Assert.Equal((count, tree), (file.Count, file.Tree));
        var all = new List<Head>();
        await foreach (var (head, leaf) in file.All(content, Cancellation))
        {
            Assert.Equal(head.Leaf(), leaf);
            all.Add(head);
        }
        Assert.Equal(heads, all);
        for (var i = 0; i < count; i += 7)
        {
            var placed = (await file.Find(content, heads[i].MemberId, Cancellation))!;
            Assert.Equal((heads[i], i), (placed.Head, placed.Index));
            Assert.True(MerkleRules.Leads(placed.Head.Leaf(), placed.Index, count, placed.Path, tree));
        }
        foreach (var nobody in new[] { "", "M", "M00000500x", "Z" })
            Assert.Null(await file.Find(content, new MemberId(nobody), Cancellation));
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_never_believed()
    {
        var (bytes, tree) = Written(Heads(600));
        for (var at = 0; at < bytes.Length; at += bytes.Length - at < 200 ? 1 : 61)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x10;
            await Assert.ThrowsAsync<FormatException>(() => ReadAll(damaged, tree));
        }
        for (var length = 0; length < bytes.Length; length += 997)
            await Assert.ThrowsAsync<FormatException>(() => ReadAll(bytes[..length], tree));
    }

    private static async Task ReadAll(byte[] bytes, Digest tree)
    {
        var content = new MemoryStream(bytes);
        var file = await HeadsFile.Read(content, Cancellation);
        if (file.Tree != tree || file.Count != 600) throw new FormatException("It is another tree.");
        await foreach (var _ in file.All(content, Cancellation)) { }
        // What only the index tells: a first member that is not the first is not found by it.
        for (var i = 0; i < 600; i += 50)
            if (await file.Find(content, new MemberId($"M{i:D8}"), Cancellation) is null) throw new FormatException("A head is not found.");
    }

    private static Head[] Heads(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Head(new MemberId($"M{i:D8}"), 1 + i % 9, Digest.Of(BitConverter.GetBytes(i))))];

    private static (byte[] Bytes, Digest Tree) Written(Head[] heads)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new HeadsWriter(bytes);
        foreach (var head in heads) writer.Add(head);
        var tree = writer.End();
        return (bytes.WrittenSpan.ToArray(), tree);
    }

    /// <summary>The definition of RFC 6962, 2.1.</summary>
    private static Digest Split(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length == 1) return leaves[0];
        var left = 1;
        while (left * 2 < leaves.Length) left *= 2;
        return MerkleRules.Node(Split(leaves[..left]), Split(leaves[left..]));
    }
}
