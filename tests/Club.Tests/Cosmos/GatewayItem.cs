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
        return new GatewayItem(partition, GatewayRange.Of(partition), id, etag, number, lsn, JsonSerializer.SerializeToElement(body));
    }

    /// <summary>The body of a write when the service would take it, or what it says instead.</summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> json, string partition, out GatewayRefusal? refusal)
    {
        refusal = null;
        if (json.Length > MaxBytes) refusal = new(413, 0, "Request size is too large");
        else if (JsonNode.Parse(json.Span) is not JsonObject body || body["id"] is not JsonValue id || id.GetValueKind() != JsonValueKind.String)
            refusal = new(400, 0, "One of the specified inputs is invalid: an item needs an id.");
        else if (!IsId((string)id!)) refusal = new(400, 0, $"The id {id} has a character that is not allowed, or is too long.");
        else if ((string?)body["pk"] != partition) refusal = new(400, 1001, "PartitionKey extracted from document doesn't match the one specified in the header.");
        else return body;
        return null;
    }

    private static bool IsId(string id) =>
        id.Length > 0 && id.IndexOfAny(['/', '\\', '?', '#']) < 0 && System.Text.Encoding.UTF8.GetByteCount(id) <= MaxIdBytes;
}

/// <summary>A refusal of the service: status, substatus, and the sentence.</summary>
internal sealed record GatewayRefusal(int Status, int Substatus, string Message);
