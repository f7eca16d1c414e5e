using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Edges;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Proof;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Proof;

/// <summary>Each night a root over all chains is kept where nobody can change it; a member's proof leads to it, and whoever rewrites her
/// history is found.</summary>
public sealed class ProofFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_root_each_night_and_a_proof_that_needs_nothing_else()
    {
        await using var club = new ClubFixture();
        var (one, other, idle) = (await Joined(club, 0), await Joined(club, 1), (await club.Register("13900000009")).MemberId);
        await Bill(club, 0, 3);
        await Bill(club, 1, 1);
        await club.Sweep(RootJob.Word);
        var first = (await Roots(club).Latest(Cancellation))!;
        Assert.Equal((1, 2, null, new DateOnly(2026, 3, 2)), (first.Number, first.Heads, first.Previous, first.Day));
        Assert.Equal(first.ComputeRoot(), first.Root);

        // Whatever comes later on the day is under the next root.
        await Bill(club, 0, 1, "later");
        await club.Sweep(RootJob.Word);
        Assert.Equal(first.Root, (await Roots(club).Latest(Cancellation))!.Root);
        club.At(2026, 3, 3, 0, 30);
        await club.Sweep(RootJob.Word);
        Assert.Equal(first.Root, (await Roots(club).Latest(Cancellation))!.Root);
        club.At(2026, 3, 3, 1, 20);
        await club.Sweep(RootJob.Word);
        var second = (await Roots(club).Latest(Cancellation))!;
        Assert.Equal((2, 2, first.Root), (second.Number, second.Heads, second.Previous));

        var (then, now) = (await Prove(club, one, first.Day), await Prove(club, one));
        Assert.Equal((3, 4), (then.Sequence, now.Sequence));
        Assert.Equal((await club.Entries(one))[0].Hash, now.Head);
        foreach (var (proof, root) in new[] { (then, first), (now, second), (await Prove(club, other), second) })
        {
            Assert.True(ProofRules.Check(Json(proof), null).Succeeded);
            Assert.True(ProofRules.Check(Json(proof), root.Root).Succeeded);
            Assert.NotNull(ProofRules.Check(Json(proof), Digest.Of([7]).ToString()).Problem);
        }
        Assert.Null(ProofRules.Compare(then, await Ledger(club, one)).Problem);
        Assert.Null(ProofRules.Compare(now, await Ledger(club, one)).Problem);
        foreach (var (id, day) in new[] { (idle, (DateOnly?)null), (one, new DateOnly(2026, 3, 1)), (new MemberId("nobody"), null) })
            Assert.Equal("not-found", (await club.Get<ProofDesk>().Of(id, day, Caller.Operator, Cancellation)).Problem?.Code);
        Assert.Equal([second.Root, first.Root], (await Roots(club).List(10, null, Cancellation)).Items.Select(root => root.Root));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Whoever_rewrites_a_history_and_seals_it_again_is_named_by_verify_and_by_an_old_proof()
    {
        await using var club = new ClubFixture();
        var (one, other) = (await Joined(club, 0), await Joined(club, 1));
        await Bill(club, 0, 3);
        await Bill(club, 1, 2);
        await club.Sweep(RootJob.Word);
        var proof = await Prove(club, one);
        await Bill(club, 0, 1, "after");

        await Forger.Raise(club.Store, one, 1000, Cancellation);
        Assert.Equal(Points.Of(1000 + 4 * 4.9m), await club.Balance(one));
        // The forged ledger is without a fault in itself: only the root tells.
        var named = Assert.Single(await club.Verify());
        Assert.StartsWith($"Member {one}: her history was rewritten", named, StringComparison.Ordinal);
        Assert.Contains("rewritten", ProofRules.Compare(proof, await Ledger(club, one)).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal([one], (await club.Get<RootCheck>().Run(Cancellation)).Rewritten);

        // The next root does not take it over, says so, and the member stays named.
        club.At(2026, 3, 3);
        await Bill(club, 0, 1, "next day");
        await Bill(club, 1, 1, "next day");
        await club.Sweep(RootJob.Word);
        var root = (await Roots(club).Latest(Cancellation))!;
        Assert.Equal([one], root.Rewritten);
        Assert.Equal((proof.Sequence, proof.Head), ((await Prove(club, one)).Sequence, (await Prove(club, one)).Head));
        Assert.Equal(3, (await Prove(club, other)).Sequence);
        Assert.Contains(one, Assert.Single(await club.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_was_taken_out_and_a_kept_file_that_was_touched_are_told()
    {
        await using var club = new ClubFixture();
        var one = await Joined(club, 0);
        await Bill(club, 0, 2);
        await club.Sweep(RootJob.Word);
        var last = (await club.Entries(one))[0];
        var stored = (await club.Raw.Read(one, last.Id, Cancellation))!;
        await club.Raw.Commit(one, [new Write.Delete(stored.Id, stored.ETag)], Cancellation);
        Assert.Contains(await club.Verify(), difference => difference.Contains("entry 2, which the root of 2026-03-02 covers, is not there",
            StringComparison.Ordinal));

        var root = (await Roots(club).Latest(Cancellation))!;
        var name = FileName.Parse(root.File).Value;
        await using (var heads = (await club.Kept.Open(name, Cancellation))!)
        {
            var bytes = new byte[heads.Length];
            await heads.Content.ReadExactlyAsync(bytes, Cancellation);
            bytes[20] ^= 1;
            await club.Kept.Write(name, new MemoryStream(bytes), Cancellation);
        }
        Assert.Contains("A file of heads is damaged.", await club.Verify());
        Assert.NotNull((await club.Get<RootCheck>().Run(Cancellation)).Damage);
        await club.Kept.Write(FileName.Parse("roots/2026-03-02.json").Value, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(
            root with { Heads = 3 }, ClubJson.Options)), Cancellation);
        Assert.Contains("The root of 2026-03-02 does not follow the root before it.", await club.Verify());
        Assert.Contains("The root of 2026-03-02 is entered otherwise than its file tells.", await club.Verify());
    }

    [Fact]
    public async Task A_member_who_was_merged_keeps_her_head()
    {
        await using var club = new ClubFixture(keys: new MemoryStore());
        var (one, other) = (await Joined(club, 0), await Joined(club, 1));
        await Bill(club, 0, 2);
        await Bill(club, 1, 2);
        await club.Sweep(RootJob.Word);
        var before = await Prove(club, other);
        club.At(2026, 3, 3);
        await club.Get<Merge>().Handle(other, one);
        await club.Sweep(FinishSweep.Word);
        await club.Sweep(RootJob.Word);
        Assert.Equal([], await club.Verify());
        Assert.Null((await Roots(club).Latest(Cancellation))!.Rewritten);
        // She is asked for by her old id, and her own chain ended where it was.
        Assert.Equal((before.MemberId, before.Sequence, before.Head), (await Prove(club, other)) is var now
            ? (now.MemberId, now.Sequence, now.Head) : default);
        Assert.Null(ProofRules.Compare(await Prove(club, other), await Own(club, other)).Problem);
        Assert.Equal(4, (await Prove(club, one)).Sequence);
    }

    /// <summary>Her chain goes on under each later root, though nobody is told any more whose it is.</summary>
    [Fact]
    public async Task A_member_who_is_forgotten_keeps_her_head_and_her_old_proof_holds()
    {
        await using var club = new ClubFixture(keys: new MemoryStore());
        var (one, other) = (await Joined(club, 0), await Joined(club, 1));
        await Bill(club, 0, 2);
        await Bill(club, 1, 1);
        await club.Sweep(RootJob.Word);
        var (before, ledger) = (await Prove(club, one), await Ledger(club, one));
        club.At(2026, 3, 3);
        Assert.True((await club.Get<EraseMember>().Handle(one, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        await Bill(club, 1, 1, "later");
        await club.Sweep(RootJob.Word);
        var root = (await Roots(club).Latest(Cancellation))!;
        Assert.Equal((2, 2, null), (root.Number, root.Heads, root.Rewritten));
        await using (var heads = await OpenedHeads.Open(club.Get<IKeptFiles>(), root, Cancellation))
            Assert.Equal((before.Sequence, before.Head), await heads.Find(one, Cancellation) is { } placed
                ? (placed.Head.Sequence, placed.Head.Hash.ToString()) : default);
        Assert.True(ProofRules.Check(Json(before), null).Succeeded);
        Assert.Null(ProofRules.Compare(before, ledger).Problem);
        // By her id alone, of which nobody knows any more whose it was, the auditor is still told; a dealer is not.
        var now = await Prove(club, one);
        Assert.Equal((root.Root, before.Head), (now.Root.Root, now.Head));
        Assert.Null(ProofRules.Compare(now, await Own(club, one)).Problem);
        var director = new Caller([Role.Director], "x") { Dealer = new DealerId("D021") };
        Assert.Equal("not-found", (await club.Get<ProofDesk>().Of(one, null, director, Cancellation)).Problem?.Code);
        Assert.Null(await club.Get<MemberViews>().Entries(one, EntryChain.Own, director, 50, null, Cancellation));
        Assert.Null(await club.Get<MemberViews>().Entries(one, null, Caller.Operator, 50, null, Cancellation));
        Assert.Equal(2, (await Prove(club, other)).Sequence);
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Of_two_hosts_at_once_one_root_is_kept_and_both_go_on_from_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var (store, kept) = (new MemoryStore(), new MemoryFiles());
            await using var one = new ClubFixture(store: store, kept: kept);
            await using var other = new ClubFixture(store: store, kept: kept);
            await Joined(one, 0);
            for (var day = 2; day < 6; day++)
            {
                one.At(2026, 3, day);
                other.At(2026, 3, day);
                await Bill(one, 0, 2, $"{day}");
                var made = await Task.WhenAll(Task.Run(() => one.Get<RootMaker>().Make(Cancellation)),
                    Task.Run(() => Bill(other, 0, 1, $"{day} between")).ContinueWith(_ => other.Get<RootMaker>().Make(Cancellation)).Unwrap());
                Assert.Equal(made[0].Root, made[1].Root);
            }
            Assert.Equal(4, (await Roots(one).List(10, null, Cancellation)).Items.Count);
            Assert.Equal([], await one.Verify());
            one.At(2026, 3, 6);
            var last = await one.Get<RootMaker>().Make(Cancellation);
            Assert.Equal((5, 1, null), (last.Number, last.Heads, last.Rewritten));
            Assert.Equal([], await one.Verify());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_after_any_step_is_made_good_by_the_next_run(bool unanswered)
    {
        for (var step = 1; step <= 3; step++)
        {
            var kept = new MemoryFiles();
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            var files = new CrashingFiles(kept) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store, kept: files);
            var one = await Joined(club, 0);
            await Bill(club, 0, 2);
            await club.Get<RootMaker>().Make(Cancellation);
            club.At(2026, 3, 3);
            await Bill(club, 0, 1, "second");
            if (step < 3) files.CrashAfter(step - 1);
            else store.CrashAfter(0);
            await Assert.ThrowsAnyAsync<Exception>(() => club.Get<RootMaker>().Make(Cancellation));
            (files.Left, _) = (int.MaxValue, 0);
            store.Recover();
            await Bill(club, 0, 1, "third");
            var second = await club.Get<RootMaker>().Make(Cancellation);
            Assert.Equal(2, second.Number);
            club.At(2026, 3, 4);
            var third = await club.Get<RootMaker>().Make(Cancellation);
            Assert.Equal((3, second.Root, null), (third.Number, third.Previous, third.Rewritten));
            Assert.Equal(4, (await Prove(club, one)).Sequence);
            Assert.Equal([], await club.Verify());
        }
    }

    [Fact]
    public async Task A_root_of_many_members_is_the_same_read_at_once_or_night_by_night()
    {
        await using var club = new ClubFixture();
        var members = new List<MemberId>();
        var random = new Random(7);
        for (var i = 0; i < 40; i++) members.Add(await Joined(club, i));
        for (var day = 2; day < 7; day++)
        {
            club.At(2026, 3, day);
            for (var i = 0; i < 40; i++)
                if (random.Next(2) == 0) await Bill(club, i, random.Next(1, 4), $"{day}");
            await club.Sweep(RootJob.Word);
        }
        var root = (await Roots(club).Latest(Cancellation))!;
        var heads = new List<Head>();
        foreach (var member in members.Order())
            if (await club.Account(member) is { Sequence: > 0 } account && Digest.TryParse(account.Head, out var hash))
                heads.Add(new Head(member, account.Sequence, hash));
        Assert.Equal((heads.Count, MerkleRules.Root([.. heads.Select(head => head.Leaf())]).ToString()), (root.Heads, root.Tree));
        Assert.Equal([], await club.Verify());
    }

    [Fact]
    public async Task Where_the_kept_files_are_lost_the_next_root_reads_everything_and_verify_says_so()
    {
        var store = new MemoryStore();
        await using (var club = new ClubFixture(store: store))
        {
            await Joined(club, 0);
            await Bill(club, 0, 2);
            await club.Sweep(RootJob.Word);
        }
        await using var again = new ClubFixture(store: store);
        again.At(2026, 3, 3);
        var root = await again.Get<RootMaker>().Make(Cancellation);
        Assert.Equal((1, 1), (root.Number, root.Heads));
        Assert.Equal(["The root of 2026-03-02 is entered, and its file is not there."], await again.Verify());
    }

    private static Roots Roots(ClubFixture club) => club.Get<Roots>();

    internal static async Task<MemberId> Joined(ClubFixture club, int number) => (await club.Register(Phone(number))).MemberId;

    internal static async Task Bill(ClubFixture club, int number, int count, string name = "bill")
    {
        for (var i = 0; i < count; i++) await club.Send(Events.Bill($"{name} {number} {i}", Phone(number)));
    }

    private static string Phone(int number) => $"139{number:D8}";

    internal static async Task<MemberProof> Prove(ClubFixture club, MemberId memberId, DateOnly? day = null) =>
        (await club.Get<ProofDesk>().Of(memberId, day, Caller.Operator, Cancellation)).Value;

    internal static byte[] Json(MemberProof proof) => JsonSerializer.SerializeToUtf8Bytes(proof, ClubJson.Answers);

    /// <summary>The chain of that very id.</summary>
    private static async Task<byte[]> Own(ClubFixture club, MemberId memberId) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["items"] = new JsonArray([.. (await club.Get<MemberViews>().Entries(memberId, EntryChain.Own, Caller.Operator, 200, null, Cancellation))!
            .Value.Items.Select(EntryView.Of)]),
    }, ClubJson.Answers);

    /// <summary>Entries as the call answers them.</summary>
    internal static async Task<byte[]> Ledger(ClubFixture club, MemberId memberId) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject { ["items"] = new JsonArray([.. (await club.Entries(memberId)).Select(EntryView.Of)]) }, ClubJson.Answers);
}
