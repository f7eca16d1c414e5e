using Club.Edges.Sms;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Club.Transactions;
using CsCheck;
using Xunit;

namespace Club.Tests.Messaging;

/// <summary>Consent follows the time at which the person acted; what cannot be read stands before staff.</summary>
public class SmsConsentFlowTests : Flow
{
    private const string Phone = "13800138000";
    private static readonly DateTimeOffset One = new(2026, 3, 1, 17, 0, 0, TimeSpan.Zero);

    private static async Task<Consents> Consents(ClubFixture club, MemberId memberId) =>
        (await club.Get<Membership>().Find(memberId, default))!.Consents;

    private static Task Reply(ClubFixture club, string text, DateTimeOffset? at, string from = "86" + Phone, string? id = null) =>
        club.Get<SmsFeedback>().Handle(new SmsEvents([new SmsEvent.Received(id ?? $"{text}@{at:O}", from, text, at)], 0));

    private static Task<Registered> Form(ClubFixture club, bool? agrees, DateTimeOffset? at,
        Func<Registration, Registration>? with = null) => club.Register(Phone, registration =>
    {
        registration = registration with { SmsConsent = agrees, ConsentedAt = at };
        return with?.Invoke(registration) ?? registration;
    });

    private static async Task<IReadOnlyList<Rejection>> Open(ClubFixture club)
    {
        var page = await club.Store.Find(new IndexQuery(Rejection.RejectedIndex, "", IndexQuery.Last));
        return [.. page.Documents.Select(document => document.As<Rejection>())];
    }

    [Fact]
    public async Task A_START_that_arrives_after_a_later_R_changes_nothing()
    {
        await using var club = await Open();
        var member = await Form(club, true, One.AddHours(-1));
        await Reply(club, "R", One.AddMinutes(5));
        await Reply(club, "START", One);
        Assert.Equal(new ConsentAct(false, One.AddMinutes(5), "reply"), (await Consents(club, member.MemberId)).LastSms);
        await Reply(club, "START", One.AddMinutes(6));
        Assert.True((await Consents(club, member.MemberId)).Sms);
        await Reply(club, "R", One.AddMinutes(5));
        Assert.True((await Consents(club, member.MemberId)).Sms);
    }

    [Fact]
    public async Task A_no_of_the_first_form_becomes_a_yes_by_a_form_of_a_later_time_only()
    {
        await using var club = await Open();
        var member = await Form(club, false, One);
        await Form(club, true, One.AddMinutes(-1));
        Assert.False((await Consents(club, member.MemberId)).Sms);
        await Form(club, true, One.AddMinutes(1));
        Assert.Equal(new ConsentAct(true, One.AddMinutes(1), "website"), (await Consents(club, member.MemberId)).LastSms);
        await Form(club, false, One.AddMinutes(1));
        Assert.False((await Consents(club, member.MemberId)).Sms);
    }

    [Fact]
    public async Task A_form_does_not_take_back_what_a_reply_refused_and_a_later_reply_does()
    {
        await using var club = await Open();
        var member = await Form(club, true, One);
        await Reply(club, "退订", One.AddMinutes(1));
        await Form(club, true, One.AddMinutes(2));
        Assert.False((await Consents(club, member.MemberId)).Sms);
        await Reply(club, "START", One.AddMinutes(3));
        Assert.True((await Consents(club, member.MemberId)).Sms);
        await Form(club, false, One.AddMinutes(4));
        Assert.False((await Consents(club, member.MemberId)).Sms);
    }

    [Fact]
    public async Task A_time_to_come_counts_as_now()
    {
        await using var club = await Open();
        var member = await Form(club, true, One.AddYears(9));
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        await Reply(club, "R", One.AddYears(5));
        Assert.Equal(new ConsentAct(false, club.Clock.GetUtcNow(), "reply"), (await Consents(club, member.MemberId)).LastSms);
        club.Clock.Advance(TimeSpan.FromMinutes(1));
        await Reply(club, "START", club.Clock.GetUtcNow());
        Assert.True((await Consents(club, member.MemberId)).Sms);
    }

    [Theory]
    [InlineData(true, 0, false, 5, false)]
    [InlineData(true, 5, false, 0, true)]
    [InlineData(false, 0, true, 5, true)]
    [InlineData(false, 5, true, 0, false)]
    public async Task In_a_merge_the_later_word_is_kept(bool owner, int ownerAt, bool fan, int fanAt, bool kept)
    {
        await using var club = await Open();
        const string openId = "oFan_1234567890123456789";
        var member = await Form(club, owner, One.AddMinutes(ownerAt));
        var follower = await club.Get<Register>()
            .Handle(new Registration { Source = "wechat", OpenId = openId, SmsConsent = fan, ConsentedAt = One.AddMinutes(fanAt) });
        Assert.NotEqual(member.MemberId, follower.MemberId);
        await Form(club, null, null, registration => registration with { OpenId = openId });
        Assert.Equal(member.MemberId, (await club.Get<Membership>().Find(follower.MemberId, default))!.MemberId);
        Assert.Equal(kept, (await Consents(club, member.MemberId)).Sms);
    }

    [Fact]
    public void What_is_kept_depends_neither_on_the_order_of_arrival_nor_on_that_of_merges()
    {
        var act = Gen.Select(Gen.Bool, Gen.Int[0, 4], Gen.Bool.Select(site => site ? "website" : "dealer"), (given, minute, source) =>
            new ConsentAct(given, One.AddMinutes(minute), source));
        var told = Gen.Select(act, Gen.Bool).Array[0, 8];
        Gen.Select(told, Gen.Int[0, 8]).Sample((acts, split) =>
        {
            static Consents Hear(Consents before, (ConsentAct Act, bool ByReply) one) =>
                one.ByReply ? before.AfterReply(one.Act) : before.AfterForm(one.Act);
            var inOrder = acts.Aggregate(new Consents(), Hear);
            var (left, right) = (acts.Take(split).Aggregate(new Consents(), Hear), acts.Skip(split).Aggregate(new Consents(), Hear));
            Assert.Equal(inOrder, acts.Reverse().Aggregate(new Consents(), Hear));
            Assert.Equal(inOrder, acts.Concat(acts).Aggregate(new Consents(), Hear));
            Assert.Equal(inOrder, left.Join(right));
            Assert.Equal(inOrder, right.Join(left));
        });
    }

    [Fact]
    public async Task What_cannot_be_read_stands_before_staff_who_say_what_it_means()
    {
        await using var club = await Open();
        var member = await Form(club, true, One);
        await Reply(club, "别吵了好吗", One.AddMinutes(1), id: "e1");
        await Reply(club, "别吵了好吗", One.AddMinutes(1), id: "e1");
        var unread = Assert.Single(await Open(club));
        Assert.Equal(("sms-reply-unread", "sms", "e1"), (unread.Code, unread.Source, unread.SourceId));
        Assert.Contains("138****8000", unread.Message, StringComparison.Ordinal);
        Assert.Contains("别吵了好吗", unread.Message, StringComparison.Ordinal);
        Assert.True((await Consents(club, member.MemberId)).Sms);

        var replies = club.Get<SmsReplyHandler>();
        Task<Stored<Rejection>?> Kept() => club.Get<Rejections>().Find(unread.Id, default).AsTask();
        Assert.Equal("sms-reply-unread", (await replies.Replay((await Kept())!, null, default))!.Code);
        Assert.Null(await replies.Replay((await Kept())!, SmsIntent.OptOut, default));
        Assert.Equal(new ConsentAct(false, One.AddMinutes(1), "staff"), (await Consents(club, member.MemberId)).LastSms);
        Assert.Empty(await Open(club));
    }

    [Fact]
    public async Task A_reply_that_means_nothing_leaves_the_list_and_changes_nothing()
    {
        await using var club = await Open();
        var member = await Form(club, true, One);
        await Reply(club, "R8 很好", One.AddMinutes(1));
        await Reply(club, "   ", One.AddMinutes(1));
        var unread = Assert.Single(await Open(club));
        Assert.Null(await club.Get<SmsReplyHandler>()
            .Replay((await club.Get<Rejections>().Find(unread.Id, default))!, SmsIntent.Other, default));
        Assert.Empty(await Open(club));
        Assert.True((await Consents(club, member.MemberId)).Sms);
    }

    [Fact]
    public async Task A_refusal_of_a_stranger_stands_before_staff_and_is_read_again_when_she_is_known()
    {
        await using var club = await Open();
        await Reply(club, "R", One.AddMinutes(1));
        await Reply(club, "TD", One.AddMinutes(1), from: "1069");
        var strange = await Open(club);
        Assert.All(strange, one => Assert.Equal("sms-reply-stranger", one.Code));
        Assert.Equal(2, strange.Count);
        var member = await Form(club, true, One.AddMinutes(2));
        foreach (var one in strange)
            await club.Get<SmsReplyHandler>().Replay((await club.Get<Rejections>().Find(one.Id, default))!, null, default);
        Assert.False((await Consents(club, member.MemberId)).Sms);
        Assert.Single(await Open(club));
    }

    [Fact]
    public async Task A_refusal_without_a_time_counts_at_once_and_a_consent_without_one_does_not()
    {
        await using var club = await Open();
        var member = await Form(club, true, One);
        await Reply(club, "R", null);
        Assert.Equal(club.Clock.GetUtcNow(), (await Consents(club, member.MemberId)).LastSms!.At);
        club.Clock.Advance(TimeSpan.FromHours(1));
        await Reply(club, "START", null);
        Assert.False((await Consents(club, member.MemberId)).Sms);
        Assert.Equal("sms-reply-unread", Assert.Single(await Open(club)).Code);
    }

    [Fact]
    public async Task A_repeat_of_a_refusal_without_a_time_undoes_no_later_consent()
    {
        await using var club = await Open();
        var member = await Form(club, true, One);
        await Reply(club, "R", null, id: "e1");
        club.Clock.Advance(TimeSpan.FromHours(1));
        await Reply(club, "START", club.Clock.GetUtcNow(), id: "e2");
        club.Clock.Advance(TimeSpan.FromHours(1));
        await Reply(club, "R", null, id: "e1");
        Assert.True((await Consents(club, member.MemberId)).Sms);
        await Reply(club, "R", null, id: "e3");
        Assert.False((await Consents(club, member.MemberId)).Sms);
    }

    [Fact]
    public async Task A_reply_of_any_size_is_kept_whole_Unicode_and_bounded()
    {
        await using var club = await Open();
        await Form(club, true, One);
        await Reply(club, "x" + string.Concat(Enumerable.Repeat("😀", 20_000)), One);
        var unread = Assert.Single(await Open(club));
        Assert.InRange(unread.Raw!.Length, 1, 4_000);
        Assert.InRange(unread.Message.Length, 1, 400);
    }
}
