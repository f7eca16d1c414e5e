using System.Text;
using Club.Sqlite;
using Club.Store;
using Xunit;

namespace Club.Tests.Store;

/// <summary>What was deleted or replaced is nowhere in the files once they are purged.</summary>
public sealed class PurgeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("club-purge-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task Nothing_of_what_was_deleted_or_replaced_is_left(int documents)
    {
        var file = Path.Combine(_directory.FullName, "club.db");
        await using var store = SqliteClubStore.Open(file);
        for (var i = 0; i < documents; i++)
        {
            var created = (CommitResult.Written)await store.Commit($"p{i}", [Create("a", "secret-of-a"), Create("b", "secret-of-b")], Cancellation);
            Assert.NotNull(await store.Read($"p{i}", "a", Cancellation));
            await store.Commit($"p{i}", [new Write.Delete("a", created.ETags[0]), new Write.Replace("b", "t", Body("nothing"),
                IndexKeys.None, created.ETags[1])], Cancellation);
        }
        Assert.Contains("secret-of", Bytes(), StringComparison.Ordinal);
        Assert.True(await store.Purge(Cancellation));
        Assert.DoesNotContain("secret-of", Bytes(), StringComparison.Ordinal);
        Assert.Contains("nothing", Bytes(), StringComparison.Ordinal);
        Assert.IsType<CommitResult.Written>(await store.Commit("after", [Create("a", "x")], Cancellation));
    }

    private string Bytes() => string.Concat(_directory.GetFiles().Select(file =>
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }));

    private static Write.Create Create(string id, string text) => new(id, "t", Body(text), IndexKeys.None);

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}""");

    public void Dispose() => _directory.Delete(recursive: true);
}
