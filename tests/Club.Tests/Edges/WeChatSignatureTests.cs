using Club.Edges.WeChat;
using Xunit;

namespace Club.Tests.Edges;

public sealed class WeChatSignatureTests
{
    public static TheoryData<string> Published => Vectors.Names(Vectors.WeChat("plain-signature"), "id");

    [Theory, MemberData(nameof(Published))]
    public void A_published_signature_holds(string id)
    {
        var v = Vectors.WeChatById(id);
        Assert.Equal(v.Text("signature"), WeChatSignature.Of(v.Text("token"), v.Text("timestamp"), v.Text("nonce")));
        Assert.True(WeChatSignature.Holds(v.Text("signature"), v.Text("token"), v.Text("timestamp"), v.Text("nonce")));
    }

    [Fact]
    public void Parts_are_sorted_and_joined()
    {
        var v = Vectors.WeChatById("silenceper-abc");
        Assert.Equal(v.Text("signature"), WeChatSignature.Of("c", "a", "b"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a9993e")]
    [InlineData("a9993e364706816aba3e25717850c26c9cd0d89z")]
    [InlineData("a9993e364706816aba3e25717850c26c9cd0d89c")]
    [InlineData("a9993e364706816aba3e25717850c26c9cd0d89d00")]
    public void Another_signature_does_not_hold(string? signature) => Assert.False(WeChatSignature.Holds(signature, "a", "b", "c"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_absent_part_never_holds(string? nonce) =>
        Assert.False(WeChatSignature.Holds(WeChatSignature.Of("a", "b", ""), "a", "b", nonce));
}
