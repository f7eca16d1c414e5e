using Club.Access;
using Club.Desk.Frame;
using Club.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Desk;

/// <summary>Who looks at whom can be kept, in one place.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task Whatever_tells_of_a_member_or_changes_something_passes_the_watch()
    {
        var watch = new Kept();
        await using var host = await ClubHost.Start(with: services => services.AddSingleton<IPageWatch>(watch));
        var (_, body) = await host.Staff.Register(new { phone = "13800138001", name = "李明", dealerId = "D021" });
        var member = (string)body["memberId"]!;
        using var hq = Browser.Of(host, Role.Hq);
        foreach (var path in (string[])["/members", $"/members/{member}", $"/members/{member}/entries", $"/members/{member}/benefits", $"/members/{member}/messages"])
        {
            await hq.Get(path);
            Assert.Equal(("李娜", 200, member), (watch.Last.Author, watch.Last.Code, string.Join(',', watch.Last.Members)));
        }
        await hq.Get("/members/M0000000000000000");
        Assert.Equal((404, ""), (watch.Last.Code, string.Join(',', watch.Last.Members)));
        await hq.Post($"/members/{member}/benefits/rescue/use");
        Assert.True(watch.Last.IsForm);
        var seen = watch.Count;
        await hq.Get("/nothing");
        await hq.Get("/sign-in");
        Assert.Equal(seen, watch.Count);
    }

    private sealed class Kept : IPageWatch
    {
        public (string Author, int Code, IReadOnlyList<MemberId> Members, bool IsForm) Last { get; private set; }
        public int Count { get; private set; }

        public async Task<Reply> Run(Visit visit, Route route, Func<Task<Reply>> answer, CancellationToken cancellation)
        {
            var reply = await answer();
            (Last, Count) = ((visit.Admitted.Author, reply.Code, [.. reply.Members], route.IsForm), Count + 1);
            return reply;
        }
    }
}
