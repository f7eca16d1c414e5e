using System.Net;
using System.Text.Json;
using Club.Store;
using Microsoft.Azure.Cosmos;

namespace Club.Cosmos;

/// <summary>
/// The store in Azure: one container (<see cref="CosmosSetup.Container"/>), a commit is a transactional batch. The client retries what the
/// service throttles; what it gives up on is a <see cref="StoreException"/>. Changes may exceed the limit by the rest of a batch.
/// </summary>
public sealed class CosmosClubStore(Container container) : IClubStore
{
    private static readonly TransactionalBatchItemRequestOptions NoContent = new() { EnableContentResponseOnWrite = false };

    public async ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, id);
        return await Guard(async () =>
        {
            using var response = await container.ReadItemStreamAsync(CosmosItem.IdOf(id), new PartitionKey(partition), null, cancellation);
            if (IsAbsent(response)) return null;
            using var item = await Body(response, cancellation);
            return CosmosItem.Read(item.RootElement);
        }, cancellation);
    }

    public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
    {
        StoreArguments.Check(partition, writes);
        return await Guard(async () =>
        {
            var batch = container.CreateTransactionalBatch(new PartitionKey(partition));
            foreach (var write in writes) Add(batch, partition, write);
            using var response = await batch.ExecuteAsync(cancellation);
            if (response.IsSuccessStatusCode)
                return new CommitResult.Written([.. writes.Select((write, i) => write is Write.Delete ? "" : response[i].ETag)]);
            var refused = Refused(response, writes) ?? throw Fault(response.StatusCode, response.ErrorMessage);
            return await Refusal(partition, writes, refused, cancellation);
        }, cancellation);
    }

    public async ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
    {
        StoreArguments.Check(query);
        return await Guard(async () =>
        {
            var options = new QueryRequestOptions { MaxItemCount = query.Limit };
            if (query.Partition is not null) options.PartitionKey = new PartitionKey(query.Partition);
            try
            {
                using var pages = container.GetItemQueryStreamIterator(CosmosQuery.Of(query), query.Continuation, options);
                return await NextPage(pages, cancellation);
            }
            catch (Exception fault) when (query.Continuation is not null && IsRefusal(fault))
            {
                throw new ArgumentException("The continuation is not one that the store gave out for this query.", nameof(query), fault);
            }
        }, cancellation);
    }

    public async ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await Guard(async () =>
        {
            try
            {
                using var feed = container.GetChangeFeedStreamIterator(
                    bookmark is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(bookmark),
                    ChangeFeedMode.LatestVersion,
                    new ChangeFeedRequestOptions { PageSizeHint = limit });
                using var response = await feed.ReadNextAsync(cancellation);
                if (response.StatusCode == HttpStatusCode.NotModified) return new ChangePage([], response.ContinuationToken);
                using var body = await Body(response, cancellation);
                return new ChangePage(Documents(body), response.ContinuationToken);
            }
            catch (Exception fault) when (bookmark is not null && IsRefusal(fault))
            {
                throw new ArgumentException("The bookmark is not one that the store gave out.", nameof(bookmark), fault);
            }
        }, cancellation);
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
                    CosmosItem.IdOf(replace.Id), CosmosItem.Write(partition, replace.Id, replace.Type, replace.Json, replace.Index), IfMatch(replace.IfMatch));
                break;
            case Write.Delete delete:
                batch.DeleteItem(CosmosItem.IdOf(delete.Id), IfMatch(delete.IfMatch));
                break;
        }
    }

    // An empty If-Match would be no condition at all.
    private static TransactionalBatchItemRequestOptions IfMatch(string etag) =>
        new() { EnableContentResponseOnWrite = false, IfMatchEtag = etag.Length == 0 ? "\"none\"" : etag };

    /// <summary>The write that failed the batch; all others say 424. Null when the batch failed for another reason than a document in the way.</summary>
    private static Write? Refused(TransactionalBatchResponse response, IReadOnlyList<Write> writes)
    {
        for (var i = 0; i < Math.Min(response.Count, writes.Count); i++)
            if (response[i].StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound) return writes[i];
        return null;
    }

    /// <summary>A batch names the first write that failed; the club wants all, and taken ids before stale ETags: so the documents are read.</summary>
    private async Task<CommitResult> Refusal(string partition, IReadOnlyList<Write> writes, Write refused, CancellationToken cancellation)
    {
        var current = await Task.WhenAll(writes.Select(write => Read(partition, write.Id, cancellation).AsTask()));
        var standing = writes.Zip(current).Where(pair => pair.First == refused || InTheWay(pair.First, pair.Second)).Select(pair => pair.First).ToArray();
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
    private static async Task<Page> NextPage(FeedIterator pages, CancellationToken cancellation)
    {
        while (true)
        {
            using var response = await pages.ReadNextAsync(cancellation);
            using var body = await Body(response, cancellation);
            var documents = Documents(body);
            if (documents.Count > 0 || !pages.HasMoreResults) return new Page([.. documents.DistinctBy(document => (document.Partition, document.Id))], pages.HasMoreResults ? response.ContinuationToken : null);
        }
    }

    private static List<Document> Documents(JsonDocument body) =>
        [.. body.RootElement.GetProperty("Documents").EnumerateArray().Select(CosmosItem.Read)];

    private static async Task<JsonDocument> Body(ResponseMessage response, CancellationToken cancellation)
    {
        response.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(response.Content, default, cancellation);
    }

    private static async Task<T> Guard<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await ask();
        }
        catch (CosmosException fault)
        {
            throw new StoreException($"Cosmos DB answered {(int)fault.StatusCode}: {fault.ResponseBody ?? fault.Message}", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new StoreException($"Cosmos DB could not be asked: {fault.Message}", fault);
        }
    }

    private static StoreException Fault(HttpStatusCode status, string? message) => new($"Cosmos DB answered {(int)status} to a commit: {message}");

    /// <summary>What the client and the service say to a continuation that is not theirs.</summary>
    private static bool IsRefusal(Exception fault) => fault is ArgumentException or FormatException or CosmosException { StatusCode: HttpStatusCode.BadRequest };

    // A missing container and a replica that lags behind the session answer 404 too, with a substatus of their own.
    private static bool IsAbsent(ResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NotFound && (response.Headers.GetValueOrDefault("x-ms-substatus") ?? "0") == "0";
}
