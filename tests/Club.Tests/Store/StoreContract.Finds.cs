using Club.Store;
using Xunit;

namespace Club.Tests.Store;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_range_includes_both_ends_and_nothing_beyond()
    {
        var k = Mine("on");
        foreach (var day in (string[])["2026-01-31", "2026-02-01", "2026-02-15", "2026-02-28", "2026-03-01"])
            await Written(Mine(day), Create(day, keys: Keys((k, day))));
        AssertSame(["2026-02-01", "2026-02-15", "2026-02-28"], await Found(new IndexQuery(k, "2026-02-01", "2026-02-28")));
        Assert.Empty(await Found(new IndexQuery(k, "2026-02-28", "2026-02-01")));
        Assert.Empty(await Found(new IndexQuery(Mine("none"), "", IndexQuery.Last)));
    }

    [Fact]
    public async Task Values_compare_ordinally()
    {
        var k = Mine("k");
        await Written(Mine("m"), Create("upper", keys: Keys((k, "B"))), Create("lower", keys: Keys((k, "a"))),
            Create("ten", keys: Keys((k, "10"))), Create("nine", keys: Keys((k, "9"))));
        AssertSame(["ten", "nine"], await Found(new IndexQuery(k, "1", "9")));
        AssertSame(["upper"], await Found(new IndexQuery(k, "A", "Z")));
        Assert.Empty(await Found(IndexQuery.Equal(k, "b")));
    }

    [Fact]
    public async Task A_prefix_finds_all_that_starts_with_it()
    {
        var k = Mine("name");
        await Written(Mine("m"),
            Create("1", keys: Keys((k, "李"))), Create("2", keys: Keys((k, "李明"))), Create("3", keys: Keys((k, "李𠮷🚗"))),
            Create("4", keys: Keys((k, "王李"))));
        AssertSame(["1", "2", "3"], await Found(IndexQuery.Prefix(k, "李")));
        AssertSame(["1", "2", "3", "4"], await Found(IndexQuery.Prefix(k, "")));
        AssertSame(["2"], await Found(IndexQuery.Equal(k, "李明")));
    }

    [Fact]
    public async Task A_document_with_several_values_is_found_by_each_and_told_once()
    {
        var k = Mine("hobby");
        await Written(Mine("m1"), Create("a", keys: Keys((k, "hiking"), (k, "tea"), (k, "go"), (k, "tea"))));
        await Written(Mine("m2"), Create("b", keys: Keys((k, "tea"))));
        AssertSame(["a"], await Found(IndexQuery.Equal(k, "hiking")));
        AssertSame(["a", "b"], await Found(IndexQuery.Equal(k, "tea")));
        var page = await Store.Find(new IndexQuery(k, "", IndexQuery.Last), Cancellation);
        AssertSame(["a", "b"], page.Documents.Select(d => d.Id));
        AssertSame(["a"], await Found(new IndexQuery(k, "", IndexQuery.Last, Partition: Mine("m1"))));
    }

    [Fact]
    public async Task Further_keys_hold_for_all_that_is_found_on_every_page()
    {
        var (k, d, h) = (Mine("name"), Mine("dealer"), Mine("hobby"));
        for (var i = 0; i < 30; i++)
            await Written(Mine($"m{i}"), Create($"{i}",
                keys: Keys((k, "A"), (d, i % 3 == 0 ? "D1" : "D2"), (h, "tea"), (h, i % 2 == 0 ? "go" : "chess"))));
        var query = IndexQuery.Equal(k, "A").And(new(d, "D1"));
        AssertSame(Enumerable.Range(0, 30).Where(i => i % 3 == 0).Select(i => $"{i}"), await Found(query));
        AssertSame(Enumerable.Range(0, 30).Where(i => i % 6 == 0).Select(i => $"{i}"),
            await Found(query.And(new(h, "tea")).And(new(h, "go"))));
        AssertSame(["12"], await Found(query with { Partition = Mine("m12") }));
        Assert.Empty(await Found(query with { Partition = Mine("m13") }));
        Assert.Empty(await Found(query.And(new(d, "D2"))));
        Assert.Empty(await Found(query.And(new(Mine("none"), "D1"))));
        Assert.Empty(await Found(IndexQuery.Equal(k, "A").And(new(d, "d1"))));

        var (pages, told) = (0, new List<string>());
        var paged = query with { Limit = 3 };
        do
        {
            var page = await Store.Find(paged, Cancellation);
            told.AddRange(page.Documents.Select(document => document.Id));
            paged = paged with { Continuation = page.Continuation };
            pages++;
        } while (paged.Continuation is not null);
        AssertSame(Enumerable.Range(0, 30).Where(i => i % 3 == 0).Select(i => $"{i}"), told);
        Assert.InRange(pages, 4, 12);
    }

    [Fact]
    public async Task Further_keys_are_found_among_due_documents_of_a_bucket()
    {
        var (due, k) = (Mine("due"), Mine("k"));
        await Written(Mine("m"), Create("a", keys: new IndexKeys([new(due, "2026-01-01"), new(k, "x")], 3)),
            Create("b", keys: new IndexKeys([new(due, "2026-01-01"), new(k, "y")], 3)));
        AssertSame(["b"], await Found(new IndexQuery(due, "", IndexQuery.Last, Bucket: 3).And(new(k, "y"))));
    }

    [Fact]
    public async Task Only_declared_keys_are_found()
    {
        await Written(Mine("m"), Create("a", 5, Keys((Mine("k"), "5"))));
        Assert.Empty(await Found(IndexQuery.Equal("value", "5")));
        Assert.Empty(await Found(IndexQuery.Equal(Mine("K"), "5")));
    }

    [Fact]
    public async Task A_replace_moves_a_document_to_its_new_keys()
    {
        var k = Mine("k");
        var due = Mine("due");
        var etag = (await Written(Mine("m"),
            Create("a", keys: new IndexKeys([new(k, "old"), new(k, "both"), new(due, "2026-01-01")], 3))))[0];
        etag = (await Written(Mine("m"),
            Replace("a", etag, 1, new IndexKeys([new(k, "both"), new(k, "new"), new(due, "2026-02-01")], 4))))[0];
        Assert.Empty(await Found(IndexQuery.Equal(k, "old")));
        Assert.Equal(["a"], await Found(IndexQuery.Equal(k, "both")));
        Assert.Equal(["a"], await Found(IndexQuery.Equal(k, "new")));
        Assert.Empty(await Found(new IndexQuery(due, "", IndexQuery.Last, Bucket: 3)));
        Assert.Equal(["a"], await Found(new IndexQuery(due, "", IndexQuery.Last, Bucket: 4)));

        etag = (await Written(Mine("m"), Replace("a", etag, 2, Keys((k, "both")))))[0];
        Assert.Empty(await Found(new IndexQuery(due, "", IndexQuery.Last)));
        var found = await Store.Find(IndexQuery.Equal(k, "both"), Cancellation);
        Assert.Equal((2, etag), (Value(found.Documents[0]), found.Documents[0].ETag));
    }

    [Fact]
    public async Task A_delete_removes_a_document_from_its_keys()
    {
        var etag = (await Written(Mine("m"),
            Create("a", keys: new IndexKeys([new(Mine("k"), "x"), new(Mine("due"), "2026-01-01")], 9))))[0];
        await Written(Mine("m"), Delete("a", etag));
        Assert.Empty(await Found(IndexQuery.Prefix(Mine("k"), "")));
        Assert.Empty(await Found(new IndexQuery(Mine("due"), "", IndexQuery.Last)));
    }

    [Fact]
    public async Task Due_documents_are_found_by_bucket_or_in_all_of_them()
    {
        var due = Mine("dueCare");
        foreach (var bucket in (int[])[0, 7, 63])
            await Written(Mine($"m{bucket}"), Create($"b{bucket}", keys: new IndexKeys([new(due, $"2026-01-0{1 + bucket % 9}")], bucket)));
        foreach (var bucket in (int[])[0, 7, 63])
            Assert.Equal([$"b{bucket}"], await Found(new IndexQuery(due, "", "2026-12-31", bucket)));
        Assert.Empty(await Found(new IndexQuery(due, "", "2026-12-31", 8)));
        AssertSame(["b0", "b7", "b63"], await Found(new IndexQuery(due, "", "2026-12-31")));
        AssertSame(["b0", "b7", "b63"], await Found(new IndexQuery(due, "", "2026-12-31", Limit: 1)));
        AssertSame(["b0", "b63"], await Found(new IndexQuery(due, "", "2026-01-07")));
    }

    [Fact]
    public async Task Other_keys_of_a_document_with_a_bucket_are_found_without_it()
    {
        await Written(Mine("m"), Create("a", keys: new IndexKeys([new(Mine("dealer"), "D021"), new(Mine("due"), "2026-01-01")], 12)));
        Assert.Equal(["a"], await Found(IndexQuery.Equal(Mine("dealer"), "D021")));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Store.Find(IndexQuery.Equal(Mine("dealer"), "D021") with { Bucket = 12 }, Cancellation));
    }

    [Fact]
    public async Task A_partition_narrows_a_query()
    {
        var k = Mine("k");
        for (var m = 0; m < 3; m++)
            await Written(Mine($"m{m}"), Create($"a{m}", keys: Keys((k, "x"))), Create($"b{m}", keys: Keys((k, "y"))),
                Create($"c{m}", keys: Keys((k, "z"))), Create($"d{m}"));
        AssertSame(["a1", "b1"], await Found(new IndexQuery(k, "x", "y", Partition: Mine("m1"))));
        AssertSame(["a1", "b1", "c1"], await Found(new IndexQuery(k, "", IndexQuery.Last, Partition: Mine("m1"), Limit: 1)));
        Assert.Empty(await Found(new IndexQuery(k, "", IndexQuery.Last, Partition: Mine("m9"))));

        var due = Mine("due");
        await Written(Mine("m1"), Create("e", keys: new IndexKeys([new(due, "2026-01-01")], 5)));
        Assert.Equal(["e"], await Found(new IndexQuery(due, "", "2026-12-31", 5, Mine("m1"))));
        Assert.Empty(await Found(new IndexQuery(due, "", "2026-12-31", 6, Mine("m1"))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_neither_lose_nor_repeat_a_document(bool inOnePartition)
    {
        var k = Mine("k");
        var expected = new List<string>();
        for (var i = 0; i < 47; i++)
        {
            // Few values, so that pages end among equal ones; some documents have two.
            var keys = i % 5 == 0 ? Keys((k, $"v{i % 4}"), (k, $"w{i % 3}")) : Keys((k, $"v{i % 4}"));
            await Written(inOnePartition ? Mine("m") : Mine($"m{i % 9}"), Create($"d{i}", i, keys));
            expected.Add($"d{i}");
        }

        var query = IndexQuery.Prefix(k, "") with { Limit = 10, Partition = inOnePartition ? Mine("m") : null };
        var pages = new List<Page>();
        do
        {
            pages.Add(await Store.Find(query, Cancellation));
            query = query with { Continuation = pages[^1].Continuation };
        } while (query.Continuation is not null);

        Assert.All(pages, page => Assert.InRange(page.Documents.Count, 0, 10));
        Assert.All(pages, page => Assert.Distinct(page.Documents.Select(d => d.Id)));
        Assert.True(pages.Count > 3);
        AssertSame(expected, pages.SelectMany(p => p.Documents).Select(d => d.Id).Distinct());
    }

    [Fact]
    public async Task A_page_is_full_as_long_as_more_follow_wherever_the_documents_are()
    {
        var k = Mine("k");
        for (var i = 0; i < 20; i++) await Written(Mine($"m{i}"), Create($"d{i}", i, Keys((k, "x"))));
        var all = await Store.Find(IndexQuery.Equal(k, "x") with { Limit = 21 }, Cancellation);
        Assert.Equal((20, null), (all.Documents.Count, all.Continuation));
        var first = await Store.Find(IndexQuery.Equal(k, "x") with { Limit = 19 }, Cancellation);
        Assert.Equal(19, first.Documents.Count);
        Assert.Single((
            await Store.Find(IndexQuery.Equal(k, "x") with { Limit = 19, Continuation = first.Continuation }, Cancellation)).Documents);
    }

    [Fact]
    public async Task A_query_reads_on_where_documents_were_deleted()
    {
        var k = Mine("k");
        for (var i = 0; i < 9; i++) await Written(Mine("m"), Create($"d{i}", keys: Keys((k, "x"))));
        var query = IndexQuery.Equal(k, "x") with { Limit = 3 };
        var first = await Store.Find(query, Cancellation);
        foreach (var document in first.Documents) await Written(Mine("m"), Delete(document.Id, document.ETag));
        var rest = await Found(query with { Continuation = first.Continuation });
        AssertSame(Enumerable.Range(0, 9).Select(i => $"d{i}"), first.Documents.Select(d => d.Id).Concat(rest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    [InlineData(-1)]
    public async Task A_page_of_an_impossible_size_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.Find(IndexQuery.Equal("k", "v") with { Limit = limit }, Cancellation));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_continuation_that_the_store_did_not_give_out_is_refused(string continuation) =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Store.Find(IndexQuery.Equal("k", "v") with { Continuation = continuation }, Cancellation));
}
