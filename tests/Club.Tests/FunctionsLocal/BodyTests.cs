using System.Runtime.Serialization;
using System.Text;
using System.Xml;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Functions.Local.Amqp;
using CsCheck;
using Xunit;

namespace Club.Tests.FunctionsLocal;

/// <summary>Which text a message's body is. The Service Bus trigger of Azure Functions reads each of these into the same string.</summary>
public sealed class BodyTests
{
    [Fact]
    public void Data_sections_are_joined_before_they_are_decoded_wherever_they_were_cut() =>
        Gen.Select(Gen.String, Gen.Int[0, 200].Array[0, 6]).Sample((text, cuts) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text = text.Paired());
        Assert.Equal(text, Read(new Message { BodySection = Sections(bytes, cuts) }));
    }, iter: 1000);

    [Theory]
    [InlineData("V6菱仕", 3)]
    [InlineData("𠮷😀", 1)]
    [InlineData("𠮷😀", 6)]
    public void A_character_may_be_cut_in_two(string text, int cut) =>
        Assert.Equal(text, Read(new Message { BodySection = Sections(Encoding.UTF8.GetBytes(text), [cut]) }));

    [Theory]
    [InlineData("{\"id\":\"WO-1\"}")]
    [InlineData("V6菱仕 𠮷")]
    [InlineData("long")]
    public void A_string_that_an_old_client_wrapped_is_unwrapped(string text)
    {
        if (text == "long") text = new string('车', 80_000);
        Assert.Equal(text, Read(new Message { BodySection = new Data { Binary = Wrapped(text) } }));
    }

    [Fact]
    public void A_wrapped_string_may_come_in_sections_and_in_a_batch()
    {
        var wrapped = new Message { BodySection = Sections(Wrapped("V6菱仕"), [10]) };
        var batch = new DataList();
        batch.Add(new Data { Buffer = wrapped.Encode() });
        batch.Add(new Data { Buffer = new Message("plain").Encode() });
        Assert.Equal(["V6菱仕", "plain"], Received(new Message { Format = Bodies.Batch, BodySection = batch }).Messages.Select(m => m.Body));
    }

    [Theory]
    [InlineData(new byte[] { 0x40, 0x06, 0x99 })]
    [InlineData(new byte[] { 0x40, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x7B })]
    public void What_is_neither_is_refused_with_a_sentence(byte[] bytes) =>
        Assert.Contains("UTF-8", Received(new Message { BodySection = new Data { Binary = bytes } }).Refusal, StringComparison.Ordinal);

    [Fact]
    public void A_wrapped_number_is_no_text()
    {
        using var stream = new MemoryStream();
        using (var writer = XmlDictionaryWriter.CreateBinaryWriter(stream))
            new DataContractSerializer(typeof(double)).WriteObject(writer, 1.5);
        Assert.NotNull(Received(new Message { BodySection = new Data { Binary = stream.ToArray() } }).Refusal);
    }

    [Fact]
    public void A_schedule_is_a_timestamp()
    {
        var message = new Message(
            "x") { MessageAnnotations = new MessageAnnotations { [new Symbol("x-opt-scheduled-enqueue-time")] = "tomorrow" } };
        Assert.Contains("timestamp", Received(message).Refusal, StringComparison.Ordinal);
        message.MessageAnnotations[new Symbol("x-opt-scheduled-enqueue-time")] = new DateTime(2026, 3, 2, 2, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new DateTime(2026, 3, 2, 2, 0, 0, DateTimeKind.Utc), Received(message).Messages[0].ScheduledUtc);
    }

    private static string Read(Message message)
    {
        var (messages, refusal) = Received(message);
        Assert.Null(refusal);
        return Assert.Single(messages).Body;
    }

    /// <summary>As it comes off the wire.</summary>
    private static BodiesRead Received(Message message)
    {
        var received = Message.Decode(message.Encode());
        received.Format = message.Format;
        return Bodies.Read(received);
    }

    private static DataList Sections(byte[] bytes, int[] cuts)
    {
        var list = new DataList();
        var from = 0;
        foreach (var cut in cuts.Order().Select(cut => Math.Min(cut, bytes.Length)).Append(bytes.Length))
        {
            list.Add(new Data { Binary = bytes[from..Math.Max(from, cut)] });
            from = Math.Max(from, cut);
        }

        return list;
    }

    private static byte[] Wrapped(string text)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlDictionaryWriter.CreateBinaryWriter(stream))
            new DataContractSerializer(typeof(string)).WriteObject(writer, text);
        return stream.ToArray();
    }
}

file static class Texts
{
    /// <summary>A lone half of a surrogate pair has no UTF-8.</summary>
    public static string Paired(this string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
