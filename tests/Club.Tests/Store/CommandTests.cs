using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Xunit;

namespace Club.Tests.Store;

/// <summary>What is asked for under a key happens once, whatever is sent again, at once, after a crash or after a merge.</summary>
public sealed class CommandTests
{
    private static readonly Caller By = Caller.OperatorAs("A017");

    private sealed record Noted(int Number, Points Points, DateTimeOffset At);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_again_is_answered_as_then_and_changes_nothing()
    {
        await using var club = new ClubFixture();
        var id = (await club.Register()).MemberId;
        var first = await Note(club, id, new Command("k/1 #?", "a"));
        club.Clock.Advance(TimeSpan.FromDays(400));
        await Note(club, id, new Command("k-2", "a"));
        var before = (await club.Store.Read(id, Account.Id, Cancellation))!.ETag;
        var again = await Note(club, id, new Command("k/1 #?", "a"));
        Assert.Equal((false, true), (first.Value.IsRepeat, again.Value.IsRepeat));
        Assert.Equal(first.Value.Answer, again.Value.Answer);
        Assert.Equal(before, (await club.Store.Read(id, Account.Id, Cancellation))!.ETag);
        Assert.Equal(2, (await club.Account(id)).TierChanges);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_key_that_came_with_something_else_is_refused_and_other_keys_and_members_are_not()
    {
        await using var club = new ClubFixture();
        var (id, other) = ((await club.Register()).MemberId, (await club.Register("13900139000")).MemberId);
        await Note(club, id, new Command("k", "a"));
        var refused = await Note(club, id, new Command("k", "b"));
        Assert.Equal(("different-content", ProblemKind.Conflict), (refused.Problem!.Code, refused.Problem.Kind));
        Assert.False((await Note(club, id, new Command("K", "b"))).Value.IsRepeat);
        Assert.False((await Note(club, other, new Command("k", "b"))).Value.IsRepeat);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await using var club = new ClubFixture();
        var id = (await club.Register()).MemberId;
        var command = new Command("k", "a");
        var refused = await club.Get<MemberLedger>().Run<Noted>(id, command, By, journal =>
        {
            // Whatever was tried before it was refused is not kept, either.
            journal.Account = journal.Account with { TierChanges = 7 };
            return new Problem("invalid-data", "Not now.");
        }, Cancellation);
        Assert.False(refused.Succeeded);
        Assert.Equal(0, (await club.Account(id)).TierChanges);
        Assert.False((await Note(club, id, command)).Value.IsRepeat);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_made_good_by_the_repeat(bool unanswered)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store);
            var id = (await club.Register()).MemberId;
            store.CrashAfter(writes);
            var crash = await Record.ExceptionAsync(() => Note(club, id, new Command("k", "a")));
            store.Recover();
            var again = await Note(club, id, new Command("k", "a"));
            Assert.Equal(crash is null || unanswered, again.Value.IsRepeat);
            Assert.Equal(1, (await club.Account(id)).TierChanges);
            if (crash is null) return;
        }
    }

    [Fact]
    public async Task Of_many_at_once_one_is_carried_out()
    {
        await using var club = new ClubFixture();
        await using var elsewhere = new ClubFixture(store: club.Raw);
        var id = (await club.Register()).MemberId;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(i => Task.Run(() => Note(i % 2 == 0 ? club : elsewhere, id, new Command("k", "a")))));
        Assert.Single(answers, answer => !answer.Value.IsRepeat);
        Assert.Single(answers.Select(answer => answer.Value.Answer).Distinct());
        Assert.Equal(1, (await club.Account(id)).TierChanges);
    }

    [Fact]
    public async Task What_was_carried_out_before_merges_is_known_after_them()
    {
        await using var club = new ClubFixture();
        var owner = (await club.Register()).MemberId;
        var (first, second) = (await Follow(club, "O1"), await Follow(club, "O2"));
        var known = await Note(club, new MemberId(first), new Command("k", "a"));
        await club.Get<Merge>().Handle(new MemberId(first), new MemberId(second), Cancellation);
        var between = await Note(club, new MemberId(first), new Command("k2", "a"));
        await club.Get<Merge>().Handle(new MemberId(second), owner, Cancellation);
        Assert.Equal((known.Value.Answer, true),
            ((await Note(club, new MemberId(first), new Command("k", "a"))).Value.Answer,
            (await Note(club, new MemberId(first), new Command("k", "a"))).Value.IsRepeat));
        Assert.Equal(between.Value.Answer, (await Note(club, new MemberId(first), new Command("k2", "a"))).Value.Answer);
        Assert.Equal("different-content", (await Note(club, new MemberId(first), new Command("k", "b"))).Problem?.Code);
    }

    private static async Task<string> Follow(ClubFixture club, string openId) =>
        (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = openId }, Cancellation)).MemberId;

    /// <summary>Counts up, and answers with how far it came.</summary>
    private static Task<Outcome<Answered<Noted>>> Note(ClubFixture club, MemberId memberId, Command command) =>
        club.Get<MemberLedger>().Run<Noted>(memberId, command, By, journal =>
    {
        journal.Account = journal.Account with { TierChanges = journal.Account.TierChanges + 1 };
        return new Noted(journal.Account.TierChanges, Points.Of(1.25m), journal.RecordedAt);
    }, Cancellation);
}
