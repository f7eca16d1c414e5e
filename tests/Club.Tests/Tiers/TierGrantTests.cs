using Club.Kernel;
using Club.Access;
using Club.Joining;
using Club.Ledger;
using Club.Store;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Tiers;

public sealed class TierGrantTests
{
    private static readonly Caller By = Caller.OperatorAs("A017");
    private static readonly GrantRequest Gold = new(new TierCode("gold"), new DateOnly(2026, 12, 31), "媒体伙伴");

    [Fact]
    public async Task A_granted_tier_is_held_at_once_and_ends_with_its_last_day()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        var answer = await Give(club, id, Gold);
        Assert.Equal((true, "gold", new GrantView(new TierCode("gold"), Gold.Until, "媒体伙伴", "A017", answer.Grant!.GrantedAt)),
            (answer.IsNew, answer.Tier, answer.Grant));

        club.At(2026, 12, 31);
        Assert.Equal(0, (await club.Sweep(TierSweep.Word)).Done);
        Assert.Equal("gold", (await club.Account(id)).Tier.Code);
        club.At(2027, 1, 3);
        Assert.Equal(1, (await club.Sweep(TierSweep.Word)).Done);
        Assert.Equal(0, (await club.Sweep(TierSweep.Word)).Done);

        var account = await club.Account(id);
        Assert.Equal((new TierState(new TierCode("ordinary"), new DateOnly(2027, 1, 1), null), null), (account.Tier, account.Grant));
        Assert.Equal(("gold", "ordinary"), (account.TierOn(new DateOnly(2026, 6, 1)), account.TierOn(new DateOnly(2027, 1, 1))));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task The_earned_tier_goes_on_underneath()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        await Give(club, id, Gold);
        await club.Send(Events.Bill(lines: [Events.Line("1", "labour", 12_000m)]));
        Assert.Equal(("gold", "green"), ((await club.Account(id)).Tier.Code, (await club.Account(id)).EarnedTier.Code));

        club.At(2027, 1, 1);
        await club.Sweep(TierSweep.Word);

        Assert.Equal(new TierState(new TierCode("green"), new DateOnly(2027, 1, 1), new DateOnly(2028, 3, 1)), (await club.Account(id)).Tier);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_tier_that_is_lost_while_it_is_granted_too_goes_on_without_a_gap()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        await club.Send(Events.Bill(time: "2026-03-01T10:00:00+08:00", lines: [Events.Line("1", "accessory", 30_000m)]));
        Assert.Equal(new TierState(new TierCode("gold"), new DateOnly(2026, 3, 2), new DateOnly(2028, 3, 1)), (await club.Account(id)).Tier);
        await Give(club, id, Gold with { Until = new DateOnly(2029, 12, 31) });

        club.At(2028, 6, 2);
        Assert.Equal(1, (await club.Sweep(TierSweep.Word)).Done);
        var account = await club.Account(id);
        Assert.Equal(("gold", new DateOnly(2026, 3, 2), "ordinary"), (account.Tier.Code, account.Tier.Since, account.EarnedTier.Code));
        Assert.Equal(new DateOnly(2030, 1, 1), account.TierDue);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_grant_can_be_given_and_taken_back_several_times_a_day()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        for (var round = 0; round < 3; round++)
        {
            var given = await Give(club, id, Gold);
            Assert.Equal((true, "gold"), (given.IsNew, given.Tier));
            var back = round == 1
                ? await Give(club, id, Gold with { Until = new DateOnly(2026, 3, 1) })
                : (await club.Get<TierGrants>().TakeBack(id, "误授", null, Caller.OperatorAs("A018"), Cancellation)).Value.Answer;
            Assert.Equal("ordinary", back.Tier);
            Assert.Null(back.Grant);
            club.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal("ordinary", (await club.Get<TierGrants>()
            .TakeBack(id, "误授", null, Caller.OperatorAs("A018"), Cancellation)).Value.Answer.Tier);

        var events = await Told(club);
        Assert.Equal(3, events.Count(told => told is { Kind: MemberEventKind.TierGranted, To: "gold", Reason: "媒体伙伴", Author: "A017" }));
        Assert.Equal(["媒体伙伴", "误授", "误授"],
            events.Where(told => told.Kind == MemberEventKind.TierGrantWithdrawn).Select(told => told.Reason).Order());
        Assert.Equal(6, events.Count(told => told.Kind == MemberEventKind.TierChanged));
        Assert.Empty(await club.Verify());
    }

    [Theory]
    [InlineData("k-1")]
    [InlineData(null)]
    public async Task A_repeated_grant_changes_nothing(string? key)
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        var first = await Give(club, id, Gold, key);
        var before = (await club.Store.Read(id, Account.Id))!.ETag;
        club.Clock.Advance(TimeSpan.FromHours(1));
        var again = await Give(club, id, Gold, key);

        Assert.Equal(first with { IsNew = false }, again);
        Assert.Equal(before, (await club.Store.Read(id, Account.Id))!.ETag);
    }

    [Fact]
    public async Task A_key_that_came_with_another_grant_is_refused()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        await Give(club, id, Gold, "k-1");
        Assert.Equal("different-content",
            (await club.Get<TierGrants>().Give(id, Gold with { Reason = "别的" }, new Command("k-1", "other"), By,
            Cancellation)).Problem?.Code);
    }

    [Theory]
    [InlineData("platinum")]
    [InlineData("ordinary")]
    public async Task A_tier_that_cannot_be_granted_is_refused(string tier)
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        Assert.Equal("unknown-tier", (await club.Get<TierGrants>()
            .Give(id, Gold with { Tier = new TierCode(tier )}, null, By, Cancellation)).Problem?.Code);
        Assert.Equal("not-found", (await club.Get<TierGrants>().Give(new MemberId("M0"), Gold, null, By, Cancellation)).Problem?.Code);
    }

    [Fact]
    public async Task A_lost_answer_does_not_grant_twice()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = new ClubFixture("skoda", store);
        var id = (await club.Register()).MemberId;
        store.Unanswered = true;
        store.CrashAfter(0);
        await Assert.ThrowsAsync<StoreException>(() => Give(club, id, Gold));
        store.Recover();

        Assert.False((await Give(club, id, Gold)).IsNew);
        Assert.Single(await Told(club), told => told.Kind == MemberEventKind.TierGranted);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_grant_goes_along_when_two_members_become_one()
    {
        await using var club = new ClubFixture("skoda");
        var owner = (await club.Register()).MemberId;
        var other = (await club.Register("13900139000")).MemberId;
        await Give(club, other, Gold);
        await club.Get<Merge>().Handle(other, owner, Cancellation);

        var account = await club.Account(owner);
        Assert.Equal(("gold", Gold.Until), (account.Tier.Code, account.Grant!.Until));
        club.At(2027, 1, 1);
        await club.Sweep(TierSweep.Word);
        Assert.Equal("ordinary", (await club.Account(owner)).Tier.Code);
        Assert.Empty(await club.Verify());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<GrantAnswer> Give(ClubFixture club, string id, GrantRequest request, string? key = null) =>
        (await club.Get<TierGrants>().Give(new MemberId(id), request, key is null ? null : new Command(key, "same"), By, Cancellation)).Value.Answer;

    private static async Task<List<MemberEvent>> Told(ClubFixture club) =>
        [.. (await club.Store.Changes(null, cancellation: Cancellation)).Documents.Where(document => document.Type == "event")
            .Select(document => document.As<MemberEvent>())];
}
