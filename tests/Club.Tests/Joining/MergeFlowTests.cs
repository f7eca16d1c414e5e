using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Joining;

public class MergeFlowTests : Flow
{
    private static Task<Registered> Follow(ClubFixture club, string? unionId, string openId, CancellationToken cancellation = default) =>
        club.Get<Register>().Handle(new Registration { Source = "wechat", UnionId = unionId, OpenId = openId }, cancellation);

    private static string BillOf(string id, string openId, object[]? lines = null) => Events.Bill(id, member: new { openId }, lines: lines);

    /// <summary>Who an identity leads to; never longer than a few seconds.</summary>
    private static async Task<string> Leads(ClubFixture club, string openId) =>
        (await club.Get<Membership>().Find(PersonIdentity.OpenId(openId).Value, default).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(20)))!.MemberId;

    [Fact]
    public async Task Two_followers_who_are_merged_from_both_sides_at_once_become_one()
    {
        for (var round = 0; round < 30; round++)
        {
            await using var club = await Open();
            await Follow(club, "U1", "O2");
            await Follow(club, "U2", "O1");
            await club.Send(BillOf("B1", "O1"), BillOf("B2", "O2"));

            var joined = await Task.WhenAll(Task.Run(() => Follow(club, "U1", "O1")), Task.Run(() => Follow(club, "U2", "O2")))
                .WaitAsync(TimeSpan.FromSeconds(60));

            Assert.Single(joined.Select(member => member.MemberId).Distinct());
            Assert.Equal(joined[0].MemberId, await Leads(club, "O1"));
            Assert.Equal(joined[0].MemberId, await Leads(club, "O2"));
            Assert.Equal(Points.Of(9.8m), await club.Balance(joined[0].MemberId));
            Assert.All(await club.Send(BillOf("B1", "O1"), BillOf("B3", "O2")), receipt => Assert.NotEqual(Fate.Rejected, receipt.Fate));
            Assert.Equal(Points.Of(14.7m), await club.Balance(joined[0].MemberId));
            Assert.Empty(await club.Verify());
        }
    }

    [Fact]
    public async Task Merges_that_are_asked_for_in_all_directions_of_a_ring_leave_one_member()
    {
        for (var round = 0; round < 15; round++)
        {
            await using var club = await Open();
            var ids = new List<string>();
            for (var i = 0; i < 4; i++)
            {
                ids.Add((await Follow(club, null, $"O{i}")).MemberId);
                await club.Send(BillOf($"B{i}", $"O{i}"));
            }
            var merge = club.Get<Merge>();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => merge.Handle(new MemberId(ids[i % 4]), new MemberId(ids[(i + 1 + i / 4) % 4])))))
                .WaitAsync(TimeSpan.FromSeconds(60));
            await club.Sweep(FinishSweep.Word);

            var one = await Leads(club, "O0");
            for (var i = 1; i < 4; i++) Assert.Equal(one, await Leads(club, $"O{i}"));
            Assert.Equal(Points.Of(4 * 4.9m), await club.Balance(new MemberId(one)));
            Assert.Empty(await club.Verify());
            Assert.Empty((await club.Store.Find(new IndexQuery("dueFinish", "", IndexQuery.Last))).Documents);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_broken_off_at_any_write_is_ended_from_the_other_side(bool unanswered)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(await NewStore()) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store);
            await Follow(club, "U1", "O2");
            await Follow(club, "U2", "O1");
            await club.Send(BillOf("B1", "O1"), BillOf("B2", "O2"));
            store.CrashAfter(writes);
            var crashed = false;
            try
            {
                await Follow(club, "U1", "O1");
            }
            catch (StoreException)
            {
                crashed = true;
            }
            store.Recover();
            var member = await Follow(club, "U2", "O2").WaitAsync(TimeSpan.FromSeconds(20));
            await club.Sweep(FinishSweep.Word);

            Assert.Equal(member.MemberId, await Leads(club, "O1"));
            Assert.Equal(member.MemberId, await Leads(club, "O2"));
            Assert.Equal(Points.Of(9.8m), await club.Balance(member.MemberId));
            club.Clock.Advance(TimeSpan.FromDays(3));
            Assert.Empty(await club.Verify());
            if (!crashed) return;
        }
    }

    [Fact]
    public async Task A_merge_that_crashed_is_ended_by_the_sweep_alone_and_told_while_it_is_overdue()
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(await NewStore());
            await using var club = new ClubFixture(store: store);
            var owner = await club.Register();
            var fan = await Follow(club, null, "O1");
            await club.Send(BillOf("B1", "O1"));
            store.CrashAfter(writes);
            var crash = await Record.ExceptionAsync(() => club.Get<Merge>().Handle(fan.MemberId, owner.MemberId));
            store.Recover();
            if (crash is null) return;
            var begun = writes > 0;
            club.Clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal(begun, (await club.Verify()).Any(difference =>
                difference.Contains("has not ended since 2026-03-02", StringComparison.Ordinal)));
            Assert.Equal((begun, false), ((await club.Sweep(FinishSweep.Word)).Done > 0, (await club.Verify()).Count > 0));
            Assert.Equal(begun ? owner.MemberId : fan.MemberId, await Leads(club, "O1"));
        }
    }

    [Fact]
    public async Task A_client_that_leaves_does_not_break_a_merge_off()
    {
        await using var club = await Open();
        var fan = await Follow(club, null, "O1");
        await club.Send(BillOf("B1", "O1"));
        var owner = await club.Register();
        using var gone = new CancellationTokenSource();
        var leaving = new LeavingStore(club.Raw, gone);
        await using var again = new ClubFixture(store: leaving);
        leaving.LeaveAfter = 1;

        await again.Get<Register>().Handle(new Registration { Source = "website", Phone = PhoneNumber.Parse("13800138000").Value,
            OpenId = "O1" }, gone.Token);

        Assert.True(gone.IsCancellationRequested);
        Assert.Equal(owner.MemberId, await Leads(club, "O1"));
        Assert.Null((await club.Store.Read<Account>(fan.MemberId, Account.Id))!.Value.MergeDue);
        Assert.Equal(Points.Of(4.9m), await club.Balance(owner.MemberId));
    }

    [Fact]
    public async Task A_circle_that_an_older_release_left_is_told_and_ends_no_walk()
    {
        await using var club = await Open();
        var (a, b) = (await Follow(club, null, "O1"), await Follow(club, null, "O2"));
        await club.Send(BillOf("B1", "O1"), BillOf("B2", "O2"));
        foreach (var (from, to) in ((string, string)[])[(a.MemberId, b.MemberId), (b.MemberId, a.MemberId)])
        {
            var account = (await club.Store.Read<Account>(from, Account.Id))!;
            var profile = (await club.Store.Read<Profile>(from, Profile.Id))!;
            Assert.IsType<CommitResult.Written>(await club.Store.Commit(from,
                [(account.Value with { MergedInto = new MemberId(to )}).ToReplace(account.ETag),
                (profile.Value with { MergedInto = new MemberId(to), Status = MemberStatus.Merged }).ToReplace(profile.ETag)]));
        }

        Assert.All((await club.Verify()).Where(difference => difference.Contains("circle", StringComparison.Ordinal)), difference =>
            Assert.Contains(" → ", difference, StringComparison.Ordinal));
        Assert.Equal(2, (await club.Verify()).Count(difference => difference.Contains("circle", StringComparison.Ordinal)));
        var limit = TimeSpan.FromSeconds(20);
        Assert.Contains("circle", (
            await Assert.ThrowsAsync<StoreException>(() =>
            club.Get<Membership>().Find(a.MemberId, default).AsTask().WaitAsync(limit))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => club.Account(a.MemberId).WaitAsync(limit));
        await Assert.ThrowsAsync<StoreException>(() => club.Send(BillOf("B3", "O1")).WaitAsync(limit));
        await Assert.ThrowsAsync<StoreException>(() => Follow(club, null, "O1").WaitAsync(limit));
    }

    [Fact]
    public async Task What_is_registered_while_a_member_is_merged_is_kept()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var club = await Open();
            var owner = await club.Register();
            var fan = await Follow(club, null, "O1");
            await club.Send(BillOf("B1", "O1"));
            var hobbies = Enumerable.Range(0, 6).Select(i => $"h{i}").ToArray();
            var tasks = hobbies.Select(hobby =>
                Task.Run(() => club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1", Hobbies = [hobby] })))
                .Append(Task.Run(() => club.Register(with: registration => registration with { OpenId = "O1" })));
            await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromSeconds(60));
            await club.Sweep(FinishSweep.Word);

            var profile = (await club.Get<Membership>().Find(fan.MemberId, default))!;
            Assert.Equal(owner.MemberId, profile.MemberId);
            Assert.Equal(hobbies, profile.Hobbies.Order());
            Assert.Empty(await club.Verify());
        }
    }

    [Fact]
    public async Task A_member_with_sixty_bills_of_two_hundred_lines_can_be_merged()
    {
        await using var club = await Open();
        var owner = await club.Register();
        await Follow(club, null, "O1");
        for (var i = 0; i < 60; i++)
            await club.Send(BillOf($"B{i}", "O1",
                [.. Enumerable.Range(1, 200).Select(line => Events.Line($"第{line}行零件明细编号", "parts", 100m))]));
        var fan = await Leads(club, "O1");
        var earned = await club.Balance(new MemberId(fan));

        await club.Register(with: registration => registration with { OpenId = "O1" });

        Assert.Equal(owner.MemberId, await Leads(club, "O1"));
        Assert.True(earned.IsPositive);
        Assert.Equal(earned, await club.Balance(owner.MemberId));
        Assert.Equal(60, (await club.Entries(owner.MemberId)).Count);
        Assert.Empty(await club.Verify());
    }

    /// <summary>Its client goes away after so many commits; like a real store it heeds the token.</summary>
    private sealed class LeavingStore(IClubStore store, CancellationTokenSource gone) : IClubStore
    {
        public int LeaveAfter { get; set; } = int.MaxValue;

        public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            return store.Read(partition, id, cancellation);
        }

        public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);
        public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
            store.Changes(bookmark, limit, cancellation);

        public async ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default)
        {
            var result = await store.Commit(partition, writes, cancellation);
            if (--LeaveAfter == 0) await gone.CancelAsync();
            return result;
        }
    }
}
