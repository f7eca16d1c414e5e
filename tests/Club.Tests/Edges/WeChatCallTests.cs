using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>WeChat's calls as a host takes them over HTTP.</summary>
public sealed class WeChatCallTests
{
    private const string Stolen = "]]></Content><MsgId>4711</MsgId><Content><![CDATA[";

    private static string Text(string content, string from, string id) =>
        $"<xml><ToUserName><![CDATA[gh_club]]></ToUserName><FromUserName><![CDATA[{from}]]></FromUserName><CreateTime>1772424300</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content><MsgId>{id}</MsgId></xml>";

    [Fact]
    public async Task A_text_that_writes_an_envelope_gets_no_answer_of_another_person()
    {
        await using var host = await ClubHost.Start();
        var (_, mine) = await host.WeChat(Text("卡号", "oOwner", "4711"));
        var (status, theirs) = await host.WeChat(Text(Stolen, "oThief", "4712"));
        var (_, same) = await host.WeChat(Text("卡号", "oThief", "4711"));

        var card = System.Text.RegularExpressions.Regex.Match(mine, "[0-9]{12}").Value;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(12, card.Length);
        Assert.DoesNotContain(card, theirs);
        Assert.DoesNotContain(card, same);
        Assert.Contains("卡号", same);
        Assert.Equal(mine.Replace("CreateTime", "", StringComparison.Ordinal)[..60],
            (await host.WeChat(Text("卡号", "oOwner", "4711"))).Body.Replace("CreateTime", "", StringComparison.Ordinal)[..60]);
    }

    [Theory]
    [InlineData("积分\u001d")]
    [InlineData("a]]>b")]
    [InlineData("<![CDATA[x]]>")]
    [InlineData("<b>&amp;")]
    public async Task What_people_type_is_answered(string typed)
    {
        await using var host = await ClubHost.Start();
        var (status, body) = await host.WeChat(Text(typed, "oFan", "1"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<Content>", body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<xml><ToUserName>gh</ToUserName></xml>")]
    [InlineData("<xml><ToUserName>gh</ToUserName><FromUserName>not an id</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><xml><ToUserName>&f;</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>")]
    [InlineData("<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>tomorrow</CreateTime><MsgType>text</MsgType></xml>")]
    [InlineData("{\"ToUserName\":")]
    public async Task What_is_signed_and_cannot_be_used_is_received_and_makes_nobody_a_member(string body)
    {
        await using var host = await ClubHost.Start();
        Assert.Equal((HttpStatusCode.OK, "success"), await host.WeChat(body));
        Assert.Equal((HttpStatusCode.OK, "success"), await host.PlainWeChat(body));
        Assert.Empty((await host.Staff.Get("/api/members?status=member"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_message_that_somebody_copied_works_for_minutes_only()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await ClubHost.Start(time: time);
        var signedAt = time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.OK, (await host.WeChat(Text("卡号", "oOwner", "1"), signedAt)).Status);
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.OK, (await host.WeChat(Text("卡号", "oOwner", "1"), signedAt)).Status);
        time.Advance(TimeSpan.FromMinutes(2));
        foreach (var (status, body) in new[] { await host.WeChat(Text("卡号", "oOwner", "1"), signedAt),
            await host.PlainWeChat(Text("卡号", "oOwner", "1"), signedAt), await host.PlainWeChat(Text("卡号", "oOwner", "2"), 1272418000),
            await host.WeChat(Text("卡号", "oOwner", "2"), signedAt + 3600) })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Equal("wechat-timestamp", (string?)JsonNode.Parse(body)!["code"]);
        }
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest)]
    [InlineData("true", HttpStatusCode.BadRequest)]
    [InlineData("false", HttpStatusCode.OK)]
    public async Task With_a_key_plain_messages_are_refused_unless_the_setting_says_otherwise(string? setting, HttpStatusCode expected)
    {
        await using var host = await ClubHost.Start(new()
        {
            ["WeChat__Token"] = "a-token", ["WeChat__AppId"] = "wx1", ["WeChat__EncodingAesKey"] = new string('A', 43),
                ["WeChat__RequireEncryption"] = setting,
        });
        Assert.Equal(expected, (await host.PlainWeChat(Text("积分", "oFan", "1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.WeChat(Text("积分", "oFan", "2"))).Status);
    }

    [Fact]
    public async Task Without_a_key_plain_messages_are_taken()
    {
        await using var host = await ClubHost.Start(new() { ["WeChat__Token"] = "a-token", ["WeChat__AppId"] = "wx1" });
        Assert.Contains("积分", (await host.PlainWeChat(Text("积分", "oFan", "1"))).Body);
    }

    [Fact]
    public async Task The_tolerance_can_be_set()
    {
        await using var host = await ClubHost.Start(
            new() { ["WeChat__Token"] = "a-token", ["WeChat__AppId"] = "wx1", ["WeChat__ToleranceMinutes"] = "60" });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.OK, (await host.PlainWeChat(Text("积分", "oFan", "1"), now - 3500)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PlainWeChat(Text("积分", "oFan", "1"), now - 3700)).Status);
    }
}
