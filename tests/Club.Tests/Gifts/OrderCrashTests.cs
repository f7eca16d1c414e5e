using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Members;
using Club.Running;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>The store goes down at a write, before it or after it: the repeat finds what is there, or the sweep gives it back.</summary>
public sealed class OrderCrashTests
{
    private static readonly Command Again = new("again", "a");

    public static MatrixTheoryData<string, bool, bool> Steps => new(
        ["place", "voucher", "batch", "import", "confirm", "cancel", "take back", "void", "use", "lapse", "erase"], [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_crash_leaves_nothing_that_does_not_end(string step, bool unanswered, bool repeats)
    {
        var whole = await Run(step, null, null, repeats: false);
        var untouched = await Run("nothing", null, null, repeats: false);
        var crashes = 0;
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            var before = crashes;
            var after = await Run(step, store, () => store.CrashAfter(writes), repeats, () => crashes++);
            // With the repeat all of it is done; without, all or nothing of what the member has, and the sweep has ended the rest.
            Assert.Contains(after, repeats || step == "lapse" ? new[] { whole } : [whole, untouched]);
            if (crashes == before) break;
        }
        Assert.InRange(crashes, 1, 100);
    }

    /// <returns>What is left, in words.</returns>
    private static async Task<string> Run(string step, CrashingStore? store, Action? crash, bool repeats, Action? crashed = null)
    {
        await using var club = new ClubFixture(rules: Shop.Book(), store: store);
        var shop = new Shop(club);
        await shop.Offer("MUG", Shop.Mug, 10);
        await shop.Offer("WASH", Shop.Wash);
        await shop.Offer("FILM", Shop.Wash);
        await shop.Batch("WASH", 20, new Command("b", "a"));
        var member = await shop.Member();
        var placed = (await shop.Order(member, "MUG", at: "D001", command: new Command("placed", "a"))).Value.Answer.OrderId;
        var confirmed = (await shop.Order(member, "MUG", at: "D001", command: new Command("confirmed", "a"))).Value.Answer.OrderId;
        Assert.True((await shop.Go(confirmed, OrderState.Confirmed)).Succeeded);
        var wash = (await shop.Order(member, "WASH", command: new Command("wash", "a"))).Value.Answer;
        if (step == "lapse") club.Clock.Advance(TimeSpan.FromMinutes(31));
        Func<Task> act = step switch
        {
            "place" => async () => Assert.True((await shop.Order(member, "MUG", at: "D001", command: Again)).Succeeded),
            "voucher" => async () => Assert.True((await shop.Order(member, "WASH", 3, command: Again)).Succeeded),
            "batch" => async () => Assert.True((await shop.Batch("FILM", 1000, Again)).Succeeded),
            "import" => async () => Assert.True((await shop.Import("FILM", ["FILM-00001", "FILM-00002", "FILM-00001"], Again)).Succeeded),
            "confirm" => async () => Assert.True((await shop.Go(placed, OrderState.Confirmed, Again)).Succeeded),
            "cancel" => async () => Assert.True((await shop.Go(placed, OrderState.Cancelled, Again)).Succeeded),
            "take back" => async () => Assert.True((await shop.Go(confirmed, OrderState.Cancelled, Again)).Succeeded),
            "void" => async () => Assert.True((await shop.Go(wash.OrderId, OrderState.Cancelled, Again)).Succeeded),
            "use" => async () => Assert.True((await shop.Use(wash.Vouchers[0].Code!, command: Again)).Succeeded),
            "erase" => async () => Assert.NotNull((await club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), default)).Value.DoneAt),
            "lapse" => async () =>
            {
                if (await club.Sweep(HoldSweep.Word, OrderSweep.Word) is { Failed: > 0 }) throw new StoreException("A sweep failed.");
            },
            _ => () => Task.CompletedTask,
        };
        crash?.Invoke();
        try
        {
            await act();
        }
        catch (StoreException)
        {
            crashed?.Invoke();
            store!.Recover();
            if (repeats) await act();
        }
        store?.Recover();
        club.Queue.Take();
        // Before the hold of what was placed is over, and after the time in which a host may still be at it.
        if (step != "lapse") club.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, (await club.Sweep(HoldSweep.Word, OrderSweep.Word, FinishSweep.Word)).Failed);
        Assert.Empty(await club.Verify());
        var account = await club.Account(member);
        var orders = (await club.Changes()).Where(document => document.Type == "order").Select(document => document.As<Order>()).ToArray();
        Assert.DoesNotContain(orders, order => order.IsHidden);
        var receipt = await club.Get<EraseMember>().Find(member, default);
        var vouchers = (await club.Changes()).Where(document => document.Type == "voucher").Select(document => document.As<Voucher>());
        return string.Join('\n', [$"{account.Available(new WalletCode("club"), club.Get<ClubCalendar>().Today)} {account.Held(new WalletCode("club"))}",
            .. orders.Select(order => $"{order.Gift} {order.Quantity} {order.State} {order.IsStocked}").Order(StringComparer.Ordinal),
            .. vouchers.Select(voucher => $"{voucher.Gift} {voucher.State}").Order(StringComparer.Ordinal),
            $"{await shop.Left("MUG")} {await shop.Left("WASH")} {await shop.Left("FILM")}",
            $"{receipt?.Erased.GetValueOrDefault("orders")} {receipt?.DoneAt is not null}"]);
    }
}
