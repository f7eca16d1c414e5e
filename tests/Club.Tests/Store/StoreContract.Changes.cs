using Xunit;

namespace Club.Tests.Store;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Changes_are_told_in_order_within_a_partition()
    {
        var (_, start) = await ChangesSince(null);
        for (var i = 0; i < 10; i++)
            for (var m = 0; m < 3; m++) await Written(Mine($"m{m}"), Create($"d{i}", i));
        var (changes, _) = await ChangesSince(start);
        for (var m = 0; m < 3; m++)
            Assert.Equal(Enumerable.Range(0, 10), changes.Where(d => d.Partition == Mine($"m{m}")).Select(Value));
    }

    [Fact]
    public async Task A_changed_document_is_told_in_its_latest_version_at_its_latest_place()
    {
        var (_, start) = await ChangesSince(null);
        var etag = (await Written(Mine("m"), Create("a", 1)))[0];
        await Written(Mine("m"), Create("b", 2));
        etag = (await Written(Mine("m"), Replace("a", etag, 3)))[0];
        var (changes, _) = await ChangesSince(start);
        Assert.Equal([("b", 2), ("a", 3)], changes.Select(d => (d.Id, Value(d))));
        Assert.Equal((Mine("m"), "thing", etag), (changes[1].Partition, changes[1].Type, changes[1].ETag));
    }

    [Fact]
    public async Task A_deleted_document_is_not_told()
    {
        var (_, start) = await ChangesSince(null);
        var etags = await Written(Mine("m"), Create("a", 1), Create("b", 2));
        await Written(Mine("m"), Delete("a", etags[0]));
        Assert.Equal(["b"], (await ChangesSince(start)).Documents.Select(d => d.Id));
    }

    [Fact]
    public async Task A_bookmark_resumes_where_it_was_taken()
    {
        var (_, start) = await ChangesSince(null);
        for (var i = 0; i < 20; i++) await Written(Mine("m"), Create($"d{i}", i));
        var page = await Store.Changes(start, 5, Cancellation);
        Assert.InRange(page.Documents.Count, 1, 5);
        var (rest, end) = await ChangesSince(page.Bookmark);
        Assert.Equal(Enumerable.Range(0, 20), page.Documents.Concat(rest).Select(Value));

        Assert.Empty((await ChangesSince(end)).Documents);
        await Written(Mine("m"), Create("late", 99));
        Assert.Equal([99], (await ChangesSince(end)).Documents.Select(Value));
    }

    [Fact]
    public async Task A_refused_commit_is_not_told()
    {
        await Written(Mine("m"), Create("a"));
        var (_, start) = await ChangesSince(null);
        await Commit(Mine("m"), Create("a"), Create("b"));
        Assert.Empty((await ChangesSince(start)).Documents);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("1 OR 1=1")]
    public async Task A_bookmark_that_the_store_did_not_give_out_is_refused(string bookmark) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Changes(bookmark, 10, Cancellation));
}
