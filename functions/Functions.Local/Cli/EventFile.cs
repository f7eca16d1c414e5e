using System.Text;
using System.Text.Json;
using Amqp.Framing;
using Functions.Local.Amqp;

namespace Functions.Local.Cli;

/// <summary>One line of the file: an event to send, or why it is none.</summary>
internal readonly record struct EventLine(int Number, string Text, string? Id, string? Refusal);

/// <summary>A file with one CloudEvent a line. Blank lines are passed over.</summary>
internal static class EventFile
{
    public const string TooLarge = "it is too large";

    public static IEnumerable<EventLine> Read(Stream stream)
    {
        foreach (var line in ByteLines.Read(stream))
        {
            if (line.IsTooLong) yield return new(line.Number, "", null, TooLarge);
            else if (line.Column is { } column) yield return new(line.Number, "", null, $"it is not UTF-8 (byte {column})");
            else if (ByteLines.Text(line) is var text && !string.IsNullOrWhiteSpace(text)) yield return Check(line.Number, text);
        }
    }

    private static EventLine Check(int number, string text)
    {
        if (text.Contains('\uFFFD', StringComparison.Ordinal))
            return new(number, text, null, "it holds U+FFFD, what is left of a character that could not be read when the file was made");
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new(number, text, null, "it is no JSON object");
            foreach (var name in (ReadOnlySpan<string>)["specversion", "id", "source", "type"])
            {
                if (!root.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
                    return new(number, text, null, $"it has no text '{name}', so it is no CloudEvent");
            }

            return new(number, text, root.GetProperty("id").GetString(), null);
        }
        catch (JsonException)
        {
            return new(number, text, null, "it is no JSON");
        }
    }
}

/// <summary>Gathers events into Service Bus batches.</summary>
internal sealed class EventBatch
{
    private const int MostEvents = 500;

    /// <summary>Below the largest message, with room for the frame around each event.</summary>
    private const int MostBytes = QueueContainer.LargestMessage - 4096;

    private readonly DataList _events = new();
    private int _bytes;

    public int Count => _events.Count;

    public global::Amqp.Message Message => new() { Format = Bodies.Batch, BodySection = Count == 1 ? _events[0] : _events };

    public static Data Encode(EventLine line)
    {
        var message = new global::Amqp.Message
        {
            Properties = new Properties { MessageId = line.Id },
            BodySection = new Data { Binary = Encoding.UTF8.GetBytes(line.Text) },
        };
        return new Data { Buffer = message.Encode() };
    }

    public static bool IsTooLarge(Data encoded) => encoded.Buffer.Length > MostBytes;

    /// <summary>False when the batch is full.</summary>
    public bool TryAdd(Data encoded)
    {
        if (Count == MostEvents || (Count > 0 && _bytes + encoded.Buffer.Length + 16 > MostBytes)) return false;
        _events.Add(encoded);
        _bytes += encoded.Buffer.Length + 16;
        return true;
    }
}
