using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Members;
using Club.Store;
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

    /// <summary>A retry must not make somebody a member again who was forgotten since.</summary>
    [Fact]
    public async Task After_an_erase_the_same_delivery_is_refused_and_another_registers_anew()
    {
        await using var host = await ClubHost.Start();
        var (_, first) = await host.Staff.Register(new { phone = "13800138000" }, "msg_1");
        var kept = await Kept(host);
        Assert.DoesNotContain((string)first["cardNumber"]!, kept);
        Assert.True((await host.Get<EraseMember>().Handle(new MemberId((string)first["memberId"]!), "本人申请", Caller.OperatorAs("A017"),
            TestContext.Current.CancellationToken)).Succeeded);

        var (gone, problem) = await host.Staff.Register(new { phone = "13800138000" }, "msg_1");
        Assert.Equal((HttpStatusCode.Conflict, "member-erased"), (gone, (string?)problem["code"]));
        var (other, reused) = await host.Staff.Register(new { phone = "13900139000" }, "msg_1");
        Assert.Equal((HttpStatusCode.Conflict, "different-content"), (other, (string?)reused["code"]));
        Assert.Empty((await host.Staff.Get("/api/members?phone=13800138000"))["items"]!.AsArray());

        var (created, again) = await host.Staff.Register(new { phone = "13800138000" }, "msg_2");
        Assert.Equal(HttpStatusCode.Created, created);
        Assert.NotEqual((string)first["memberId"]!, (string)again["memberId"]!);
    }

    /// <summary>A digest that anybody can make tells which phone a form had that has nothing else.</summary>
    [Fact]
    public async Task What_is_kept_of_a_form_cannot_be_guessed_without_the_key()
    {
        await using var host = await ClubHost.Start();
        await host.Staff.Webhook("""{"type":"member.registered","data":{"phone":"13800138000"}}""", "msg_1");
        Assert.DoesNotContain(ContentDigest.Of(JsonElement.Parse("""{"phone":"13800138000"}""")), await Kept(host));
    }

    private static async Task<string> Kept(ClubHost host)
    {
        var told = new StringBuilder();
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await host.Get<IClubStore>().Changes(page?.Bookmark, cancellation: TestContext.Current.CancellationToken);
            foreach (var document in page.Documents.Where(document => document.Type == "delivered"))
                told.Append(Encoding.UTF8.GetString(document.Json.Span));
        }
        Assert.True(told.Length > 0);
        return told.ToString();
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
