using Club.Access;
using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Tests.Joining;
using Club.Value;
using CsCheck;
using Xunit;
using static Club.Tests.Value.ValueClub;

namespace Club.Tests.Value;

/// <summary>Classes, whatever crashes, repeats or comes at once.</summary>
public sealed class ValueRaceTests
{
    private static readonly Programme Programme = Book.With(ValueClub.Rules);

    /// <summary>The survivor has no month of the bill yet, from which to take it back.</summary>
    [Fact]
    public async Task What_comes_and_goes_at_any_moment_of_a_merge_is_summed_up_once()
    {
        for (var call = 1; ; call++)
        {
            var store = new InterruptedStore(new MemoryStore());
            await using var club = new ClubFixture(store: store.Inner, rules: Programme);
            await using var slow = new ClubFixture(store: store, rules: Programme);
            var (owner, fan) = ((await Register(club)).MemberId, (await club.Register("13900139000")).MemberId);
            await club.Send(Bill("B-1", "2026-02-01", 700m), Bill("F-1", "2026-01-20", 1700m, phone: "13900139000"), Bill("F-2", "2026-01-05", phone: "13900139000"));
            var isMet = false;
            store.At(call, async () =>
            {
                isMet = true;
                await club.Send(Return("F-1", "R-1", "2026-03-01"), Bill("F-3", "2026-03-02", 300m, phone: "13900139000"), Return("F-2", "R-2", "2026-03-01"));
            });
            await slow.Get<Merge>().Handle(fan, owner, default);
            await club.Sweep(FinishSweep.Word);
            Assert.Equal([], await club.Verify());
            if (!isMet) return;
            Assert.Equal((Money.Of(1000m), 2), (await Judged(club, owner)).Inputs is { } told ? (told.Spend, told.Bills) : default);
        }
    }

    [Theory]
    [InlineData("sweep")]
    [InlineData("bill")]
    [InlineData("return")]
    [InlineData("merge")]
    public async Task A_crash_at_any_write_leaves_what_a_repeat_ends(string what)
    {
        for (var writes = 0; writes < 80; writes++)
        {
            var store = new MemoryStore();
            MemberId member, fan;
            await using (var club = new ClubFixture(store: store, rules: Programme))
            {
                member = (await Register(club)).MemberId;
                fan = (await club.Register("13900139000")).MemberId;
                await club.Send(Bill("B-1", "2026-01-01"), Bill("F-1", "2026-02-20", 1700m, phone: "13900139000"));
                if (what == "merge") await Sweep(club);
            }
            var crashing = new CrashingStore(store) { Unanswered = writes % 2 == 0 };
            crashing.CrashAfter(writes / 2);
            var crashed = false;
            await using (var dying = new ClubFixture(store: crashing, rules: Programme))
            {
                try
                {
                    crashed = await Do(dying, what, member, fan);
                }
                catch (StoreException)
                {
                    crashed = true;
                }
            }
            await using var after = new ClubFixture(store: store, rules: Programme);
            Assert.False(await Do(after, what, member, fan));
            await Sweep(after);
            Assert.Equal((0, 0), await Sweep(after));
            Assert.Equal(what switch
            {
                "merge" => "SA GA", "bill" => "GA", "return" => "-", _ => "SA",
            }, what == "return" ? await Told(after, member) is "" ? "-" : "?" : await Told(after, member));
            Assert.Equal(await Cell(after, member), await Profile(after, member) is { ValueClass: { } value } known ? value + known.LoyaltyClass : null);
            Assert.Empty(await after.Verify());
            if (!crashed) return;
        }
        Assert.Fail("It never got through.");
    }

    private static async Task<bool> Do(ClubFixture club, string what, MemberId member, MemberId fan)
    {
        switch (what)
        {
            case "sweep":
                return (await Sweep(club)).Failed > 0;
            case "bill":
                await club.Send(Bill("B-2", "2026-02-25", 2000m));
                return false;
            case "return":
                await club.Send(Return("B-1", "R-1", "2026-03-01"));
                return false;
            default:
                await club.Get<Merge>().Handle(fan, member, Cancellation);
                return false;
        }
    }

    [Fact]
    public async Task Two_hosts_that_sweep_while_bills_returns_and_transfers_come_agree_with_the_ledger()
    {
        for (var round = 0; round < 25; round++)
        {
            var store = new MemoryStore();
            await using var one = new ClubFixture(store: store, rules: Programme);
            await using var other = new ClubFixture(store: store, rules: Programme);
            var member = (await Register(one)).MemberId;
            await one.Send(Bill("B-0", "2025-03-02", 1500m));
            await Task.WhenAll(
                Task.Run(() => Sweep(one), Cancellation), Task.Run(() => Sweep(other), Cancellation),
                Task.Run(() => one.Send(Bill("B-1", "2026-03-01", 400m)), Cancellation),
                Task.Run(() => other.Send(Bill("B-1", "2026-03-01", 400m), Bill("B-2", "2026-03-02", 700m)), Cancellation),
                Task.Run(() => other.Send(Return("B-0", "R-0", "2026-03-02", new { lineId = "1", amount = 500m })), Cancellation),
                Task.Run(() => one.Get<Transfers>().Move(member, new TransferRequest(new("D002"), "搬家"), Caller.OperatorAs("A017"), Cancellation), Cancellation));
            await Sweep(one);
            var view = await Judged(one, member);
            Assert.Equal((Money.Of(2100), "GB"), (view.Inputs!.Spend, view.Cell));
            Assert.Equal(("G", "B", "D002"), await Profile(other, member) is var known ? (known.ValueClass, known.LoyaltyClass, known.ClassedAt?.Value) : default);
            Assert.EndsWith("GB", await Told(one, member), StringComparison.Ordinal);
            Assert.Equal((0, 0), await Sweep(other));
            Assert.Empty(await one.Verify());
        }
    }

    /// <summary>Whatever comes in whatever order: after each sweep the profile has the class that the ledger gives, and a second sweep
    /// writes nothing.</summary>
    [Fact]
    public Task After_a_sweep_profiles_have_the_class_of_their_ledger() => Gen.Int.SampleAsync(async seed =>
    {
        var random = new Random(seed);
        await using var club = new ClubFixture(rules: Programme);
        var members = new List<MemberId>();
        for (var i = 0; i < 3; i++) members.Add((await Register(club, $"1380013800{i}", $"D00{i + 1}")).MemberId);
        var day = new DateOnly(2026, 3, 2);
        for (var step = 0; step < 40; step++)
        {
            day = day.AddDays(random.Next(60));
            club.At(day.Year, day.Month, day.Day);
            var who = random.Next(3);
            switch (random.Next(4))
            {
                case 0 or 1:
                    await club.Send(Bill($"B-{step}", $"{day.AddDays(-random.Next(200)):yyyy-MM-dd}", random.Next(1, 4000), $"D00{random.Next(1, 4)}", $"1380013800{who}",
                        random.Next(5) == 0 ? "rescue" : "parts"));
                    break;
                case 2:
                    await club.Send(Return($"B-{random.Next(step + 1)}", $"R-{step}", $"{day:yyyy-MM-dd}"));
                    break;
                default:
                    await club.Get<Transfers>().Move(members[who], new TransferRequest(new($"D00{random.Next(1, 4)}"), "搬家"), Caller.OperatorAs("A017"), Cancellation);
                    break;
            }
            await Sweep(club);
            Assert.Equal((0, 0), await Sweep(club));
            foreach (var member in members)
            {
                var profile = await Profile(club, member);
                var judged = ClassRules.Judge(Terms, VisitRules.Of(Terms, [.. (await club.Entries(member)).Reverse()]), profile.DealerId, day);
                Assert.Equal((judged?.Value, judged?.Loyalty), (profile.ValueClass, profile.LoyaltyClass));
                Assert.Equal(judged?.Cell, await Cell(club, member));
            }
        }
        Assert.Empty(await club.Verify());
    }, iter: 10, threads: 1);
}
