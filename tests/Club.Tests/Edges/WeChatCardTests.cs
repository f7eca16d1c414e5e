using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Club.Edges;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Local;
using Club.Members;
using Functions.Local.Hosting;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>会员卡 in WeChat: the card as a picture, where members' phones reach the club.</summary>
public sealed class WeChatCardTests
{
    private const string Fan = "o-fan";
    private long _id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://club.example.org")]
    [InlineData("https://club.example.org/")]
    public async Task A_follower_gets_an_article_with_her_card_and_the_same_for_a_repeat(string address)
    {
        await using var club = new ClubFixture(more: With(address));
        var article = await Ask(club.Get<WeChatConversation>(), club.Clock.GetUtcNow());
        Assert.Equal("news", article.Element("MsgType")!.Value);
        Assert.Equal("1", article.Element("ArticleCount")!.Value);
        var item = article.Element("Articles")!.Elements().Single();
        Assert.Equal("item", item.Name);
        var card = (await Of(club))!.CardNumber;
        Assert.Contains(card, item.Element("Description")!.Value, StringComparison.Ordinal);
        Assert.StartsWith("https://club.example.org/api/cards/", item.Element("PicUrl")!.Value, StringComparison.Ordinal);
        Assert.EndsWith("/card.html", item.Element("Url")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(card, item.Element("Url")!.Value, StringComparison.Ordinal);
        Assert.Equal(card, CodePictureTests.ReadPng((await club.Get<CodePictures>().OfLink(Link(item), "card.png", Cancellation))!.Content));
        var page = await club.Get<CardPage>().Open(Link(item), Cancellation);
        Assert.Contains(card, page, StringComparison.Ordinal);
        _id--;
        Assert.Equal(article.ToString(), (await Ask(club.Get<WeChatConversation>(), club.Clock.GetUtcNow())).ToString());
        Assert.Equal("text", (await Ask(club.Get<WeChatConversation>(), club.Clock.GetUtcNow(), "积分")).Element("MsgType")!.Value);
    }

    [Fact]
    public async Task Without_an_address_and_in_the_other_form_it_is_told_in_words()
    {
        await using var club = new ClubFixture();
        var words = await Ask(club.Get<WeChatConversation>(), club.Clock.GetUtcNow());
        Assert.Equal("text", words.Element("MsgType")!.Value);
        Assert.Contains((await Of(club))!.CardNumber, words.Element("Content")!.Value, StringComparison.Ordinal);
        await using var reached = new ClubFixture(more: With("https://club.example.org"));
        var json = Encoding.UTF8.GetBytes(
            $$"""{"ToUserName":"gh","FromUserName":"{{Fan}}","CreateTime":1714037059,"MsgType":"text","Content":"卡号","MsgId":"1"}""");
        Assert.Contains("\"MsgType\":\"text\"", (await reached.Get<WeChatConversation>().Handle(Signed(reached.Clock.GetUtcNow()), json)).Value.Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_ends_after_a_week_with_membership_and_with_every_changed_character()
    {
        await using var club = new ClubFixture(more: With("https://club.example.org"));
        var link = Link((await Ask(club.Get<WeChatConversation>(), club.Clock.GetUtcNow())).Descendants("item").Single());
        Assert.True(await IsGood(club, link));
        for (var at = 0; at < link.Length; at++)
            Assert.Null(await Page(club, string.Concat(link.AsSpan(0, at), link[at] == '0' ? "1" : "0", link.AsSpan(at + 1))));
        foreach (var odd in (string[])["", ".", "..", "...", link + ".", link + "A", "é" + link, "M1.20261231.x", "M1.99999999.x"])
            Assert.Null(await Page(club, odd));
        Assert.Null(await club.Get<CodePictures>().OfLink(link, "referral.png", Cancellation));

        club.Clock.Advance(TimeSpan.FromDays(7));
        Assert.True(await IsGood(club, link));
        club.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await IsGood(club, link));

        var next = Link((await Ask(club.Get<WeChatConversation>(), club.Clock.GetUtcNow())).Descendants("item").Single());
        await club.Get<Membership>().LeaveWeChat(Fan, club.Clock.GetUtcNow(), Cancellation);
        Assert.False(await IsGood(club, next));
    }

    [Fact]
    public async Task On_a_host_whoever_has_the_link_sees_it_without_a_key_and_nobody_keeps_it()
    {
        using var directory = new TempDirectory();
        await using var host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(directory.Path, new()
        {
            ["WeChat__Token"] = "AAAAA", ["WeChat__AppId"] = "wx1", ["WeChat__PublicAddress"] = "https://club.example.org",
        })), ClubComposition.Club with { Pacing = TestHost.Hasty });
        await host.Start(Cancellation);
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        var signed = Signed(DateTimeOffset.UtcNow);
        using var asked = await http.PostAsync(
            $"/api/wechat?signature={signed.Signature}&timestamp={signed.Timestamp}&nonce={signed.Nonce}", new ByteArrayContent(Body("会员卡")), Cancellation);
        var item = XElement.Parse(await asked.Content.ReadAsStringAsync(Cancellation)).Descendants("item").Single();
        var page = await http.GetAsync(new Uri(item.Element("Url")!.Value).PathAndQuery, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (page.StatusCode, page.Content.Headers.ContentType!.ToString()));
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        var picture = await http.GetAsync(new Uri(item.Element("PicUrl")!.Value).PathAndQuery, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (picture.StatusCode, picture.Content.Headers.ContentType!.ToString()));
        Assert.True(picture.Headers.CacheControl!.Private);
        foreach (var none in (string[])["/api/cards/x/card.html", "/api/cards/x/card.png", "/api/cards/x/y"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(none, Cancellation)).StatusCode);
    }

    /// <summary>Whether a link of the club's holds; under one that has ended the page says what to do.</summary>
    private static async Task<bool> IsGood(ClubFixture club, string link)
    {
        var page = (await Page(club, link))!;
        var isGood = !page.Contains("重新发送", StringComparison.Ordinal);
        Assert.Equal(isGood, page.Contains("<svg", StringComparison.Ordinal));
        Assert.Equal(isGood, await club.Get<CodePictures>().OfLink(link, "card.svg", Cancellation) is not null);
        return isGood;
    }

    private static Task<string?> Page(ClubFixture club, string link) => club.Get<CardPage>().Open(link, Cancellation);

    private static Dictionary<string, string?> With(string address) => new() { ["WeChat:PublicAddress"] = address };

    private static string Link(XElement item) => new Uri(item.Element("PicUrl")!.Value).Segments[^2].TrimEnd('/');

    private static ValueTask<Profile?> Of(ClubFixture club) =>
        club.Get<Membership>().Find(PersonIdentity.OpenId(Fan).Value, Cancellation);

    private async Task<XElement> Ask(WeChatConversation conversation, DateTimeOffset now, string word = "会员卡") =>
        XElement.Parse((await conversation.Handle(Signed(now), Body(word))).Value.Body);

    private byte[] Body(string word) => Encoding.UTF8.GetBytes(
        $"<xml><ToUserName>gh_club</ToUserName><FromUserName>{Fan}</FromUserName><CreateTime>1714037059</CreateTime><MsgType>text</MsgType><Content>{word}</Content><MsgId>{++_id}</MsgId></xml>");

    private static WeChatQuery Signed(DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new WeChatQuery(WeChatSignature.Of("AAAAA", time, "7"), time, "7");
    }
}
