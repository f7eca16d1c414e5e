using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Running;
using Club.Spending;
using Club.Store;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>What a transfer leaves that broke off, or whose members changed meanwhile, and who has the points in the end.</summary>
public sealed class TransferCrashTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task A_crash_at_any_write_is_made_up_for_by_the_sweep_or_by_the_same_call(bool unanswered, bool bySweep)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            await using var club = new ClubFixture(store: store, rules: Rules());
            var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
            await club.Grant(giver.MemberId, 200);
            store.CrashAfter(writes);
            var crash = await Record.ExceptionAsync(() => club.Give(giver.MemberId, receiver, 100, "t"));
            store.Recover();
            if (bySweep) await club.Sweep(FinishSweep.Word);
            else Assert.True((await club.Give(giver.MemberId, receiver, 100, "t")).Succeeded);
            var isGiven = writes > 0 || unanswered || crash is null || !bySweep;
            Assert.Equal(isGiven ? (95m, 100m) : (200m, 0m), (await club.Has(giver.MemberId), await club.Has(receiver.MemberId)));
            await club.Sweep(FinishSweep.Word);
            Assert.Equal(isGiven ? 1 : 0, (await club.Entries(receiver.MemberId)).Count);
            await club.AllComesToNothing();
            if (crash is null)
            {
                Assert.Equal(3, writes);
                return;
            }
        }
    }

    [Fact]
    public async Task Who_is_forgotten_meanwhile_gets_nothing_and_the_giver_has_all_of_it_again()
    {
        await using var club = Broken(out var store);
        var (giver, receiver) = await Given(club, store);
        await club.Get<EraseMember>().Handle(receiver, "本人要求", Staff, Cancellation);
        await club.Sweep(FinishSweep.Word);
        Assert.Equal(200, await club.Has(giver));
        Assert.Equal([EntryKind.TransferIn, EntryKind.TransferOut, EntryKind.Adjustment], (await club.Entries(giver)).Select(entry =>
            entry.Kind));
        Assert.Null((await club.Account(giver)).Spent);
        Assert.Equal(TransferState.Returned, (await Only(club)).State);
        Assert.Equal(0, await club.Has(receiver));
        await club.AllComesToNothing();
    }

    /// <summary>It was decided that she does not get it, and nothing that comes later decides again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_leaves_and_comes_back_has_it_or_the_giver_has_it(bool unanswered)
    {
        for (var writes = 0; writes < 4; writes++)
        {
            await using var club = Broken(out var store);
            var giver = await club.Register();
            var receiver = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
            await club.Grant(giver.MemberId, 200);
            store.CrashAfter(1);
            await Record.ExceptionAsync(() => club.Give(giver.MemberId, receiver, 100, "t"));
            store.Recover();
            club.Clock.Advance(TimeSpan.FromMinutes(1));
            await club.Get<Membership>().LeaveWeChat("O1", club.Get<ClubCalendar>().Now, Cancellation);
            store.Unanswered = unanswered;
            store.CrashAfter(writes);
            await Record.ExceptionAsync(() => club.Sweep(FinishSweep.Word));
            store.Recover();
            club.Clock.Advance(TimeSpan.FromMinutes(1));
            await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
            await club.Sweep(FinishSweep.Word);
            var isBack = (await Only(club)).State == TransferState.Returned;
            Assert.Equal(isBack, writes > 0 || unanswered);
            Assert.Equal(isBack ? (200m, 0m) : (95m, 100m), (await club.Has(giver.MemberId), await club.Has(receiver.MemberId)));
            await club.AllComesToNothing();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_turns_out_to_be_another_member_gets_or_gives_it_as_that_one(bool isReceiver)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(new MemoryStore());
            await using var club = new ClubFixture(store: store, rules: Rules());
            var (owner, other) = (await club.Register(), await club.Register("13800138001"));
            var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
            var (giver, receiver) = isReceiver ? (other, fan) : (fan, other);
            await club.Grant(giver.MemberId, 200);
            store.CrashAfter(1);
            await Record.ExceptionAsync(() => club.Give(giver.MemberId, receiver, 100, "t"));
            store.CrashAfter(writes);
            var crash = await Record.ExceptionAsync(() => club.Get<Merge>().Handle(fan.MemberId, owner.MemberId, Cancellation));
            store.Recover();
            for (var i = 0; i < 3; i++) await club.Sweep(FinishSweep.Word);
            var (gives, gets) = isReceiver ? (other, owner) : (owner, other);
            if (crash is null || writes > 1) Assert.Equal((95m, 100m), (await club.Has(gives.MemberId), await club.Has(gets.MemberId)));
            Assert.Equal(TransferState.Done, (await Only(club)).State);
            await club.AllComesToNothing();
            if (crash is null) return;
        }
    }

    /// <summary>Giver and receiver turn out to be one: she has what she gave herself.</summary>
    [Fact]
    public async Task Two_who_become_one_meanwhile_have_it_all()
    {
        await using var club = Broken(out var store);
        var owner = await club.Register();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        await club.Grant(fan.MemberId, 200);
        store.CrashAfter(1);
        await Record.ExceptionAsync(() => club.Give(fan.MemberId, owner, 100, "t"));
        store.Recover();
        await club.Get<Merge>().Handle(fan.MemberId, owner.MemberId, Cancellation);
        await club.Sweep(FinishSweep.Word);
        Assert.Equal(195, await club.Has(owner.MemberId));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task What_nobody_ended_for_days_is_told_by_the_verification()
    {
        await using var club = Broken(out var store);
        await Given(club, store);
        Assert.Empty(await club.Verify());
        club.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains("has not ended since 2026-03-02", Assert.Single(await club.Verify()), StringComparison.Ordinal);
        await club.Sweep(FinishSweep.Word);
        await club.AllComesToNothing();
    }

    /// <summary>Any order of what can happen to two members and a third: no point comes from nowhere or goes there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_given_to_whom_all_comes_to_nothing(int seed)
    {
        var random = new Random(seed);
        var store = new CrashingStore(new MemoryStore());
        await using var club = new ClubFixture(store: store, rules: Rules(Free));
        Registered[] members = [await club.Register(), await club.Register("13800138001"), await club.Register("13800138002")];
        foreach (var member in members) await club.Grant(member.MemberId, 50);
        for (var i = 0; i < 60; i++)
        {
            var (one, other) = (members[random.Next(3)], members[random.Next(3)]);
            if (random.Next(4) == 0) store.CrashAfter(random.Next(3));
            await Record.ExceptionAsync(async () => _ = random.Next(4) switch
            {
                0 => (await club.Get<Adjustments>().Ask(one.MemberId, new AdjustmentRequest(GivingClub.Club, new Points(random.Next(1,
                    900) * (random.Next(2) * 2 - 1)), "x", null), Key(), Staff, Cancellation)).Succeeded,
                1 => (await club.Send(Events.Bill($"B{i}", $"1380013800{random.Next(3)}", dealerId: "D001"))).Count > 0,
                2 when i > 5 => (await club.Send(Events.Return($"B{random.Next(i)}", $"R{i}"))).Count > 0,
                _ => (await club.Give(one.MemberId, other, random.Next(1, 4000) / 100m)).Succeeded,
            });
            store.Recover();
            if (random.Next(8) == 0) club.Clock.Advance(TimeSpan.FromDays(1));
        }
        await club.Sweep(FinishSweep.Word);
        await club.AllComesToNothing();
    }

    private static ClubFixture Broken(out CrashingStore store) =>
        new(store: store = new CrashingStore(new MemoryStore()), rules: Rules(), keys: new MemoryStore());

    /// <summary>A transfer of which only the first commit took place.</summary>
    private static async Task<(MemberId Giver, MemberId Receiver)> Given(ClubFixture club, CrashingStore store)
    {
        var (giver, receiver) = (await club.Register(), await club.Register("13800138001"));
        await club.Grant(giver.MemberId, 200);
        store.CrashAfter(1);
        await Record.ExceptionAsync(() => club.Give(giver.MemberId, receiver, 100, "t"));
        store.Recover();
        Assert.Equal(95, await club.Has(giver.MemberId));
        return (giver.MemberId, receiver.MemberId);
    }

    private static async Task<Transfer> Only(ClubFixture club) => Assert.Single((await club.Changes()).Where(document => document.Type == "transfer")
        .Select(document => document.As<Transfer>()).GroupBy(one => one.MemberId).Select(same => same.Last()));
}
