using Club.Gifts;
using Club.Running;
using Club.Store;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>What comes in and goes out, never what is promised, whoever crashes in between.</summary>
public sealed class StockTests
{
    [Fact]
    public async Task Stock_comes_in_and_goes_out_but_never_what_is_promised()
    {
        await using var club = new ClubFixture(rules: Shop.Book());
        var shop = new Shop(club);
        Assert.Equal("not-found", (await shop.Stock("MUG", 5)).Problem!.Code);
        await shop.Offer("MUG", Shop.Mug);
        Assert.Equal("out-of-stock", (await shop.Stock("MUG", -1)).Problem!.Code);
        Assert.Equal(new StockView(5, 0, 5), (await shop.Stock("MUG", 5)).Value.Answer);
        await shop.Ordered(await shop.Member(), "MUG", 2, at: "D001");
        Assert.Equal(new StockView(5, 2, 3), await shop.Left("MUG"));
        var refused = await shop.Stock("MUG", -4);
        Assert.Equal(("out-of-stock", 3m), (refused.Problem!.Code, refused.Problem.Numbers!["available"]));
        Assert.Equal(new StockView(5, 2, 3), await shop.Left("MUG"));
        Assert.Equal(new StockView(2, 2, 0), (await shop.Stock("MUG", -3)).Value.Answer);
        Assert.Equal(new StockView(2, 2, 0), await shop.Left("MUG"));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_repeated_key_counts_once()
    {
        await using var club = new ClubFixture(rules: Shop.Book());
        var shop = new Shop(club);
        await shop.Offer("MUG", Shop.Mug);
        foreach (var change in new[] { 10, -4 })
        {
            var (first, again) = (await shop.Stock("MUG", change, new Command($"k{change}", "a")), await shop.Stock("MUG", change, new Command($"k{change}", "a")));
            Assert.Equal((first.Value.Answer, false, true), (again.Value.Answer, first.Value.IsRepeat, again.Value.IsRepeat));
            Assert.Equal("different-content", (await shop.Stock("MUG", change, new Command($"k{change}", "b"))).Problem!.Code);
        }
        Assert.Equal(new StockView(6, 0, 6), await shop.Left("MUG"));
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(7, true)]
    [InlineData(-7, false)]
    [InlineData(-7, true)]
    [InlineData(-70, false)]
    [InlineData(-70, true)]
    public async Task A_crash_at_any_write_is_made_good_by_the_repeat_or_the_sweep(int change, bool unanswered)
    {
        foreach (var repeats in new[] { true, false })
            for (var writes = 0; ; writes++)
            {
                var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
                await using var club = new ClubFixture(rules: Shop.Book(), store: store);
                var shop = new Shop(club);
                await shop.Offer("MUG", Shop.Mug, 10);
                store.CrashAfter(writes);
                var crash = await Record.ExceptionAsync(() => shop.Stock("MUG", change, new Command("k", "a")));
                store.Recover();
                if (repeats) await shop.Stock("MUG", change, new Command("k", "a"));
                club.Clock.Advance(TimeSpan.FromMinutes(20));
                Assert.Equal(0, (await club.Sweep(FinishSweep.Word)).Failed);
                var left = await shop.Left("MUG");
                Assert.Equal((left.Total, 0L), (left.Left, left.Promised));
                if (repeats && change != -70) Assert.Equal(10 + change, left.Total);
                else Assert.Contains(left.Total, change == -70 ? new[] { 10L } : [10L, 10L + change]);
                Assert.Empty(await club.Verify());
                if (crash is null) break;
            }
    }

    [Fact]
    public async Task Many_buyers_and_many_withdrawals_share_no_piece()
    {
        await using var club = new ClubFixture(rules: Shop.Book());
        var shop = new Shop(club);
        await shop.Offer("MUG", Shop.Mug, 20);
        var gift = (await club.Get<GiftCatalogue>().Read("MUG", default))!.Value;
        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => i % 2 == 0
            ? await club.Get<GiftStocks>().Promise(gift, $"c{i}", 1, default) is null
            : (await shop.Stock("MUG", -1, new Command($"k{i}", ""))).Succeeded)));
        Assert.Equal(20, taken.Count(one => one));
        Assert.Equal(0, (await shop.Left("MUG")).Left);
    }
}
