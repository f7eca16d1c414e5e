using System.Text;
using Amqp;
using Amqp.Framing;
using Club.Local.Queue;

namespace Club.Local.Amqp;

/// <summary>The texts that an AMQP message carries.</summary>
internal static class Bodies
{
    /// <summary>The message format of a Service Bus batch: every data section is a message of its own.</summary>
    public const uint Batch = 0x80013700;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null when there is no text in it, or something else besides.</summary>
    public static IReadOnlyList<NewMessage>? Read(Message message)
    {
        try
        {
            if (message.Format != Batch) return Text(message) is { } text ? [new NewMessage(text, Id(message))] : null;
            var messages = new List<NewMessage>();
            foreach (var section in Sections(message.BodySection))
            {
                var part = Message.Decode(new ByteBuffer(section.Buffer, section.Offset, section.Length, section.Offset + section.Length));
                if (Text(part) is not { } body) return null;
                messages.Add(new NewMessage(body, Id(part)));
            }

            return messages;
        }
        catch (Exception e) when (e is AmqpException or DecoderFallbackException or InvalidCastException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static string? Text(Message message) => message.BodySection switch
    {
        AmqpValue { Value: string text } => text,
        AmqpValue { Value: byte[] bytes } => Strict.GetString(bytes),
        Data or DataList => string.Concat(Sections(message.BodySection).Select(s => Strict.GetString(s.Buffer, s.Offset, s.Length))),
        _ => null,
    };

    private static IEnumerable<ByteBuffer> Sections(object? body)
    {
        switch (body)
        {
            case Data data:
                yield return data.Buffer ?? throw new ArgumentException("An empty data section.");
                break;
            case DataList list:
                for (var i = 0; i < list.Count; i++) yield return list[i].Buffer ?? throw new ArgumentException("An empty data section.");
                break;
        }
    }

    private static string? Id(Message message) => message.Properties?.GetMessageId()?.ToString();
}
