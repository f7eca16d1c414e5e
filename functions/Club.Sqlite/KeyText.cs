using System.Buffers;
using System.Text.Json;
using Club.Store;

namespace Club.Sqlite;

/// <summary>A document's keys as one JSON array of names and values in turn: what <c>docs.ix</c> holds.</summary>
internal static class KeyText
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Of(IReadOnlyList<IndexKey> keys)
    {
        if (keys.Count == 0) return [];
        var buffer = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(buffer, Compact);
        writer.WriteStartArray();
        foreach (var key in keys)
        {
            writer.WriteStringValue(key.Name);
            writer.WriteStringValue(key.Value);
        }
        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static List<IndexKey> Parse(ReadOnlySpan<byte> text)
    {
        var keys = new List<IndexKey>();
        if (text.IsEmpty) return keys;
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            var name = reader.GetString()!;
            reader.Read();
            keys.Add(new IndexKey(name, reader.GetString()!));
        }
        return keys;
    }
}
