using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Club.Tests.Cosmos;

/// <summary>A stored item with the properties that the service adds.</summary>
/// <param name="Range">Where its partition lies.</param>
/// <param name="Number">Its place among all items, kept when it is replaced: queries page by it.</param>
/// <param name="Lsn">The commit that wrote it last: the change feed pages by it.</param>
internal sealed record GatewayItem(string Partition, GatewayRange Range, string Id, string ETag, long Number, long Lsn, JsonElement Root)
{
    /// <summary>The largest item that the service takes, in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int MaxIdBytes = 1023;

    public static GatewayItem Of(string partition, JsonObject body, long number, long lsn)
    {
        var id = (string)body["id"]!;
        var etag = $"\"{Guid.NewGuid():D}\"";
        body["_rid"] = $"AQAAAYAAAAE{number:D13}";
        body["_self"] = $"dbs/docs/{number}";
        body["_etag"] = etag;
        body["_attachments"] = "attachments/";
        body["_ts"] = 1_772_400_000 + lsn;
        body["_lsn"] = lsn;
        return new GatewayItem(partition, GatewayRange.Of(partition), id, etag, number, lsn, Stored(body));
    }

    /// <summary>The body of a write when the service would take it, or what it says instead.</summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> json, string partition, out GatewayRefusal? refusal)
    {
        refusal = null;
        if (json.Length > MaxBytes) refusal = new(413, 0, "Request size is too large");
        else if (JsonNode.Parse(json.Span) is not JsonObject body || body["id"] is not JsonValue id
            || id.GetValueKind() != JsonValueKind.String)
            refusal = new(400, 0, "One of the specified inputs is invalid: an item needs an id.");
        else if (!IsId((string)id!)) refusal = new(400, 0, $"The id {id} has a character that is not allowed, or is too long.");
        else if ((string?)body["pk"] != partition)
            refusal = new(400, 1001, "PartitionKey extracted from document doesn't match the one specified in the header.");
        else return body;
        return null;
    }

    // The service keeps numbers as doubles and forgets how they were written: 490.00 comes back as 490.
    private static JsonElement Stored(JsonObject body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, JsonSerializer.SerializeToElement(body));
        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(value.GetDouble());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static bool IsId(string id) =>
        id.Length > 0 && id.IndexOfAny(['/', '\\', '?', '#']) < 0 && System.Text.Encoding.UTF8.GetByteCount(id) <= MaxIdBytes;
}

/// <summary>A refusal of the service: status, substatus, and the sentence.</summary>
internal sealed record GatewayRefusal(int Status, int Substatus, string Message);
