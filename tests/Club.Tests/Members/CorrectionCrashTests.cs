using Club.Access;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Members;

/// <summary>What goes in steps over several partitions is ended by the sweep, wherever a crash came between.</summary>
public sealed class CorrectionCrashTests
{
    private const string Old = "13800138000", New = "13900139000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phone_that_is_corrected_leads_to_her_and_the_old_one_to_nobody()
    {
        for (var writes = 0; writes < 40; writes++)
        {
            var store = new MemoryStore();
            MemberId member;
            await using (var club = new ClubFixture(store: store)) member = (await club.Register(Old)).MemberId;
            var crashed = await Crash(store, writes, dying => Correct(dying, member));
            await using var after = new ClubFixture(store: store);
            await after.Sweep(FinishSweep.Word);
            Assert.True((await Correct(after, member)).Succeeded);
            Assert.Equal((member, null), (await Leads(after, New), await Leads(after, Old)));
            Assert.Empty((await after.Get<Membership>().Find(member, Cancellation))!.LoosePhones);
            Assert.Empty(await after.Verify());
            if (!crashed) return;
        }
        Assert.Fail("It never got through.");
    }

    [Fact]
    public async Task An_approved_application_becomes_one_member()
    {
        for (var writes = 0; writes < 80; writes++)
        {
            var store = new MemoryStore();
            string id;
            await using (var club = new ClubFixture(store: store))
                id = (await club.Get<Applications>().Apply(new ApplicationRequest($$"""{"phone":"{{New}}","name":"赵敏"}""", null, null), null,
                    Caller.OperatorAs("A017"), Cancellation)).Value.Answer.ApplicationId;
            var crashed = await Crash(store, writes, dying => dying.Get<Applications>().Approve(id, null, Caller.OperatorAs("A017"), Cancellation));
            await using var after = new ClubFixture(store: store);
            await after.Sweep(FinishSweep.Word);
            var approved = (await after.Get<Applications>().Approve(id, null, Caller.OperatorAs("A017"), Cancellation)).Value;
            Assert.Equal((ApplicationState.Approved, await Leads(after, New), null), (approved.State, approved.MemberId, approved.Name));
            Assert.Single((await after.Store.Find(new IndexQuery("joined", "", IndexQuery.Last), Cancellation)).Documents);
            Assert.Empty(await after.Verify());
            if (!crashed) return;
        }
        Assert.Fail("It never got through.");
    }

    /// <summary>Nothing of her is kept, and the key under which it was is nowhere, also when the host dies in between.</summary>
    [Fact]
    public async Task Of_a_refused_application_the_key_goes_too()
    {
        for (var writes = 0; writes < 20; writes++)
        {
            var (store, keys) = (new MemoryStore(), new MemoryStore());
            string id;
            await using (var club = new ClubFixture(store: store, keys: keys))
                id = (await club.Get<Applications>().Apply(new ApplicationRequest($$"""{"phone":"{{New}}"}""", null, null), null,
                    Caller.OperatorAs("A017"), Cancellation)).Value.Answer.ApplicationId;
            var crashing = new CrashingStore(writes % 2 == 0 ? store : keys) { Unanswered = writes % 4 < 2 };
            crashing.CrashAfter(writes / 4);
            await using (var dying = writes % 2 == 0 ? new ClubFixture(store: crashing, keys: keys) : new ClubFixture(store: store, keys: crashing))
                await Record.ExceptionAsync(() => dying.Get<Applications>().Refuse(id, "重复", Caller.OperatorAs("A017"), Cancellation));
            await using var after = new ClubFixture(store: store, keys: keys);
            await after.Sweep(FinishSweep.Word);
            Assert.Equal(ApplicationState.Refused,
                (await after.Get<Applications>().Refuse(id, "重复", Caller.OperatorAs("A017"), Cancellation)).Value.State);
            Assert.Null(await keys.Read(id, PersonKey.Id, Cancellation));
            Assert.Empty((await after.Store.Find(new IndexQuery(DueIndex.Finish, "", IndexQuery.Last), Cancellation)).Documents);
        }
    }

    /// <summary>Two directors send her back and forth at once: each move is told once, and she is where the last one sent her.</summary>
    [Fact]
    public async Task Transfers_at_once_are_each_told_once()
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register(with: form => form with { DealerId = new DealerId("D021") })).MemberId;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => club.Get<Transfers>().Move(member,
            new TransferRequest(new DealerId(i % 2 == 0 ? "D022" : "D021"), $"{i}"), Caller.OperatorAs("A017"), Cancellation))));
        var profile = (await club.Get<Membership>().Find(member, Cancellation))!;
        var moves = (await club.Get<MemberHistory>().List(member, false, 200, null, Cancellation)).Items
            .Where(happened => happened.Kind == MemberEventKind.Transferred).OrderBy(happened => happened.Number).ToArray();
        Assert.Equal(Enumerable.Range(1, profile.Transfers), moves.Select(move => move.Number!.Value));
        Assert.Equal(profile.DealerId?.Value, moves.Length == 0 ? "D021" : moves[^1].To);
        await club.Sweep(FeedJob.Word);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Of_two_who_take_one_number_one_gets_it()
    {
        await using var club = new ClubFixture();
        var members = new[] { (await club.Register("13700137001")).MemberId, (await club.Register("13700137002")).MemberId };
        var answers = await Task.WhenAll(members.Select(member => Task.Run(() => Correct(club, member))));
        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Equal("identity-taken", answers.Single(answer => !answer.Succeeded).Problem!.Code);
        Assert.Empty(await club.Verify());
    }

    private static async Task<bool> Crash<T>(MemoryStore store, int writes, Func<ClubFixture, Task<T>> act)
    {
        var crashing = new CrashingStore(store) { Unanswered = writes % 2 == 0 };
        crashing.CrashAfter(writes / 2);
        await using var dying = new ClubFixture(store: crashing);
        return await Record.ExceptionAsync(() => act(dying)) is not null;
    }

    private static Task<Outcome<Profile>> Correct(ClubFixture club, MemberId member) => club.Get<CorrectMember>().Handle(member,
        new Correction { Named = new HashSet<string> { "phone" }, Phone = PhoneNumber.Parse(New).Value }, Caller.OperatorAs("A017"), Cancellation);

    private static async Task<MemberId?> Leads(ClubFixture club, string phone) =>
        (await club.Get<Membership>().Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, Cancellation))?.MemberId;
}
