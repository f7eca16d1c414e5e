using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Spending;

/// <summary>The store goes down at a write, before it or after it, and whoever asked asks again.</summary>
public sealed class SpendingCrashTests
{
    public static MatrixTheoryData<string, bool> Steps => new MatrixTheoryData<string, bool>(
        ["redeem", "hold", "confirm", "cancel", "refund", "lapse", "overdraft"], [false, true]);

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_that_is_asked_for_again_is_done_once(string step, bool unanswered)
    {
        var expected = await Run(step, null);
        var crashes = 0;
        for (var writes = 0; writes < 3; writes++)
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            Assert.Equal(expected, await Run(step, store, () => store.CrashAfter(writes), () =>
            {
                crashes++;
                store.Recover();
            }));
        }
        Assert.True(crashes > 0);
    }

    /// <returns>The lots and the kinds of the entries at the end.</returns>
    private static async Task<string> Run(string step, IClubStore? store, Action? crash = null, Action? recover = null)
    {
        await using var club = new ClubFixture(rules: Till.Book(), store: store);
        var till = new Till(club);
        var member = (await club.Register()).MemberId;
        await till.Earn("WO-0", 200, "2026-01-10");
        await till.Earn("WO-1", 1000, "2026-02-10");
        var held = (await till.Redeem(member, 300, hold: true, command: new Command("held", ""))).Value.Answer.RedemptionId;
        var spent = (await till.Redeem(member, 500, command: new Command("spent", ""))).Value.Answer.RedemptionId;
        if (step == "overdraft") await till.Redeem(member, 500, command: new Command("owed", ""));
        if (step == "lapse") club.Clock.Advance(TimeSpan.FromMinutes(31));
        if (step == "overdraft") club.At(2026, 9, 1);
        var command = new Command("again", "");
        Func<Task> act = step switch
        {
            "redeem" => async () => Assert.True((await till.Redeem(member, 100, command: command)).Succeeded),
            "hold" => async () => Assert.True((await till.Redeem(member, 100, hold: true, command: command)).Succeeded),
            "confirm" => async () => Assert.True((await till.Confirm(held, command)).Succeeded),
            "cancel" => async () => Assert.True((await till.Cancel(held, command)).Succeeded),
            "refund" => async () => Assert.True((await till.Refund(spent, 250, command)).Succeeded),
            "lapse" => () => Swept(HoldSweep.Word),
            _ => () => Swept(HoldSweep.Word, OverdraftSweep.Word),
        };
        crash?.Invoke();
        try
        {
            await act();
        }
        catch (StoreException)
        {
            recover?.Invoke();
            await act();
        }
        (store as CrashingStore)?.Recover();
        Assert.Empty(await club.Verify());
        var account = await club.Account(member);
        return string.Join('\n', [.. account.Wallets[0].Lots.OrderBy(lot => lot.Id, StringComparer.Ordinal).Select(lot => $"{lot.Id} {lot.Remaining}"),
            .. (await club.Entries(member)).Select(entry => $"{entry.Kind} {entry.Points}"), $"{account.Holds?.Count}"]);

        async Task Swept(params string[] words)
        {
            if (await club.Sweep(words) is { Failed: > 0 }) throw new StoreException("A sweep failed.");
        }
    }
}
