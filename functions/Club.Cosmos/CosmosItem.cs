using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Club.Store;

namespace Club.Cosmos;

/// <summary>
/// A document as a Cosmos DB item: <c>{"id","pk","type","ix":{"dealer":["D021"],"hobby":["go","tea"],"_bucket":7},"body":{…}}</c>.
/// Keys are arrays even when they have one value, so that one form of query finds them all.
/// </summary>
internal static class CosmosItem
{
    public const string Bucket = "_bucket";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MemoryStream Write(string partition, string id, string type, ReadOnlyMemory<byte> json, IndexKeys index)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("id", IdOf(id));
            writer.WriteString("pk", partition);
            writer.WriteString("type", type);
            WriteKeys(writer, index);
            writer.WritePropertyName("body");
            writer.WriteRawValue(json.Span);
            writer.WriteEndObject();
        }
        MemoryMarshal.TryGetArray(buffer.WrittenMemory, out var bytes);
        return new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false, publiclyVisible: true);
    }

    public static Document Read(JsonElement item) => new(
        item.GetProperty("pk").GetString()!,
        TextOf(item.GetProperty("id").GetString()!),
        item.GetProperty("type").GetString()!,
        JsonMarshal.GetRawUtf8Value(item.GetProperty("body")).ToArray(),
        item.GetProperty("_etag").GetString()!);

    /// <summary>Cosmos DB refuses / \ ? and # in ids, and addresses resolve dots: such characters become <c>$</c> and four hex
    /// digits.</summary>
    public static string IdOf(string text)
    {
        var onlyDots = text.AsSpan().IndexOfAnyExcept('.') < 0;
        var id = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '/' or '\\' or '?' or '#' or '$' or '%' or ' ' || char.IsControl(c) || (onlyDots && c == '.'))
                id.Append('$').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else id.Append(c);
        }
        return id.ToString();
    }

    private static string TextOf(string id)
    {
        if (!id.Contains('$', StringComparison.Ordinal)) return id;
        var text = new StringBuilder(id.Length);
        for (var i = 0; i < id.Length; i++)
        {
            if (id[i] != '$') text.Append(id[i]);
            else
            {
                text.Append((char)int.Parse(id.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
        }
        return text.ToString();
    }

    private static void WriteKeys(Utf8JsonWriter writer, IndexKeys index)
    {
        writer.WriteStartObject("ix");
        foreach (var key in index.Keys.GroupBy(k => k.Name, k => k.Value, StringComparer.Ordinal))
        {
            writer.WritePropertyName(key.Key);
            writer.WriteStartArray();
            foreach (var value in key.Distinct(StringComparer.Ordinal)) writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
        if (index.Bucket is { } bucket) writer.WriteNumber(Bucket, bucket);
        writer.WriteEndObject();
    }
}
