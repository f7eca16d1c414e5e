using System.Text.Json.Nodes;
using Club.Access;
using Club.Benefits;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Sqlite;
using Club.Store;
using Xunit;

namespace Club.Tests.Benefits;

public sealed class MemberBenefitsTests
{
    private const string Phone = "13800138000";

    /// <summary>A gold member who may have two washes a year, one of them a year later, and free parking.</summary>
    private static async Task<(ClubFixture Club, string Id)> Gold(IClubStore? store = null)
    {
        var file = Book.File();
        file["tiers"]![1]!["validityMonths"] = 24;
        file["tiers"]![1]!["criteria"]!["windowMonths"] = 24;
        file.Remove("dealers");
        file["benefits"] = JsonNode.Parse("""
            [{"code":"wash","name":"免费洗车","tiers":["gold"],"count":2,"per":"year","carryOver":1},{"code":"parking","name":"免费停车","tiers":["gold"]},
             {"code":"tea","name":"茶","tiers":["ordinary"],"count":1,"per":"month"}]
            """);
        var club = new ClubFixture(rules: Book.Read(file), store: store);
        var id = (await club.Register(Phone)).MemberId;
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 10_000m)]));
        Assert.Equal("gold", (await club.Account(id)).Tier.Code);
        return (club, id);
    }

    [Fact]
    public async Task Entitlements_are_issued_used_one_by_one_and_then_refused()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        var first = (await Use(club, id, "k1")).Value;
        Assert.Equal(("wash", "k1", "D021", 1, true), (first.Code, first.Key, first.DealerId?.Value, first.Left, first.IsNew));
        Assert.Equal(new EntitlementPeriod(new(2026, 1, 1), new(2026, 12, 31)), first.Period);
        Assert.Equal(0, (await Use(club, id, "k2")).Value.Left);

        Assert.Equal("no-entitlement-left", (await Use(club, id, "k3")).Problem?.Code);
        Assert.Equal([("wash", 2, 0, 2, 0), ("parking", null, null, null, null)],
            (await Items(club, id)).Select(item => (item.Code, item.Issued, item.Carried, item.Used, item.Left)));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_repeated_key_counts_once_and_gets_the_same_answer()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        var first = (await Use(club, id, "k1")).Value;
        await Use(club, id, "k2");
        club.At(2027, 1, 5);

        Assert.Equal(first with { IsNew = false }, (await Use(club, id, "k1")).Value);
        Assert.Equal("different-content", (await Use(club, id, "k1", dealerId: "D022")).Problem?.Code);
        Assert.Equal(0, (await Items(club, id))[0].Used);
    }

    [Fact]
    public async Task The_unused_one_is_good_in_the_next_year_and_lapses_after_it()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        await Use(club, id, "k1");
        club.At(2027, 6, 1);
        Assert.Equal((2, 1, 0, 3), Numbers((await Items(club, id))[0]));
        await Use(club, id, "k2");
        Assert.Equal((2, 1, 1, 2), Numbers((await Items(club, id))[0]));
        club.At(2028, 1, 1);
        Assert.Equal((2, 1, 0, 3), Numbers((await Items(club, id))[0]));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task The_loss_of_the_tier_ends_the_entitlement_even_before_the_sweep()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        await club.Send(Events.Return());
        club.At(2028, 3, 1);
        Assert.Equal(2, (await Items(club, id)).Count);
        club.At(2028, 3, 2);
        Assert.Equal("gold", (await club.Account(new MemberId(id))).Tier.Code);
        Assert.Equal("tea", Assert.Single(await Items(club, id)).Code);

        Assert.Equal("not-entitled", (await Use(club, id, "k1")).Problem?.Code);
        Assert.Equal("ordinary", (await club.Account(new MemberId(id))).Tier.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_right_is_used_without_end()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        for (var i = 0; i < 5; i++) Assert.Null((await Use(club, id, $"p{i}", "parking")).Value.Left);
        Assert.Null(await club.Store.Read(id, BenefitState.Id, Cancellation));
    }

    [Theory]
    [InlineData("wash", "M0", null, "not-found")]
    [InlineData("nothing", null, null, "not-found")]
    [InlineData("tea", null, null, "not-entitled")]
    public async Task What_cannot_be_used_is_refused(string benefit, string? member, string? dealer, string code)
    {
        var (club, id) = await Gold();
        await using var _ = club;
        Assert.Equal(code, (await Use(club, member ?? id, "k1", benefit, dealer)).Problem?.Code);
    }

    [Fact]
    public async Task A_dealer_that_the_programme_does_not_know_is_refused()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        Assert.Equal("unknown-dealer", (await Use(club, id, "k1", "points-mall", "D999")).Problem?.Code);
    }

    [Fact]
    public async Task Many_desks_at_once_use_no_more_than_there_are()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(desk => Task.Run(() => Use(club, id, $"k{desk}"), Cancellation)));

        Assert.Equal([0, 1], answers.Where(answer => answer.Succeeded).Select(answer => answer.Value.Left!.Value).Order());
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal("no-entitlement-left", answer.Problem!.Code));
        Assert.Equal((2, 0, 2, 0), Numbers((await Items(club, id))[0]));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Many_desks_at_once_use_no_more_than_there_are_in_a_file_either()
    {
        using var directory = new TempDirectory();
        await using var store = SqliteClubStore.Open(Path.Combine(directory.Path, "club.db"));
        var (club, id) = await Gold(store);
        await using var _ = club;
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(desk => Task.Run(() => Use(club, id, $"k{desk}"), Cancellation)));

        Assert.Equal(2, answers.Count(answer => answer.Succeeded));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task One_key_sent_many_times_at_once_counts_once()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Use(club, id, "k1"), Cancellation)));

        Assert.Single(answers, answer => answer.Value.IsNew);
        Assert.Single(answers.Select(answer => answer.Value with { IsNew = true }).Distinct());
        Assert.Equal((2, 0, 1, 1), Numbers((await Items(club, id))[0]));
    }

    [Fact]
    public async Task A_lost_answer_does_not_use_twice()
    {
        var store = new CrashingStore(new MemoryStore());
        var (club, id) = await Gold(store);
        await using var _ = club;
        store.Unanswered = true;
        store.CrashAfter(0);
        await Assert.ThrowsAsync<StoreException>(() => Use(club, id, "k1"));
        store.Recover();

        var used = (await Use(club, id, "k1")).Value;
        Assert.Equal((1, false), (used.Left, used.IsNew));
        Assert.Equal((2, 0, 1, 1), Numbers((await Items(club, id))[0]));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_use_that_was_a_mistake_is_taken_back_once()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        await Use(club, id, "k1");
        await Use(club, id, "k2");
        var undone = (await Undo(club, id, "k1")).Value;

        Assert.Equal(1, undone.Left);
        Assert.Equal(undone, (await Undo(club, id, "k1")).Value);
        Assert.Equal((2, 0, 1, 1), Numbers((await Items(club, id))[0]));
        Assert.Equal("use-undone", (await Use(club, id, "k1")).Problem?.Code);
        Assert.Equal("not-found", (await Undo(club, id, "k9")).Problem?.Code);
        Assert.Equal(0, (await Use(club, id, "k3")).Value.Left);
        var told = (await club.Store.Read<BenefitUse>(id, BenefitUse.UndoOf("wash", "k1"), Cancellation))!.Value;
        Assert.Equal((true, "误扫", "A017"), (told.IsUndo, told.Reason, told.Author));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_use_of_a_period_that_is_over_gives_nothing_now_but_what_is_carried_over()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        await Use(club, id, "k1");
        await Use(club, id, "k2");
        club.At(2027, 1, 1);
        Assert.Equal((2, 0, 0, 2), Numbers((await Items(club, id))[0]));

        Assert.Null((await Undo(club, id, "k2")).Value.Left);
        Assert.Equal((2, 1, 0, 3), Numbers((await Items(club, id))[0]));
    }

    [Fact]
    public async Task Uses_go_along_when_two_members_become_one()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        var other = (await club.Register("13900139000")).MemberId;
        await club.Send(Events.Bill("B2", "13900139000", lines: [Events.Line("1", "parts", 10_000m)]));
        await Use(club, other, "k1");
        await Use(club, other, "k2");
        await Undo(club, other, "k2");
        await Use(club, id, "k3");
        await club.Get<Merge>().Handle(other, new MemberId(id), Cancellation);
        var merged = (await club.Store.Read<Account>(other, Account.Id, Cancellation))!.Value;
        foreach (var part in club.Get<IEnumerable<IMovesOnMerge>>()) await part.AfterEntries(merged, new MemberId(id), Cancellation);

        Assert.Equal((2, 0, 2, 0), Numbers((await Items(club, id))[0]));
        Assert.False((await Use(club, other, "k1")).Value.IsNew);
        Assert.Equal("use-undone", (await Use(club, id, "k2")).Problem?.Code);
        Assert.Equal("no-entitlement-left", (await Use(club, other, "k4")).Problem?.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_count_without_its_uses_is_found()
    {
        var (club, id) = await Gold();
        await using var _ = club;
        await Use(club, id, "k1");
        var state = (await club.Store.Read<BenefitState>(id, BenefitState.Id, Cancellation))!;
        await club.Store.Commit(id, [(state.Value with { Counts = [state.Value.Counts[0] with { Used = 0 }] }).ToReplace(state.ETag)],
            Cancellation);
        Assert.Contains("0 of benefit wash count as used since 2026-01-01, the uses are 1", Assert.Single(await club.Verify()),
            StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Outcome<BenefitUsed>> Use(ClubFixture club, string id, string key, string benefit = "wash",
        string? dealerId = "D021") =>
        club.Get<MemberBenefits>().Use(new MemberId(id), benefit, key,
            dealerId is null ? null : new DealerId(dealerId), Caller.Operator, Cancellation);

    private static Task<Outcome<BenefitUndone>> Undo(ClubFixture club, string id, string key) =>
        club.Get<MemberBenefits>().Undo(new MemberId(id), "wash", key, "误扫", Caller.OperatorAs("A017"), Cancellation);

    private static async Task<IReadOnlyList<Entitlement>> Items(ClubFixture club, string id) =>
        (await club.Get<MemberBenefits>().List(new MemberId(id), Caller.Operator, Cancellation))!;

    private static (int?, int?, int?, int?) Numbers(Entitlement entitlement) =>
        (entitlement.Issued, entitlement.Carried, entitlement.Used, entitlement.Left);
}
