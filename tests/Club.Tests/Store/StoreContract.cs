using System.Globalization;
using System.Text;
using Club.Store;
using Xunit;

namespace Club.Tests.Store;

/// <summary>What every store promises, run against each of them.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..12];
    private IClubStore? _store;

    protected IClubStore Store => _store ?? throw new InvalidOperationException("The store is not open yet.");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IClubStore> Open();

    /// <summary>Closes the store and opens the same data again; null where data does not outlive the store.</summary>
    protected virtual Func<Task<IClubStore>>? Reopen => null;

    public async ValueTask InitializeAsync() => _store = await Open();

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is IAsyncDisposable closing) await closing.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A partition, index or value of this run alone: a store that outlives the run keeps those of earlier ones.</summary>
    protected string Mine(string name) => $"{name}-{_run}";

    protected static ReadOnlyMemory<byte> Json(int value) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"value":{{value}}}"""));

    protected static int Value(Document document) =>
        System.Text.Json.JsonDocument.Parse(document.Json).RootElement.GetProperty("value").GetInt32();

    protected static IndexKeys Keys(params (string Name, string Value)[] keys) => new([.. keys.Select(k => new IndexKey(k.Name, k.Value))]);

    protected static Write Create(string id, int value = 0, IndexKeys? keys = null) =>
        new Write.Create(id, "thing", Json(value), keys ?? IndexKeys.None);

    protected static Write Replace(string id, string etag, int value = 0, IndexKeys? keys = null) =>
        new Write.Replace(id, "thing", Json(value), keys ?? IndexKeys.None, etag);

    protected static Write Delete(string id, string etag) => new Write.Delete(id, etag);

    protected ValueTask<CommitResult> Commit(string partition, params Write[] writes) => Store.Commit(partition, writes, Cancellation);

    protected async Task<IReadOnlyList<string>> Written(string partition, params Write[] writes) =>
        Assert.IsType<CommitResult.Written>(await Commit(partition, writes)).ETags;

    protected async Task<Document> Present(string partition, string id) =>
        await Store.Read(partition, id, Cancellation) ?? throw new InvalidOperationException($"{id} is gone.");

    protected async Task<IReadOnlyList<string>> Found(IndexQuery query)
    {
        var ids = new List<string>();
        await foreach (var document in Store.FindAll(query, Cancellation)) ids.Add(document.Id);
        return ids;
    }

    protected async Task<(List<Document> Documents, string Bookmark)> ChangesSince(string? bookmark)
    {
        var documents = new List<Document>();
        while (true)
        {
            var page = await Store.Changes(bookmark, 7, Cancellation);
            bookmark = page.Bookmark;
            if (page.Documents.Count == 0) return (documents, bookmark);
            documents.AddRange(page.Documents);
        }
    }

    protected static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

    protected async Task Reopened()
    {
        if (Reopen is null)
        {
            Assert.Skip("This store's data is not kept in a file that could be opened again.");
            return;
        }
        if (_store is IAsyncDisposable closing) await closing.DisposeAsync();
        _store = await Reopen();
    }
}
