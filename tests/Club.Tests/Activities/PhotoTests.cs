using Club.Access;
using Club.Activities;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Activities;

/// <summary>Photos of an activity: pictures only, of those who plan it.</summary>
public sealed class PhotoTests : IAsyncDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1];
    private readonly ClubFixture _club = new("skoda");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task They_are_kept_listed_and_shown()
    {
        await _club.Open();
        Assert.Equal("lake.jpg", (await Put("lake.jpg", Jpeg)).Value);
        Assert.Equal("map.png", (await Put("map.png", Png)).Value);
        Assert.Equal(["lake.jpg", "map.png"], (await _club.Get<ActivityReports>().Of(ActivityClub.Drive, Caller.Operator, Cancellation))!.Value.Told.Photos);
        await using var shown = await _club.Get<ActivityPhotos>().Open(ActivityClub.Drive, "lake.jpg", Caller.Operator, Cancellation);
        Assert.Equal(("image/jpeg", (long)Jpeg.Length), (shown!.ContentType, shown.Length));
    }

    [Theory]
    [InlineData("lake.png", "invalid-data")]
    [InlineData("lake.exe", "invalid-file-name")]
    [InlineData("../lake.jpg", "invalid-file-name")]
    [InlineData(".jpg", "invalid-file-name")]
    public async Task What_is_no_picture_or_would_lie_elsewhere_is_refused(string name, string code)
    {
        await _club.Open();
        Assert.Equal(code, (await Put(name, Jpeg)).Problem!.Code);
        Assert.Equal("invalid-data", (await Put("lake.jpg", "<html>"u8.ToArray())).Problem!.Code);
        Assert.Equal("too-large", (await Put("lake.jpg", [.. Jpeg, .. new byte[ActivityPhotos.Largest]])).Problem!.Code);
        var other = new Caller([Role.Director], "李主任") { Dealer = new DealerId("D021") };
        Assert.Equal("not-found", (await Put("lake.jpg", Jpeg, other)).Problem!.Code);
        Assert.Empty(await _club.Get<ActivityPhotos>().List(ActivityClub.Drive, Cancellation));
    }

    [Fact]
    public async Task Of_many_at_once_there_are_no_more_than_may_be()
    {
        await _club.Open();
        var put = await Task.WhenAll(Enumerable.Range(0, 110).Select(i => Task.Run(() => Put($"{i}.jpg", Jpeg))));
        Assert.Equal(100, put.Count(one => one.Succeeded));
        Assert.All(put.Where(one => !one.Succeeded), one => Assert.Equal("over-limit", one.Problem!.Code));
        Assert.Equal(100, (await _club.Get<ActivityPhotos>().List(ActivityClub.Drive, Cancellation)).Count);
        Assert.True((await Put(put.First(one => one.Succeeded).Value, Jpeg)).Succeeded);
    }

    private Task<Outcome<string>> Put(string name, byte[] content, Caller? caller = null) =>
        _club.Get<ActivityPhotos>().Put(ActivityClub.Drive, name, content, caller ?? ActivityClub.Marketing, Cancellation);
}
