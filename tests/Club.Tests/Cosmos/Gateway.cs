using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Club.Tests.Cosmos;

/// <summary>
/// A Cosmos DB account in memory, behind the HTTP interface of its gateway: what the client of the store asks, and no more. Whatever else is
/// asked is answered 400 and named, so that no test rests on a guess.
/// </summary>
internal sealed class Gateway : HttpMessageHandler
{
    public const string ConnectionString = "AccountEndpoint=https://gateway.invalid/;AccountKey=Z2F0ZXdheQ==;";
    private const string DatabaseRid = "AQAAAA==";
    private const string ContainerRid = "AQAAAIAAAAE=";

    private readonly ConcurrentDictionary<string, JsonElement> _containers = new();

    public GatewayContainer Documents { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>How the container was created, by its name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Containers => _containers;

    /// <summary>How soon a throttled client may come again.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMilliseconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Truly asynchronous, as a network is: concurrent callers meet in the middle of things.
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var asked = What(request);
        var fault = Faults.Next(asked);
        if (fault is null) return (await Answer(asked, request)).To(request);

        if (fault.Carried) await Answer(asked, request);
        if (fault.Status is not { } status) throw new HttpRequestException("The connection was closed.", new IOException("Connection reset by peer"));
        return GatewayAnswer.Refused(status, fault.Substatus, "A fault, as told.")
            .With("x-ms-retry-after-ms", RetryAfter.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)).To(request);
    }

    private static Asked What(HttpRequestMessage request)
    {
        var parts = Parts(request);
        if (parts.Length < 5 || parts[4] != "docs") return Asked.Metadata;
        if (parts.Length == 6) return Asked.Read;
        if (request.Method == HttpMethod.Get) return Asked.Changes;
        if (Header(request, "x-ms-cosmos-is-batch-request") == "True") return Asked.Batch;
        return Header(request, "x-ms-cosmos-is-query-plan-request") == "True" ? Asked.QueryPlan : Asked.Query;
    }

    private async Task<GatewayAnswer> Answer(Asked asked, HttpRequestMessage request)
    {
        if (Header(request, "authorization") is null) return GatewayAnswer.Refused(401, 0, "Required Header authorization is missing.");
        var parts = Parts(request);
        if (asked == Asked.Metadata) return await Metadata(parts, request);
        if (!_containers.ContainsKey(parts[3])) return GatewayAnswer.Refused(404, 1003, "Owner resource does not exist");
        return asked switch
        {
            Asked.Read => Read(parts[5], request),
            Asked.Batch => await Batch(request),
            Asked.Query => await Query(request),
            Asked.QueryPlan => await QueryPlan(request),
            _ => Changes(request),
        };
    }

    private async Task<GatewayAnswer> Metadata(string[] parts, HttpRequestMessage request) => (request.Method.Method, parts) switch
    {
        ("GET", []) => new GatewayAnswer(200).Json(Account(request)),
        ("GET", ["dbs", _]) => new GatewayAnswer(200).Json(Database(parts[1])),
        ("POST", ["dbs"]) => new GatewayAnswer(201).Json(Database((await Body(request)).GetProperty("id").GetString()!)),
        ("GET", ["dbs", _, "colls", _]) when Container(parts[3]) is { } container => new GatewayAnswer(200).Json(container),
        ("GET", ["dbs", _, "colls", _]) => GatewayAnswer.Refused(404, 0, "Resource Not Found"),
        ("POST", ["dbs", _, "colls"]) => new GatewayAnswer(201).Json(Create(await Body(request))),
        ("GET", ["dbs", _, "colls", _, "pkranges"]) => Ranges(request),
        _ => GatewayAnswer.Refused(400, 0, $"This gateway does not know {request.Method} {request.RequestUri}."),
    };

    private static object Account(HttpRequestMessage request)
    {
        object[] locations = [new { name = "Here", databaseAccountEndpoint = request.RequestUri!.GetLeftPart(UriPartial.Authority) + "/" }];
        var policy = new { asyncReplication = false, minReplicaSetSize = 3, maxReplicasetSize = 4 };
        return new
        {
            id = "gateway", _rid = "gateway.invalid", writableLocations = locations, readableLocations = locations, enableMultipleWriteLocations = false,
            userReplicationPolicy = policy, systemReplicationPolicy = policy, readPolicy = new { primaryReadCoefficient = 1, secondaryReadCoefficient = 1 },
            userConsistencyPolicy = new { defaultConsistencyLevel = "Strong" },
            queryEngineConfiguration = """{"maxSqlQueryInputLength":262144,"maxJoinsPerSqlQuery":10,"allowNewKeywords":true}""",
        };
    }

    private static object Database(string id) => new { id, _rid = DatabaseRid, _self = $"dbs/{DatabaseRid}/", _etag = "\"1\"", _colls = "colls/", _users = "users/", _ts = 1_772_400_000 };

    private JsonElement? Container(string name) => _containers.TryGetValue(name, out var container) ? container : null;

    private JsonElement Create(JsonElement properties)
    {
        var container = JsonSerializer.SerializeToNode(properties)!.AsObject();
        (container["_rid"], container["_self"], container["_etag"], container["_ts"]) = (ContainerRid, $"dbs/{DatabaseRid}/colls/{ContainerRid}/", "\"1\"", 1_772_400_000);
        var created = JsonSerializer.SerializeToElement(container);
        _containers[(string)container["id"]!] = created;
        // The client also asks by resource id.
        return _containers[ContainerRid] = created;
    }

    private static GatewayAnswer Ranges(HttpRequestMessage request)
    {
        const string etag = "\"ranges-1\"";
        if (Header(request, "If-None-Match") == etag) return new GatewayAnswer(304).With("etag", etag);
        var ranges = GatewayRange.All.Select(range => JsonSerializer.SerializeToElement(new
        {
            id = range.Id, _rid = ContainerRid, minInclusive = range.Min, maxExclusive = range.Max, ridPrefix = 0, throughputFraction = 0.5, status = "online", parents = Array.Empty<string>(),
        }));
        return GatewayAnswer.Feed("PartitionKeyRanges", [.. ranges], ContainerRid).With("etag", etag);
    }

    private GatewayAnswer Read(string id, HttpRequestMessage request)
    {
        if (Partition(request) is not { } partition) return GatewayAnswer.Refused(400, 0, "x-ms-documentdb-partitionkey is missing.");
        return Documents.Read(partition, id) is { } item
            ? Session(new GatewayAnswer(200).Json(item.Root).With("etag", item.ETag).Charged(1))
            : Session(GatewayAnswer.Refused(404, 0, "Resource Not Found").Charged(1));
    }

    private async Task<GatewayAnswer> Batch(HttpRequestMessage request)
    {
        if (Partition(request) is not { } partition) return GatewayAnswer.Refused(400, 0, "x-ms-documentdb-partitionkey is missing.");
        if (Header(request, "x-ms-cosmos-batch-atomic") != "True") return GatewayAnswer.Refused(400, 0, "The club's batches are atomic.");
        using var body = new MemoryStream(await request.Content!.ReadAsByteArrayAsync());
        if (body.Length > GatewayContainer.MaxBatchBytes) return GatewayAnswer.Refused(413, 0, "Request size is too large");
        var operations = await BatchCodec.Read(body);
        if (operations.Count > GatewayContainer.MaxOperations) return GatewayAnswer.Refused(400, 0, "Batch request has more operations than what is supported.");
        var results = Documents.Commit(partition, operations);
        var failed = results.Any(result => result.Status >= 400);
        return Session(new GatewayAnswer(failed ? 207 : 200).Bytes(await BatchCodec.Write(results)).Charged(results.Sum(result => result.Charge)));
    }

    private static async Task<GatewayAnswer> QueryPlan(HttpRequestMessage request)
    {
        var body = await Body(request);
        if (!TryFilter(body, out _, out var refusal)) return GatewayAnswer.Refused(400, 0, refusal);
        return new GatewayAnswer(200).Charged(0).Json(new
        {
            partitionedQueryExecutionInfoVersion = 2,
            queryInfo = new
            {
                distinctType = "None", top = (int?)null, offset = (int?)null, limit = (int?)null, orderBy = Array.Empty<string>(), orderByExpressions = Array.Empty<string>(),
                groupByExpressions = Array.Empty<string>(), groupByAliases = Array.Empty<string>(), aggregates = Array.Empty<string>(),
                groupByAliasToAggregateType = new { }, rewrittenQuery = "", hasSelectValue = false, hasNonStreamingOrderBy = false,
            },
            queryRanges = new[] { new { min = "", max = "FF", isMinInclusive = true, isMaxInclusive = false } },
        });
    }

    private async Task<GatewayAnswer> Query(HttpRequestMessage request)
    {
        if (!TryFilter(await Body(request), out var filter, out var refusal)) return GatewayAnswer.Refused(400, 0, refusal);
        var partition = Partition(request);
        var range = Range(request) ?? (partition is null ? null : GatewayRange.All.Single(range => range.Holds(EffectivePartitionKey.Of(partition))));
        if (range is null) return GatewayAnswer.Refused(400, 0, "A query names its partition or its range.");
        if (partition is not null && !range.Holds(EffectivePartitionKey.Of(partition))) return GatewayAnswer.Refused(410, 1002, "The partition is in another range.");
        var after = 0L;
        if (Header(request, "x-ms-continuation") is { } continuation && !TryPosition(continuation, range, out after))
            return GatewayAnswer.Refused(400, 0, "The continuation is malformed.");

        var (items, next) = Documents.Query(range, partition, filter!, after, Limit(request));
        var answer = GatewayAnswer.Feed("Documents", items, ContainerRid).Charged(2.8 + 0.3 * items.Count);
        return Session(next is null ? answer : answer.With("x-ms-continuation", $"+RID:~{range.Id}#{next}"));
    }

    private GatewayAnswer Changes(HttpRequestMessage request)
    {
        if (!string.Equals(Header(request, "A-IM"), "Incremental feed", StringComparison.OrdinalIgnoreCase)) return GatewayAnswer.Refused(400, 0, "Only the change feed is read so.");
        if (Range(request) is not { } range) return GatewayAnswer.Refused(400, 0, "The change feed is read range by range.");
        var after = 0L;
        if (Header(request, "If-None-Match") is { } etag && !long.TryParse(etag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return GatewayAnswer.Refused(400, 0, "If-None-Match is malformed.");
        var (items, lsn) = Documents.Changes(range, after, Limit(request));
        return Session(GatewayAnswer.Feed("Changed", items, ContainerRid).With("etag", $"\"{lsn}\"").Charged(2 + 0.1 * items.Count));
    }

    private static bool TryFilter(JsonElement body, out SqlFilter? filter, out string refusal)
    {
        try
        {
            filter = new SqlFilter(body.GetProperty("query").GetString()!, body.TryGetProperty("parameters", out var parameters) ? parameters : default);
            refusal = "";
            return true;
        }
        catch (FormatException unknown)
        {
            (filter, refusal) = (null, unknown.Message);
            return false;
        }
    }

    private static bool TryPosition(string continuation, GatewayRange range, out long position)
    {
        position = 0;
        var prefix = $"+RID:~{range.Id}#";
        return continuation.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(continuation.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }

    private GatewayAnswer Session(GatewayAnswer answer) => answer.With("x-ms-session-token", $"0:-1#{Documents.Lsn}");

    private static GatewayRange? Range(HttpRequestMessage request) =>
        Header(request, "x-ms-documentdb-partitionkeyrangeid") is { } id ? GatewayRange.All.Single(range => range.Id == id) : null;

    private static string? Partition(HttpRequestMessage request) =>
        Header(request, "x-ms-documentdb-partitionkey") is { } key ? JsonSerializer.Deserialize<string[]>(key)![0] : null;

    private static int Limit(HttpRequestMessage request) =>
        int.TryParse(Header(request, "x-ms-max-item-count"), CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : 100;

    private static string[] Parts(HttpRequestMessage request) =>
        [.. request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private static async Task<JsonElement> Body(HttpRequestMessage request) =>
        JsonSerializer.Deserialize<JsonElement>(await request.Content!.ReadAsByteArrayAsync());
}
