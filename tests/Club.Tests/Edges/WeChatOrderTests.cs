using Club.Kernel;
using System.Text;
using Club.Edges.WeChat;
using Club.Identity;
using Club.Joining;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>Coming and leaving follow the time at which the person acted, in whatever order it is heard of.</summary>
public sealed class WeChatOrderTests : Flow
{
    private const long T = 1772420000;

    private sealed record Act(string What, long At)
    {
        public string Body(string openId) => What.StartsWith("text", StringComparison.Ordinal)
            ? $"<MsgType>text</MsgType><Content>积分</Content><MsgId>{At}</MsgId>"
            : $"<MsgType>event</MsgType><Event>{What}</Event><EventKey>{(What == "SCAN" ? "d:D021" : "")}</EventKey><FromUserName>{openId}</FromUserName>";
    }

    private static async Task<string> Push(ClubFixture club, Act act, string openId = "o-fan")
    {
        var timestamp = $"{club.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        var body = $"<xml><ToUserName>gh_club</ToUserName><FromUserName>{openId}</FromUserName><CreateTime>{act.At}</CreateTime>{act.Body(openId)}</xml>";
        return (await club.Get<WeChatConversation>()
            .Handle(new WeChatQuery(WeChatSignature.Of("AAAAA", timestamp, "1"), timestamp, "1"), Encoding.UTF8.GetBytes(body))).Value.Body;
    }

    private static async Task<MemberStatus?> Status(ClubFixture club, string openId = "o-fan") =>
        (await club.Get<Membership>().Find(PersonIdentity.OpenId(openId).Value, default))?.Status;

    private static IEnumerable<T[]> Orders<T>(T[] items) => items.Length == 1
        ? [items]
        : items.SelectMany((item, at) => Orders([.. items[..at], .. items[(at + 1)..]]).Select(rest => (T[])[item, .. rest]));

    public static TheoryData<string, string> Stories => new()
    {
        // Whoever followed the account before the club was there never sends a subscribe.
        { "text:0", "Member" },
        { "subscribe:0 unsubscribe:3", "Left" },
        { "text:0 unsubscribe:3", "Left" },
        { "SCAN:0 unsubscribe:3", "Left" },
        { "user_get_card:0 unsubscribe:3", "Left" },
        { "subscribe:0 text:2 unsubscribe:3", "Left" },
        { "subscribe:0 unsubscribe:3 subscribe:6", "Member" },
        { "subscribe:0 unsubscribe:3 text:6", "Member" },
        { "subscribe:0 unsubscribe:3 SCAN:4 unsubscribe:9", "Left" },
    };

    [Theory, MemberData(nameof(Stories))]
    public async Task However_deliveries_are_shuffled_the_last_act_counts(string story, string expected)
    {
        var acts = story.Split(' ').Select(act => act.Split(':'))
            .Select(act => new Act(act[0], T + int.Parse(act[1], System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        foreach (var order in Orders(acts))
        {
            await using var club = await Open("skoda");
            foreach (var act in order) await Push(club, act);
            Assert.Equal(expected, $"{await Status(club)}");
            // And once more, as WeChat repeats what it thinks was lost.
            foreach (var act in order) await Push(club, act);
            Assert.Equal(expected, $"{await Status(club)}");
        }
    }

    [Fact]
    public async Task Who_has_left_since_is_not_spoken_to()
    {
        await using var club = await Open();
        await Push(club, new Act("subscribe", T));
        await Push(club, new Act("unsubscribe", T + 5));
        Assert.Equal("success", await Push(club, new Act("text", T + 2)));
        Assert.Contains("积分", await Push(club, new Act("text", T + 8)));
    }

    [Fact]
    public async Task An_unsubscribe_of_a_stranger_makes_nobody_and_waits_for_its_subscribe()
    {
        await using var club = await Open();
        await Push(club, new Act("unsubscribe", T + 3));
        Assert.Null(await Status(club));
        await Push(club, new Act("subscribe", T));
        Assert.Equal(MemberStatus.Left, await Status(club));
        var events = (await club.Changes()).Where(document => document.Type == "event").Select(document => document.As<MemberEvent>().Kind);
        Assert.Equal([MemberEventKind.Joined, MemberEventKind.Left], events.Order());
        await Push(club, new Act("subscribe", T + 10));
        Assert.Equal(MemberStatus.Member, await Status(club));
    }

    [Fact]
    public async Task A_time_to_come_counts_as_now()
    {
        await using var club = await Open();
        await Push(club, new Act("subscribe", 4102444800));
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        await Push(club, new Act("unsubscribe", club.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.Equal(MemberStatus.Left, await Status(club));
    }

    [Fact]
    public async Task A_registration_with_a_phone_makes_a_member_whatever_was_unfollowed()
    {
        await using var club = await Open();
        await Push(club, new Act("subscribe", T));
        await Push(club, new Act("unsubscribe", T + 3));
        await club.Register(with: registration => registration with { OpenId = "o-fan" });
        await Push(club, new Act("unsubscribe", T + 9));
        Assert.Equal(MemberStatus.Member, await Status(club));
    }

    [Theory]
    [InlineData(1, 9, "Left")]
    [InlineData(9, 1, "Member")]
    public async Task A_merge_keeps_the_later_word(long came, long left, string expected)
    {
        await using var club = await Open();
        await Push(club, new Act("subscribe", T + came), "o-one");
        await Push(club, new Act("subscribe", T), "o-two");
        await Push(club, new Act("unsubscribe", T + left), "o-two");
        var one = (await club.Get<Membership>().Find(PersonIdentity.OpenId("o-one").Value, default))!.MemberId;
        var two = (await club.Get<Membership>().Find(PersonIdentity.OpenId("o-two").Value, default))!.MemberId;
        await club.Get<Merge>().Handle(two, one);
        Assert.Equal(expected, $"{await Status(club, "o-two")}");
        Assert.Equal(expected, $"{await Status(club, "o-one")}");
        await club.Register("13900139000", registration => registration with { OpenId = "o-one" });
        Assert.Equal("Member", $"{await Status(club, "o-two")}");
    }

    /// <summary>The follow has claimed the openId and not yet written the profile when the unfollow comes.</summary>
    [Fact]
    public async Task An_unfollow_amid_its_follow_is_not_lost()
    {
        await using var club = await Open();
        var claims = club.Get<Claims>();
        var openId = PersonIdentity.OpenId("o-fan").Value;
        Assert.True(await claims.Take(await claims.Find(openId, default), new MemberId("M0000000000000001"), default));
        await Push(club, new Act("unsubscribe", T + 3));
        await Push(club, new Act("subscribe", T));
        Assert.Equal(MemberStatus.Left, await Status(club));
    }

    [Fact]
    public async Task Of_who_leaves_only_what_the_account_needs_is_kept()
    {
        await using var club = await Open();
        await club.Get<Register>().Handle(new Registration
        {
            Source = "website", OpenId = "o-fan", Name = "王伟", Gender = "male", Birthday = new DateOnly(1986, 8, 17), City = "杭州",
                Hobbies = ["hiking"], ActedAt = DateTimeOffset.FromUnixTimeSeconds(T),
            Vehicles = [new Vehicle("LSVFF26R7D2123456", "V6菱仕", new DateOnly(2025, 9, 20), "浙A12345"),
            new Vehicle(null, "V5", null, "浙A54321")],
        });
        await Push(club, new Act("unsubscribe", T + 3));
        var left = (await club.Get<Membership>().Find(PersonIdentity.OpenId("o-fan").Value, default))!;
        Assert.Equal((MemberStatus.Left, null, null, null, null), (left.Status, left.Name, left.Gender, left.Birthday, left.City));
        Assert.Empty(left.Hobbies);
        Assert.Equal(new Vehicle("LSVFF26R7D2123456", "V6菱仕", new DateOnly(2025, 9, 20), null), Assert.Single(left.Vehicles));
    }
}
