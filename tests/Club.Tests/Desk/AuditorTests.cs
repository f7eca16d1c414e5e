using System.Net;
using Club.Access;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>An auditor reads everything in the console, masked, and is offered nothing that would fail.</summary>
public sealed class AuditorTests(DeskClub club) : IClassFixture<DeskClub>
{
    private static readonly string[] Rooms = ["/today", "/applications", "/complaints", "/calls", "/activities", "/transfers", "/orders",
        "/letters", "/adjustments", "/value", "/referrals", "/work", "/doubts"];

    [Fact]
    public async Task Each_room_opens_without_a_form_that_changes_something()
    {
        using var auditor = Browser.Of(club.Host, Role.Auditor);
        foreach (var room in Rooms.Append($"/members/{club.Own}/complaints"))
        {
            var shown = await auditor.Get(room);
            Assert.Equal((room, HttpStatusCode.OK), (room, shown.Status));
            Assert.Empty(shown.Page.QuerySelectorAll("main form[method=post]"));
            Assert.DoesNotContain("13800138000", shown.Page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_may_not_read_members_finds_no_link_to_one()
    {
        foreach (var role in (Role[])[Role.Finance, Role.Marketing])
        {
            using var browser = Browser.Of(club.Host, role);
            foreach (var room in Rooms)
            {
                var shown = await browser.Get(room);
                if (shown.Status != HttpStatusCode.OK) continue;
                Assert.Empty(shown.Page.QuerySelectorAll("main a[href*='/members/']"));
            }
        }
    }
}
