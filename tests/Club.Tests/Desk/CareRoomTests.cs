using System.Net;
using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>The care plan, and what it does, on pages and over HTTP.</summary>
public sealed class CareRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    [Theory]
    [InlineData("zh", "生日")]
    [InlineData("en", "birthday")]
    public async Task The_plan_stands_with_what_is_held_out(string language, string birthday)
    {
        using var hq = Browser.Of(club.Host, Role.Hq, language: language);
        var seen = await hq.Get("/care");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Contains(birthday, seen.Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_that_are_none_are_told_and_the_plan_stays()
    {
        using var hq = Browser.Of(club.Host, Role.Marketing);
        var seen = await hq.Get("/care?from=2026-05&to=2026-04");
        Assert.NotNull(seen.Page.QuerySelector("[role=alert]"));
        Assert.NotNull(seen.Page.QuerySelector("tbody"));
    }

    [Fact]
    public async Task Headquarters_read_the_effects_and_a_dealer_does_not()
    {
        var marketing = RoleClient.As(club.Host, Role.Marketing);
        var director = RoleClient.As(club.Host, Role.Director, "D021");
        Assert.Equal(HttpStatusCode.OK, (await marketing.Get("/api/care/effects?from=2026-01&to=2026-12")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await marketing.Get("/api/care/effects?from=January")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await director.Get("/api/care/effects")).Status);
    }
}
