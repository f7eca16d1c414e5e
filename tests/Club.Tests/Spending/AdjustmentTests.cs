using System.Text;
using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Spending;
using Club.Store;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>Points corrected by hand: with a reason, and above the limit with four eyes.</summary>
public sealed class AdjustmentTests
{
    private const string Why = "补录三月工单";
    private static readonly Caller Other = Caller.OperatorAs("李娜");

    private static async Task<Outcome<Answered<AdjustmentAnswer>>> Ask(ClubFixture club, MemberId member, decimal points, Caller? by = null,
        string? key = null, string wallet = "club", string? dealer = null) => await club.Get<Adjustments>().Ask(member,
            new AdjustmentRequest(new WalletCode(wallet), Points.Of(points), Why, dealer is null ? null : new DealerId(dealer)),
            Key(key, $"{points}"), by ?? Staff, Cancellation);

    private static Task<Outcome<Answered<AdjustmentAnswer>>> Approve(ClubFixture club, string id, Caller by, string? key = null) =>
        club.Get<Adjustments>().Approve(id, Key(key), by, Cancellation);

    [Fact]
    public async Task What_is_given_is_a_lot_of_the_wallet_s_own_terms_and_its_reason_stays_out_of_the_ledger()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        var booked = (await Ask(club, member, 300)).Value.Answer;
        Assert.Equal((AdjustmentState.Booked, Points.Of(300)), (booked.State, booked.Balance));
        var lot = Assert.Single((await club.Account(member)).Wallet(GivingClub.Club).Lots);
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2028, 3, 2), 0.01m, "hq"),
            (lot.EarnedOn, lot.LapsesOn!.Value, lot.UnitCost!.Value, Assert.Single(lot.Payers).Funder));
        var entry = Assert.Single(await club.Entries(member));
        Assert.Equal((EntryKind.Adjustment, booked.AdjustmentId), (entry.Kind, entry.Move!.Id));
        Assert.Equal([new CounterLine("funder:hq", Points.Of(-300))], entry.Counter);
        var kept = (await club.Changes()).Where(document => document.Type is "entry" or "command");
        Assert.All(kept, document => Assert.DoesNotContain(Why, Encoding.UTF8.GetString(document.Json.Span), StringComparison.Ordinal));
        Assert.Equal(Why, Assert.Single((await club.Get<Adjustments>().List(null, 50, null, Cancellation)).Items).Reason);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task What_is_taken_lapses_first_and_never_more_than_there_is()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 30);
        club.At(2026, 4, 1);
        await club.Grant(member, 30);
        var taken = (await Ask(club, member, -40)).Value.Answer;
        Assert.Equal([(30m, new DateOnly(2026, 3, 2)), (10m, new DateOnly(2026, 4, 1))], taken.Lots.Select(lot => (lot.Points.Value,
            lot.EarnedOn)));
        var lacking = (await Ask(club, member, -20.01m)).Problem!;
        Assert.Equal(("insufficient-points", 20m, 0.01m), (lacking.Code, lacking.Numbers!["available"], lacking.Numbers["missing"]));
        Assert.Equal(20, await club.Has(member));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Above_the_limit_another_person_agrees_and_nothing_is_booked_before()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        Assert.Equal(AdjustmentState.Booked, (await Ask(club, member, 1000)).Value.Answer.State);
        var asked = (await Ask(club, member, 1000.01m)).Value.Answer;
        Assert.Equal((AdjustmentState.AwaitingApproval, 1000m), (asked.State, await club.Has(member)));
        Assert.Equal(("own-request", ProblemKind.Denied), ((await Approve(club, asked.AdjustmentId, Staff)).Problem!.Code,
            (await Approve(club, asked.AdjustmentId, Staff)).Problem!.Kind));
        Assert.Equal(asked.AdjustmentId, Assert.Single((await club.Get<Adjustments>().List(AdjustmentState.AwaitingApproval, 50, null,
            Cancellation))
            .Items).AdjustmentId);
        var approved = (await Approve(club, asked.AdjustmentId, Other, "once")).Value;
        Assert.Equal((AdjustmentState.Booked, 2000.01m, "李娜"), (approved.Answer.State, await club.Has(member), approved.Answer.DecidedBy));
        Assert.Equal("李娜", (await club.Entries(member))[0].ApprovedBy);
        Assert.True((await Approve(club, asked.AdjustmentId, Other, "once")).Value.IsRepeat);
        Assert.Equal("already-decided", (await Approve(club, asked.AdjustmentId, Other)).Problem!.Code);
        Assert.Equal("already-decided", (await club.Get<Adjustments>().Refuse(asked.AdjustmentId, "否", Key(), Other, Cancellation)).Problem!.Code);
        Assert.Empty((await club.Get<Adjustments>().List(AdjustmentState.AwaitingApproval, 50, null, Cancellation)).Items);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task What_is_refused_is_never_booked()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        var asked = (await Ask(club, member, 5000)).Value.Answer;
        Assert.Equal("own-request", (await club.Get<Adjustments>().Refuse(asked.AdjustmentId, "否", Key(), Staff, Cancellation)).Problem!.Code);
        Assert.Equal(AdjustmentState.Refused,
            (await club.Get<Adjustments>().Refuse(asked.AdjustmentId, "凭证不足", Key(), Other, Cancellation)).Value.Answer.State);
        Assert.Equal("already-decided", (await Approve(club, asked.AdjustmentId, Other)).Problem!.Code);
        Assert.Equal(0, await club.Has(member));
        Assert.Equal("凭证不足", Assert.Single((await club.Get<Adjustments>().List(AdjustmentState.Refused, 50, null, Cancellation)).Items).Refusal);
        Assert.Equal("not-found", (await Approve(club, $"{member}.none", Other)).Problem!.Code);
        foreach (var id in (string[])["M0.x", ".x", "..", "../../club.db", $"{member}", $"{member}..{asked.AdjustmentId}"])
            Assert.Equal("not-found", (await Approve(club, id, Other)).Problem!.Code);
    }

    /// <summary>By what the issuer knows her, whatever she is called; the key without a name is one person, however often it
    /// calls.</summary>
    [Theory]
    [InlineData("李娜", "s1", "李娜", "s2", true)]
    [InlineData("李娜", "s1", "王伟", "s1", false)]
    [InlineData("李娜", "s1", "李娜", null, false)]
    [InlineData("李娜", null, "李娜 ", null, false)]
    [InlineData(null, null, null, null, false)]
    [InlineData(null, null, "王伟", null, true)]
    public void Another_person_is_told_by_subject_or_by_name(string? name, string? subject, string? other, string? otherSubject,
        bool isAnother) =>
        Assert.Equal(isAnother, !ActingPerson.Of(new Caller([Role.Hq], name) { Subject = subject }).IsSameAs(
            ActingPerson.Of(new Caller([Role.Hq], other) { Subject = otherSubject })));

    [Fact]
    public async Task What_was_there_when_it_was_asked_for_and_is_gone_is_not_taken()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        for (var i = 0; i < 2; i++) await club.Grant(member, 1000);
        var asked = (await Ask(club, member, -2000)).Value.Answer;
        await Ask(club, member, -500);
        Assert.Equal("insufficient-points", (await Approve(club, asked.AdjustmentId, Other)).Problem!.Code);
        await club.Grant(member, 500);
        Assert.Equal(AdjustmentState.Booked, (await Approve(club, asked.AdjustmentId, Other)).Value.Answer.State);
        Assert.Equal(0, await club.Has(member));
    }

    [Fact]
    public async Task What_is_owed_is_repaid_first()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        await club.Send(Events.Bill("A", dealerId: "D001"));
        await Ask(club, member, -4.9m);
        await club.Send(Events.Return("A"));
        Assert.NotNull((await club.Account(member)).Wallet(GivingClub.Club).Debt);
        await Ask(club, member, 10);
        var wallet = (await club.Account(member)).Wallet(GivingClub.Club);
        Assert.Null(wallet.Debt);
        Assert.Equal(5.1m, Assert.Single(wallet.Lots).Remaining.Value);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Points_that_are_good_at_their_issuer_only_are_somebody_s()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        Assert.Equal(("missing-data", "$.dealerId"), Told((await Ask(club, member, 5, wallet: "branch")).Problem!));
        Assert.Equal("unknown-dealer", (await Ask(club, member, 5, wallet: "branch", dealer: "D404")).Problem!.Code);
        Assert.True((await Ask(club, member, 5, wallet: "branch", dealer: "D002")).Succeeded);
        Assert.Equal("D002", Assert.Single((await club.Account(member)).Wallet(new WalletCode("branch")).Lots).DealerId!.Value.Value);
        Assert.Equal("insufficient-points", (await Ask(club, member, -5, wallet: "branch", dealer: "D001")).Problem!.Code);
        Assert.True((await Ask(club, member, -5, wallet: "branch")).Succeeded);
        var own = (await club.Register("13800138001", one => one with { DealerId = new DealerId("D003") })).MemberId;
        Assert.True((await Ask(club, own, 5, wallet: "branch")).Succeeded);
        Assert.Equal("D003", Assert.Single((await club.Account(own)).Wallet(new WalletCode("branch")).Lots).DealerId!.Value.Value);
        Assert.Equal(("invalid-data", "$.wallet"), Told((await Ask(club, member, 5, wallet: "clubb")).Problem!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_books_it_once(bool unanswered)
    {
        for (var writes = 0; writes < 4; writes++)
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store, rules: Rules());
            var member = (await club.Register()).MemberId;
            store.CrashAfter(writes);
            await Record.ExceptionAsync(async () =>
                await Approve(club, (await Ask(club, member, 2000, key: "ask")).Value.Answer.AdjustmentId, Other, "approve"));
            store.Recover();
            var asked = (await Ask(club, member, 2000, key: "ask")).Value.Answer;
            Assert.Equal(AdjustmentState.AwaitingApproval, asked.State);
            Assert.Equal(AdjustmentState.Booked, (await Approve(club, asked.AdjustmentId, Other, "approve")).Value.Answer.State);
            Assert.Equal(2000, await club.Has(member));
            Assert.Single(await club.Entries(member));
            await club.AllComesToNothing();
        }
    }

    [Fact]
    public async Task Sixty_four_who_agree_at_once_book_it_once()
    {
        await using var club = new ClubFixture(rules: Rules());
        var member = (await club.Register()).MemberId;
        var asked = (await Ask(club, member, 2000)).Value.Answer;
        var done = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            Approve(club, asked.AdjustmentId, Caller.OperatorAs($"同事{i}")), Cancellation)));
        Assert.Single(done, one => one.Succeeded);
        Assert.Equal(63, done.Count(one => one.Problem?.Code == "already-decided"));
        Assert.Equal(2000, await club.Has(member));
    }

    [Fact]
    public async Task Who_turns_out_to_be_another_member_takes_what_waits_along()
    {
        await using var club = new ClubFixture(rules: Rules());
        var owner = await club.Register();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        var asked = (await Ask(club, fan.MemberId, 2000)).Value.Answer;
        await Ask(club, fan.MemberId, 7);
        await club.Get<Merge>().Handle(fan.MemberId, owner.MemberId, Cancellation);
        Assert.Equal(2, (await club.Get<Adjustments>().List(null, 50, null, Cancellation)).Items.Count);
        Assert.Equal(owner.MemberId, (await Approve(club, asked.AdjustmentId, Other)).Value.Answer.MemberId);
        Assert.Equal(2007, await club.Has(owner.MemberId));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Who_is_forgotten_is_not_told_of_by_any_reason()
    {
        await using var club = new ClubFixture(rules: Rules(), keys: new MemoryStore());
        var member = (await club.Register()).MemberId;
        await Ask(club, member, 7);
        var asked = (await Ask(club, member, 2000)).Value.Answer;
        var receipt = (await club.Get<EraseMember>().Handle(member, "本人要求", Staff, Cancellation)).Value;
        Assert.Equal(2, receipt.Erased["adjustments"]);
        var left = (await club.Get<Adjustments>().List(null, 50, null, Cancellation)).Items;
        Assert.All(left, one => Assert.Null(one.Reason));
        Assert.Equal([AdjustmentState.Booked, AdjustmentState.Refused], left.Select(one => one.State).Order());
        Assert.Equal("not-found", (await Approve(club, asked.AdjustmentId, Other)).Problem!.Code);
        Assert.Empty(await club.Verify());
    }

    private static (string Code, string? Path) Told(Problem problem) => (problem.Code, problem.Path);
}
