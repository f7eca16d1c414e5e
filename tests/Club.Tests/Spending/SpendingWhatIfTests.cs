using Club.Kernel;
using Club.Programmes;
using Club.WhatIf;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>A draft plays what was spent, too.</summary>
public sealed class SpendingWhatIfTests
{
    [Fact]
    public async Task Under_the_same_rules_the_same_is_spent()
    {
        await using var club = await Lived();
        var report = await Report(club, club.Programme);
        var wallet = report.Wallets[0];
        Assert.Equal((Points.Of(450), Points.Of(450)), (wallet.Redeemed.Before, wallet.Redeemed.After));
        Assert.Equal(wallet.Balance.Before, wallet.Balance.After);
        Assert.Equal(wallet.Liability.Before, wallet.Liability.After);
        Assert.Equal(0, report.Unaffordable);
        Assert.Empty(report.MostAffected);
    }

    [Fact]
    public async Task Under_rules_that_give_less_some_of_it_could_not_have_been_paid_for()
    {
        await using var club = await Lived();
        var report = await Report(club, club.Programme with { Earning = [.. club.Programme.Earning.Select(rule =>
            rule with { Award = new Reward.Rate(0.4m) })] });
        Assert.Equal(1, report.Unaffordable);
        // 400 of 1,000 earned, 500 spent and 50 of it given back: 50 are owed.
        Assert.Equal(Points.Of(-50), report.Wallets[0].Balance.After);
    }

    private static async Task<ClubFixture> Lived()
    {
        var club = new ClubFixture(rules: Till.Book());
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 300, "2026-02-10");
        await till.Earn("WO-1", 700, "2026-02-20");
        var spent = await till.Redeemed(member, 500);
        await till.Refund(spent.RedemptionId, 50);
        // What is held is no entry, and hers all the same.
        await till.Redeemed(member, 100, hold: true);
        return club;
    }

    private static async Task<WhatIfReport> Report(ClubFixture club, Programme draft)
    {
        await foreach (var step in new Replay(club.Store, club.Get<ClubCalendar>()).Run(await club.Get<ProgrammeLibrary>().Now(), draft, 100m,
            default))
            if (step.Report is { } report) return report;
        throw new InvalidOperationException("There is no report.");
    }
}
