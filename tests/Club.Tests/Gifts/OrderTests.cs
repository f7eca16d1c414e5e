using System.Text.Json;
using Club.Access;
using Club.Gifts;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Spending;
using Club.Store;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>An order from the promise to its end: points, stock and vouchers go the same way.</summary>
public sealed class OrderTests : IAsyncDisposable
{
    private static readonly ShipTo Home = new("王小明", "+8613800138000", "北京市朝阳区 1 号");
    private readonly ClubFixture _club = new(rules: Shop.Book());
    private readonly Shop _shop;

    public OrderTests() => _shop = new Shop(_club);

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_placed_confirmed_made_ready_and_handed_over()
    {
        await _shop.Offer("MUG", Shop.Mug.Replace("\"dealer\"}", "\"dealer\",\"party\":\"dealer\"}", StringComparison.Ordinal), 10);
        var member = await _shop.Member();
        var order = await _shop.Ordered(member, "MUG", 2, at: "D002");
        Assert.Equal((OrderState.Placed, Points.Of(600), Money.Zero, "D002"), (order.State, order.Points, order.Cash, order.CollectAt!.Value.Value));
        Assert.Equal(_club.Clock.GetUtcNow().AddMinutes(30), order.ExpiresAt);
        Assert.Equal((Points.Of(400), Points.Of(600)), await _shop.Purse(member));
        Assert.Equal(new StockView(10, 2, 8), await _shop.Left("MUG"));
        Assert.Equal("wrong-state", (await _shop.Go(order.OrderId, OrderState.Ready)).Problem!.Code);
        Assert.Equal("wrong-state", (await _shop.Go(order.OrderId, OrderState.Done)).Problem!.Code);

        Assert.Equal(OrderState.Confirmed, (await _shop.Go(order.OrderId, OrderState.Confirmed)).Value.Answer.State);
        Assert.Equal((Points.Of(400), Points.Zero), await _shop.Purse(member));
        Assert.Equal([new CounterLine("dealer:D002", Points.Of(600))], (await _club.Entries(member))[0].Counter);
        Assert.Equal("not-held", (await _shop.Go(order.OrderId, OrderState.Confirmed)).Problem!.Code);
        Assert.Equal("wrong-state", (await _shop.Go(order.OrderId, OrderState.Shipped)).Problem!.Code);
        Assert.Equal(OrderState.Ready, (await _shop.Go(order.OrderId, OrderState.Ready)).Value.Answer.State);
        var done = (await _shop.Go(order.OrderId, OrderState.Done)).Value.Answer;
        Assert.Equal([OrderState.Placed, OrderState.Confirmed, OrderState.Ready, OrderState.Done], done.Steps.Select(step => step.State));
        Assert.All(done.Steps, step => Assert.Equal("A017", step.Author));
        Assert.Empty(await _club.Verify());
        // What the redemption pays for is given back with the order alone.
        Assert.Equal("not-offered", (await _club.Get<Redemptions>().Cancel(order.RedemptionId!, "x", _shop.Key(), Caller.Operator, Cancellation)).Problem!.Code);
    }

    [Fact]
    public async Task She_is_told_of_each_step_once_and_her_history_knows_it()
    {
        await _shop.Offer("MUG", Shop.Mug, 10);
        var member = await _shop.Member();
        var order = (await _shop.Ordered(member, "MUG", at: "D002")).OrderId;
        foreach (var to in new[] { OrderState.Confirmed, OrderState.Ready, OrderState.Done }) Assert.True((await _shop.Go(order, to)).Succeeded);
        var told = new List<string>();
        await foreach (var document in _club.Store.FindAll(new IndexQuery(SmsRecord.MemberIndex, "", IndexQuery.Last, Partition: member), Cancellation))
            told.Add(document.As<SmsRecord>().Text);
        foreach (var step in new[] { "Placed", "Confirmed", "Ready", "Done" }) Assert.Single(told, text => text.Contains($"{step} 马克杯 1 D002", StringComparison.Ordinal));
        var events = new List<MemberEventKind>();
        await foreach (var document in _club.Store.FindAll(new IndexQuery(MemberEvent.AtIndex, "", IndexQuery.Last, Partition: member), Cancellation))
            events.Add(document.As<MemberEvent>().Kind);
        Assert.Equal(4, events.Count(kind => kind is MemberEventKind.OrderPlaced or MemberEventKind.OrderConfirmed or MemberEventKind.OrderReady or MemberEventKind.OrderDone));
    }

    [Theory]
    [InlineData(OrderState.Placed)]
    [InlineData(OrderState.Confirmed)]
    [InlineData(OrderState.Ready)]
    [InlineData(OrderState.Done)]
    public async Task A_cancelled_order_gives_back_points_and_stock(OrderState until)
    {
        await _shop.Offer("MUG", Shop.Mug, 10);
        var member = await _shop.Member();
        var order = (await _shop.Ordered(member, "MUG", 3, at: "D001")).OrderId;
        foreach (var to in new[] { OrderState.Confirmed, OrderState.Ready, OrderState.Done }.Where(to => to <= until))
            Assert.True((await _shop.Go(order, to)).Succeeded);
        var cancelled = (await _shop.Go(order, OrderState.Cancelled)).Value.Answer;
        Assert.Equal((OrderState.Cancelled, "changed her mind"), (cancelled.State, cancelled.Steps[^1].Reason));
        Assert.Equal((Points.Of(1000), Points.Zero), await _shop.Purse(member));
        Assert.Equal(new StockView(10, 0, 10), await _shop.Left("MUG"));
        Assert.Equal("wrong-state", (await _shop.Go(order, OrderState.Cancelled)).Problem!.Code);
        Assert.Contains((await _shop.Go(order, OrderState.Confirmed)).Problem!.Code, (string[])["not-held", "not-confirmed"]);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task What_is_sent_needs_an_address_which_only_who_may_see_her_is_shown()
    {
        await _shop.Offer("BAG", Shop.Bag, 5);
        var member = await _shop.Member();
        Assert.Equal("$.shipTo", (await _shop.Order(member, "BAG")).Problem!.Path);
        var order = await _shop.Ordered(member, "BAG", 2, shipTo: Home);
        Assert.Equal((Points.Of(200), Money.Of(40), (ShipTo?)null), (order.Points, order.Cash, order.ShipTo));
        Assert.True((await _shop.Go(order.OrderId, OrderState.Confirmed)).Succeeded);
        Assert.Equal("wrong-state", (await _shop.Go(order.OrderId, OrderState.Done)).Problem!.Code);
        Assert.True((await _shop.Go(order.OrderId, OrderState.Shipped)).Succeeded);
        Assert.True((await _shop.Go(order.OrderId, OrderState.Done)).Succeeded);
        Assert.Equal(Home, (await Find(order.OrderId, Caller.Operator))!.ShipTo);
        Assert.Null((await Find(order.OrderId, new Caller([Role.Auditor], "审计")))!.ShipTo);
        Assert.Null((await _club.Get<OrderSteps>().List(null, null, Caller.Operator, 50, null, Cancellation)).Items[0].ShipTo);
        // At rest it is under her key, and when she is forgotten it goes; the order stays.
        Assert.Contains("sealed", System.Text.Encoding.UTF8.GetString((await _club.Raw.Read(member, order.OrderId, Cancellation))!.Json.Span), StringComparison.Ordinal);
        var export = new List<string>();
        foreach (var part in _club.Get<IEnumerable<IExports>>().Where(part => part.Name == "orders"))
            await foreach (var node in part.Export((await _club.Get<Membership>().Find(member, Cancellation))!, Cancellation)) export.Add(node.ToJsonString(ClubJson.Answers));
        Assert.Contains("朝阳区", Assert.Single(export), StringComparison.Ordinal);
        Assert.True((await _club.Get<EraseMember>().Handle(member, "本人申请", Caller.OperatorAs("A017"), Cancellation)).Succeeded);
        Assert.Null((await _club.Store.Read<Order>(member, order.OrderId, Cancellation))!.Value.ShipTo);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task An_order_that_nobody_confirms_lapses_with_its_hold()
    {
        await _shop.Offer("MUG", Shop.Mug.Replace("\"collect\"", "\"holdMinutes\":120,\"collect\"", StringComparison.Ordinal), 1);
        var member = await _shop.Member();
        var order = (await _shop.Ordered(member, "MUG", at: "D001")).OrderId;
        _club.Clock.Advance(TimeSpan.FromMinutes(119));
        await _club.Sweep(HoldSweep.Word, OrderSweep.Word);
        Assert.Equal(OrderState.Placed, (await Find(order, Caller.Operator))!.State);
        _club.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(OrderState.Cancelled, (await Find(order, Caller.Operator))!.State);
        Assert.Equal("expired-hold", (await _shop.Go(order, OrderState.Confirmed)).Problem!.Code);
        Assert.Equal(0, (await _club.Sweep(HoldSweep.Word, OrderSweep.Word)).Failed);
        Assert.Equal("expired-hold", (await _shop.Go(order, OrderState.Confirmed)).Problem!.Code);
        Assert.Equal((Points.Of(1000), Points.Zero), await _shop.Purse(member));
        Assert.Equal(new StockView(1, 0, 1), await _shop.Left("MUG"));
        Assert.Empty(await _club.Verify());
        var before = (await _club.Changes()).Count;
        Assert.Equal((0, 0), await _club.Sweep(OrderSweep.Word));
        Assert.Equal(before, (await _club.Changes()).Count);
    }

    [Fact]
    public async Task Of_many_buyers_of_the_last_gift_one_gets_it()
    {
        await _shop.Offer("MUG", Shop.Mug, 1);
        var members = new List<MemberId>();
        for (var i = 0; i < 64; i++) members.Add(await _shop.Member(300, $"138001380{i:00}"));
        var orders = await Task.WhenAll(members.Select(member => Task.Run(() => _shop.Order(member, "MUG", at: "D001", command: new Command("k", "a")))));
        Assert.Equal(1, orders.Count(order => order.Succeeded));
        Assert.All(orders.Where(order => !order.Succeeded), order => Assert.Equal("out-of-stock", order.Problem!.Code));
        Assert.Equal(new StockView(1, 1, 0), await _shop.Left("MUG"));
        Assert.Single((await _club.Get<OrderSteps>().List(null, null, Caller.Operator, 200, null, Cancellation)).Items);
        Assert.DoesNotContain(await _club.Changes(), document => document.Type == "order" && document.As<Order>().IsHidden);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Many_calls_with_one_key_order_once_and_with_many_keys_no_more_than_she_has()
    {
        await _shop.Offer("MUG", Shop.Mug, 100);
        await using var elsewhere = new ClubFixture(rules: Shop.Book(), store: _club.Raw);
        var (member, other) = (await _shop.Member(), new Shop(elsewhere));
        var same = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? _shop : other).Order(member, "MUG", at: "D001", command: new Command("k", "a")))));
        Assert.Single(same.Select(one => one.Value.Answer.OrderId).Distinct());
        Assert.Single(same, one => !one.Value.IsRepeat);
        Assert.Equal("different-content", (await _shop.Order(member, "MUG", 2, at: "D001", command: new Command("k", "b"))).Problem!.Code);
        var many = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => _shop.Order(member, "MUG", at: "D001", command: new Command($"k{i}", "a")))));
        Assert.Equal(2, many.Count(one => one.Succeeded));
        Assert.All(many.Where(one => !one.Succeeded), one => Assert.Equal("insufficient-points", one.Problem!.Code));
        Assert.Equal((Points.Of(100), Points.Of(900)), await _shop.Purse(member));
        Assert.Equal(new StockView(100, 3, 97), await _shop.Left("MUG"));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task No_member_has_more_than_the_limit_of_a_gift()
    {
        await _shop.Offer("MUG", Shop.Mug.Replace("\"collect\"", "\"perMember\":{\"count\":2,\"per\":\"month\"},\"collect\"", StringComparison.Ordinal), 100);
        var member = await _shop.Member(5000);
        Assert.Equal("over-limit", (await _shop.Order(member, "MUG", 3, at: "D001")).Problem!.Code);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => _shop.Order(member, "MUG", at: "D001", command: new Command($"k{i}", "a")))));
        Assert.Equal(2, answers.Count(one => one.Succeeded));
        Assert.All(answers.Where(one => !one.Succeeded), one => Assert.Equal("over-limit", one.Problem!.Code));
        Assert.True((await _shop.Go(answers.First(one => one.Succeeded).Value.Answer.OrderId, OrderState.Cancelled)).Succeeded);
        await _shop.Ordered(member, "MUG", at: "D001");
        _club.At(2026, 4, 1);
        await _shop.Ordered(member, "MUG", 2, at: "D001");
        Assert.Equal("over-limit", (await _shop.Order(member, "MUG", at: "D001")).Problem!.Code);
    }

    [Fact]
    public async Task Wishes_that_do_not_go_with_the_gift_are_refused_and_leave_nothing()
    {
        await _shop.Offer("MUG", Shop.Mug.Replace("\"collect\"", "\"at\":[\"D002\"],\"collect\"", StringComparison.Ordinal), 5);
        await _shop.Offer("OLD", Shop.Mug.Replace("\"2026-01-01\"", "\"2025-01-01\",\"to\":\"2026-03-01\"", StringComparison.Ordinal), 5);
        await _shop.Offer("NONE", Shop.Mug);
        var member = await _shop.Member(310);
        Assert.Equal(("not-found", "$.gift"), await Code("CUP", "D002"));
        Assert.Equal(("missing-data", "$.collectAt"), await Code("MUG", null));
        Assert.Equal(("unknown-dealer", "$.collectAt"), await Code("MUG", "D999"));
        Assert.Equal(("wrong-dealer", "$.collectAt"), await Code("MUG", "D001"));
        Assert.Equal(("not-offered", null), await Code("OLD", "D001"));
        Assert.Equal(("out-of-stock", null), await Code("NONE", "D001"));
        Assert.Equal(("insufficient-points", null), await Code("MUG", "D002", 2));
        Assert.Equal(("not-offered", null), await Code("MUG", "D002", 1, 290));
        Assert.Equal("not-found", (await _shop.Order(new MemberId("M0"), "MUG", at: "D002")).Problem!.Code);
        Assert.Equal("not-found", (await _shop.Go("nothing", OrderState.Confirmed)).Problem!.Code);
        Assert.Equal("not-found", (await _shop.Go($"{member}.O-nothing", OrderState.Cancelled)).Problem!.Code);
        Assert.DoesNotContain(await _club.Changes(), document => document.Type == "order");
        Assert.Equal(new StockView(5, 0, 5), await _shop.Left("MUG"));
        Assert.Empty(await _club.Verify());

        async Task<(string, string?)> Code(string gift, string? at, int quantity = 1, decimal? points = null) =>
            (await _shop.Order(member, gift, quantity, points, at)).Problem is { } problem ? (problem.Code, problem.Path) : ("none", null);
    }

    [Fact]
    public async Task A_dealers_staff_see_what_is_fetched_with_them_and_a_member_what_is_hers()
    {
        await _shop.Offer("MUG", Shop.Mug, 50);
        var (member, other) = (await _shop.Member(), await _shop.Member(1000, "13900139000", "D003"));
        var (here, there) = (Staff("D001"), Staff("D002"));
        Assert.Equal("denied", (await _shop.Order(member, "MUG", at: "D002", caller: here)).Problem!.Code);
        Assert.Equal("not-found", (await _shop.Order(other, "MUG", caller: here)).Problem!.Code);
        var mine = (await _shop.Order(member, "MUG", caller: here)).Value.Answer;
        Assert.Equal("D001", mine.CollectAt!.Value.Value);
        var fetched = (await _shop.Order(member, "MUG", at: "D002")).Value.Answer;
        Assert.Equal([mine.OrderId], await List(here, null, null));
        Assert.Equal([fetched.OrderId], await List(there, null, null));
        Assert.Empty(await List(there, null, "D001"));
        Assert.Equal([mine.OrderId], await List(Caller.Operator, null, "D001"));
        Assert.Empty(await List(here, OrderState.Done, null));
        Assert.Equal("not-found", (await _shop.Go(mine.OrderId, OrderState.Confirmed, caller: there)).Problem!.Code);
        Assert.True((await _shop.Go(fetched.OrderId, OrderState.Confirmed, caller: there)).Succeeded);
        Assert.NotNull(await Find(fetched.OrderId, there));
        Assert.Null(await Find(mine.OrderId, there));
        Assert.Null(await Find(mine.OrderId, Staff("D003")));

        var herself = new Caller([Role.Member], member) { Subject = member, Member = member };
        Assert.Equal(2, (await _club.Get<OrderSteps>().Of(member, herself, 50, null, Cancellation))!.Value.Items.Count);
        Assert.Null(await _club.Get<OrderSteps>().Of(other, herself, 50, null, Cancellation));
        Assert.Equal("not-found", (await _shop.Order(other, "MUG", at: "D001", caller: herself)).Problem!.Code);
        Assert.True((await _shop.Go(mine.OrderId, OrderState.Cancelled, caller: herself)).Succeeded);
        Assert.True((await _shop.Go(fetched.OrderId, OrderState.Ready, caller: there)).Succeeded);
        Assert.Equal(("denied", ProblemKind.Denied), ((await _shop.Go(fetched.OrderId, OrderState.Cancelled, caller: herself)).Problem!.Code,
            (await _shop.Go(fetched.OrderId, OrderState.Cancelled, caller: herself)).Problem!.Kind));

        async Task<string[]> List(Caller caller, OrderState? state, string? dealer) => [.. (await _club.Get<OrderSteps>().List(state,
            dealer is null ? null : new DealerId(dealer), caller, 50, null, Cancellation)).Items.Select(order => order.OrderId)];
    }

    [Fact]
    public async Task Orders_and_vouchers_go_along_when_two_members_become_one()
    {
        await _shop.Offer("MUG", Shop.Mug, 50);
        await _shop.Offer("WASH", Shop.Wash);
        Assert.True((await _shop.Batch("WASH", 10)).Succeeded);
        var (member, other) = (await _shop.Member(), await _shop.Member(1000, "13900139000"));
        var order = (await _shop.Order(other, "MUG", at: "D001", command: new Command("k", "a"))).Value.Answer;
        var wash = await _shop.Ordered(other, "WASH");
        await _club.Get<Merge>().Handle(other, member, Cancellation);
        Assert.Equal(OrderState.Placed, (await Find(order.OrderId, Caller.Operator))!.State);
        Assert.Equal(2, (await _club.Get<OrderSteps>().List(null, null, Caller.Operator, 50, null, Cancellation)).Items.Count);
        var again = (await _shop.Order(other, "MUG", at: "D001", command: new Command("k", "a"))).Value;
        Assert.Equal((order.OrderId, true), (again.Answer.OrderId, again.IsRepeat));
        Assert.Equal(49, (await _shop.Left("MUG")).Left);
        Assert.True((await _shop.Go(order.OrderId, OrderState.Confirmed)).Succeeded);
        Assert.Equal(member, (await _shop.Use(wash.Vouchers[0].Code!)).Value.Answer.MemberId);
        Assert.Equal("already-used", (await _shop.Go(wash.OrderId, OrderState.Cancelled)).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Theory]
    [InlineData("redemption")]
    [InlineData("stock")]
    [InlineData("state")]
    public async Task An_order_that_tells_otherwise_than_the_rest_is_found(string what)
    {
        await _shop.Offer("MUG", Shop.Mug, 50);
        var member = await _shop.Member();
        var order = (await _shop.Ordered(member, "MUG", at: "D001")).OrderId;
        var stored = (await _club.Store.Read<Order>(member, order, Cancellation))!;
        if (what == "stock") await _club.Get<GiftStocks>().GiveBack("MUG", stored.Value.Cause, Cancellation);
        else
        {
            var wrong = what == "state" ? stored.Value with { State = OrderState.Done, ExpiresAt = null } : stored.Value with { RedemptionId = "M0.none" };
            await _club.Store.Commit(member, [wrong.ToReplace(stored.ETag)], Cancellation);
        }
        Assert.Contains(await _club.Verify(), difference => difference.Contains(order, StringComparison.Ordinal));
    }

    [Fact]
    public void No_answer_that_is_kept_has_an_address()
    {
        var order = new Order { Id = "M1.O-x", MemberId = new MemberId("M1"), State = OrderState.Placed, Gift = "BAG", Name = "包", Kind = GiftKind.Goods,
            Collect = Collect.Ship, Quantity = 1, ShipTo = Home, At = default, Author = "A017", Cause = "c", IsStocked = true, Content = "" };
        Assert.DoesNotContain("朝阳", JsonSerializer.Serialize(OrderView.Of(order, default), ClubJson.Answers), StringComparison.Ordinal);
    }

    private Task<OrderView?> Find(string order, Caller caller) => _club.Get<OrderSteps>().Find(order, caller, Cancellation);

    private static Caller Staff(string dealer) => new([Role.Advisor], "李娜") { Subject = "u1", Dealer = new DealerId(dealer) };
}
