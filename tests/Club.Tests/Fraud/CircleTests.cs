using Club.Access;
using Club.Fraud;
using Club.Joining;
using Club.Kernel;
using Club.Programmes;
using Club.Referrals;
using Club.Identity;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Fraud;

/// <summary>Members who named each other, one the next, until the last names the first.</summary>
public sealed class CircleTests
{
    private static readonly Caller Finance = new([Role.Finance], "王审");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, "hold", true)]
    [InlineData(5, "hold", true)]
    [InlineData(5, "note", false)]
    public async Task The_reward_that_closes_a_circle_is_in_doubt_and_no_other(int length, string severity, bool waits)
    {
        await using var club = Club(severity);
        var members = await Chain(club, length);
        Assert.Empty(await Open(club));
        await Refer(club, members, length - 1, 0);
        var found = await Open(club);
        Assert.Equal(new[] { members[0], members[^1] }.Order(), found.Select(one => one.MemberId).Order());
        foreach (var finding in found.Select(one => Assert.Single(one.Findings)))
        {
            Assert.Equal((CheckKind.ReferralCircle, length), (finding.Kind, finding.Now!.Value));
            Assert.Equal(members, finding.Circle);
        }
        var last = found.Single(one => one.MemberId == members[^1]);
        // As the last of the chain she was rewarded for buying; for naming the first she waits.
        Assert.Equal(waits ? Points.Of(5) : Points.Of(15), await Available(club, members[^1]));
        var decided = await club.Get<FraudDesk>().Clear(last.SuspicionId, "查无异常", new Command("k1", "c"), Finance, Cancellation);
        Assert.Equal(SuspicionState.Cleared, decided.Value.Answer.State);
        Assert.Equal(Points.Of(15), await Available(club, members[^1]));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_circle_found_false_takes_the_reward_back_and_the_car_may_still_be_returned()
    {
        await using var club = Club("hold");
        var members = await Chain(club, 3);
        await Refer(club, members, 2, 0);
        foreach (var one in await Open(club))
            Assert.True((await club.Get<FraudDesk>().Confirm(one.SuspicionId, "循环", new Command(one.SuspicionId, "c"), Finance, Cancellation)).Succeeded);
        Assert.Equal(Points.Of(5), await Available(club, members[2]));
        await club.Send(Events.Return("S-2-0", "R-1", null));
        await club.Sweep("follow");
        await club.Sweep("follow");
        Assert.Equal(Points.Of(5), await Available(club, members[2]));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task A_longer_circle_than_is_looked_for_is_none()
    {
        await using var club = Club("hold");
        var members = await Chain(club, 6);
        await Refer(club, members, 5, 0);
        Assert.Empty(await Open(club));
    }

    [Fact]
    public async Task Who_joined_by_a_card_was_named_too_and_a_merge_leaves_the_circle_closed()
    {
        await using var club = Club("hold");
        var first = (await club.Register(Phone(0))).MemberId;
        var card = (await club.Get<Membership>().Find(first, Cancellation))!.CardNumber;
        var second = (await club.Register(Phone(1), form => form with { ReferrerCard = card })).MemberId;
        var (third, other) = ((await club.Register(Phone(2))).MemberId, (await club.Register(Phone(7))).MemberId);
        List<MemberId> members = [first, second, third];
        await Refer(club, members, 1, 2);
        await club.Get<Merge>().Handle(third, other, Cancellation);
        members[2] = other;
        await Refer(club, members, 2, 0);
        Assert.All(await Open(club), one => Assert.Equal(members, Assert.Single(one.Findings).Circle));
        Assert.Equal(2, (await Open(club)).Count);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public void A_circle_cannot_be_refused()
    {
        var wrong = Assert.Throws<ProgrammeException>(() => Rules("refuse"));
        Assert.Contains("a reward is not sent again", wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>Each names the next, who buys.</summary>
    private static async Task<IReadOnlyList<MemberId>> Chain(ClubFixture club, int length)
    {
        var members = new List<MemberId>();
        for (var i = 0; i < length; i++) members.Add((await club.Register(Phone(i))).MemberId);
        for (var i = 0; i + 1 < length; i++) await Refer(club, members, i, i + 1);
        return members;
    }

    private static async Task Refer(ClubFixture club, IReadOnlyList<MemberId> members, int from, int to)
    {
        var phone = PhoneNumber.Parse(Phone(to)).Value;
        Assert.True((await club.Get<ReferralDesk>().Report(members[from], new ReferralRequest(phone, null, null, null), Caller.Operator, Cancellation)).Succeeded);
        club.Clock.Advance(TimeSpan.FromHours(1));
        await club.Send(Events.Bill($"S-{from}-{to}", Phone(to), time: $"{club.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}",
            lines: [Events.Line("1", "vehicle", 150_000m, "明锐")]));
        await club.Sweep("follow");
        await club.Sweep("follow");
    }

    private static string Phone(int i) => $"1380013800{i}";

    private static async Task<Points> Available(ClubFixture club, MemberId member) =>
        (await club.Account(member)).Available(club.Programme.DefaultWallet.Code, new DateOnly(2026, 3, 3));

    private static ClubFixture Club(string severity) => new(rules: Rules(severity));

    private static Programme Rules(string severity) => Book.With($$$"""
        {"checks":[{"id":"circle","kind":"referralCircle","severity":"{{{severity}}}","most":5}],
         "referrals":{"validDays":180},
         "earning":[{"id":"named","when":{"category":["referral"]},"award":{"fixed":10,"per":"transaction"}},
                    {"id":"bought","when":{"category":["referred"]},"award":{"fixed":5,"per":"transaction"}}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D021-D022"]}]}}
        """);

    private static async Task<IReadOnlyList<SuspicionView>> Open(ClubFixture club) =>
        (await club.Get<FraudDesk>().List(SuspicionState.Open, null, 50, null, Cancellation)).Items;
}
