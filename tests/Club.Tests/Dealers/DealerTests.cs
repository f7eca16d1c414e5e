using Club.Dealers;
using Club.Kernel;
using Xunit;
using static Club.Tests.Dealers.DealerClub;

namespace Club.Tests.Dealers;

/// <summary>Who the dealers are: the rule book says which there are, and what is told of them besides goes with it.</summary>
public sealed class DealerTests : IAsyncDisposable
{
    private const string Beijing = """
        {"name":"北京城南店","city":"北京市","address":"南环路1号","phone":"010-87654321","location":{"latitude":39.865,"longitude":116.379},
         "capabilities":["rescue","sales"],"openedOn":"2020-05-01"}
        """;

    private readonly ClubFixture _club = new("skoda");

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Fact]
    public async Task What_only_the_rule_book_knows_is_shown_and_what_is_told_goes_with_it()
    {
        var known = await _club.Dealer("D021");
        Assert.Equal((null, "beijing", "北京", true, true, DealerState.Open), (known.Name, known.Region, known.RegionName, known.HasBranch,
            known.IsListed, known.State));
        Assert.Equal([Capability.FullAfterSales], known.Capabilities);

        Assert.True((await _club.Put("D021", Beijing)).Value.IsNew);
        var told = await _club.Dealer("D021");
        Assert.Equal(("北京城南店", "beijing", new Place(39.865m, 116.379m)), (told.Name, told.Region, told.Location));
        Assert.Equal([Capability.Sales, Capability.FullAfterSales, Capability.Rescue], told.Capabilities);
        var etag = (await _club.Store.Read(Dealership.PartitionOf(new DealerId("D021")), Dealership.Id, Cancellation))!.ETag;
        Assert.False((await _club.Put("D021", Beijing)).Value.IsNew);
        Assert.Equal(etag, (await _club.Store.Read(Dealership.PartitionOf(new DealerId("D021")), Dealership.Id, Cancellation))!.ETag);
        Assert.Null(await _club.Get<Dealerships>().Find(new DealerId("D999"), Cancellation));
        Assert.Equal([], await _club.Verify());
    }

    [Fact]
    public async Task A_code_that_differs_in_capitals_is_no_other_dealer_s()
    {
        Assert.Equal(("invalid-data", "code: the dealer is written D021."), (await _club.Put("d021", """{"name":"店","region":"beijing"}""")).Problem
            is { } listed ? (listed.Code, listed.Message) : default);
        Assert.True((await _club.Put("S001", """{"name":"展厅","region":"jinan"}""")).Succeeded);
        Assert.Equal("code: the dealer is written S001.", (await _club.Put("s001", """{"name":"展厅","region":"jinan"}""")).Problem?.Message);
        Assert.True((await _club.Put("S002", """{"name":"展厅","region":"jinan"}""")).Succeeded);
    }

    [Fact]
    public async Task A_dealer_without_after_sales_is_told_with_its_region_and_stands_beside_the_others()
    {
        Assert.Equal("$.region", (await _club.Put("S001", """{"name":"展厅"}""")).Problem!.Path);
        Assert.True((await _club.Put("S001", """{"name":"展厅","region":"jinan","city":"青岛","capabilities":["sales"]}""")).Succeeded);
        var shop = await _club.Dealer("S001");
        Assert.Equal(("济南", false, false), (shop.RegionName, shop.IsListed, shop.HasBranch));
        Assert.Equal([Capability.Sales], shop.Capabilities);
        Assert.Equal(147, await Count(null, null, null));
        Assert.Equal(32, await Count("jinan", null, null));
        Assert.Equal(1, await Count(null, "青岛市", true));
        Assert.Equal(0, await Count("jinan", null, false));
        // Page by page they are the same.
        var (seen, next) = (0, (string?)null);
        do
        {
            var page = (await _club.Get<Dealerships>().List(new DealerFilter(null, null, null), 40, next, Cancellation)).Value;
            (seen, next) = (seen + page.Items.Count, page.Continuation);
        } while (next is not null);
        Assert.Equal(147, seen);
    }

    [Theory]
    [InlineData("D021", """{}""", "$.name")]
    [InlineData("D021", """{"name":"x","region":"shanghai"}""", "$.region")]
    [InlineData("S001", """{"name":"x","region":"shangai"}""", "$.region", "\"shanghai\"")]
    [InlineData("S001", """{"name":"x","region":"jinan","capabilities":["fullAfterSales"]}""", "$.capabilities")]
    [InlineData("D021", """{"name":"x","capabilities":["resque"]}""", "$.capabilities[0]", "\"rescue\"")]
    [InlineData("D021", """{"name":"x","location":{"latitude":116.4,"longitude":39.9}}""", "$.location.latitude", "swapped")]
    [InlineData("D021", """{"name":"x","location":{"latitude":39.9,"longitude":-180.01}}""", "$.location.longitude")]
    [InlineData("D021", """{"name":"x","location":{"latitude":1e400,"longitude":0}}""", "$.location.latitude")]
    [InlineData("D021", """{"name":"x","location":{"latitude":39.9}}""", "$.location.longitude")]
    [InlineData("D021", """{"name":"x","phone":"ask Li"}""", "$.phone")]
    [InlineData("D021", """{"name":"x","openedOn":"2026-02-30"}""", "$.openedOn")]
    [InlineData("D0/21", """{"name":"x","region":"jinan"}""", "code")]
    public async Task What_cannot_be_is_refused_where_it_stands(string code, string body, string path, string hint = "")
    {
        var problem = (await _club.Put(code, body)).Problem!;
        Assert.Equal(path, problem.Path);
        Assert.Contains(hint, problem.Message, StringComparison.Ordinal);
        Assert.Null(await _club.Store.Read(Dealership.PartitionOf(new DealerId("S001")), Dealership.Id, Cancellation));
    }

    [Fact]
    public async Task A_region_that_is_none_is_asked_for_with_the_one_that_was_meant()
    {
        var refused = (await _club.Get<Dealerships>().All(new DealerFilter("beijin", null, null), Cancellation)).Problem!;
        Assert.Equal(("invalid-query", "region"), (refused.Code, refused.Path));
        Assert.Contains("\"beijing\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_is_by_the_great_circle_among_those_that_are_open()
    {
        await _club.Put("D021", Beijing);
        await _club.Put("D022", """{"name":"北京城北店","city":"北京","location":{"latitude":40.01,"longitude":116.41}}""");
        await _club.Put("D001", """{"name":"明年开业","location":{"latitude":39.9,"longitude":116.4},"openedOn":"2027-01-01"}""");
        await _club.Put("D030", """{"name":"上海店","city":"上海","location":{"latitude":31.23,"longitude":121.47}}""");
        await _club.Close("D022", "D021", "2026-04-01");
        var all = (await _club.Get<Dealerships>().All(new DealerFilter(null, null, true), Cancellation)).Value;
        var near = NearRules.Around(all, new Place(39.9m, 116.4m), 5);
        Assert.Equal(["D021", "D022", "D030"], near.Select(one => one.Dealer.Code.Value));
        Assert.InRange(near[2].Kilometres!.Value, 1060, 1075);
        Assert.Equal(["D022", "D021"], NearRules.Of(all, "北京", new DealerId("D022"), 5).Select(one => one.Dealer.Code.Value));
        Assert.Equal(0, NearRules.Distance(new Place(90, 0), new Place(90, 180)), 6);
        Assert.Equal(Math.PI * 6371, NearRules.Distance(new Place(0, 0), new Place(0, 180)), 6);
    }

    private async Task<int> Count(string? region, string? city, bool? isOpen) =>
        (await _club.Get<Dealerships>().All(new DealerFilter(region, city, isOpen), Cancellation)).Value.Count;
}
