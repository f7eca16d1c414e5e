using Club.Kernel;
using Club.Ledger;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>What does not go together is found.</summary>
public sealed class SpendingVerifierTests
{
    [Theory]
    [InlineData(RedemptionState.Confirmed, "no entry")]
    [InlineData(RedemptionState.Cancelled, "keeps points for it")]
    public async Task A_redemption_that_is_not_what_the_account_and_the_ledger_tell_is_a_difference(RedemptionState said, string difference)
    {
        await using var club = new ClubFixture(rules: Till.Book());
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 500);
        var held = await till.Redeemed(member, 300, hold: true);
        Assert.Empty(await club.Verify());
        var stored = (await club.Store.Read<Redemption>(member, held.RedemptionId, default))!;
        await club.Store.Commit(member, [(stored.Value with { State = said }).ToReplace(stored.ETag)]);
        Assert.Contains(await club.Verify(), sentence => sentence.Contains(difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Points_that_are_kept_for_nothing_are_a_difference()
    {
        await using var club = new ClubFixture(rules: Till.Book());
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 500);
        var stored = (await club.Store.Read<Account>(member, Account.Id, default))!;
        var lot = stored.Value.Wallets[0].Lots[0];
        var hold = new Hold($"{member}.nothing", new WalletCode("club"), club.Clock.GetUtcNow().AddHours(1), [lot.Take(Points.Of(10))], Points.Zero);
        await club.Store.Commit(member, [stored.Value.With(hold).ToReplace(stored.ETag)]);
        Assert.Contains(await club.Verify(), sentence => sentence.Contains("does not tell of them", StringComparison.Ordinal));
    }
}
