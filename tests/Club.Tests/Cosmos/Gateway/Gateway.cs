using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Club.Tests.Cosmos;

/// <summary>
/// A Cosmos DB account in memory, behind the HTTP interface of its gateway: what the client of the store asks, and no more. Whatever else
/// is asked is answered 400 and named, so that no test rests on a guess.
/// </summary>
public sealed class Gateway : HttpMessageHandler
{
    public const string ConnectionString = "AccountEndpoint=https://gateway.invalid/;AccountKey=Z2F0ZXdheQ==;";
    private const string DatabaseRid = "AQAAAA==";
    private const string RangesETag = "\"ranges-1\"";

    private readonly ConcurrentDictionary<string, (JsonElement Properties, GatewayContainer Documents)> _containers = new();
    private readonly ConcurrentDictionary<string, string> _names = new();

    public Faults Faults { get; } = new();

    /// <summary>How soon a throttled client may come again.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMilliseconds(1);

    public GatewayContainer Container(string name) => _containers[name].Documents;

    /// <summary>The container as it was created.</summary>
    public JsonElement Properties(string name) => _containers[name].Properties;

    public void Remove(string name) => _containers.TryRemove(name, out _);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Truly asynchronous, as a network is: concurrent callers meet in the middle of things.
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var asked = new GatewayRequest(request);
        if (Faults.Next(asked.Asked) is not { } fault) return (await Answer(asked)).To(request);

        if (fault.Carried) await Answer(asked);
        if (fault == Fault.Repeated) return (await Answer(asked)).To(request);
        if (fault == Fault.Silence) await Task.Delay(Timeout.Infinite, cancellationToken);
        if (fault.Status is not { } status)
            throw new HttpRequestException("The connection was closed.", new IOException("Connection reset by peer"));
        return GatewayAnswer.Refused(status, fault.Substatus, "A fault, as told.")
            .With("x-ms-retry-after-ms", RetryAfter.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)).To(request);
    }

    private async Task<GatewayAnswer> Answer(GatewayRequest request)
    {
        if (request.Header("authorization") is null) return GatewayAnswer.Refused(401, 0, "Required Header authorization is missing.");
        if (request.Asked == Asked.Metadata) return await Metadata(request);
        return _containers.TryGetValue(Name(request.Path[3]), out var container)
            ? await new GatewayDocuments(container.Documents, container.Properties.GetProperty("_rid").GetString()!).Answer(request)
            : GatewayAnswer.Refused(404, 1003, "Owner resource does not exist");
    }

    private async Task<GatewayAnswer> Metadata(GatewayRequest request) => (request.Method, request.Path) switch
    {
        ("GET", []) => new GatewayAnswer(200).Json(Account(request.Message.RequestUri!)),
        ("GET", ["dbs", var id]) => new GatewayAnswer(200).Json(Database(id)),
        ("GET", ["dbs", _, "colls", var name]) =>
            _containers.TryGetValue(Name(name), out var container) ? new GatewayAnswer(200).Json(container.Properties)
                : GatewayAnswer.Refused(404, 0, "Resource Not Found"),
        ("POST", ["dbs", _, "colls"]) =>
        new GatewayAnswer(201).Json(Create(JsonSerializer.SerializeToNode(await request.Json())!.AsObject())),
        ("GET", ["dbs", _, "colls", var rid, "pkranges"]) => Ranges(request, rid),
        _ => GatewayAnswer.Refused(400, 0, $"This gateway does not know {request.Method} {request.Message.RequestUri}."),
    };

    private static object Account(Uri address)
    {
        object[] locations = [new { name = "Here", databaseAccountEndpoint = address.GetLeftPart(UriPartial.Authority) + "/" }];
        var policy = new { asyncReplication = false, minReplicaSetSize = 3, maxReplicasetSize = 4 };
        return new
        {
            id = "gateway", _rid = "gateway.invalid", writableLocations = locations, readableLocations = locations,
                enableMultipleWriteLocations = false,
            userReplicationPolicy = policy, systemReplicationPolicy = policy,
            readPolicy = new { primaryReadCoefficient = 1, secondaryReadCoefficient = 1 },
            userConsistencyPolicy = new { defaultConsistencyLevel = "Session" },
            queryEngineConfiguration = """{"maxSqlQueryInputLength":262144,"maxJoinsPerSqlQuery":10,"allowNewKeywords":true}""",
        };
    }

    private static object Database(string id) =>
        new { id, _rid = DatabaseRid, _self = $"dbs/{DatabaseRid}/", _etag = "\"1\"", _colls = "colls/", _users = "users/",
        _ts = 1_772_400_000 };

    private JsonElement Create(JsonObject container)
    {
        var name = (string)container["id"]!;
        var number = _names.Count + 1;
        // The upper bit of the fifth byte makes it the id of a container.
        var rid = Convert.ToBase64String([1, 0, 0, 0, 0x80, 0, (byte)(number / 256), (byte)(number % 256)]).Replace('/', '-');
        (container["_rid"], container["_self"], container["_etag"], container["_ts"]) = (rid, $"dbs/{DatabaseRid}/colls/{rid}/", "\"1\"",
            1_772_400_000);
        var created = JsonSerializer.SerializeToElement(container);
        _names[rid] = name;
        _containers[name] = (created, new GatewayContainer());
        return created;
    }

    // The client asks by name, and by resource id once it knows it.
    private string Name(string nameOrRid) => _names.GetValueOrDefault(nameOrRid, nameOrRid);

    private static GatewayAnswer Ranges(GatewayRequest request, string rid)
    {
        if (request.Header("If-None-Match") == RangesETag) return GatewayAnswer.NotModified().With("etag", RangesETag);
        var ranges = GatewayRange.All.Select(range => JsonSerializer.SerializeToElement(new
        {
            id = range.Id, _rid = rid, minInclusive = range.Min, maxExclusive = range.Max, ridPrefix = 0, throughputFraction = 0.5,
                status = "online", parents = Array.Empty<string>(),
        }));
        return GatewayAnswer.Feed("PartitionKeyRanges", [.. ranges], rid).With("etag", RangesETag);
    }
}
