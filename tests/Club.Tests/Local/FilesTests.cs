using Azure.Storage.Blobs;
using Club.Azure;
using Club.Kernel;
using Club.Local;
using Xunit;

namespace Club.Tests.Local;

public sealed class MemoryFilesTests : FilesContract
{
    public override ValueTask InitializeAsync()
    {
        Files = new MemoryFiles();
        return default;
    }

    public override ValueTask DisposeAsync() => default;
}

public sealed class FolderFilesTests : FilesContract
{
    private readonly TempDirectory _directory = new();

    private string Folder => Path.Combine(_directory.Path, "files");

    public override ValueTask InitializeAsync()
    {
        Files = new FolderFiles(Folder);
        return default;
    }

    public override ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return default;
    }

    [Fact]
    public async Task A_link_does_not_lead_out_of_the_folder()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_directory.Path, "outside"));
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "secret.csv"), "secret", Cancellation);
        await Write(Named("inside.csv"), "1");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "link"), outside.FullName);
        Assert.Equal(["inside.csv"], await List(""));
    }

    [Fact]
    public async Task What_is_kept_is_created_once_by_whoever_comes_first()
    {
        await KeptOnce(new FolderFiles(Folder));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Folder, ".writing")));
    }

    [Fact]
    public async Task Nothing_is_left_of_what_was_written()
    {
        await Write(Named("a/b.csv"), "1");
        Assert.Equal(["b.csv"], Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }
}

/// <summary>Against Azurite or an account: <c>CLUB_BLOBS</c> is its connection string.</summary>
public sealed class BlobFilesTests : FilesContract
{
    private BlobContainerClient? _container;

    public override async ValueTask InitializeAsync()
    {
        var connection = Environment.GetEnvironmentVariable("CLUB_BLOBS");
        Assert.SkipWhen(string.IsNullOrEmpty(connection), "CLUB_BLOBS is not set.");
        _container = new BlobContainerClient(connection, $"club-tests-{Guid.NewGuid():N}");
        await _container.CreateAsync(cancellationToken: Cancellation);
        Files = new BlobFiles(_container);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_container is not null) await _container.DeleteIfExistsAsync();
    }

    [Fact]
    public Task What_is_kept_is_created_once_by_whoever_comes_first() => KeptOnce(new KeptBlobs(_container!));

    [Fact]
    public async Task Other_tools_see_the_content_type()
    {
        await Write(Named("a.csv"), "1");
        Assert.Equal("text/csv; charset=utf-8",
            (await _container!.GetBlobClient("a.csv").GetPropertiesAsync(cancellationToken: Cancellation)).Value.ContentType);
    }
}

public sealed class FileNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("statements/M0D4Q8ZK2T7WXB3RV/2026-10.csv")]
    [InlineData("a.b-c_d/0..9")]
    public void A_relative_path_is_a_name(string name) => Assert.Equal(name, FileName.Parse(name).Value.Value);

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("a/..")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a.")]
    [InlineData("a./b")]
    [InlineData(".writing/x")]
    [InlineData("a\\b")]
    [InlineData("C:a")]
    [InlineData("a%2Fb")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\0b")]
    [InlineData("车")]
    [InlineData("NUL")]
    [InlineData("a/con.csv")]
    [InlineData("com1.txt")]
    public void Anything_else_is_none(string name) => Assert.Equal("invalid-file-name", FileName.Parse(name).Problem?.Code);

    [Fact]
    public void A_name_has_at_most_200_characters()
    {
        Assert.True(FileName.Parse(new string('a', 200)).Succeeded);
        Assert.False(FileName.Parse(new string('a', 201)).Succeeded);
    }
}
