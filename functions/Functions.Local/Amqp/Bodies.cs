using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Functions.Local.Queue;

namespace Functions.Local.Amqp;

/// <summary>What an AMQP message carries: its texts, or a sentence why they cannot be taken.</summary>
internal readonly record struct BodiesRead(IReadOnlyList<NewMessage> Messages, string? Refusal)
{
    public static BodiesRead Refuse(string why) => new([], why);
}

/// <summary>Reads the texts of a message, or of a Service Bus batch of them, as the Service Bus trigger of Azure Functions reads them into
/// a string.</summary>
internal static class Bodies
{
    /// <summary>The message format of a Service Bus batch: every data section is a message of its own.</summary>
    public const uint Batch = 0x80013700;

    private const string NoText = "A message's body is text: UTF-8 data or a string.";

    private static readonly Symbol ScheduledTime = "x-opt-scheduled-enqueue-time";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static BodiesRead Read(Message message)
    {
        if (message.Format != Batch)
        {
            var (single, why) = One(message);
            return why is null ? new([single], null) : BodiesRead.Refuse(why);
        }

        return Several(message);
    }

    private static BodiesRead Several(Message message)
    {
        var messages = new List<NewMessage>();
        foreach (var section in Sections(message.BodySection))
        {
            if (Decode(section) is not { } part)
                return BodiesRead.Refuse($"Message {messages.Count + 1} of the batch is no AMQP message, so none of it is kept.");
            var (read, refusal) = One(part);
            if (refusal is not null)
                return BodiesRead.Refuse($"Message {messages.Count + 1} of the batch cannot be taken, so none of it is kept: {refusal}");
            messages.Add(read);
        }

        return messages.Count > 0 ? new(messages, null) : BodiesRead.Refuse("The batch holds no message.");
    }

    private static (NewMessage Message, string? Refusal) One(Message message)
    {
        DateTime? scheduled = null;
        if (message.MessageAnnotations?[ScheduledTime] is { } at)
        {
            if (at is not DateTime time) return (default, $"The annotation {ScheduledTime} is a timestamp.");
            scheduled = time.ToUniversalTime();
        }

        try
        {
            return Text(message) is { } text
                ? (new NewMessage(text, message.Properties?.GetMessageId()?.ToString()) { ScheduledUtc = scheduled }, null)
                : (default, NoText);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return (default, NoText);
        }
    }

    private static Message? Decode(ByteBuffer section)
    {
        try
        {
            return Message.Decode(new ByteBuffer(section.Buffer, section.Offset, section.Length, section.Offset + section.Length));
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return null;
        }
    }

    private static bool IsMalformed(Exception e) =>
        e is AmqpException or InvalidCastException or ArgumentException or IndexOutOfRangeException
            or InvalidOperationException or NullReferenceException or OverflowException;

    private static string? Text(Message message) => message.BodySection switch
    {
        AmqpValue { Value: string text } => text,
        Data or DataList => Text(Joined(Sections(message.BodySection))),
        _ => null,
    };

    /// <summary>Joined first and decoded then: a sender may cut its text in the middle of a character.</summary>
    private static string? Text(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return WrappedText.Read(bytes);
        }
    }

    private static ReadOnlyMemory<byte> Joined(IEnumerable<ByteBuffer> sections)
    {
        ByteBuffer[] all = [.. sections];
        if (all is [var only]) return only.Buffer.AsMemory(only.Offset, only.Length);
        var (bytes, at) = (new byte[all.Sum(section => section.Length)], 0);
        foreach (var section in all)
        {
            section.Buffer.AsSpan(section.Offset, section.Length).CopyTo(bytes.AsSpan(at));
            at += section.Length;
        }

        return bytes;
    }

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
}
