using Club.Identity;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Store;
using CsCheck;
using Xunit;

namespace Club.Tests.Members;

/// <summary>Lapsing and coming back, whatever crashes, repeats or comes at once.</summary>
public sealed class LapseRaceTests
{
    private const string Phone = "13800138000";
    private static readonly Programme Rules = Book.With("""{"effectiveFrom":"2020-01-01","membership":{"lapsesAfterMonths":12}}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Of a sweep, of a bill that brings back, and of a form that does.</summary>
    [Theory]
    [InlineData("sweep")]
    [InlineData("bill")]
    [InlineData("form")]
    public async Task A_crash_at_any_write_leaves_what_a_repeat_ends(string what)
    {
        for (var writes = 0; writes < 40; writes++)
        {
            var store = new MemoryStore();
            MemberId member;
            await using (var club = new ClubFixture(store: store, rules: Rules))
            {
                member = (await club.Register(Phone)).MemberId;
                await club.Send(Bill("B-1", "2026-03-02"));
                club.At(2027, 6, 1);
                if (what != "sweep") await club.Sweep(LapseSweep.Word);
            }
            var crashing = new CrashingStore(store) { Unanswered = writes % 2 == 0 };
            crashing.CrashAfter(writes / 2);
            var crashed = false;
            await using (var dying = new ClubFixture(store: crashing, rules: Rules))
            {
                dying.At(2027, 6, 1);
                try
                {
                    crashed = what == "sweep" && (await dying.Sweep(LapseSweep.Word)).Failed > 0;
                    if (what != "sweep") await Come(dying, what);
                }
                catch (StoreException)
                {
                    crashed = true;
                }
            }
            await using var after = new ClubFixture(store: store, rules: Rules);
            after.At(2027, 6, 1);
            Assert.Empty(await after.Verify());
            if (what == "sweep") await after.Sweep(LapseSweep.Word);
            else await Come(after, what);
            Assert.Equal(what == "sweep" ? "joined lapsed" : "joined lapsed returned", await LapseClub.Acts(after, member));
            Assert.Empty(await after.Verify());
            if (!crashed) return;
        }
        Assert.Fail("It never got through.");
    }

    [Fact]
    public async Task Two_hosts_that_sweep_while_bills_and_forms_come_leave_a_member_and_one_word_for_each_turn()
    {
        for (var round = 0; round < 30; round++)
        {
            var store = new MemoryStore();
            await using var one = new ClubFixture(store: store, rules: Rules);
            await using var other = new ClubFixture(store: store, rules: Rules);
            var member = (await one.Register(Phone)).MemberId;
            foreach (var club in (ClubFixture[])[one, other]) club.At(2027, 6, 1);
            await Task.WhenAll(
                Task.Run(() => one.Sweep(LapseSweep.Word), Cancellation), Task.Run(() => other.Sweep(LapseSweep.Word), Cancellation),
                Task.Run(() => one.Send(Bill($"B-{round}", "2027-06-01")), Cancellation),
                Task.Run(() => other.Send(Bill($"B-{round}", "2027-06-01"), Bill($"C-{round}", "2027-06-01")), Cancellation),
                Task.Run(() => other.Register(Phone, form => form with { City = "北京" }), Cancellation));
            Assert.Equal(MemberStatus.Member, (await one.Get<Membership>().Find(member, Cancellation))!.Status);
            Assert.Contains(await LapseClub.Acts(one, member), (string[])["joined", "joined lapsed returned"]);
            Assert.Equal(2, (await one.Entries(member)).Count);
            await one.Sweep(LapseSweep.Word);
            Assert.Empty(await one.Verify());
        }
    }

    [Fact]
    public async Task Two_sweeps_at_once_lapse_her_once()
    {
        var store = new MemoryStore();
        await using var one = new ClubFixture(store: store, rules: Rules);
        await using var other = new ClubFixture(store: store, rules: Rules);
        var members = new List<MemberId>();
        for (var i = 0; i < 10; i++) members.Add((await one.Register($"1380013800{i}")).MemberId);
        foreach (var club in (ClubFixture[])[one, other]) club.At(2027, 6, 1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Sweep(LapseSweep.Word), Cancellation)));
        foreach (var member in members) Assert.Equal("joined lapsed", await LapseClub.Acts(one, member));
        Assert.Empty(await one.Verify());
    }

    /// <summary>Whatever comes in whatever order: after each sweep somebody is a member exactly when she was seen within the year.</summary>
    [Fact]
    public Task After_a_sweep_whoever_was_seen_within_the_time_is_a_member_and_nobody_else() => Gen.Int.SampleAsync(async seed =>
    {
        var random = new Random(seed);
        await using var club = new ClubFixture(rules: Rules);
        var day = new DateOnly(2026, 3, 2);
        var seen = new Dictionary<string, DateOnly>();
        for (var step = 0; step < 40; step++)
        {
            day = day.AddDays(random.Next(120));
            club.At(day.Year, day.Month, day.Day);
            var phone = $"1380013800{random.Next(3)}";
            switch (random.Next(4))
            {
                case 0:
                    var isNews = !seen.TryGetValue(phone, out var before)
                        || (await Status(club, phone)) == MemberStatus.Lapsed;
                    await club.Register(phone, form => form with { Hobbies = isNews ? [] : [$"{step}"] });
                    seen[phone] = day;
                    break;
                case 1 when seen.ContainsKey(phone):
                    var on = day.AddDays(-random.Next(500));
                    await club.Send(Bill($"B-{step}", $"{on:yyyy-MM-dd}", phone));
                    if (on > seen[phone]) seen[phone] = on;
                    break;
                case 2 when seen.ContainsKey(phone) && step > 0:
                    await club.Send(Events.Return($"B-{step - 1}", $"R-{step}", time: $"{day:yyyy-MM-dd}T11:00:00+08:00"));
                    break;
            }
            await club.Sweep(LapseSweep.Word);
            Assert.Equal((0, 0), await Changed(club));
            foreach (var (one, last) in seen)
                Assert.Equal(last.AddMonths(12) is var end && end <= day && !(end.Day < last.Day && end == day) ? MemberStatus.Lapsed
                    : MemberStatus.Member, await Status(club, one));
        }
        Assert.Empty(await club.Verify());
    }, iter: 15, threads: 1);

    /// <summary>A second sweep writes nothing.</summary>
    private static async Task<(int, int)> Changed(ClubFixture club)
    {
        var before = (await club.Changes()).Select(document => (document.Partition, document.Id, document.ETag)).ToHashSet();
        await club.Sweep(LapseSweep.Word);
        var after = (await club.Changes()).Select(document => (document.Partition, document.Id, document.ETag)).ToHashSet();
        return (before.Except(after).Count(), after.Except(before).Count());
    }

    private static async Task<MemberStatus?> Status(ClubFixture club, string phone) =>
        (await club.Get<Membership>().Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, Cancellation))?.Status;

    private static Task Come(ClubFixture club, string what) =>
        what == "bill" ? club.Send(Bill("B-2", "2027-06-01")) : club.Register(Phone);

    private static string Bill(string id, string day, string phone = Phone) =>
        Events.Bill(id, phone, dealerId: "D001", time: $"{day}T10:00:00+08:00", lines: [Events.Line("1", "parts", 100m)]);
}
