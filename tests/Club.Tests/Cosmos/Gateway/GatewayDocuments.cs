using System.Globalization;
using System.Text.Json;

namespace Club.Tests.Cosmos;

/// <summary>The requests about the documents of one container, and their answers.</summary>
internal sealed class GatewayDocuments(GatewayContainer container, string rid)
{
    public async Task<GatewayAnswer> Answer(GatewayRequest request)
    {
        var answer = request.Asked switch
        {
            Asked.Read => Read(request),
            Asked.Batch => await Batch(request),
            Asked.QueryPlan => QueryPlan(await request.Json()),
            Asked.Query => Query(request, await request.Json()),
            _ => Changes(request),
        };
        // What the client has seen of a range goes along with its next requests there.
        var range = request.Range ?? (request.Partition is { } partition ? GatewayRange.Of(partition) : null);
        return range is null ? answer : answer.With("x-ms-session-token", $"{range.Id}:-1#{container.Lsn}");
    }

    private GatewayAnswer Read(GatewayRequest request)
    {
        if (request.Method != "GET" || request.Partition is not { } partition)
            return GatewayAnswer.Refused(400, 0, "One document is only read here, by its partition key.");
        return container.Read(partition, request.Path[5]) is { } item
            ? new GatewayAnswer(200).Json(item.Root).With("etag", item.ETag).Charged(1)
            : GatewayAnswer.Refused(404, 0, "Resource Not Found").Charged(1);
    }

    private async Task<GatewayAnswer> Batch(GatewayRequest request)
    {
        if (request.Partition is not { } partition) return GatewayAnswer.Refused(400, 0, "x-ms-documentdb-partitionkey is missing.");
        if (request.Header("x-ms-cosmos-batch-atomic") != "True") return GatewayAnswer.Refused(400, 0, "The club's batches are atomic.");
        using var body = new MemoryStream(await request.Bytes());
        if (body.Length > GatewayContainer.MaxBatchBytes) return GatewayAnswer.Refused(413, 0, "Request size is too large");
        var operations = await BatchCodec.Read(body);
        if (operations.Count > GatewayContainer.MaxOperations)
            return GatewayAnswer.Refused(400, 0, "Batch request has more operations than what is supported.");
        var results = container.Commit(partition, operations);
        var failed = results.Any(result => result.Status >= 400);
        return new GatewayAnswer(failed ? 207 : 200).Bytes(await BatchCodec.Write(results)).Charged(results.Sum(result => result.Charge));
    }

    private static GatewayAnswer QueryPlan(JsonElement body)
    {
        if (!TryFilter(body, out _, out var refusal)) return GatewayAnswer.Refused(400, 0, refusal);
        string[] none = [];
        return new GatewayAnswer(200).Charged(0).Json(new
        {
            partitionedQueryExecutionInfoVersion = 2,
            queryInfo = new
            {
                distinctType = "None", top = (int?)null, offset = (int?)null, limit = (int?)null, orderBy = none, orderByExpressions = none,
                    groupByExpressions = none,
                groupByAliases = none, aggregates = none, groupByAliasToAggregateType = new { }, rewrittenQuery = "",
                hasSelectValue = false, hasNonStreamingOrderBy = false,
            },
            queryRanges = new[] { new { min = "", max = "FF", isMinInclusive = true, isMaxInclusive = false } },
        });
    }

    private GatewayAnswer Query(GatewayRequest request, JsonElement body)
    {
        if (!TryFilter(body, out var filter, out var refusal)) return GatewayAnswer.Refused(400, 0, refusal);
        var partition = request.Partition;
        var range = request.Range ?? (partition is null ? null : GatewayRange.Of(partition));
        if (range is null) return GatewayAnswer.Refused(400, 0, "A query names its partition or its range.");
        if (partition is not null && range != GatewayRange.Of(partition))
            return GatewayAnswer.Refused(410, 1002, "The partition is in another range.");
        var after = 0L;
        if (request.Header("x-ms-continuation") is { } continuation && !TryPosition(continuation, range, out after))
            return GatewayAnswer.Refused(400, 0, "The continuation is malformed.");

        var (items, next) = container.Query(range, partition, filter!, after, request.Limit);
        var answer = GatewayAnswer.Feed("Documents", items, rid).Charged(2.8 + 0.3 * items.Count);
        return next is null ? answer : answer.With("x-ms-continuation", $"{Position(range)}{next}");
    }

    private GatewayAnswer Changes(GatewayRequest request)
    {
        if (!string.Equals(request.Header("A-IM"), "Incremental feed", StringComparison.OrdinalIgnoreCase))
            return GatewayAnswer.Refused(400, 0, "Only the change feed is read so.");
        if (request.Range is not { } range) return GatewayAnswer.Refused(400, 0, "The change feed is read range by range.");
        var after = 0L;
        if (request.Header("If-None-Match") is { } etag
            && !long.TryParse(etag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return GatewayAnswer.Refused(400, 0, "If-None-Match is malformed.");
        var (items, lsn) = container.Changes(range, after, request.Limit);
        var answer = items.Count == 0 ? GatewayAnswer.NotModified() : GatewayAnswer.Feed("Documents", items, rid);
        return answer.With("etag", $"\"{lsn}\"").Charged(2 + 0.1 * items.Count);
    }

    private static bool TryFilter(JsonElement body, out SqlFilter? filter, out string refusal)
    {
        try
        {
            filter = new SqlFilter(body.GetProperty("query").GetString()!, body.GetProperty("parameters"));
            refusal = "";
            return true;
        }
        catch (FormatException unknown)
        {
            (filter, refusal) = (null, unknown.Message);
            return false;
        }
    }

    private static string Position(GatewayRange range) => $"+RID:~{range.Id}#";

    private static bool TryPosition(string continuation, GatewayRange range, out long position)
    {
        position = 0;
        return continuation.StartsWith(Position(range), StringComparison.Ordinal)
            && long.TryParse(continuation.AsSpan(Position(range).Length), NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }
}
