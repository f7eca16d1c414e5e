using System.Reflection;
using Club.Earning;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Running;
using Xunit;

using static Club.Tests.Ledger.ExpiryFlowTests;

namespace Club.Tests.Joining;

/// <summary>A merge whose entries come in several commits, with days and other bills between them.</summary>
public sealed class MergeInPartsTests
{
    [Theory]
    [InlineData("""{"kind":"inactivity","months":6}""", 3)]
    [InlineData("""{"kind":"rollingMonths","months":6}""", 3)]
    [InlineData("""{"kind":"rollingMonths","months":6}""", 7)]
    public async Task What_was_taken_from_the_fan_s_points_is_taken_once_whatever_happens_between_the_parts(string expiry,
        int monthsBetween)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(new MemoryStore());
            await using var club = new ClubFixture(store: store,
                rules: Lapsing($"[{Wallet("club", expiry)}]", """[{"id":"base","when":{"category":["parts"]},"award":{"rate":0.01}}]"""));
            var owner = await club.Register();
            var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
            // Forty bills fill the first commit; the returns that took their points come with the second.
            await club.Send([.. Enumerable.Range(0, 44).Select(i => Events.Bill($"A{i}", member: new { openId = "O1" }))]);
            await club.Send([.. Enumerable.Range(0, 22).Select(i => Events.Return($"A{2 * i}", $"R{i}"))]);
            store.CrashAfter(writes);
            var crash = await Record.ExceptionAsync(() => club.Get<Merge>().Handle(fan.MemberId, owner.MemberId));
            store.Recover();

            club.Clock.Advance(TimeSpan.FromDays(30.5 * monthsBetween));
            await club.Send(Events.Bill("B", time: club.Clock.GetUtcNow().ToString("O")));
            await club.Sweep(PointsSweep.Word);
            await club.Sweep(FinishSweep.Word);
            await club.Sweep(PointsSweep.Word);

            // A merge that had not begun is nobody's duty.
            if (writes > 0 || crash is null)
            {
                var live = monthsBetween < 6 ? 22 * 4.9m : 0;
                Assert.Equal(live + 4.9m, (await club.Balance(owner.MemberId)).Value);
            }
            foreach (var lot in (await club.Account(owner.MemberId)).Wallet(new WalletCode("club")).Lots)
                Assert.True(lot.Remaining.IsPositive, $"{writes}: {lot}");
            club.Clock.Advance(TimeSpan.FromDays(400));
            Assert.Equal(Points.Zero, (await club.Get<MemberLedger>().Now(owner.MemberId, default)).Wallet(new WalletCode("club")).Available(
                club.Get<ClubCalendar>().Today));
            await club.Sweep(PointsSweep.Word);
            Assert.Equal(Points.Zero, await club.Balance(owner.MemberId));
            Assert.DoesNotContain(await club.Entries(owner.MemberId), entry => entry.Kind == EntryKind.Expiry && !entry.Points.IsNegative);
            Assert.Empty(await club.Verify());
            if (crash is null) return;
        }
    }

    /// <summary>Of whatever an entry will hold: what is not its place in the ledger goes along.</summary>
    [Fact]
    public async Task An_entry_goes_along_whole()
    {
        await using var club = new ClubFixture();
        var owner = await club.Register();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" });
        await club.Send(Events.Bill("A", member: new { openId = "O1" }));
        var accrual = (await club.Entries(fan.MemberId))[0] with { SentWith = "key", ApprovedBy = "li", MergedFrom = new MemberId("m0" )};
        Entry[] ofEveryCause =
        [
            accrual,
            accrual with { Kind = EntryKind.Reversal, Inputs = null, Reverses = "e1" },
            accrual with { Kind = EntryKind.Release, Inputs = null, Confirms = "c1", Releases = "e2" },
            accrual with { Kind = EntryKind.Expiry, Inputs = null, ContentHash = null },
            accrual with { Kind = EntryKind.Redemption, Inputs = null, ContentHash = null, Move = new Move("r1", new MemberId("m1")) },
        ];
        string[] place = ["MemberId", "Sequence", "RecordedAt", "BalanceBefore", "Balance", "PreviousHash", "Hash"];
        var told = typeof(Entry).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !place.Contains(property.Name) && property.CanWrite).ToArray();
        Assert.True(told.Length > 20);
        Assert.Equal(typeof(Cause).GetNestedTypes().Where(type => !type.IsAbstract).OrderBy(type => type.Name),
            ofEveryCause.Select(entry => entry.Cause.GetType()).OrderBy(type => type.Name));
        foreach (var property in told)
            Assert.True(ofEveryCause.Any(entry => property.GetValue(entry) is not null), $"{property.Name} is not set: set it above.");

        foreach (var entry in ofEveryCause)
        {
            var journal = Journal.Unsealed(await club.Get<ProgrammeLibrary>().Now(),
                new Account { MemberId = owner.MemberId, Tier = new TierState(new TierCode(""), club.Get<ClubCalendar>().Today, null) }, entry.RecordedAt,
                club.Get<ClubCalendar>().Today);
            var again = journal.Post(Posting.Again(entry));
            foreach (var property in told)
                Assert.True(Equals(property.GetValue(entry), property.GetValue(again)), $"{entry.Kind}: {property.Name}");
        }
    }

    /// <summary>Lots of the survivor and of the fan whose dates moved onto each other: what was taken from the fan's is taken from both before it is owed.</summary>
    [Fact]
    public void What_was_taken_is_taken_from_all_lots_of_the_same_terms_before_it_is_owed()
    {
        var day = new DateOnly(2026, 3, 2);
        LotLine Line(decimal points, DateOnly lapses) =>
            new("x", Points.Of(points), day, lapses) { Payers = [new Funding("hq", Points.Of(points))] };
        var wallet = new WalletState(new WalletCode("club"), []).With(Line(10, day.AddDays(30))).With(Line(100, day.AddDays(1)))
            .With(new LotLine(LotLine.All, Points.Zero, day, day.AddDays(40)));
        Assert.Equal(2, wallet.Lots.Count);
        var after = wallet.With(Line(-50, day.AddDays(40)));
        var lot = Assert.Single(after.Lots);
        Assert.Equal((Points.Of(60), Points.Of(60)), (lot.Remaining, lot.Payers.Sum(payer => payer.Points)));
        var owing = after.With(Line(-70, day.AddDays(40)));
        Assert.Equal((Points.Of(-10), Lot.Debt), (owing.Balance, Assert.Single(owing.Lots).Id));
    }
}
