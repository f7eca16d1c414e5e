using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>The website's deliveries and their ids, over HTTP.</summary>
public sealed class SiteDeliveryTests
{
    [Fact]
    public async Task An_id_that_comes_back_for_another_person_is_refused_and_nobody_is_lost()
    {
        await using var host = await ClubHost.Start();
        var (created, first) = await host.Staff.Register(new { phone = "13800138000", name = "王伟" }, "msg_1");
        var (refused, problem) = await host.Staff.Register(new { phone = "13900139000", name = "李娜" }, "msg_1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (created, refused));
        Assert.Equal("different-content", (string?)problem["code"]);
        Assert.DoesNotContain((string)first["memberId"]!, problem.ToJsonString());
        Assert.Empty((await host.Staff.Get("/api/members?phone=13900139000"))["items"]!.AsArray());

        Assert.Equal(HttpStatusCode.Created, (await host.Staff.Register(new { phone = "13900139000", name = "李娜" }, "msg_2")).Status);
    }

    [Theory]
    [InlineData("""{"type":"member.registered","timestamp":"2026-11-25T10:00:00+08:00","data":{"phone":"13800138000","hobbies":["a","b"],"source":"web"}}""")]
    [InlineData("""{ "timestamp":"2026-11-25T11:11:11+08:00", "type":"member.registered", "more":1, "data":{"source":"web", "hobbies":["a","b"], "phone":"138\u00300138000", "name":null} }""")]
    public async Task A_retry_of_the_same_data_is_answered_as_before(string retry)
    {
        await using var host = await ClubHost.Start();
        var (_, first) = await host.Staff.Webhook(
            """{"type":"member.registered","data":{"phone":"13800138000","hobbies":["a","b"],"source":"web"}}""", "msg_1");
        var (status, again) = await host.Staff.Webhook(retry, "msg_1");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(JsonNode.DeepEquals(first, again));
    }

    [Theory]
    [InlineData("""{"phone":"13800138000","hobbies":["b","a"]}""")]
    [InlineData("""{"phone":"13800138000","hobbies":["a|b"]}""")]
    [InlineData("""{"phone":"13800138000","hobbies":["a","b"],"vehicles":[]}""")]
    [InlineData("""{"phone":"13800138000","hobbies":["a","b"],"name":"x"}""")]
    public async Task Other_data_of_the_same_person_is_refused_too(string data)
    {
        await using var host = await ClubHost.Start();
        await host.Staff.Webhook("""{"type":"member.registered","data":{"phone":"13800138000","hobbies":["a","b"]}}""", "msg_1");
        var (status, _) = await host.Staff.Webhook($$"""{"type":"member.registered","data":{{data}}}""", "msg_1");
        Assert.Equal(HttpStatusCode.Conflict, status);
    }
}
