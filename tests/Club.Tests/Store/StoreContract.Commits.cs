using System.Text;
using Club.Store;
using Xunit;

namespace Club.Tests.Store;

public abstract partial class StoreContract
{
    public static TheoryData<string> HostileTexts =>
        ["it's", "a\"b", "100%_", "a/b\\c?d#e", "'; DROP TABLE docs; --", "车友会", "𠮷野家🚗", "a\0b", " ", "..", "%2F", "\u0001\u007F",
            "{\"$type\":1}"];

    [Fact]
    public async Task A_created_document_is_read_back()
    {
        var etags = await Written(Mine("m"), Create("a", 7));
        var document = await Present(Mine("m"), "a");
        Assert.Equal((Mine("m"), "a", "thing", 7), (document.Partition, document.Id, document.Type, Value(document)));
        Assert.Equal(Assert.Single(etags), document.ETag);
    }

    [Fact]
    public async Task What_was_never_written_is_absent()
    {
        await Written(Mine("m"), Create("a"));
        Assert.Null(await Store.Read(Mine("m"), "b", Cancellation));
        Assert.Null(await Store.Read(Mine("other"), "a", Cancellation));
    }

    [Fact]
    public async Task A_replace_changes_content_type_and_etag()
    {
        var first = (await Written(Mine("m"), Create("a", 1)))[0];
        var second = (await Written(Mine("m"), new Write.Replace("a", "other", Json(2), IndexKeys.None, first)))[0];
        var document = await Present(Mine("m"), "a");
        Assert.NotEqual(first, second);
        Assert.Equal(("other", 2, second), (document.Type, Value(document), document.ETag));
    }

    [Fact]
    public async Task A_commit_with_one_stale_etag_leaves_nothing_behind()
    {
        var stale = (await Written(Mine("m"), Create("a", 1)))[0];
        var current = (await Written(Mine("m"), Replace("a", stale, 2)))[0];
        var result = await Commit(Mine("m"), Create("before", keys: Keys((Mine("k"), "x"))), Replace("a", stale, 3),
            Create("after", keys: Keys((Mine("k"), "y"))));

        Assert.Equal(["a"], Assert.IsType<CommitResult.Conflict>(result).Ids);
        Assert.Null(await Store.Read(Mine("m"), "before", Cancellation));
        Assert.Null(await Store.Read(Mine("m"), "after", Cancellation));
        Assert.Equal((2, current), (Value(await Present(Mine("m"), "a")), (await Present(Mine("m"), "a")).ETag));
        Assert.Empty(await Found(IndexQuery.Prefix(Mine("k"), "")));
    }

    [Fact]
    public async Task Every_stale_or_missing_document_is_named()
    {
        var etags = await Written(Mine("m"), Create("a"), Create("b"), Create("c"));
        await Written(Mine("m"), Replace("a", etags[0]), Replace("b", etags[1]));
        var result = await Commit(Mine("m"), Replace("a", etags[0]), Delete("b", etags[1]), Replace("c", etags[2]),
            Replace("never", etags[2]));
        AssertSame(["a", "b", "never"], Assert.IsType<CommitResult.Conflict>(result).Ids);
    }

    [Fact]
    public async Task An_etag_that_was_never_given_out_is_stale()
    {
        await Written(Mine("m"), Create("a"));
        Assert.IsType<CommitResult.Conflict>(await Commit(Mine("m"), Replace("a", "no etag")));
        Assert.IsType<CommitResult.Conflict>(await Commit(Mine("m"), Delete("a", "")));
    }

    [Fact]
    public async Task Every_taken_id_is_named_and_wins_over_stale_etags()
    {
        var etags = await Written(Mine("m"), Create("a"), Create("b"), Create("c", 1));
        await Written(Mine("m"), Replace("c", etags[2], 2));
        var result = await Commit(Mine("m"), Replace("c", etags[2], 3), Create("new"), Create("a", 9), Create("b", 9));

        AssertSame(["a", "b"], Assert.IsType<CommitResult.Exists>(result).Ids);
        Assert.Equal(0, Value(await Present(Mine("m"), "a")));
        Assert.Equal(2, Value(await Present(Mine("m"), "c")));
        Assert.Null(await Store.Read(Mine("m"), "new", Cancellation));
    }

    [Fact]
    public async Task The_same_id_in_another_partition_is_free()
    {
        await Written(Mine("m1"), Create("a", 1));
        await Written(Mine("m2"), Create("a", 2));
        Assert.Equal(1, Value(await Present(Mine("m1"), "a")));
        Assert.Equal(2, Value(await Present(Mine("m2"), "a")));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_and_its_id_free_again()
    {
        var etag = (await Written(Mine("m"), Create("a", 1)))[0];
        Assert.Equal([""], await Written(Mine("m"), Delete("a", etag)));
        Assert.Null(await Store.Read(Mine("m"), "a", Cancellation));
        Assert.IsType<CommitResult.Conflict>(await Commit(Mine("m"), Delete("a", etag)));

        var again = (await Written(Mine("m"), Create("a", 2)))[0];
        Assert.NotEqual(etag, again);
        Assert.IsType<CommitResult.Conflict>(await Commit(Mine("m"), Replace("a", etag)));
    }

    [Fact]
    public async Task Etags_come_in_the_order_of_the_writes()
    {
        var first = await Written(Mine("m"), Create("a"), Create("b"));
        var etags = await Written(Mine("m"), Create("c"), Delete("a", first[0]), Replace("b", first[1]));
        Assert.Equal([(await Present(Mine("m"), "c")).ETag, "", (await Present(Mine("m"), "b")).ETag], etags);
    }

    [Fact]
    public async Task A_hundred_writes_fit_and_one_more_is_refused()
    {
        var writes = Enumerable.Range(0, 101).Select(i => Create($"d{i}", i)).ToArray();
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit(Mine("m"), writes));
        Assert.Null(await Store.Read(Mine("m"), "d0", Cancellation));
        Assert.Equal(100, (await Written(Mine("m"), writes[..100])).Count);
        Assert.Equal(99, Value(await Present(Mine("m"), "d99")));
    }

    [Fact]
    public async Task A_commit_of_more_bytes_than_the_limit_is_refused_with_the_number()
    {
        var half = new Write.Create("a", "thing", Sized(StoreLimits.BytesPerCommit / 2), IndexKeys.None);
        await Written(Mine("m"), half, half with { Id = "b" });
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Commit(Mine("m"), half with { Id = "c" }, half with { Id = "d" }, Create("e", keys: Keys(("k", "v")))));
        Assert.Contains($"at most {StoreLimits.BytesPerCommit} bytes", refused.Message, StringComparison.Ordinal);
        Assert.Null(await Store.Read(Mine("m"), "e", Cancellation));

        static ReadOnlyMemory<byte> Sized(int bytes) => Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\"");
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('車')]
    public async Task The_longest_names_fit_and_longer_ones_are_refused_and_absent(char c)
    {
        var (partition, id) = (Mine("m").PadRight(StoreLimits.PartitionLength, c), new string(c, StoreLimits.IdLength));
        await Written(partition, Create(id, 7));
        Assert.Equal(7, Value(await Present(partition, id)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit(partition + c, Create("a")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit(partition, Create(id + c)));
        Assert.Null(await Store.Read(partition + c, "a", Cancellation));
        Assert.Null(await Store.Read(partition, new string(c, 3000), Cancellation));
    }

    [Fact]
    public async Task A_commit_that_writes_a_document_twice_or_nothing_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit(Mine("m"), Create("a"), Create("a")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit(Mine("m")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit("", Create("a")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Commit(Mine("m"), Create("")));
        Assert.Null(await Store.Read(Mine("m"), "a", Cancellation));
    }

    [Fact]
    public async Task A_cancelled_caller_commits_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Commit(Mine("m"), [Create("a")], cancelled.Token));
        Assert.Null(await Store.Read(Mine("m"), "a", Cancellation));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Hostile_text_is_only_text(string text)
    {
        var partition = Mine(text);
        var etag = (await Written(partition, Create(text, 1, Keys((Mine("k"), text)))))[0];
        Assert.Equal((partition, text, etag), (await Present(partition, text)) is var d ? (d.Partition, d.Id, d.ETag) : default);
        Assert.IsType<CommitResult.Exists>(await Commit(partition, Create(text)));
        Assert.Equal([text], await Found(IndexQuery.Equal(Mine("k"), text)));
        Assert.Equal([text], await Found(IndexQuery.Equal(Mine("k"), text) with { Partition = partition }));

        await Written(partition, Replace(text, etag, 2));
        Assert.Empty(await Found(IndexQuery.Equal(Mine("k"), text)));
        Assert.Null(await Store.Read(partition, text + "x", Cancellation));
    }

    [Fact]
    public async Task A_large_document_is_kept_whole()
    {
        var text = new string('车', 350_000);
        var json = Encoding.UTF8.GetBytes($$"""{"value":1,"text":"{{text}}"}""");
        await Written(Mine("m"), new Write.Create("large", "thing", json, IndexKeys.None));
        var read = await Present(Mine("m"), "large");
        Assert.Equal(text, System.Text.Json.JsonDocument.Parse(read.Json).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Concurrent_writers_lose_no_update()
    {
        const int writers = 16, counters = 4;
        var each = Increments / writers;
        for (var i = 0; i < counters; i++) await Written(Mine($"c{i}"), Create("count", 0));
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) await Increment(Mine($"c{(w + i) % counters}"), $"w{w}-{i}");
        }, Cancellation)));

        var total = 0;
        for (var i = 0; i < counters; i++)
        {
            total += Value(await Present(Mine($"c{i}"), "count"));
        }
        Assert.Equal(each * writers, total);
    }

    /// <summary>How many increments the concurrency test makes.</summary>
    protected virtual int Increments => 10_000;

    private async Task Increment(string partition, string id)
    {
        while (true)
        {
            var count = await Present(partition, "count");
            var result = await Commit(partition, Replace("count", count.ETag, Value(count) + 1), Create(id));
            if (result is CommitResult.Written) return;
            Assert.Equal(["count"], Assert.IsType<CommitResult.Conflict>(result).Ids);
        }
    }

    [Fact]
    public async Task Everything_is_there_after_reopening()
    {
        var etag = (await Written(Mine("m"), Create("a", 1, Keys((Mine("k"), "x"))), Create("b", 2)))[0];
        var (_, bookmark) = await ChangesSince(null);
        await Reopened();

        Assert.Equal(etag, (await Present(Mine("m"), "a")).ETag);
        Assert.Equal(["a"], await Found(IndexQuery.Equal(Mine("k"), "x")));
        Assert.Empty((await ChangesSince(bookmark)).Documents);
        var replaced = (await Written(Mine("m"), Replace("a", etag, 3)))[0];
        Assert.NotEqual(etag, replaced);
        Assert.Equal([3], (await ChangesSince(bookmark)).Documents.Select(Value));
    }

    [Fact]
    public async Task An_etag_is_never_given_out_twice_even_when_the_newest_document_was_deleted()
    {
        var first = (await Written(Mine("m"), Create("a", 1)))[0];
        var (_, bookmark) = await ChangesSince(null);
        await Written(Mine("m"), Delete("a", first));
        await Reopened();
        var second = (await Written(Mine("m"), Create("a", 2)))[0];
        Assert.NotEqual(first, second);
        Assert.Equal([2], (await ChangesSince(bookmark)).Documents.Select(Value));
    }
}
