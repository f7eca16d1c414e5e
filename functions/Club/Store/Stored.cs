using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Club.Store;

/// <summary>What a record needs to be kept as a document.</summary>
public interface IStored<TSelf> where TSelf : class, IStored<TSelf>
{
    static abstract string DocumentType { get; }
    static abstract JsonTypeInfo<TSelf> JsonType { get; }
    string DocumentId { get; }
    IndexKeys Index { get; }

    /// <summary>Whether it tells of a person, so that it is kept under a key that can be destroyed.</summary>
    bool IsPersonal => false;
}

/// <summary>A loaded value with the ETag under which it may be replaced.</summary>
public sealed record Stored<T>(T Value, string ETag);

public static class StoredExtensions
{
    public static async ValueTask<Stored<T>?> Read<T>(this IClubStore store, string partition, string id,
        CancellationToken cancellation = default)
        where T : class, IStored<T> =>
        (await store.Read(partition, id, cancellation))?.ToStored<T>();

    public static Stored<T> ToStored<T>(this Document document) where T : class, IStored<T> => new(document.As<T>(), document.ETag);

    public static T As<T>(this Document document) where T : class, IStored<T> =>
        JsonSerializer.Deserialize(document.Json.Span, T.JsonType)
        ?? throw new StoreException($"Document {document.Id} of type {document.Type} is empty.");

    public static Write.Create ToCreate<T>(this T value) where T : class, IStored<T> =>
        new(value.DocumentId, T.DocumentType, DocumentJson.ToUtf8(value, T.JsonType), value.Index) { IsPersonal = value.IsPersonal };

    public static Write.Replace ToReplace<T>(this T value, string etag) where T : class, IStored<T> =>
        new(value.DocumentId, T.DocumentType, DocumentJson.ToUtf8(value, T.JsonType), value.Index, etag)
        {
            IsPersonal = value.IsPersonal,
        };

    /// <summary>Creates what is new and replaces what was loaded.</summary>
    public static Write ToWrite<T>(this T value, string? etag) where T : class, IStored<T> =>
        etag is null ? value.ToCreate() : value.ToReplace(etag);

    /// <summary>All documents of a query, page after page.</summary>
    public static async IAsyncEnumerable<Document> FindAll(
        this IClubStore store, IndexQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        do
        {
            var page = await store.Find(query, cancellation);
            foreach (var document in page.Documents) yield return document;
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null);
    }
}
