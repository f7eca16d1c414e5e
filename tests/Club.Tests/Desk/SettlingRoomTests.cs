using System.Net;
using Club.Access;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Settlement and partners on pages.</summary>
public sealed class SettlingRoomTests(DeskClub club) : IClassFixture<DeskClub>
{
    private string Month => TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, club.Host.Get<ClubCalendar>().Zone).ToString("yyyy-MM");

    [Fact]
    public async Task From_a_months_statements_down_to_the_entries()
    {
        using var finance = Browser.Of(club.Host, Role.Finance, language: "en");
        var month = await finance.Get("/settlement");
        Assert.Contains("Statements and ledger agree.", month.Page.Body!.TextContent, StringComparison.Ordinal);
        var party = month.Page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")![Browser.Base.Length..])
            .First(link => link.Contains("brand", StringComparison.Ordinal));
        var statement = await finance.Get(party);
        Assert.Contains("Closing", statement.Page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        var line = statement.Page.QuerySelector("tbody th a")!.GetAttribute("href")![Browser.Base.Length..];
        Assert.NotEmpty((await finance.Get(line)).Page.QuerySelectorAll("tbody tr"));
        var csv = await finance.Get($"{party}/file?format=csv");
        Assert.Contains("month,party,wallet,line", csv.Text, StringComparison.Ordinal);
        Assert.StartsWith("PK", (await finance.Get($"{party}/file?format=xlsx")).Text, StringComparison.Ordinal);
        Assert.Contains("Journal of the month", (await finance.Get("/settlement/liability")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/settlement?month=2026-13", HttpStatusCode.BadRequest)]
    [InlineData("/settlement?month=2999-01", HttpStatusCode.BadRequest)]
    [InlineData("/settlement/x/programme", HttpStatusCode.NotFound)]
    [InlineData("/settlement/2026-01/partner:none", HttpStatusCode.NotFound)]
    [InlineData("/settlement/2026-01/programme/lines?continuation=x", HttpStatusCode.OK)]
    [InlineData("/settlement/liability?on=x", HttpStatusCode.OK)]
    [InlineData("/partners/none", HttpStatusCode.NotFound)]
    public async Task What_is_asked_wrongly_is_told_and_no_fault(string path, HttpStatusCode status)
    {
        using var finance = Browser.Of(club.Host, Role.Finance);
        Assert.Equal(status, (await finance.Get(path)).Status);
    }

    [Fact]
    public async Task A_month_that_is_not_over_is_not_closed_and_a_director_closes_none()
    {
        using var finance = Browser.Of(club.Host, Role.Finance);
        Assert.Null((await finance.Get("/settlement")).Page.QuerySelector("form[action$=close]"));
        Assert.Equal(HttpStatusCode.Conflict, (await finance.Post($"/settlement/{Month}/close")).Status);
        Assert.Equal($"{Browser.Base}/settlement?month=2020-01&done=closed", (await finance.Post("/settlement/2020-01/close")).LeadsTo);
        Assert.Contains("SHA-256", (await finance.Get("/settlement?month=2020-01")).Page.Body!.TextContent, StringComparison.Ordinal);
        using var director = Browser.Of(club.Host, Role.Director, "D021");
        Assert.Equal(HttpStatusCode.Forbidden, (await director.Post("/settlement/2020-01/close")).Status);
        Assert.All((await director.Get("/settlement")).Page.QuerySelectorAll("tbody th"), row => Assert.Contains("D021", row.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_partner_is_named_and_an_agreement_taken_down_with_what_is_wrong_at_its_field()
    {
        using var hq = Browser.Of(club.Host, Role.Hq);
        Assert.Equal(HttpStatusCode.BadRequest, (await hq.Post("/partners", new() { ["code"] = "a b", ["name"] = "租车" })).Status);
        Assert.Equal($"{Browser.Base}/partners/avis?done=named", (await hq.Post("/partners", new() { ["code"] = "avis", ["name"] = "安飞士" })).LeadsTo);
        var form = new Dictionary<string, string>
        {
            ["from"] = "2998-01-01", ["to"] = "2998-12-31", ["billing"] = "onRedemption", ["pricePerPoint"] = "0.02", ["redeemsAt"] = "0.01", ["in"] = "x",
        };
        var refused = await hq.Post("/partners/avis", form);
        Assert.Equal("in", refused.Page.QuerySelector("[aria-invalid]")!.GetAttribute("name"));
        form["in"] = "0.5";
        Assert.Equal($"{Browser.Base}/partners/avis?done=agreed", (await hq.Post("/partners/avis", form)).LeadsTo);
        using var finance = Browser.Of(club.Host, Role.Finance);
        Assert.Contains("2998-12-31", (await finance.Get("/partners/avis")).Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await finance.Get("/partners/avis")).Page.QuerySelector("form[method=post].card"));
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.Post("/partners/avis", form)).Status);
        // A partner sees himself alone.
        using var own = Browser.Of(club.Host, Role.Partner, "avis");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await own.Get("/partners/avis")).Status, (await own.Get("/partners/other")).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await own.Get("/settlement/2026-01/programme")).Status);
    }
}
