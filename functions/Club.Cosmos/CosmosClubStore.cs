using System.Net;
using System.Text.Json;
using Club.Store;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace Club.Cosmos;

/// <summary>
/// The store in Azure: one container (<see cref="CosmosSetup.Container"/>), a commit is a transactional batch. The client waits for a
/// container that throttles (<see cref="CosmosSetup"/> says how long); what it gives up on is a <see cref="StoreException"/>. A commit that
/// went unanswered may have taken place. Changes may exceed the limit by the rest of a commit.
/// </summary>
public sealed class CosmosClubStore(Container container, ILogger<CosmosClubStore> logger) : IClubStore
{
    private static readonly TransactionalBatchItemRequestOptions NoContent = new() { EnableContentResponseOnWrite = false };

    private CosmosMeter? _meter;

    /// <summary>An operation that takes longer is logged with the client's diagnostics.</summary>
    internal TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(1);

    private CosmosMeter Meter => _meter ??= new CosmosMeter(logger, Slow);

    public async ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, id);
        // The service would refuse to look; what was never written is absent.
        if (!StoreArguments.Fits(partition, id)) return null;
        return await Guard("read", async () =>
        {
            using var response = await container.ReadItemStreamAsync(CosmosItem.IdOf(id), new PartitionKey(partition), null, cancellation);
            if (IsAbsent(response))
            {
                Meter.Record("read", response);
                return null;
            }
            using var item = await Body("read", response, cancellation);
            return CosmosItem.Read(item.RootElement);
        }, cancellation);
    }

    public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, writes);
        return await Guard("commit", async () =>
        {
            var batch = container.CreateTransactionalBatch(new PartitionKey(partition));
            foreach (var write in writes) Add(batch, partition, write);
            using var response = await batch.ExecuteAsync(cancellation);
            Meter.Record("commit", response);
            if (response.IsSuccessStatusCode)
                return new CommitResult.Written([.. writes.Select((write, i) => write is Write.Delete ? "" : response[i].ETag)]);
            var refused = Refused(response, writes) ?? throw Fault("commit", response.StatusCode, response.ErrorMessage);
            return await Refusal(partition, writes, refused, cancellation);
        }, cancellation);
    }

    public async ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        StoreArguments.Check(query);
        return await Guard("find", async () =>
        {
            var definition = CosmosQuery.Of(query);
            var documents = new List<Document>();
            var continuation = query.Continuation;
            // The service ends a page where a physical partition ends; a page of the store goes on.
            do
            {
                var options = new QueryRequestOptions { MaxItemCount = query.Limit - documents.Count };
                if (query.Partition is not null) options.PartitionKey = new PartitionKey(query.Partition);
                var page = await Resumed(query.Continuation, "continuation", async () =>
                {
                    using var pages = container.GetItemQueryStreamIterator(definition, continuation, options);
                    return await NextPage(pages, cancellation);
                });
                documents.AddRange(page.Documents);
                continuation = page.Continuation;
            } while (continuation is not null && documents.Count < query.Limit);
            return new Page([.. documents.DistinctBy(document => (document.Partition, document.Id))], continuation);
        }, cancellation);
    }

    public async ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await Guard("changes", () => Resumed(bookmark, "bookmark", async () =>
        {
            using var feed = container.GetChangeFeedStreamIterator(
                bookmark is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(bookmark),
                ChangeFeedMode.LatestVersion,
                new ChangeFeedRequestOptions { PageSizeHint = limit });
            // The client asks every range before it says that nothing is new.
            using var response = await feed.ReadNextAsync(cancellation);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                Meter.Record("changes", response);
                return new ChangePage([], response.ContinuationToken);
            }
            using var body = await Body("changes", response, cancellation);
            return new ChangePage(Documents(body), response.ContinuationToken);
        }), cancellation);
    }

    private static void Add(TransactionalBatch batch, string partition, Write write)
    {
        switch (write)
        {
            case Write.Create create:
                batch.CreateItemStream(CosmosItem.Write(partition, create.Id, create.Type, create.Json, create.Index), NoContent);
                break;
            case Write.Replace replace:
                batch.ReplaceItemStream(
                    CosmosItem.IdOf(replace.Id), CosmosItem.Write(partition, replace.Id, replace.Type, replace.Json, replace.Index),
                    IfMatch(replace.IfMatch));
                break;
            case Write.Delete delete:
                batch.DeleteItem(CosmosItem.IdOf(delete.Id), IfMatch(delete.IfMatch));
                break;
        }
    }

    // An empty If-Match would be no condition at all.
    private static TransactionalBatchItemRequestOptions IfMatch(string etag) =>
        new() { EnableContentResponseOnWrite = false, IfMatchEtag = etag.Length == 0 ? "\"none\"" : etag };

    /// <summary>The write that failed the batch; all others say 424. Null when the batch failed for another reason than a document in the
    /// way.</summary>
    private static Write? Refused(TransactionalBatchResponse response, IReadOnlyList<Write> writes)
    {
        for (var i = 0; i < Math.Min(response.Count, writes.Count); i++)
            if (response[i].StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
                return writes[i];
        return null;
    }

    /// <summary>A batch names the first write that failed; the club wants all, and taken ids before stale ETags: so the documents are
    /// read.</summary>
    private async Task<CommitResult> Refusal(string partition, IReadOnlyList<Write> writes, Write refused, CancellationToken cancellation)
    {
        var current = await Task.WhenAll(writes.Select(write => Read(partition, write.Id, cancellation).AsTask()));
        var standing = writes.Zip(current).Where(pair => pair.First == refused || InTheWay(pair.First, pair.Second))
            .Select(pair => pair.First).ToArray();
        var taken = standing.OfType<Write.Create>().Select(write => write.Id).ToArray();
        return taken.Length > 0 ? new CommitResult.Exists(taken) : new CommitResult.Conflict([.. standing.Select(write => write.Id)]);
    }

    private static bool InTheWay(Write write, Document? current) => write switch
    {
        Write.Create => current is not null,
        Write.Replace replace => current?.ETag != replace.IfMatch,
        Write.Delete delete => current?.ETag != delete.IfMatch,
        _ => false,
    };

    /// <summary>A page of the service may be empty though more follow.</summary>
    private async Task<Page> NextPage(FeedIterator pages, CancellationToken cancellation)
    {
        while (true)
        {
            using var response = await pages.ReadNextAsync(cancellation);
            using var body = await Body("find", response, cancellation);
            var documents = Documents(body);
            if (documents.Count > 0 || !pages.HasMoreResults)
                return new Page(documents, pages.HasMoreResults ? response.ContinuationToken : null);
        }
    }

    private static List<Document> Documents(JsonDocument body) =>
        [.. body.RootElement.GetProperty("Documents").EnumerateArray().Select(CosmosItem.Read)];

    private async Task<JsonDocument> Body(string operation, ResponseMessage response, CancellationToken cancellation)
    {
        response.EnsureSuccessStatusCode();
        Meter.Record(operation, response);
        return await JsonDocument.ParseAsync(response.Content, default, cancellation);
    }

    private async Task<T> Guard<T>(string operation, Func<Task<T>> ask, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await ask();
        }
        catch (CosmosException fault)
        {
            Meter.Record(operation, fault);
            throw Fault(operation, fault.StatusCode, fault.Message, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new StoreException($"Cosmos DB gave no answer to a {operation}: {fault.Message}", fault);
        }
    }

    /// <summary>What the client and the service say to a continuation that is not theirs.</summary>
    private static async Task<T> Resumed<T>(string? token, string name, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (token is not null && IsRefusal(fault))
        {
            throw new ArgumentException($"The {name} is not one that the store gave out.", name, fault);
        }
    }

    private static bool IsRefusal(Exception fault) =>
        fault is ArgumentException or FormatException or CosmosException { StatusCode: HttpStatusCode.BadRequest };

    private static StoreException Fault(string operation, HttpStatusCode status, string? message, Exception? inner = null) => new(
        status == HttpStatusCode.TooManyRequests
            ? $"Cosmos DB throttled a {operation} for longer than the client waits: the container's throughput is used up. {message}"
            : $"Cosmos DB answered {(int)status} to a {operation}: {message}",
        inner);

    // A missing container and a replica that lags behind the session answer 404 too, with a substatus of their own.
    private static bool IsAbsent(ResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NotFound && (response.Headers.GetValueOrDefault("x-ms-substatus") ?? "0") == "0";
}
