using Club.Access;
using Club.Care;
using Club.Gifts;
using Club.Kernel;
using Club.Members;
using Club.Messaging;
using Club.Running;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>How orders end besides by a step that somebody takes: their vouchers are used or lapse, their member is forgotten, their address
/// was kept long enough.</summary>
public sealed class OrderEndTests : IAsyncDisposable
{
    private static readonly ShipTo Home = new("王小明", "+8613800138000", "北京市朝阳区 1 号");
    private readonly ClubFixture _club = new(rules: Shop.Book());
    private readonly Shop _shop;

    public OrderEndTests() => _shop = new Shop(_club);

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_what_was_cancelled_in_the_night_nobody_is_told_that_it_comes()
    {
        await _shop.Offer("MUG", Shop.Mug, 10);
        var member = await _shop.Member();
        _club.At(2026, 3, 2, 22);
        var order = (await _shop.Ordered(member, "MUG", at: "D002")).OrderId;
        Assert.True((await _shop.Go(order, OrderState.Cancelled)).Succeeded);
        _club.At(2026, 3, 3, 10);
        await _club.Sweep(SmsSweep.Word);
        var told = new Dictionary<string, string>();
        await foreach (var document in _club.Store.FindAll(new IndexQuery(SmsRecord.MemberIndex, "", IndexQuery.Last, Partition: member), Cancellation))
            if (document.As<SmsRecord>() is var one && one.Occasion.Split(':') is ["order", _, var step]) told[step] = one.Why ?? $"{one.State}";
        Assert.Equal(("over", "Sent"), (told["placed"], told["cancelled"]));
    }

    [Fact]
    public async Task An_order_whose_vouchers_lapsed_is_cancelled_by_nobody_and_counts_for_the_limit()
    {
        await _shop.Offer("WASH", Shop.Wash.Replace("\"validMonths\"", "\"perMember\":{\"count\":2,\"per\":\"lifetime\"},\"validMonths\"", StringComparison.Ordinal));
        await _shop.Batch("WASH", 10);
        var member = await _shop.Member(200);
        var (given, kept) = (await _shop.Ordered(member, "WASH"), await _shop.Ordered(member, "WASH"));
        _club.At(2026, 9, 1, 23, 59);
        Assert.True((await _shop.Go(given.OrderId, OrderState.Cancelled)).Succeeded);
        _club.At(2026, 9, 2, 0, 0);
        var before = await _shop.Purse(member);
        foreach (var caller in new[] { Caller.OperatorAs("A017"), new Caller([Role.Member], member) { Subject = member, Member = member } })
        {
            var refused = (await _shop.Go(kept.OrderId, OrderState.Cancelled, caller: caller)).Problem!;
            Assert.Equal(("expired-voucher", ProblemKind.Conflict), (refused.Code, refused.Kind));
            Assert.Contains("was good until 2026-09-01", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, await _shop.Purse(member));
        await _shop.Ordered(member, "WASH");
        Assert.Equal("over-limit", (await _shop.Order(member, "WASH")).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Of_several_vouchers_one_that_was_used_and_one_that_lapsed_both_keep_the_order()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 10);
        var order = await _shop.Ordered(await _shop.Member(), "WASH", 3);
        Assert.True((await _shop.Use(order.Vouchers[0].Code!)).Succeeded);
        Assert.Equal("already-used", (await _shop.Go(order.OrderId, OrderState.Cancelled)).Problem!.Code);
        _club.At(2026, 9, 2);
        Assert.Equal("already-used", (await _shop.Go(order.OrderId, OrderState.Cancelled)).Problem!.Code);
        Assert.Equal(OrderState.Confirmed, (await Find(order.OrderId)).State);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task With_its_last_voucher_an_order_is_done()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 10);
        var order = await _shop.Ordered(await _shop.Member(), "WASH", 3);
        foreach (var (at, state) in new[] { (1, OrderState.Confirmed), (2, OrderState.Confirmed), (0, OrderState.Done) })
        {
            Assert.True((await _shop.Use(order.Vouchers[at].Code!, command: new Command($"use-{at}", "a"))).Succeeded);
            Assert.True((await _shop.Use(order.Vouchers[at].Code!, command: new Command($"use-{at}", "a"))).Value.IsRepeat);
            Assert.Equal(state, (await Find(order.OrderId)).State);
        }
        Assert.Equal([OrderState.Confirmed, OrderState.Done], (await Find(order.OrderId)).Steps.Select(step => step.State));
        Assert.Equal(("A017", "vouchers-used"), ((await Find(order.OrderId)).Steps[^1].Author, (await Find(order.OrderId)).Steps[^1].Reason));
        Assert.Equal("already-used", (await _shop.Go(order.OrderId, OrderState.Cancelled)).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Vouchers_used_at_once_in_two_places_end_their_order_once()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 20);
        await using var elsewhere = new ClubFixture(rules: Shop.Book(), store: _club.Raw);
        var other = new Shop(elsewhere);
        var order = await _shop.Ordered(await _shop.Member(), "WASH", 8);
        var used = await Task.WhenAll(order.Vouchers.Select((voucher, at) => Task.Run(() =>
            (at % 2 == 0 ? _shop : other).Use(voucher.Code!, command: new Command($"u{at}", "a")))));
        Assert.All(used, one => Assert.True(one.Succeeded));
        Assert.Equal([OrderState.Confirmed, OrderState.Done], (await Find(order.OrderId)).Steps.Select(step => step.State));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_no_open_order_no_promised_stock_and_no_good_voucher()
    {
        await _shop.Offer("MUG", Shop.Mug, 10);
        await _shop.Offer("BAG", Shop.Bag, 10);
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 20);
        var member = await _shop.Member(5000);
        var (placed, ready, handed) = (await Mug(0), await Mug(2), await Mug(3));
        var sent = (await _shop.Ordered(member, "BAG", shipTo: Home)).OrderId;
        foreach (var to in new[] { OrderState.Confirmed, OrderState.Shipped }) Assert.True((await _shop.Go(sent, to)).Succeeded);
        var (good, half, lapses) = (await _shop.Ordered(member, "WASH", 2), await _shop.Ordered(member, "WASH", 2), await _shop.Ordered(member, "WASH"));
        Assert.True((await _shop.Use(half.Vouchers[0].Code!)).Succeeded);
        Assert.True((await _shop.Go(lapses.OrderId, OrderState.Done)).Succeeded);
        var spent = (await _shop.Purse(member)).Available;

        var erased = await _club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation);
        Assert.Equal(6, erased.Value.Erased["orders"]);
        Assert.Equal((OrderState.Cancelled, "erased"), await End(placed));
        Assert.Equal((OrderState.Cancelled, "erased"), await End(ready));
        Assert.Equal((OrderState.Done, null), await End(handed));
        Assert.Equal((OrderState.Done, "erased"), await End(sent));
        Assert.Equal((OrderState.Cancelled, "erased"), await End(good.OrderId));
        Assert.Equal((OrderState.Done, "erased"), await End(half.OrderId));
        Assert.Equal((OrderState.Done, "erased"), await End(lapses.OrderId));
        Assert.Equal(new StockView(10, 1, 9), await _shop.Left("MUG"));
        Assert.Equal(new StockView(10, 1, 9), await _shop.Left("BAG"));
        foreach (var code in new[] { good.Vouchers[1].Code!, half.Vouchers[1].Code!, lapses.Vouchers[0].Code! })
            Assert.Equal("cancelled-voucher", (await _shop.Use(code)).Problem!.Code);
        // What was held is free, and what was never handed over is given back to an account that is nobody's.
        Assert.Equal((spent + Points.Of(700), Points.Zero), await _shop.Purse(member));
        Assert.DoesNotContain((await _club.Get<OrderSteps>().List(null, null, Caller.Operator, 50, null, Cancellation)).Items,
            order => order.State is not (OrderState.Done or OrderState.Cancelled));
        Assert.Empty(await _club.Verify());
        var documents = (await _club.Changes()).Count;
        Assert.Equal(6, (await _club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Value.Erased["orders"]);
        await _club.Sweep(HoldSweep.Word, OrderSweep.Word, FinishSweep.Word);
        Assert.Equal(documents, (await _club.Changes()).Count);

        async Task<string> Mug(int steps)
        {
            var order = (await _shop.Ordered(member, "MUG", at: "D001")).OrderId;
            foreach (var to in new[] { OrderState.Confirmed, OrderState.Ready, OrderState.Done }.Take(steps)) Assert.True((await _shop.Go(order, to)).Succeeded);
            return order;
        }

        async Task<(OrderState, string?)> End(string order) =>
            (await _club.Store.Read<Order>(member, order, Cancellation))!.Value is var one ? (one.State, one.Steps[^1].Reason) : default;
    }

    [Fact]
    public async Task Nothing_is_ordered_by_whoever_is_forgotten_meanwhile()
    {
        await _shop.Offer("BAG", Shop.Bag, 20);
        var member = await _shop.Member(5000);
        var orders = Enumerable.Range(0, 12).Select(i => Task.Run(() => _shop.Order(member, "BAG", shipTo: Home, command: new Command($"k{i}", "a")))).ToArray();
        await orders[0];
        Assert.True((await _club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        foreach (var answer in await Task.WhenAll(orders)) Assert.True(answer.Succeeded || answer.Problem!.Code == "not-found", answer.Problem?.Message);
        _club.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, (await _club.Sweep(HoldSweep.Word, OrderSweep.Word, FinishSweep.Word)).Failed);
        var left = (await _club.Changes()).Where(document => document.Type == "order").Select(document => document.As<Order>()).ToArray();
        Assert.All(left, order => Assert.Equal((OrderState.Cancelled, false, (ShipTo?)null), (order.State, order.IsStocked, order.ShipTo)));
        Assert.Equal(new StockView(20, 0, 20), await _shop.Left("BAG"));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task What_was_on_its_way_when_she_is_forgotten_gives_its_stock_back()
    {
        await _shop.Offer("MUG", Shop.Mug, 10);
        var member = await _shop.Member();
        var opening = new Order { Id = $"{member}.O-left", MemberId = member, State = OrderState.Opening, Gift = "MUG", Name = "马克杯", Kind = GiftKind.Goods,
            Collect = Collect.Dealer, Quantity = 4, ShipTo = Home, At = _club.Clock.GetUtcNow(), Author = "A017", Cause = "order:left", IsStocked = true, Content = "" };
        await _club.Store.Commit(member, [opening.ToCreate()], Cancellation);
        var gift = (await _club.Get<GiftCatalogue>().Read("MUG", Cancellation))!.Value;
        Assert.Null(await _club.Get<GiftStocks>().Promise(gift, opening.Cause, 4, Cancellation));
        Assert.Equal(6, (await _shop.Left("MUG")).Left);
        Assert.True((await _club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.Equal(10, (await _shop.Left("MUG")).Left);
        Assert.Empty(await _club.Verify());
    }

    [Theory]
    [InlineData(OrderState.Done)]
    [InlineData(OrderState.Cancelled)]
    public async Task The_address_of_an_order_that_has_ended_goes_after_its_days(OrderState end)
    {
        await _shop.Offer("BAG", Shop.Bag, 5);
        var member = await _shop.Member();
        var (ended, open) = ((await _shop.Ordered(member, "BAG", shipTo: Home)).OrderId, (await _shop.Ordered(member, "BAG", shipTo: Home)).OrderId);
        foreach (var order in new[] { ended, open })
            foreach (var to in new[] { OrderState.Confirmed, OrderState.Shipped }) Assert.True((await _shop.Go(order, to)).Succeeded);
        Assert.True((await _shop.Go(ended, end)).Succeeded);
        var last = new DateOnly(2026, 3, 2).AddDays(180);
        _club.At(last.Year, last.Month, last.Day - 1, 23, 59);
        Assert.Equal((0, 0), await _club.Sweep(ForgetSweep.Word));
        Assert.Equal(Home, (await Find(ended)).ShipTo);
        _club.At(last.Year, last.Month, last.Day, 0, 1);
        Assert.Equal((1, 0), await _club.Sweep(ForgetSweep.Word));
        Assert.Null((await Find(ended)).ShipTo);
        Assert.Equal(Home, (await Find(open)).ShipTo);
        Assert.Equal((0, 0), await _club.Sweep(ForgetSweep.Word));
        Assert.Equal(end, (await Find(ended)).State);
        // Nothing personal is left in it: it is stored in the clear.
        Assert.DoesNotContain("sealed", System.Text.Encoding.UTF8.GetString((await _club.Raw.Read(member, ended, Cancellation))!.Json.Span), StringComparison.Ordinal);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task An_order_that_is_taken_back_after_it_was_done_keeps_its_address_anew()
    {
        await _shop.Offer("BAG", Shop.Bag, 5);
        var order = (await _shop.Ordered(await _shop.Member(), "BAG", shipTo: Home)).OrderId;
        foreach (var to in new[] { OrderState.Confirmed, OrderState.Shipped, OrderState.Done }) Assert.True((await _shop.Go(order, to)).Succeeded);
        _club.At(2026, 5, 1);
        Assert.True((await _shop.Go(order, OrderState.Cancelled)).Succeeded);
        _club.At(2026, 9, 15);
        await _club.Sweep(ForgetSweep.Word);
        Assert.Equal(Home, (await Find(order)).ShipTo);
        _club.At(2026, 10, 28);
        await _club.Sweep(ForgetSweep.Word);
        Assert.Null((await Find(order)).ShipTo);
    }

    private async Task<OrderView> Find(string order) => (await _club.Get<OrderSteps>().Find(order, Caller.Operator, Cancellation))!;
}
