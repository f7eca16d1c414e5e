using System.Net;
using Club.Access;
using Club.Proof;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Roots on a page and over HTTP, and the ledger compared with the newest.</summary>
public sealed class ProvingRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Fact]
    public async Task Roots_are_listed_and_the_ledger_is_compared_with_the_newest()
    {
        var root = await club.Host.Get<RootMaker>().Make(TestContext.Current.CancellationToken);
        using var finance = Browser.Of(club.Host, Role.Finance);
        using var english = Browser.Of(club.Host, Role.Auditor, language: "en");
        using var director = Browser.Of(club.Host, Role.Director);
        var row = Assert.Single((await finance.Get("/proof")).Page.QuerySelectorAll("tbody tr"));
        Assert.Contains(root.Root, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("已核对1位会员", (await finance.Post("/proof/check")).Page.QuerySelector("[role=status]")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains("1 members were compared", (await english.Post("/proof/check")).Page.QuerySelector("[role=status]")!.TextContent,
            StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await director.Get("/proof")).Status);
    }

    [Fact]
    public async Task A_proof_is_for_whoever_may_read_the_member()
    {
        await club.Host.Get<RootMaker>().Make(TestContext.Current.CancellationToken);
        var (hq, own, other) = (RoleClient.As(club.Host, Role.Hq), RoleClient.As(club.Host, Role.Director, "D021"), RoleClient.As(club.Host, Role.Director, "D022"));
        var path = $"/api/members/{club.Own}/proof";
        Assert.Equal(HttpStatusCode.OK, (await hq.Get(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await own.Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RoleClient.As(club.Host, Role.Finance).Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get($"/api/members/{club.Other}/proof")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hq.Get(path + "?day=2020-01-01")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Get(path + "?day=today")).Status);
        Assert.Equal(HttpStatusCode.OK, (await hq.Get("/api/proof/roots")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await own.Get("/api/proof/roots")).Status);
    }
}
