using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Functions.Local.Amqp;
using CsCheck;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>The look at encoded AMQP lets everything pass that clients write, and nothing that the library would choke on.</summary>
public sealed class WireTests
{
    private static readonly Gen<object?> Simple = Gen.OneOf<object?>(
        Gen.Int.Select(i => (object?)i), Gen.ULong.Select(u => (object?)u), Gen.String.Select(s => (object?)s),
        Gen.Bool.Select(b => (object?)b), Gen.Double.Select(d => (object?)d),
        Gen.Byte.Array.Select(b => (object?)b), Gen.Int.Array[1, 9].Select(a => (object?)a), Gen.Guid.Select(g => (object?)g),
        Gen.Const((object?)null),
        Gen.String.Array[1, 4].Select(a => (object?)a.Select(s => new Symbol("s" + s.Length)).ToArray()));

    [Fact]
    public void Whatever_the_library_writes_passes_to_the_last_byte() =>
        Gen.Select(Simple.Array[0, 20], Simple, Gen.String).Sample((values, value, text) =>
    {
        var list = new List();
        foreach (var each in values) list.Add(each!);
        list.Add(new Map { [text] = value!, [new Symbol("x")] = new List { value! } });
        var message = new Message { BodySection = new AmqpValue { Value = list }, Properties = new Properties { MessageId = text },
            ApplicationProperties = new() { Map = { [text] = value! } } };
        var encoded = message.Encode();
        Assert.True(Wire.IsMessage(encoded.Buffer.AsSpan(encoded.Offset, encoded.Length)));
    }, iter: 300);

    [Fact]
    public void What_passes_the_library_decodes_or_refuses_without_harm() => Gen.Byte.Array[0, 300].Sample(noise =>
    {
        // Begins like a message, so that the noise is looked into.
        byte[] bytes = [0x00, 0x53, 0x77, .. noise];
        if (Wire.IsMessage(bytes)) _ = Wire.Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length));
    }, iter: 20_000);

    [Fact]
    public void A_message_with_one_byte_changed_does_no_harm()
    {
        var message = new Message { BodySection = new Data { Binary = Encoding.UTF8.GetBytes("{\"id\":\"WO-1\"}") },
            Properties = new Properties { MessageId = "WO-1" },
            ApplicationProperties = new() { Map = { ["a"] = new List { 1, "b", new Map { [1] = 2 } } } } };
        var encoded = message.Encode();
        var bytes = encoded.Buffer[encoded.Offset..(encoded.Offset + encoded.Length)];
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] = (byte)value;
                if (Wire.Decode(new ByteBuffer(changed, 0, changed.Length, changed.Length)) is { } read) _ = Bodies.Read(read);
            }
        }
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(60, false)]
    [InlineData(60_000, false)]
    public void Nesting_has_an_end(int depth, bool passes)
    {
        byte[] bytes = [.. Enumerable.Repeat<byte[]>([0x00, 0x44], depth).SelectMany(b => b), 0x40];
        Assert.Equal(passes, Wire.Measure(bytes) == bytes.Length);
    }
}
