using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Partners;
using Club.Spending;
using Club.Store;
using Club.Tiers;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>What was done with a key before two members became one is not done again after.</summary>
public sealed class MergedCommandTests
{
    /// <summary>Each kind of command, by what its repeat must not do again: it is told whose id to ask with, and answers as text.</summary>
    private static readonly Dictionary<string, Func<ClubFixture, Scene, Task<(string Answer, bool IsRepeat)>>> Kinds = new()
    {
        ["redeem"] = async (club, scene) => Told(await club.Get<Redemptions>().Redeem(scene.Fan, Bill(false), Same("redeem"), Staff, default)),
        ["hold"] = async (club, scene) => Told(await club.Get<Redemptions>().Redeem(scene.Fan, Bill(true), Same("hold"), Staff, default)),
        ["confirm"] = async (club, scene) => Told(await club.Get<Redemptions>().Confirm(scene.Held, Same("confirm"), Staff, default)),
        ["cancel"] = async (club, scene) => Told(await club.Get<Redemptions>().Cancel(scene.Undone, "x", Same("cancel"), Staff, default)),
        ["refund"] = async (club, scene) => Told(await club.Get<Redemptions>().Refund(scene.Spent, new RefundRequest(Points.Of(5), "x"), Same("refund"), Staff, default)),
        ["donate"] = async (club, scene) => Told(await club.Get<Donations>().Donate(scene.Fan, new DonationRequest("hope-school", Points.Of(10), null), Same("donate"), Staff, default)),
        ["transfer"] = async (club, scene) => Told(await club.Get<PointTransfers>().Give(scene.Fan, Wish($$"""{"cardNumber":"{{scene.Friend.CardNumber}}"}""", 20), Same("transfer"), Staff, default)),
        ["exchange"] = async (club, scene) => Told(await club.Get<Exchanges>().Exchange(scene.Fan,
            new ExchangeRequest("air", ExchangeDirection.Out, Points.Of(10), "R1", null), Same("exchange"), Staff, default)),
        ["adjust"] = async (club, scene) => Told(await club.Get<Adjustments>().Ask(scene.Fan, Adjustment(7), Same("adjust"), Staff, default)),
        ["approve"] = async (club, scene) => Told(await club.Get<Adjustments>().Approve(scene.Asked, Same("approve"), Caller.OperatorAs("李娜"), default)),
        ["refuse"] = async (club, scene) => Told(await club.Get<Adjustments>().Refuse(scene.Doubted, "x", Same("refuse"), Caller.OperatorAs("李娜"), default)),
        ["grant"] = async (club, scene) => Told(await club.Get<TierGrants>().Give(scene.Fan,
            new GrantRequest(club.Programme.Tiers[^1].Code, new DateOnly(2026, 12, 31), "x"), Same("grant"), Staff)),
    };

    private sealed record Scene(MemberId Fan, MemberId Owner, Registered Friend, string Held, string Undone, string Spent, string Asked, string Doubted);

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_repeat_is_answered_as_before_however_many_merges_lie_between(string kind)
    {
        await using var club = new ClubFixture(rules: Rules());
        var scene = await Set(club);
        var first = await Kinds[kind](club, scene);
        Assert.False(first.IsRepeat);
        var entries = (await club.Entries(scene.Fan)).Count;

        await club.Get<Merge>().Handle(scene.Fan, scene.Owner, default);
        Assert.Equal((first.Answer, true), await Kinds[kind](club, scene));
        Assert.Equal(entries, (await club.Entries(scene.Owner)).Count);

        await club.Get<Merge>().Handle(scene.Owner, scene.Friend.MemberId, default);
        Assert.Equal((first.Answer, true), await Kinds[kind](club, scene));
        Assert.Empty(await club.Verify());
    }

    /// <summary>Also while the merge goes on, wherever it stands.</summary>
    [Fact]
    public async Task A_repeat_in_the_middle_of_a_merge_books_nothing()
    {
        for (var call = 1; ; call++)
        {
            var store = new Joining.InterruptedStore(new MemoryStore());
            await using var club = new ClubFixture(rules: Rules(), store: store.Inner);
            await using var slow = new ClubFixture(rules: Rules(), store: store);
            var scene = await Set(club);
            var first = await Kinds["redeem"](club, scene);
            var before = await club.Has(scene.Fan);
            (string Answer, bool IsRepeat)? again = null;
            store.At(call, async () =>
            {
                var repeat = await club.Get<Redemptions>().Redeem(scene.Fan, Bill(false), Same("redeem"), Staff, default);
                again = repeat.Problem?.Code == "being-merged" ? (first.Answer, true) : Told(repeat);
            });
            await slow.Get<Merge>().Handle(scene.Fan, scene.Owner, default);
            if (again is null) return;
            Assert.Equal((first.Answer, true), again);
            Assert.Equal(before, await club.Has(scene.Owner));
            Assert.Empty(await club.Verify());
        }
    }

    private static async Task<Scene> Set(ClubFixture club)
    {
        await club.Get<PartnerBook>().Name("air", "航空公司", Staff, default);
        await club.Get<PartnerBook>().Agree("air", WishOf.Read("""
            {"from":"2026-03-02","to":"2026-12-31","billing":"onIssue","pricePerPoint":0.02,"redeemsAt":0.01,"exchange":{"in":0.5,"out":0.5} }
            """, PartnerRequests.ReadAgreement).Value, Staff, default);
        var (owner, friend) = (await club.Register("13900139000"), await club.Register("13700137000"));
        var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-1" })).MemberId;
        await club.Grant(fan, 500);
        async Task<string> Redeem(bool hold) =>
            (await club.Get<Redemptions>().Redeem(fan, Bill(hold), Key(), Staff, default)).Value.Answer.RedemptionId;
        async Task<string> Ask() => (await club.Get<Adjustments>().Ask(fan, Adjustment(2000), Key(), Staff, default)).Value.Answer.AdjustmentId;
        return new Scene(fan, owner.MemberId, friend, await Redeem(true), await Redeem(true), await Redeem(false), await Ask(), await Ask());
    }

    private static RedemptionRequest Bill(bool hold) => new(GivingClub.Club, Points.Of(10),
        new SpentFor(SpentKind.Bill, Money.Of(700), new DealerId("D001"), Reference: "WO-1"), hold);

    private static AdjustmentRequest Adjustment(decimal points) => new(GivingClub.Club, Points.Of(points), "补录", null);

    private static Command Same(string key) => new(key, "x");

    private static (string, bool) Told<T>(Outcome<Answered<T>> outcome) => outcome.Problem is { } problem ? (problem.Message, false)
        : (System.Text.Json.JsonSerializer.Serialize(outcome.Value.Answer, ClubJson.Answers), outcome.Value.IsRepeat);
}
