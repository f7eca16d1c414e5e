using Club.Access;
using Club.Gifts;
using Club.Kernel;
using Club.Store;
using Xunit;

namespace Club.Tests.Gifts;

/// <summary>Vouchers: made or imported, given with an order, used once, at the right place, in time.</summary>
public sealed class VoucherTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new(rules: Shop.Book());
    private readonly Shop _shop;

    public VoucherTests() => _shop = new Shop(_club);

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_of_vouchers_is_confirmed_at_once_and_shows_their_codes()
    {
        await _shop.Offer("WASH", Shop.Wash);
        var member = await _shop.Member();
        Assert.Equal("out-of-stock", (await _shop.Order(member, "WASH")).Problem!.Code);
        var batch = (await _shop.Batch("WASH", 1_000_000)).Value.Answer;
        Assert.Equal((BatchState.Ready, 1_000_000, 1_000_000), (batch.State, batch.Count, batch.Made));
        var order = await _shop.Ordered(member, "WASH", 2);
        Assert.Equal((OrderState.Confirmed, 2, (DateTimeOffset?)null), (order.State, order.Vouchers.Count, order.ExpiresAt));
        Assert.All(order.Vouchers, voucher => Assert.Matches("^V[2-9A-HJ-NP-Z]{3}(-[2-9A-HJ-NP-Z]{4}){4}$", voucher.Code));
        Assert.All(order.Vouchers, voucher => Assert.Equal(new DateOnly(2026, 9, 1), voucher.ValidUntil));
        Assert.Equal((Points.Of(900), Points.Zero), await _shop.Purse(member));
        Assert.Equal(new StockView(1_000_000, 2, 999_998), await _shop.Left("WASH"));
        Assert.Equal(order.Vouchers.Select(voucher => voucher.Code), (await Find(order.OrderId, Caller.Operator))!.Vouchers.Select(voucher => voucher.Code));
        // No document has a code in it, neither in the clear nor under another name.
        foreach (var document in await _club.Changes())
            foreach (var code in order.Vouchers.Select(voucher => voucher.Code!))
                foreach (var form in new[] { code, code.Replace("-", "", StringComparison.Ordinal), code[^9..] })
                    Assert.DoesNotContain(form, System.Text.Encoding.UTF8.GetString(document.Json.Span) + document.Id + document.Partition, StringComparison.Ordinal);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_repeated_order_is_answered_the_same_codes()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 100);
        var member = await _shop.Member();
        var first = await _shop.Order(member, "WASH", 3, command: new Command("k", "a"));
        var again = await _shop.Order(member, "WASH", 3, command: new Command("k", "a"));
        Assert.True(again.Value.IsRepeat);
        Assert.Equal(first.Value.Answer.Vouchers, again.Value.Answer.Vouchers);
        Assert.Equal(97, (await _shop.Left("WASH")).Left);
    }

    [Fact]
    public async Task A_voucher_is_used_once_where_it_is_good_until_its_day()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 100);
        var member = await _shop.Member();
        var codes = (await _shop.Ordered(member, "WASH", 3)).Vouchers.Select(voucher => voucher.Code!).ToArray();
        Assert.Equal("wrong-dealer", (await _shop.Use(codes[0], "D003")).Problem!.Code);
        Assert.Equal("wrong-dealer", (await _shop.Use(codes[0], null)).Problem!.Code);
        var staff = new Caller([Role.Advisor], "李娜") { Dealer = new DealerId("D002") };
        Assert.Equal("denied", (await _shop.Use(codes[0], "D001", caller: staff)).Problem!.Code);
        var used = await _shop.Use(codes[0].ToLowerInvariant().Replace('-', ' '), null, new Command("u", "a"), staff);
        Assert.Equal((VoucherState.Used, "D002", "WO-9"), (used.Value.Answer.State, used.Value.Answer.Use!.DealerId!.Value.Value, used.Value.Answer.Use.Reference));
        Assert.Equal((used.Value.Answer.Use, true), ((await _shop.Use(codes[0], null, new Command("u", "a"), staff)).Value.Answer.Use, (await _shop.Use(codes[0], null, new Command("u", "a"), staff)).Value.IsRepeat));
        Assert.Equal("different-content", (await _shop.Use(codes[0], null, new Command("u", "b"), staff)).Problem!.Code);
        Assert.Equal(("already-used", ProblemKind.Conflict), ((await _shop.Use(codes[0])).Problem!.Code, (await _shop.Use(codes[0])).Problem!.Kind));
        _club.At(2026, 9, 1, 23, 59);
        Assert.True((await _shop.Use(codes[1])).Succeeded);
        _club.At(2026, 9, 2, 0, 0);
        Assert.Equal("expired-voucher", (await _shop.Use(codes[2])).Problem!.Code);
        Assert.Equal(VoucherState.Lapsed, (await _club.Get<VoucherDesk>().Find(codes[2], Cancellation)).Value.State);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_code_that_was_mistyped_is_told_without_a_read_and_one_that_nobody_has_is_not_there()
    {
        var store = new CountingStore(new MemoryStore());
        await using var club = new ClubFixture(rules: Shop.Book(), store: store);
        var shop = new Shop(club);
        await shop.Offer("WASH", Shop.Wash);
        var batch = (await shop.Batch("WASH", 100)).Value.Answer.BatchId;
        var code = (await shop.Ordered(await shop.Member(), "WASH")).Vouchers[0].Code!;
        var before = store.Reads;
        Assert.Equal(("mistyped-code", ProblemKind.Invalid), ((await shop.Use(code[..^1] + (code[^1] == '7' ? '8' : '7'))).Problem!.Code, (await shop.Use("V0OO-0000-1111-IIII-0000")).Problem!.Kind));
        Assert.Equal(before, store.Reads);
        var key = club.Get<VoucherSecrets>().KeyOf((await club.Store.Read<VoucherBatch>(VoucherBatch.PartitionOf(batch), VoucherBatch.DocumentName, Cancellation))!.Value);
        foreach (var nobodys in new[] { VoucherCode.Of(batch, 50, key), VoucherCode.Of(batch, 100, key), VoucherCode.Of("2222", 1, key),
            VoucherCode.Of(batch, 1, "not the key of the batch, but one"u8.ToArray()), "", "x", new string('9', 4000), "' or 1=1", "王" })
            Assert.Equal("not-found", (await shop.Use(nobodys)).Problem!.Code);
    }

    [Fact]
    public async Task Of_many_uses_at_once_one_counts()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 100);
        await using var elsewhere = new ClubFixture(rules: Shop.Book(), store: _club.Raw);
        var other = new Shop(elsewhere);
        var code = (await _shop.Ordered(await _shop.Member(), "WASH")).Vouchers[0].Code!;
        var uses = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => (i % 2 == 0 ? _shop : other).Use(code, "D001", new Command($"u{i}", "a")))));
        Assert.Equal(1, uses.Count(use => use.Succeeded));
        Assert.All(uses.Where(use => !use.Succeeded), use => Assert.Equal("already-used", use.Problem!.Code));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Many_buyers_get_codes_of_their_own()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Batch("WASH", 30);
        await _shop.Batch("WASH", 10);
        var members = new List<MemberId>();
        for (var i = 0; i < 25; i++) members.Add(await _shop.Member(300, $"138001380{i:00}"));
        var orders = await Task.WhenAll(members.Select(member => Task.Run(() => _shop.Order(member, "WASH", 2))));
        Assert.Equal(20, orders.Count(order => order.Succeeded));
        var codes = orders.Where(order => order.Succeeded).SelectMany(order => order.Value.Answer.Vouchers.Select(voucher => voucher.Code)).ToArray();
        Assert.Equal((40, 40), (codes.Length, codes.Distinct().Count()));
        Assert.All(orders.Where(order => !order.Succeeded), order => Assert.Equal("out-of-stock", order.Problem!.Code));
        Assert.Equal(new StockView(40, 40, 0), await _shop.Left("WASH"));
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_cancelled_order_voids_its_vouchers_unless_one_was_used()
    {
        await _shop.Offer("WASH", Shop.Wash, 5);
        await _shop.Batch("WASH", 100);
        var member = await _shop.Member();
        var (kept, given) = (await _shop.Ordered(member, "WASH", 2), await _shop.Ordered(member, "WASH", 2));
        Assert.Equal(1, (await _shop.Left("WASH")).Left);
        Assert.True((await _shop.Use(kept.Vouchers[1].Code!)).Succeeded);
        Assert.Equal("already-used", (await _shop.Go(kept.OrderId, OrderState.Cancelled)).Problem!.Code);
        Assert.True((await _shop.Go(given.OrderId, OrderState.Cancelled)).Succeeded);
        Assert.Equal("cancelled-voucher", (await _shop.Use(given.Vouchers[0].Code!)).Problem!.Code);
        Assert.Equal((Points.Of(900), Points.Zero), await _shop.Purse(member));
        Assert.Equal(3, (await _shop.Left("WASH")).Left);
        Assert.True((await _shop.Use(kept.Vouchers[0].Code!)).Succeeded);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task Codes_of_somebody_else_are_imported_once_and_duplicates_are_named()
    {
        await _shop.Offer("WASH", Shop.Wash);
        await _shop.Offer("MUG", Shop.Mug);
        Assert.Equal("not-offered", (await _shop.Batch("MUG", 1)).Problem!.Code);
        Assert.Equal("not-found", (await _shop.Batch("NONE", 1)).Problem!.Code);
        var first = (await _shop.Import("WASH", ["CINEMA-001", "CINEMA-002", "CINEMA-001"], new Command("i1", "a"))).Value.Answer;
        Assert.Equal([new DuplicateCode("$.codes[2]", "twice")], first.Duplicates);
        var second = (await _shop.Import("WASH", ["CINEMA-003", "CINEMA-002"])).Value.Answer.BatchId;
        var found = (await _club.Get<VoucherBatches>().Find(second, Cancellation))!;
        Assert.Equal((BatchState.Ready, 2), (found.State, found.Made));
        Assert.Equal([new DuplicateCode("$.codes[1]", "known")], found.Duplicates);
        Assert.Equal(new StockView(3, 0, 3), await _shop.Left("WASH"));
        Assert.True((await _shop.Import("WASH", ["CINEMA-001", "CINEMA-002", "CINEMA-001"], new Command("i1", "a"))).Value.IsRepeat);
        Assert.Equal("different-content", (await _shop.Import("WASH", ["CINEMA-009"], new Command("i1", "b"))).Problem!.Code);
        Assert.Equal("not-found", (await _shop.Use("CINEMA-001")).Problem!.Code);
        var codes = (await _shop.Ordered(await _shop.Member(), "WASH", 3)).Vouchers.Select(voucher => voucher.Code!).ToArray();
        Assert.Equal(["CINEMA-001", "CINEMA-002", "CINEMA-003"], codes.Order());
        foreach (var code in codes) Assert.True((await _shop.Use(code)).Succeeded);
        Assert.Equal("already-used", (await _shop.Use("CINEMA-002")).Problem!.Code);
        foreach (var document in await _club.Changes())
            Assert.DoesNotContain("CINEMA-00", System.Text.Encoding.UTF8.GetString(document.Json.Span) + document.Partition, StringComparison.Ordinal);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task A_large_import_is_made_by_the_work_queue_and_tells_how_far_it_is()
    {
        await _shop.Offer("WASH", Shop.Wash);
        var made = (await _shop.Import("WASH", [.. Enumerable.Range(0, 1234).Select(i => $"TICKET-{i:0000}")])).Value.Answer;
        Assert.Equal((BatchState.Making, 0, 1234), (made.State, made.Made, made.Count));
        Assert.Equal(0, (await _shop.Left("WASH")).Left);
        foreach (var message in _club.Queue.Take()) await _club.Get<Club.Running.Work>().Handle(message, Cancellation);
        Assert.Equal((BatchState.Ready, 1234), ((await _club.Get<VoucherBatches>().Find(made.BatchId, Cancellation))!.State, (await _club.Get<VoucherBatches>().Find(made.BatchId, Cancellation))!.Made));
        Assert.Equal(1234, (await _shop.Left("WASH")).Left);
    }

    [Theory]
    [InlineData("""{"gift":"WASH"}""", "$.count")]
    [InlineData("""{"gift":"WASH","count":0}""", "$.count")]
    [InlineData("""{"gift":"WASH","count":1000001}""", "$.count")]
    [InlineData("""{"gift":"WASH","count":1.5}""", "$.count")]
    [InlineData("""{"gift":"WASH","count":1,"codes":["ABCDEF"]}""", "$.count")]
    [InlineData("""{"gift":"WASH","codes":[]}""", "$.codes")]
    [InlineData("""{"gift":"WASH","codes":["ABCDEF","short"]}""", "$.codes[1]")]
    [InlineData("""{"gift":"WASH","codes":["ABC DEF"]}""", "$.codes[0]")]
    [InlineData("""{"gift":"WASH","codes":["VAB2-ZAAA-AAAA-AAAA-AAAA"]}""", "$.codes[0]")]
    [InlineData("""{"gift":"WASH","codes":[123456]}""", "$.codes[0]")]
    [InlineData("""{"codes":["ABCDEF"]}""", "$.gift")]
    public void What_is_wrong_with_a_batch_is_told_by_its_path_and_never_by_a_code(string body, string path)
    {
        var problem = JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(body), BatchRequest.Read).Problem!;
        Assert.Equal(path, problem.Path);
        Assert.DoesNotContain("AB2", problem.Message, StringComparison.Ordinal);
    }

    private Task<OrderView?> Find(string order, Caller caller) => _club.Get<OrderSteps>().Find(order, caller, Cancellation);

    /// <summary>Counts what is read.</summary>
    private sealed class CountingStore(IClubStore store) : IClubStore
    {
        private int _reads;

        public int Reads => _reads;

        public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _reads);
            return store.Read(partition, id, cancellation);
        }

        public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _reads);
            return store.Find(query, cancellation);
        }

        public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default) =>
            store.Commit(partition, writes, cancellation);

        public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
            store.Changes(bookmark, limit, cancellation);
    }
}
