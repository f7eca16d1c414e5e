using Club.Joining;
using Club.Kernel;
using Club.Members;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Ledger;

/// <summary>Several writers of one member: workers of one process, and processes that share a store.</summary>
public sealed class WriterFlowTests
{
    private const string Stranger = "13700137000";

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Eight_writers_of_few_members_book_everything_once_across_tiers(int members)
    {
        var store = new MemoryStore();
        await using var first = new ClubFixture(store: store);
        await using var second = new ClubFixture(store: store);
        var phones = Enumerable.Range(0, members).Select(i => $"1380013{i:D4}").ToArray();
        foreach (var phone in phones) await first.Register(phone);
        // Two thousand points in all lead every member through all tiers.
        var bills = Enumerable.Range(0, 160)
            .Select(i => Events.Bill($"W-{i}", phones[i % members], lines: [Events.Line("1", "parts", 50_000m)])).ToArray();

        var receipts = await Task.WhenAll(bills.Chunk(5).Select((chunk, i) => Task.Run(() => (i % 2 == 0 ? first : second).Send(chunk))));

        Assert.Equal(160, receipts.SelectMany(all => all).Count(receipt => receipt.Fate == Fate.Booked));
        foreach (var phone in phones)
            Assert.Equal(first.Programme.Tiers[^1].Code, (await first.Account((await first.Register(phone)).MemberId)).Tier.Code);
        Assert.Empty(await first.Verify());
    }

    [Fact]
    public async Task A_tier_that_another_writer_reached_first_is_decided_again()
    {
        for (var round = 0; round < 20; round++)
        {
            var store = new MemoryStore();
            await using var first = new ClubFixture("skoda", store);
            await using var second = new ClubFixture("skoda", store);
            var member = await first.Register();
            // Each of the two brings gold by itself: both make the first change of the tier.
            var receipts = await Task.WhenAll(new[] { first, second }.Select((club, i) => Task.Run(() => club.Send(
                Events.Bill($"V-{i}", lines: [Events.Line("1", "vehicle", 200_000m, "明锐"),
                Events.Line("2", "vehicle", 200_000m, "明锐")])))));
            Assert.All(receipts.SelectMany(all => all), receipt => Assert.Equal(Fate.Booked, receipt.Fate));
            Assert.Equal(2, (await first.Entries(member.MemberId)).Count(entry => entry.Wallet == first.Programme.DefaultWallet.Code));
            Assert.Empty(await first.Verify());
        }
    }

    [Theory]
    [InlineData("13800138000", "13900139000")]
    [InlineData("13800138000", Stranger)]
    [InlineData(Stranger, "13600136000")]
    public async Task One_id_for_two_customers_in_one_instant_is_the_first_one_s(string one, string other)
    {
        for (var round = 0; round < 20; round++)
        {
            var store = new MemoryStore();
            await using var first = new ClubFixture(store: store);
            await using var second = new ClubFixture(store: store);
            await first.Register();
            await first.Register("13900139000");
            var receipts = (await Task.WhenAll(Task.Run(() => first.Send(Events.Bill(phone: one))),
                Task.Run(() => second.Send(Events.Bill(phone: other))))).SelectMany(all => all).ToArray();

            Assert.Single(receipts, receipt => receipt.Fate is Fate.Booked or Fate.Parked);
            Assert.Equal("different-content", Assert.Single(receipts, receipt => receipt.Fate == Fate.Rejected).Problem!.Code);
            var points = Points.Zero;
            foreach (var phone in new[] { "13800138000", "13900139000", Stranger, "13600136000" })
                points += await first.Balance((await first.Register(phone)).MemberId);
            Assert.Equal(Points.Of(4.9m), points);
            Assert.Empty(await first.Verify());
        }
    }

    [Fact]
    public async Task One_id_of_a_return_for_two_members_in_one_instant_takes_back_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var store = new MemoryStore();
            await using var first = new ClubFixture(store: store);
            await using var second = new ClubFixture(store: store);
            var members = new[] { await first.Register(), await first.Register("13900139000") };
            await first.Send(Events.Bill("A"), Events.Bill("B", "13900139000"));
            var receipts = await Task.WhenAll(Task.Run(() => first.Send(Events.Return("A"))),
                Task.Run(() => second.Send(Events.Return("B"))));
            Assert.Single(receipts.SelectMany(all => all), receipt => receipt.Fate == Fate.Booked);
            Assert.Equal(Points.Of(4.9m), await first.Balance(members[0].MemberId) + await first.Balance(members[1].MemberId));
        }
    }

    [Fact]
    public async Task A_key_that_a_crash_left_behind_serves_the_redelivery_and_is_another_customer_s_after_an_hour()
    {
        var store = new CrashingStore(new MemoryStore());
        await using var club = new ClubFixture(store: store);
        var (first, second) = (await club.Register(), await club.Register("13900139000"));
        foreach (var id in new[] { "A", "B" })
        {
            store.CrashAfter(1);
            await Assert.ThrowsAsync<StoreException>(() => club.Send(Events.Bill(id)));
            store.Recover();
        }
        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Bill("B", "13900139000"))).Problem!.Code);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill("A"))).Fate);
        club.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal("different-content", Assert.Single(await club.Send(Events.Bill("A", "13900139000"))).Problem!.Code);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill("B", "13900139000"))).Fate);

        Assert.Equal((4.9m, 4.9m), ((await club.Balance(first.MemberId)).Value, (await club.Balance(second.MemberId)).Value));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_bill_for_a_member_id_that_leads_nowhere_does_not_use_up_its_number()
    {
        await using var club = new ClubFixture();
        await club.Register();
        Assert.Equal("unknown-member",
            Assert.Single(await club.Send(Events.Bill(member: new { memberId = "M0000000000000000" }))).Problem!.Code);
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Bill())).Fate);
    }

    [Fact]
    public async Task The_same_bill_by_old_and_new_member_id_in_one_batch_is_booked_once()
    {
        await using var club = new ClubFixture();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan" });
        await club.Register();
        var member = await club.Register(with: registration => registration with { OpenId = "o-fan" });
        Assert.NotEqual(fan.MemberId, member.MemberId);

        string[] batch = [Events.Bill(member: new { memberId = fan.MemberId }), Events.Bill(member: new { memberId = member.MemberId }),
            Events.Bill()];
        Assert.Equal([Fate.Booked, Fate.Duplicate, Fate.Duplicate], (await club.Send(batch)).Select(receipt => receipt.Fate).Order());
        Assert.All(await club.Send(batch), receipt => Assert.Equal(Fate.Duplicate, receipt.Fate));
        Assert.Equal(Points.Of(4.9m), await club.Balance(member.MemberId));
    }

    [Fact]
    public async Task What_a_full_account_cannot_take_is_its_own_rejection_and_nobody_else_s()
    {
        await using var club = new ClubFixture();
        var (full, other) = (await club.Register(), await club.Register("13900139000"));
        await Fill(club, "F");

        string[] batch = [Long("F-A"), Events.Bill("O-1", "13900139000"), Long("F-B"), Events.Bill("O-2", "13900139000")];
        var receipts = await club.Send(batch);

        Assert.Equal(["account-full", "account-full"],
            receipts.Where(receipt => receipt.Fate == Fate.Rejected).Select(receipt => receipt.Problem!.Code));
        Assert.Equal(2, receipts.Count(receipt => receipt.Fate == Fate.Booked));
        Assert.Equal(Points.Of(9.8m), await club.Balance(other.MemberId));
        var kept = (await club.Store.Find(new("rejected", "", IndexQuery.Last))).Documents.Select(document => document.As<Rejection>())
            .ToArray();
        Assert.All(kept, rejection => Assert.Equal("account-full", rejection.Code));
        Assert.Subset(kept.Select(rejection => rejection.SourceId).ToHashSet(), new HashSet<string?> { "F-A", "F-B" });
        // What makes room can still be booked.
        Assert.Equal(Fate.Booked, Assert.Single(await club.Send(Events.Return("F-0-0"))).Fate);
        Assert.Empty(await club.Verify());
        Assert.NotEqual(full.MemberId, other.MemberId);
    }

    /// <summary>Bills of two hundred lines, each in a category of its own, until one is refused.</summary>
    private static async Task Fill(ClubFixture club, string name)
    {
        for (var batch = 0; batch < 40; batch++)
        {
            // A batch of ten of them is larger than one commit by itself.
            var receipts = await club.Send([.. Enumerable.Range(0, 10).Select(i => Long($"{name}-{batch}-{i}"))]);
            if (receipts.Any(receipt => receipt.Fate == Fate.Rejected)) return;
        }
        Assert.Fail("The account did not fill up.");
    }

    private static string Long(string id) => Events.Bill(id, lines:
        [.. Enumerable.Range(0, 200).Select(i => Events.Line($"{i}", $"category-{id}-{i}".PadRight(64, 'x'), 10m))]);
}
