using System.Text;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Local;

/// <summary>What every implementation of the port does. An implementation that is not configured shows as skipped.</summary>
public abstract class FilesContract : IAsyncLifetime
{
    private static readonly FileName Name = Named("statements/M1/2026-02.csv");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IFiles Files { get; set; } = null!;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task A_file_comes_back_as_it_was_written_with_its_content_type()
    {
        await Write(Name, "车友会,1");
        await using var file = await Files.Open(Name, Cancellation);
        Assert.Equal(("text/csv; charset=utf-8", 11L), (file!.ContentType, file.Length));
        Assert.Equal("车友会,1", await Text(file));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_none()
    {
        Assert.Null(await Files.Open(Named("nothing.csv"), Cancellation));
        await Write(Name, "1");
        Assert.Null(await Files.Open(Named("statements/M1"), Cancellation));
        Assert.Null(await Files.Open(Named("statements/M1/2026-02"), Cancellation));
    }

    [Fact]
    public async Task Writing_again_replaces_the_whole()
    {
        await Write(Name, "a long first version");
        await Write(Name, "short");
        Assert.Equal("short", await Read(Name));
        Assert.Single(await List(""));
    }

    [Fact]
    public async Task A_large_file_arrives_whole()
    {
        var content = new byte[9 * 1024 * 1024 + 7];
        new Random(1).NextBytes(content);
        await Files.Write(Name, new MemoryStream(content), Cancellation);
        await using var file = await Files.Open(Name, Cancellation);
        using var copy = new MemoryStream();
        await file!.Content.CopyToAsync(copy, Cancellation);
        Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await Write(Name, "");
        Assert.Equal("", await Read(Name));
    }

    [Fact]
    public async Task What_breaks_off_leaves_the_file_before_it()
    {
        await Write(Name, "before");
        await Assert.ThrowsAnyAsync<Exception>(() => Files.Write(Name, new BrokenStream(), Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => Files.Write(Named("new.csv"), new BrokenStream(), Cancellation));
        Assert.Equal("before", await Read(Name));
        Assert.Equal([Name.Value], await List(""));
    }

    [Fact]
    public async Task Files_are_listed_by_prefix_in_order()
    {
        foreach (var name in new[] { "statements/M2/2026-01.csv", "statements/M1/2026-02.csv", "statements/M1/2026-01.csv", "report.csv",
            "Report.csv" })
            await Write(Named(name), "1");
        Assert.Equal(["Report.csv", "report.csv", "statements/M1/2026-01.csv", "statements/M1/2026-02.csv", "statements/M2/2026-01.csv"],
            await List(""));
        Assert.Equal(["statements/M1/2026-01.csv", "statements/M1/2026-02.csv"], await List("statements/M1/"));
        Assert.Equal(["statements/M1/2026-01.csv"], await List("statements/M1/2026-01"));
        Assert.Empty(await List("../"));
        Assert.Empty(await List("statements/m1"));
    }

    /// <summary>What every implementation of kept files does.</summary>
    protected async Task KeptOnce(IKeptFiles kept)
    {
        var name = Named("roots/2026-03-02.json");
        Assert.Null(await kept.Open(name, Cancellation));
        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => kept.Create(name, new MemoryStream([(byte)i, 100, 101, 102]), Cancellation))));
        Assert.Single(created, isFirst => isFirst);
        Assert.False(await kept.Create(name, new MemoryStream([200]), Cancellation));
        await using var file = (await kept.Open(name, Cancellation))!;
        Assert.Equal(4, file.Length);
        foreach (var (at, value) in new[] { (0, created.IndexOf(true)), (3, 102), (0, created.IndexOf(true)), (1, 100) })
        {
            file.Content.Seek(at, SeekOrigin.Begin);
            Assert.Equal(value, file.Content.ReadByte());
        }
        Assert.Equal([name.Value], await List(""));
        await foreach (var listed in kept.List("roots/", Cancellation)) Assert.Equal((name, 4), (listed.Name, listed.Length));
    }

    protected static FileName Named(string name) => FileName.Parse(name).Value;

    protected Task Write(FileName name, string text) => Files.Write(name, new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancellation);

    protected async Task<List<string>> List(string prefix)
    {
        var names = new List<string>();
        await foreach (var file in Files.List(prefix, Cancellation)) names.Add(file.Name.Value);
        return names;
    }

    private async Task<string> Read(FileName name)
    {
        await using var file = await Files.Open(name, Cancellation);
        return await Text(file!);
    }

    private static async Task<string> Text(OpenFile file) => await new StreamReader(file.Content).ReadToEndAsync(Cancellation);

    /// <summary>Ends in a fault after its first bytes.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private int _reads;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => _reads++ > 0 ? throw new IOException("The source broke off.") : Fill(buffer);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("The source broke off.");

        private static int Fill(Span<byte> buffer)
        {
            buffer[0] = 1;
            return 1;
        }
    }
}
