using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Programmes;
using Club.Tiers;
using Club.Transactions;
using CsCheck;
using Xunit;

namespace Club.Tests.Edges;

/// <summary>What docs/rules-at-the-edges.md promises.</summary>
public sealed class EdgeFlowTests : Flow
{
    private static readonly Programme Bonus = Book.With("""
        {"wallets":[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"never"},"unitCost":1}],
         "earning":[{"id":"rate","when":{"category":["parts"]},"award":{"rate":0.01}},
                    {"id":"step","when":{"category":["parts"]},"award":{"steps":[{"from":1000,"points":100},{"from":5000,"points":700}],"of":"amount","per":"transaction"}},
                    {"id":"wash","when":{"category":["care"]},"award":{"fixed":7,"per":"transaction"}}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
        """);

    private static object Back(string lineId, decimal amount) => new { lineId, amount };

    [Fact]
    public async Task A_step_bonus_goes_when_what_is_left_would_not_have_earned_it()
    {
        await using var club = await Open(rules: Bonus);
        var member = await club.Register();
        await club.Send(Events.Bill(
            lines: [Events.Line("1", "parts", 999m), Events.Line("2", "parts", 1m), Events.Line("3", "care", 50m)]));
        Assert.Equal(9.99m + 0.01m + 100 + 7, (await club.Balance(member.MemberId)).Value);

        await club.Send(Events.Return(id: "R1", lines: [Back("2", 0.5m)]));
        Assert.Equal(9.99m + 7 + 0.01m, (await club.Balance(member.MemberId)).Value);
        Assert.Contains((await club.Entries(member.MemberId))[0].Explanation, line => line
            is { Rule: "step", LineId: null, Points.Value: -100m });
        await club.Send(Events.Return(id: "R2", lines: [Back("3", 50m)]));
        Assert.Equal(10m, (await club.Balance(member.MemberId)).Value);
        await club.Send(Events.Return(id: "R3"));

        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_lower_step_stays_when_what_is_left_reaches_it()
    {
        await using var club = await Open(rules: Bonus);
        var member = await club.Register();
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 4000m), Events.Line("2", "parts", 1000m)]));
        await club.Send(Events.Return(lines: [Back("2", 1000m)]));
        Assert.Equal(40m + 100m, (await club.Balance(member.MemberId)).Value);
    }

    [Fact]
    public void Whatever_goes_back_in_whatever_parts_leaves_at_most_what_the_rest_earns_and_in_the_end_nothing() =>
        Gen.Select(Gen.Int[1, 300_000].Array[1, 4], Gen.Select(Gen.Int[0, 3], Gen.Int[1, 100]).Array[0, 8]).Sample(
            (fen, parts) =>
            {
                var club = Open(rules: Bonus).GetAwaiter().GetResult();
                var member = club.Register().GetAwaiter().GetResult();
                var left = fen.Select(amount => amount / 100m).ToArray();
                club.Send(Events.Bill(lines: [.. left.Select((amount, i) => Events.Line($"{i}", "parts", amount))])).GetAwaiter()
                    .GetResult();
                foreach (var ((at, percent), number) in parts.Select((part, number) => (part, number)))
                {
                    var line = at % left.Length;
                    var amount = decimal.Round(left[line] * percent / 100, 2);
                    if (amount == 0 || club.Send(Events.Return(id: $"R{number}", lines: [Back($"{line}", amount)])).GetAwaiter()
                        .GetResult()[0].Fate != Fate.Booked)
                        continue;
                    left[line] -= amount;
                    var bonus = left.Sum() >= 5000 ? 700 : left.Sum() >= 1000 ? 100 : 0;
                    var balance = club.Balance(member.MemberId).GetAwaiter().GetResult().Value;
                    // Returned shares are rounded down for each line, so a hundredth of each may stay.
                    Assert.InRange(balance - bonus, left.Sum() * 0.01m - 0.01m * left.Length, left.Sum() * 0.01m + 0.02m * left.Length);
                }
                if (left.Sum() > 0) club.Send(Events.Return(id: "ALL")).GetAwaiter().GetResult();
                Assert.Equal(Points.Zero, club.Balance(member.MemberId).GetAwaiter().GetResult());
                Assert.Empty(club.Verify().GetAwaiter().GetResult());
            },
            iter: 60, threads: 1);

    [Fact]
    public async Task Gold_stays_to_its_end_after_the_second_car_went_back_and_is_not_earned_again_by_it()
    {
        await using var club = await Open("skoda");
        var member = await club.Register();
        await club.Send(Events.Bill("V1", lines: [Events.Line("1", "vehicle", 150_000m, "明锐")]),
            Events.Bill("V2", lines: [Events.Line("1", "vehicle", 150_000m, "明锐")]));
        await club.Send(Events.Return("V2", time: "2026-03-02T11:00:00+08:00"));
        var tier = (await club.Account(member.MemberId)).Tier;
        Assert.Equal("gold", tier.Code);

        var after = tier.ValidUntil!.Value.AddDays(1);
        club.At(after.Year, after.Month, after.Day);
        await club.Sweep(TierSweep.Word);
        var account = await club.Account(member.MemberId);
        Assert.True(account.Tier.GraceUntil is not null || account.Tier.Code != "gold");
        club.At(after.Year + 1, after.Month, after.Day);
        await club.Sweep(TierSweep.Word);
        Assert.NotEqual("gold", (await club.Account(member.MemberId)).Tier.Code);
    }

    [Fact]
    public async Task A_purchase_of_the_first_day_of_a_tier_is_in_the_window_of_its_last_day()
    {
        await using var club = await Open("skoda");
        var member = await club.Register();
        await club.Send(Events.Bill(lines: [Events.Line("1", "parts", 30_000m)]));
        var tier = (await club.Account(member.MemberId)).Tier;
        var after = tier.ValidUntil!.Value.AddDays(1);
        club.At(after.Year, after.Month, after.Day);
        await club.Sweep(TierSweep.Word);
        var next = (await club.Account(member.MemberId)).Tier;
        Assert.Equal((tier.Code, tier.Since, null), (next.Code, next.Since, next.GraceUntil));
        Assert.True(next.ValidUntil > after);

        club.At(next.ValidUntil!.Value.Year, next.ValidUntil.Value.Month, next.ValidUntil.Value.Day);
        club.Clock.Advance(TimeSpan.FromDays(1));
        await club.Sweep(TierSweep.Word);
        Assert.True((await club.Account(member.MemberId)).Tier is var last && (last.Code != tier.Code || last.GraceUntil is not null));
    }

    [Fact]
    public async Task A_cap_for_life_that_two_members_used_stays_used_by_both_and_gives_nothing_more_after_their_merge()
    {
        await using var club = await Open(rules: Book.With("""
            {"earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1},"caps":[{"per":"lifetime","points":200}]}],
             "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D050"]}]} }
            """));
        await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan" });
        await club.Register();
        await club.Send(Events.Bill("F", member: new { openId = "o-fan" }), Events.Bill("O"));
        var member = await club.Register(with: registration => registration with { OpenId = "o-fan" });

        await club.Send(Events.Bill("N"));
        Assert.Equal(Points.Of(400), await club.Balance(member.MemberId));
        Assert.Equal((400m, 490m), ((await club.Entries(member.MemberId))[0].Explanation[0].Cuts![0].Used.Value,
            (await club.Entries(member.MemberId))[0].Explanation[0].Cuts![0].Points.Value));
        await club.Send(Events.Return("F", "R"));
        await club.Send(Events.Bill("N2"));
        Assert.Equal(Points.Of(200), await club.Balance(member.MemberId));
        Assert.Empty(await club.Verify());
    }
}
