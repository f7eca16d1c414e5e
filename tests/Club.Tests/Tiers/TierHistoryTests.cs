using System.Globalization;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Tiers;
using CsCheck;
using Xunit;

namespace Club.Tests.Tiers;

/// <summary>Tiers across versions of the programme: windows that grow, tiers that vanish.</summary>
public sealed class TierHistoryTests
{
    private static readonly Programme Short = Version("1", "2020-01-01",
        """{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":100,"windowMonths":6},"validityMonths":6}""");
    private static readonly Programme Long = Version("2", "2027-06-01",
        """{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":100,"windowMonths":36},"validityMonths":6}""");
    private static readonly Programme Other = Version("2", "2026-06-01",
        """{"code":"silver","name":"银卡","criteria":{"metric":"points","atLeast":10,"windowMonths":36},"validityMonths":6}""");

    [Fact]
    public async Task A_longer_window_counts_what_a_shorter_one_had_left_behind()
    {
        await using var club = new ClubFixture(rules: Short);
        var id = (await club.Register()).MemberId;
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 9_900m)]));
        club.At(2027, 3, 2);
        await club.Send(Events.Bill("B2", time: "2027-03-02T10:00:00+08:00", lines: [Events.Line("1", "parts", 50m)]));
        var before = await club.Account(id);
        Assert.Equal((new DateOnly(2026, 3, 2), "ordinary"), (before.FoldedUntil, before.Tier.Code.Value));

        club.Get<ProgrammeLibrary>().Learn([new PublishedVersion(Long, club.Clock.GetUtcNow())]);
        club.At(2027, 6, 1);
        await club.Send(Events.Bill("B3", time: "2027-06-01T10:00:00+08:00", lines: [Events.Line("1", "parts", 50m)]));

        var after = await club.Account(id);
        Assert.Equal((new TierCode("gold"), null), (after.Tier.Code, after.FoldedUntil));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_tier_that_a_new_version_does_not_have_is_left_by_the_next_sweep_whatever_its_end()
    {
        await using var club = new ClubFixture(rules: Short);
        var gold = (await club.Register()).MemberId;
        var granted = (await club.Register("13900139000")).MemberId;
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 10_000m)]));
        await club.Get<TierGrants>().Give(granted, new GrantRequest(new TierCode("gold"), new DateOnly(2030, 1, 1), "r"), null, Caller.OperatorAs("a"),
            TestContext.Current.CancellationToken);
        club.Get<ProgrammeLibrary>().Learn([new PublishedVersion(Other, club.Clock.GetUtcNow())]);

        club.At(2026, 5, 31);
        Assert.Equal(0, (await club.Sweep(TierSweep.Word)).Done);
        club.At(2026, 6, 1);
        Assert.Equal((2, 0), await club.Sweep(TierSweep.Word));
        Assert.Equal((0, 0), await club.Sweep(TierSweep.Word));

        Assert.Equal("silver", (await club.Account(gold)).Tier.Code);
        var account = await club.Account(granted);
        Assert.Equal((new TierCode("ordinary"), null), (account.Tier.Code, account.Grant));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public Task The_ledger_tells_the_same_activities_as_the_account() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 700], Gen.Int[0, 2]).Array[1, 6].SampleAsync(async bills =>
        {
            await using var club = new ClubFixture("skoda");
            var id = (await club.Register()).MemberId;
            foreach (var ((parts, day, returns), number) in bills.OrderBy(bill => bill.Item2).Select((bill, number) => (bill, number)))
            {
                club.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero).AddDays(day));
                var time = club.Get<ClubCalendar>().Now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
                await club.Send(Events.Bill($"B{number}", time: time,
                    lines: [Events.Line("1", "parts", parts), Events.Line("2", "activity", 10m)]));
                for (var i = 0; i < returns; i++)
                    await club.Send(Events.Return($"B{number}", $"R{number}-{i}",
                        [new { lineId = "1", amount = i == 0 ? parts / 3 : parts - parts / 3 }], time: time));
            }
            var account = await club.Account(id);
            var told = ActivityRules.Of(await club.Store.Entries(account, TestContext.Current.CancellationToken));
            Assert.Equal(account.Activity,
                TierRules.Fold(club.Programme, account.EarnedTier, ActivitySums.Of(told), club.Get<ClubCalendar>().Today));
        }, iter: 40);

    private static Programme Version(string version, string from, string tier)
    {
        var file = Book.File();
        file["version"] = version;
        file["effectiveFrom"] = from;
        file.Remove("dealers");
        file["tiers"] = System.Text.Json.Nodes.JsonNode.Parse($$"""[{"code":"ordinary","name":"普卡"},{{tier}}]""");
        return Book.Read(file);
    }
}
