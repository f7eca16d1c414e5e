using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Club.Kernel;

namespace Club.Edges.WeChat;

/// <summary>How the account's console says that messages are written.</summary>
public enum WeChatForm { Xml, Json }

/// <summary>
/// The first level of a WeChat body, as text by name; nested values are left out. UTF-8 only, no DTD, no external entities, bounded depth.
/// XML is read as WeChat writes it (<see cref="WeChatXml"/>).
/// </summary>
internal sealed class WeChatEnvelope
{
    private const int MaxDepth = 16;

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private WeChatEnvelope(WeChatForm form) => Form = form;

    public WeChatForm Form { get; }

    /// <summary>The field's text, or null when it is absent or empty.</summary>
    public string? this[string name] => _fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string PathOf(string name) => Form == WeChatForm.Json ? $"$.{name}" : $"/xml/{name}";

    /// <summary>Problem: <c>wechat-malformed</c>.</summary>
    public static Outcome<WeChatEnvelope> Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) return Malformed("The body is not UTF-8.");
        if (body.Span.StartsWith(Encoding.UTF8.Preamble)) body = body[Encoding.UTF8.Preamble.Length..];
        body = body[body.Span.IndexOfAnyExcept(" \t\r\n"u8) is var start and >= 0 ? start.. : ^0..];
        try
        {
            return body.IsEmpty ? Malformed("The body is empty.")
                : body.Span[0] == (byte)'{' ? FromJson(body.Span)
                : body.Span[0] != (byte)'<' ? Malformed("The body is neither XML nor an object of JSON.")
                : FromXml(Encoding.UTF8.GetString(body.Span));
        }
        catch (JsonException e)
        {
            return Malformed($"The body is not JSON (byte {e.BytePositionInLine}).");
        }
        catch (InvalidOperationException)
        {
            return Malformed("The body holds JSON text with half a surrogate pair.");
        }
    }

    private static Outcome<WeChatEnvelope> FromXml(string text)
    {
        var envelope = new WeChatEnvelope(WeChatForm.Xml);
        return WeChatXml.Read(text, envelope._fields) is { } wrong ? Malformed(wrong) : envelope;
    }

    private static Outcome<WeChatEnvelope> FromJson(ReadOnlySpan<byte> json)
    {
        var envelope = new WeChatEnvelope(WeChatForm.Json);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    envelope._fields.TryAdd(name, reader.GetString()!);
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    envelope._fields.TryAdd(name, Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        // Reads on to the end, so that anything behind the object is an error.
        while (reader.Read()) { }
        return envelope;
    }

    private static Problem Malformed(string message) => new("wechat-malformed", message);
}
