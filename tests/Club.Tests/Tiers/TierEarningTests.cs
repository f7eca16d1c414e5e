using Club.Kernel;
using System.Text.Json.Nodes;
using Club.Ledger;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Tiers;

/// <summary>Every way to earn a tier, from the message to the account.</summary>
public sealed class TierEarningTests
{
    [Theory]
    [InlineData("""{"metric":"points","categories":["parts"],"atLeast":10,"windowMonths":12}""", "parts", 1000, 1)]
    [InlineData("""{"metric":"spend","categories":["insurance"],"atLeast":3000,"windowMonths":12}""", "insurance", 1500, 2)]
    [InlineData("""{"metric":"count","categories":["vehicle"],"atLeast":2}""", "vehicle", 80_000, 2)]
    [InlineData("""{"metric":"count","categories":["referral"],"atLeast":3}""", "referral", 0, 3)]
    [InlineData("""{"any":[{"metric":"spend","atLeast":1000000},{"metric":"count","categories":["referral"],"atLeast":2}]}""", "referral",
        0, 2)]
    [InlineData("""{"all":[{"metric":"spend","moreThan":150,"categories":["labour"]},{"metric":"count","atLeast":2}]}""", "labour", 100, 2)]
    public async Task The_last_line_that_is_needed_gives_the_tier_at_once_and_others_do_not(string criteria, string category, int amount,
        int lines)
    {
        await using var club = Club(criteria);
        var id = (await club.Register()).MemberId;
        for (var line = 1; line <= lines; line++)
        {
            Assert.Equal("ordinary", (await club.Account(id)).Tier.Code);
            await club.Send(Bill($"B{line}", category, amount), Bill($"O{line}", "rescue", 1));
        }

        Assert.Equal("gold", (await club.Account(id)).Tier.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task What_was_returned_does_not_count()
    {
        await using var club = Club("""{"metric":"count","categories":["vehicle"],"atLeast":2}""");
        var id = (await club.Register()).MemberId;
        await club.Send(Bill("B1", "vehicle", 80_000));
        await club.Send(Events.Return("B1", "R1", [new { lineId = "1", amount = 80_000m }]));
        await club.Send(Bill("B2", "vehicle", 80_000));
        Assert.Equal("ordinary", (await club.Account(id)).Tier.Code);
        await club.Send(Bill("B3", "vehicle", 80_000));
        Assert.Equal("gold", (await club.Account(id)).Tier.Code);
    }

    [Fact]
    public async Task A_tier_is_requalified_kept_for_the_grace_period_and_lost_by_sweeps()
    {
        await using var club = Club("""{"metric":"spend","atLeast":1000,"windowMonths":6}""");
        var id = (await club.Register()).MemberId;
        await club.Send(Bill("B1", "parts", 1000, "2026-03-01T10:00:00+08:00"));
        Assert.Equal(new TierState(new TierCode("gold"), new(2026, 3, 2), new(2026, 9, 1)), (await club.Account(id)).Tier);
        club.At(2026, 8, 1);
        await club.Send(Bill("B2", "parts", 1000, "2026-08-01T10:00:00+08:00"));
        Assert.Equal(new DateOnly(2026, 9, 1), (await club.Account(id)).Tier.ValidUntil);

        club.At(2026, 9, 2);
        await club.Sweep(TierSweep.Word);
        Assert.Equal(new TierState(new TierCode("gold"), new(2026, 3, 2), new(2027, 3, 1)), (await club.Account(id)).Tier);
        club.At(2027, 3, 2);
        await club.Sweep(TierSweep.Word);
        Assert.Equal(new DateOnly(2027, 3, 11), (await club.Account(id)).Tier.GraceUntil);
        club.At(2027, 3, 12);
        await club.Sweep(TierSweep.Word);
        Assert.Equal(new TierState(new TierCode("ordinary"), new(2027, 3, 12), null), (await club.Account(id)).Tier);
        Assert.Empty(await club.Verify());
    }

    private static ClubFixture Club(string criteria)
    {
        var file = Book.File();
        file.Remove("dealers");
        file["tiers"] = JsonNode.Parse(
            $$"""[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{{criteria}},"validityMonths":6,"graceDays":10}]""");
        return new ClubFixture(rules: Book.Read(file));
    }

    private static string Bill(string id, string category, decimal amount, string time = "2026-03-02T10:20:00+08:00") =>
        Events.Bill(id, time: time, lines: [Events.Line("1", category, amount, "DX7")]);
}
