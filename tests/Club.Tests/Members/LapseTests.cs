using Club.Access;
using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Xunit;
using static Club.Tests.Members.LapseClub;

namespace Club.Tests.Members;

/// <summary>Who is not seen for as long as the rules say is no member any more, and is one again by whatever she does.</summary>
public sealed class LapseTests : Flow
{
    private Task<ClubFixture> Open() => Open("foton", Book.With(Rules));

    [Fact]
    public async Task A_member_lapses_on_the_day_and_keeps_card_points_and_history()
    {
        await using var club = await Open();
        var member = await Lived(club);
        var (entries, balance) = ((await club.Entries(member.MemberId)).Select(entry => entry.Hash).ToArray(), await club.Balance(member.MemberId));
        club.At(2027, 3, 1, 23, 59);
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        club.At(2027, 3, 2, 0, 1);
        Assert.Equal((1, 0), await club.Sweep(LapseSweep.Word));
        var told = await Acts(club, member.MemberId);
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));

        Assert.Equal("joined lapsed", told);
        Assert.Equal(told, await Acts(club, member.MemberId));
        var lapsed = await Profile(club, Phone);
        Assert.Equal((MemberStatus.Lapsed, member.CardNumber, "王小明"), (lapsed.Status, lapsed.CardNumber, lapsed.Name));
        Assert.Equal(entries, (await club.Entries(member.MemberId)).Select(entry => entry.Hash));
        Assert.Equal(balance, await club.Balance(member.MemberId));
        Assert.Equal(member.MemberId, Assert.Single(await Found(club, "lapsed")));
        Assert.Empty(await Found(club, "member"));
        Assert.Equal((0, 1), await Counted(club));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Whoever_was_active_since_is_looked_at_again_when_that_is_as_long_ago()
    {
        await using var club = await Open();
        var member = await Lived(club);
        club.At(2026, 9, 10);
        await club.Send(Bill("B-2", "2026-09-10"));
        // What is heard of late says when it happened.
        await club.Send(Bill("B-3", "2026-05-10"));
        club.At(2027, 3, 2);
        Assert.Equal((1, 0), await club.Sweep(LapseSweep.Word));
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        Assert.Equal(MemberStatus.Member, (await Profile(club, Phone)).Status);
        club.At(2027, 9, 9);
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        club.At(2027, 9, 10);
        Assert.Equal((1, 0), await club.Sweep(LapseSweep.Word));
        Assert.Equal(MemberStatus.Lapsed, (await Profile(club, Phone)).Status);
        Assert.Equal("joined lapsed", await Acts(club, member.MemberId));
    }

    [Fact]
    public async Task A_form_that_tells_something_new_shows_that_she_is_here_and_the_same_form_again_does_not()
    {
        await using var club = await Open();
        await Lived(club);
        club.At(2026, 12, 1);
        await club.Register(Phone, form => form with { Name = "王小明" });
        Assert.Equal(new DateOnly(2026, 3, 2), (await Profile(club, Phone)).SeenOn);
        await club.Register(Phone, form => form with { City = "北京" });
        club.At(2027, 3, 2);
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        club.At(2027, 12, 1);
        Assert.Equal((1, 0), await club.Sweep(LapseSweep.Word));
        Assert.Equal(MemberStatus.Lapsed, (await Profile(club, Phone)).Status);
    }

    /// <summary>An account of before the last activity was kept has its entries.</summary>
    [Fact]
    public async Task Documents_from_before_it_was_kept_tell_by_what_they_have()
    {
        await using var club = await Open();
        var member = await Lived(club);
        club.At(2026, 9, 10);
        await club.Send(Bill("B-2", "2026-09-10"));
        var (profile, account) = ((await club.Store.Read<Profile>(member.MemberId, Club.Members.Profile.Id, Cancellation))!,
            (await club.Store.Read<Account>(member.MemberId, Account.Id, Cancellation))!);
        await club.Store.Commit(member.MemberId, [(profile.Value with { SeenOn = null }).ToReplace(profile.ETag),
            (account.Value with { ActiveOn = null }).ToReplace(account.ETag)], Cancellation);
        await club.Send(Bill("B-3", "2026-05-10"));
        Assert.Null((await club.Account(member.MemberId)).ActiveOn);
        club.At(2027, 9, 9);
        await club.Sweep(LapseSweep.Word);
        Assert.Equal((MemberStatus.Member, new DateOnly(2026, 9, 10)), (await Profile(club, Phone)) is var one ? (one.Status, one.SeenOn) : default);
        club.At(2027, 9, 10);
        await club.Sweep(LapseSweep.Word);
        Assert.Equal(MemberStatus.Lapsed, (await Profile(club, Phone)).Status);
        Assert.Empty(await club.Verify());
    }

    public static TheoryData<string> Ways => ["transaction", "form", "follow", "correction", "newPhone"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whatever_she_does_makes_her_a_member_again_and_she_is_not_welcomed_twice(string way)
    {
        await using var club = await Open();
        var member = await Lived(club);
        club.At(2027, 6, 1);
        await club.Sweep(LapseSweep.Word);
        club.At(2027, 6, 2);
        await Do(club, member.MemberId, way);

        var back = (await club.Get<Membership>().Find(member.MemberId, Cancellation))!;
        Assert.Equal((MemberStatus.Member, null, new DateOnly(2027, 6, way == "transaction" ? 1 : 2), member.CardNumber), (back.Status, back.LapsedAt, back.SeenOn, back.CardNumber));
        Assert.Equal("joined lapsed returned", await Acts(club, member.MemberId));
        Assert.Equal((1, 1), await Counted(club));
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal("birthday:2026 welcome", await Messages(club, member.MemberId));
        // By one thing more she is found to be here, and what waited at the account is done with.
        await club.Send(Bill("B-9", "2027-06-02"));
        Assert.Null((await club.Account(member.MemberId)).Lapsed);
        club.At(2028, 6, 2);
        await club.Sweep(LapseSweep.Word);
        Assert.Equal("joined lapsed returned lapsed", await Acts(club, member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task What_happened_too_long_ago_a_return_a_repeat_and_staff_bring_nobody_back()
    {
        await using var club = await Open();
        var member = await Lived(club);
        club.At(2027, 6, 1);
        await club.Sweep(LapseSweep.Word);
        await club.Send(Bill("B-OLD", "2026-05-31"), Bill("B-1", "2026-03-02"), Events.Return("B-1", "R-1"));
        await club.Get<CorrectMember>().Handle(member.MemberId, City, Caller.OperatorAs("A017"), Cancellation);
        await club.Get<ChangeConsent>().Handle(member.MemberId, false, Caller.OperatorAs("A017"), Cancellation);
        Assert.Equal(MemberStatus.Lapsed, (await Profile(club, Phone)).Status);
        Assert.Equal("joined lapsed", await Acts(club, member.MemberId));
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Bill("B-LATE", "2026-06-02"))).Fate);
        Assert.Equal(MemberStatus.Member, (await Profile(club, Phone)).Status);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Who_left_is_forgotten_or_merged_never_lapses()
    {
        await using var club = new ClubFixture(store: await NewStore(), rules: Book.With(Rules), keys: new MemoryStore());
        var left = (await Follow(club, "o-left")).MemberId;
        await club.Get<Membership>().LeaveWeChat("o-left", club.Clock.GetUtcNow().AddMinutes(1), Cancellation);
        var gone = (await club.Register("13900139000")).MemberId;
        await club.Get<EraseMember>().Handle(gone, "本人申请", Caller.OperatorAs("A017"), Cancellation);
        var fan = (await Follow(club, "o-fan")).MemberId;
        await club.Register(Phone, form => form with { OpenId = "o-fan" });
        club.At(2027, 2, 1);
        await club.Send(Bill("B-1", "2027-02-01"));
        club.At(2027, 6, 1);
        await club.Sweep(LapseSweep.Word);
        foreach (var member in (MemberId[])[left, gone, fan])
            Assert.DoesNotContain("lapsed", await Acts(club, member), StringComparison.Ordinal);
        Assert.Equal(MemberStatus.Member, (await Profile(club, Phone)).Status);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_follower_who_lapsed_and_turns_away_has_left_and_may_come_back()
    {
        await using var club = await Open();
        var fan = (await Follow(club, "o-fan")).MemberId;
        var unfollowed = new DateTimeOffset(2027, 2, 20, 12, 0, 0, TimeSpan.FromHours(8));
        club.At(2027, 6, 1);
        await club.Sweep(LapseSweep.Word);
        // It is heard of after she lapsed, and so is that she was back before that.
        Assert.True(await club.Get<Membership>().LeaveWeChat("o-fan", unfollowed, Cancellation));
        Assert.Equal((0, 1), await Counted(club));
        await Follow(club, "o-fan", unfollowed.AddDays(1));
        Assert.Equal("joined lapsed left returned", await Acts(club, fan));
        Assert.Equal((1, 1), await Counted(club));
        Assert.Empty(await club.Verify());
    }

    [Theory]
    [InlineData(true, true, MemberStatus.Member)]
    [InlineData(false, true, MemberStatus.Member)]
    [InlineData(true, false, MemberStatus.Member)]
    [InlineData(false, false, MemberStatus.Lapsed)]
    public async Task Of_two_who_are_one_the_survivor_is_a_member_when_either_is(bool ownerIsHere, bool fanIsHere, MemberStatus expected)
    {
        await using var club = await Open();
        var owner = await Lived(club);
        var fan = (await Follow(club, "o-fan")).MemberId;
        await club.Send(Events.Bill("F-1", dealerId: "D001", member: new { openId = "o-fan" }, lines: [Events.Line("1", "parts", 100m)]));
        club.At(2027, 3, 1);
        if (ownerIsHere) await club.Send(Bill("B-2", "2027-03-01"));
        if (fanIsHere) await club.Send(Events.Bill("F-2", dealerId: "D001", time: "2027-03-01T10:00:00+08:00", member: new { openId = "o-fan" }));
        club.At(2027, 6, 1);
        await club.Sweep(LapseSweep.Word);
        await club.Get<Merge>().Handle(fan, owner.MemberId, Cancellation);
        Assert.Equal(expected, (await Profile(club, Phone)).Status);
        Assert.Equal((expected == MemberStatus.Member ? 1 : 0, (ownerIsHere ? 0 : 1) + (fanIsHere ? 0 : 1)), await Counted(club));
        Assert.Empty(await club.Verify());
        await club.Send(Bill("B-3", "2027-06-01"));
        Assert.Equal(MemberStatus.Member, (await Profile(club, Phone)).Status);
    }

    [Fact]
    public async Task A_shorter_time_reaches_those_it_is_over_for_and_without_one_nobody_lapses()
    {
        await using var club = new ClubFixture(store: await NewStore(), rules: Book.Read(Version("1", "2026-01-01", null)));
        var members = new List<MemberId>();
        for (var month = 3; month <= 8; month++)
        {
            club.At(2026, month, 2);
            members.Add((await club.Register($"1380013800{month}")).MemberId);
        }
        club.At(2027, 1, 1);
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        await club.Publish(Version("2", "2027-01-02", 8));
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        club.At(2027, 1, 2);
        // Those of March, April and May; the others are not even looked at.
        Assert.Equal((3, 0), await club.Sweep(LapseSweep.Word));
        await club.Publish(Version("3", "2027-01-03", 6));
        club.At(2027, 1, 3);
        Assert.Equal((2, 0), await club.Sweep(LapseSweep.Word));
        await club.Publish(Version("4", "2027-01-04", null));
        club.At(2029, 1, 4);
        Assert.Equal((0, 0), await club.Sweep(LapseSweep.Word));
        Assert.Equal(5, (await Found(club, "lapsed")).Count);
        // Whatever is booked brings back, where nobody lapses any more.
        await club.Send(Events.Bill("B-1", "13800138003", dealerId: "D001", time: "2026-04-02T10:00:00+08:00"));
        Assert.Equal(members[5..].Append(members[0]).Order(), (await Found(club, "member")).Order());
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Who_lapsed_hears_of_points_that_end_and_of_nothing_else()
    {
        await using var club = await Open();
        var member = await Lived(club);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        for (var day = new DateOnly(2027, 3, 1); day <= new DateOnly(2028, 4, 1); day = day.AddDays(1))
        {
            club.At(day.Year, day.Month, day.Day);
            Assert.Equal(0, (await club.Sweep(LapseSweep.Word, CareSweep.Word, SmsSweep.Word, PointsSweep.Word)).Failed);
        }
        Assert.Equal("birthday:2026 pointsExpiring:2028-03-02:30 welcome", await Messages(club, member.MemberId));
        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        // What was missed is not made up for; the next one is said.
        club.At(2028, 4, 2);
        await club.Send(Bill("B-2", "2028-04-02"));
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal("birthday:2026 pointsExpiring:2028-03-02:30 welcome", await Messages(club, member.MemberId));
        club.At(2029, 3, 2);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Contains("birthday:2029", await Messages(club, member.MemberId), StringComparison.Ordinal);
    }

    /// <summary>A birthday wish that waits for the morning.</summary>
    [Fact]
    public async Task A_wish_that_was_planned_before_she_lapsed_is_not_sent()
    {
        await using var club = await Open();
        var member = await club.Register(Phone, form => form with { SmsConsent = true, Birthday = new DateOnly(1990, 3, 2) });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        club.At(2027, 3, 2, 2);
        await club.Sweep(CareSweep.Word, SmsSweep.Word, LapseSweep.Word);
        club.At(2027, 3, 2);
        await club.Sweep(SmsSweep.Word);
        Assert.DoesNotContain("birthday:2027", await Messages(club, member.MemberId), StringComparison.Ordinal);
    }
}
