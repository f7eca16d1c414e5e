using System.Globalization;
using System.Text.Json;

namespace Club.Tests.Cosmos;

/// <summary>What a request of the client says, by the headers of Cosmos DB's HTTP interface.</summary>
internal sealed class GatewayRequest(HttpRequestMessage message)
{
    private const int DefaultLimit = 100;

    public HttpRequestMessage Message => message;

    public string Method => message.Method.Method;

    /// <summary>The path without its escapes: <c>dbs, club, colls, documents, docs, …</c></summary>
    public string[] Path { get; } = [.. message.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(Uri.UnescapeDataString)];

    public string? Partition => Header("x-ms-documentdb-partitionkey") is { } key ? JsonSerializer.Deserialize<string[]>(key)![0] : null;

    public GatewayRange? Range =>
        Header("x-ms-documentdb-partitionkeyrangeid") is { } id ? GatewayRange.All.Single(range => range.Id == id) : null;

    public int Limit =>
        int.TryParse(Header("x-ms-max-item-count"), CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : DefaultLimit;

    public Asked Asked => (Path, Method) switch
    {
        ({ Length: < 5 }, _) or (["dbs", _, "colls", _, "pkranges"], _) => Asked.Metadata,
        ([_, _, _, _, "docs", _], _) => Asked.Read,
        (_, "GET") => Asked.Changes,
        _ when Header("x-ms-cosmos-is-batch-request") == "True" => Asked.Batch,
        _ when Header("x-ms-cosmos-is-query-plan-request") == "True" => Asked.QueryPlan,
        _ => Asked.Query,
    };

    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    public async Task<byte[]> Bytes() => await message.Content!.ReadAsByteArrayAsync();

    public async Task<JsonElement> Json() => JsonSerializer.Deserialize<JsonElement>(await Bytes());
}

/// <summary>What is asked of the gateway.</summary>
public enum Asked
{
    Metadata,
    Read,
    Batch,
    Query,
    QueryPlan,
    Changes,
}
