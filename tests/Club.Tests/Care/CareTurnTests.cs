using Club.Activities;
using Club.Care;
using Club.Kernel;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Club.Tests.Joining;
using Xunit;

namespace Club.Tests.Care;

/// <summary>However many plan at once what to say to a member, she hears no more than the rule book allows.</summary>
public sealed class CareTurnTests : Flow
{
    private static readonly Programme Rules = Book.With("""
        {"careLimit":{"most":1,"days":30},
         "care":[{"occasion":"birthday","holdout":0,"template":"wish"}]}
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<MemberId> Member(ClubFixture club) => (await club.Register(with: form => form with
    {
        SmsConsent = true, Birthday = new DateOnly(1990, 3, 2),
    })).MemberId;

    private static ClubActivity Activity(string code) => new()
    {
        Code = code, Name = code, Place = "x", From = new DateTimeOffset(2026, 3, 7, 9, 0, 0, TimeSpan.FromHours(8)),
        Until = new DateTimeOffset(2026, 3, 7, 17, 0, 0, TimeSpan.FromHours(8)),
        SignUpUntil = new DateTimeOffset(2026, 3, 6, 17, 0, 0, TimeSpan.FromHours(8)),
        Budget = new ActivityBudget(Money.Zero), State = ActivityState.Open, CheckInCode = "c", Author = "A017", ChangedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task Invite(ClubFixture club, MemberId member, string code)
    {
        var profile = (await club.Store.Read<Club.Members.Profile>(member, Club.Members.Profile.Id, Cancellation))!.Value;
        var invitation = new Invitation { Activity = code, Filter = new InviteeFilter(), Text = "come", At = club.Clock.GetUtcNow(), Author = "A017" };
        await club.Get<Inviting>().Write(invitation, Activity(code), [profile], Cancellation);
    }

    private static async Task<int> Planned(ClubFixture club, MemberId member) => (await club.Store.Find(
            IndexQuery.Prefix(SmsRecord.MemberIndex, $"{member}:") with { Partition = member }, Cancellation)).Documents
        .Count(document => document.As<SmsRecord>().State != SmsState.Suppressed);

    [Fact]
    public async Task Two_invitations_at_one_instant_are_one_message()
    {
        for (var at = 1; at < 10; at++)
        {
            var store = await NewStore();
            await using var one = new ClubFixture(store: store, rules: Rules);
            var member = await Member(one);
            var between = new InterruptedStore(store);
            await using var other = new ClubFixture(store: between, rules: Rules);
            await other.Account(member);
            between.At(at, () => Invite(one, member, "drive"));
            await Invite(other, member, "picnic");
            Assert.Equal(1, await Planned(one, member));
        }
    }

    [Fact]
    public async Task An_invitation_while_her_birthday_is_planned_is_one_message()
    {
        for (var at = 1; at < 14; at++)
        {
            var store = await NewStore();
            await using var one = new ClubFixture(store: store, rules: Rules);
            var member = await Member(one);
            var between = new InterruptedStore(store);
            await using var other = new ClubFixture(store: between, rules: Rules);
            var profile = (await other.Store.Read(member, Club.Members.Profile.Id, Cancellation))!;
            between.At(at, () => Invite(one, member, "drive"));
            await other.Get<PlanCare>().Handle(profile, Cancellation);
            if (between.Calls <= at) await Invite(one, member, "drive");
            Assert.Equal(1, await Planned(one, member));
            Assert.Equal([], await one.Verify());
        }
    }

    [Fact]
    public async Task Many_hosts_at_once_stay_within_the_limit()
    {
        var store = await NewStore();
        await using var club = new ClubFixture(store: store, rules: Rules);
        var member = await Member(club);
        var hosts = Enumerable.Range(0, 4).Select(_ => new ClubFixture(store: store, rules: Rules)).ToArray();
        await Task.WhenAll(hosts.Select((host, number) => Task.Run(() => Invite(host, member, $"a{number}"))));
        Assert.Equal(1, await Planned(club, member));
        foreach (var host in hosts) await host.DisposeAsync();
    }
}
