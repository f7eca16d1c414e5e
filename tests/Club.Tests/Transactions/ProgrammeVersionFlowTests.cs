using Club.Access;
using Club.Edges;
using Club.Explaining;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;
using Club.Transactions;
using Xunit;

namespace Club.Tests.Transactions;

/// <summary>What happened is judged by the version in force when it happened, whenever the club learns of either.</summary>
public sealed class ProgrammeVersionFlowTests
{
    private static readonly (string, string?) TwoPercent = ("earning[0].award.rate", "0.02");

    [Fact]
    public async Task A_late_transaction_is_judged_by_the_version_of_its_day()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Publish(Book.Version("2", "2026-04-01", TwoPercent));
        club.At(2026, 4, 2);

        await club.Send(Bill("late", "2026-03-31T23:59:59+08:00"), Bill("after", "2026-04-01T00:00:00+08:00"));

        var entries = await club.Entries(member.MemberId);
        Assert.Equal([("after", "2", Points.Of(9.8m)), ("late", "1", Points.Of(4.9m))],
            entries.Select(entry => (entry.SourceId, entry.ProgrammeVersion, entry.Points)));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_version_changes_nothing_before_its_day()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Publish(Book.Version("2", "2026-03-03", TwoPercent));

        await club.Send(Bill("before", "2026-03-02T12:00:00+08:00"));
        club.At(2026, 3, 3, 0, 0);
        await club.Send(Bill("after", "2026-03-03T00:00:00+08:00"));

        Assert.Equal(Points.Of(14.7m), await club.Balance(member.MemberId));
        Assert.Equal("2", (await club.Get<ProgrammeLibrary>().Now()).Current.Version);
    }

    [Fact]
    public async Task Of_two_versions_for_one_day_the_one_published_last_judges()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Publish(Book.Version("2", "2026-04-01", TwoPercent));
        await club.Publish(Book.Version("1b", "2026-04-01", ("earning[0].award.rate", "0.03")));
        club.At(2026, 4, 1);

        await club.Send(Bill("B1", "2026-04-01T09:00:00+08:00"));

        var entry = Assert.Single(await club.Entries(member.MemberId));
        Assert.Equal(("1b", Points.Of(14.7m)), (entry.ProgrammeVersion, entry.Points));
    }

    [Fact]
    public async Task A_version_for_an_earlier_day_judges_until_the_later_one_begins()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Publish(Book.Version("june", "2026-06-01", ("earning[0].award.rate", "0.03")));
        await club.Publish(Book.Version("april", "2026-04-01", TwoPercent));
        club.At(2026, 6, 2);

        await club.Send(Bill("A", "2026-05-31T09:00:00+08:00"), Bill("B", "2026-06-01T09:00:00+08:00"));

        Assert.Equal(["june", "april"], (await club.Entries(member.MemberId)).Select(entry => entry.ProgrammeVersion));
    }

    [Fact]
    public async Task A_reversal_takes_back_what_the_older_version_gave()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Send(Bill("B1", "2026-03-02T10:20:00+08:00"));
        await club.Publish(Book.Version("2", "2026-04-01", TwoPercent, ("earning[0].id", "\"all-parts\"")));
        club.At(2026, 4, 2);

        await club.Send(Events.Return("B1", lines: [new { lineId = "1", amount = 100m }], time: "2026-04-02T09:00:00+08:00"));
        await club.Send(Events.Return("B1", "RT-2", time: "2026-04-02T10:00:00+08:00"));

        var entries = await club.Entries(member.MemberId);
        Assert.Equal([Points.Of(-3.9m), Points.Of(-1m), Points.Of(4.9m)], entries.Select(entry => entry.Points));
        Assert.All(entries, entry => Assert.Equal("1", entry.ProgrammeVersion));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_tier_that_became_easier_is_reached_with_the_next_purchase_and_not_before()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Send(Bill("B1", "2026-03-02T10:20:00+08:00", 6000m));
        await club.Publish(Book.Version("2", "2026-04-01", ("tiers[1].criteria.atLeast", "50")));
        Assert.Equal("ordinary", (await club.Account(member.MemberId)).Tier.Code);
        club.At(2026, 4, 1);

        await club.Send(Bill("B2", "2026-04-01T09:00:00+08:00", 1m));

        var tier = (await club.Account(member.MemberId)).Tier;
        Assert.Equal(("gold", new DateOnly(2026, 4, 1)), (tier.Code, tier.Since));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_tier_that_is_gone_is_left_with_the_next_purchase()
    {
        await using var club = await Club();
        var member = await club.Register();
        await club.Send(Bill("B1", "2026-03-02T10:20:00+08:00", 20000m));
        Assert.Equal("gold", (await club.Account(member.MemberId)).Tier.Code);
        await club.Publish(Book.Version("2", "2026-04-01", ("tiers[1].code", "\"silver\""), ("tiers[1].criteria.atLeast", "1000")));
        club.At(2026, 4, 1);

        await club.Send(Bill("B2", "2026-04-01T09:00:00+08:00", 1m));

        Assert.Equal("ordinary", (await club.Account(member.MemberId)).Tier.Code);
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Points_lapse_by_the_version_under_which_they_were_earned()
    {
        (string, string?) Lasting(int months) => ("wallets[0].expiry", $$"""{"kind":"rollingMonths","months":{{months}}}""");
        var first = Book.Version("1", "2026-01-01", Lasting(12));
        await using var club = new ClubFixture(rules: Book.Read(first));
        await club.Publish(first);
        var member = await club.Register();
        await club.Publish(Book.Version("2", "2026-04-01", Lasting(3)));
        club.At(2026, 4, 2);
        await club.Send(Bill("late", "2026-03-31T09:00:00+08:00", 1000m), Bill("after", "2026-04-01T09:00:00+08:00", 500m));

        club.At(2026, 7, 2);
        await club.Sweep(PointsSweep.Word);
        Assert.Equal(Points.Of(10m), await club.Balance(member.MemberId));
        club.At(2027, 4, 1);
        await club.Sweep(PointsSweep.Word);

        Assert.Equal(Points.Zero, await club.Balance(member.MemberId));
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task Another_instance_judges_by_the_new_version_however_long_it_was_idle()
    {
        await using var first = await Club();
        await using var second = new ClubFixture(store: first.Raw, rules: Book.Read(Book.File()));
        var member = await first.Register();
        await second.Send(Bill("B1", "2026-03-02T10:20:00+08:00"));
        foreach (var club in new[] { first, second }) club.At(2026, 3, 31, 23, 44);
        await second.Account(member.MemberId);
        await first.Publish(Book.Version("2", "2026-04-01", TwoPercent));
        foreach (var club in new[] { first, second }) club.At(2026, 4, 1, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => second.Send(Bill($"C{i}", "2026-04-01T00:00:00+08:00"))));

        Assert.Equal(8, (await second.Entries(member.MemberId)).Count(entry => entry.ProgrammeVersion == "2"));
        Assert.Equal("2", (await second.Get<ProgrammeLibrary>().Versions())[0].Version);
    }

    /// <summary>Nothing else has run there that might have looked at the catalogue.</summary>
    [Fact]
    public async Task Whoever_only_reads_there_sees_it_too()
    {
        await using var first = await Club();
        var member = await first.Register();
        await first.Send(Bill("B1", "2026-03-02T10:20:00+08:00"));
        var file = Book.Version("2", "2026-04-01", TwoPercent);
        file["tiers"]![0]!["name"] = "新名";
        await first.Publish(file);
        foreach (var (use, seen) in new (Func<ClubFixture, Task<string?>>, string)[]
        {
            (async club => (await club.Get<MemberViews>().Account(member.MemberId, Caller.Operator, default))!.Tier.Name, "新名"),
            (async club => (await club.Get<Explain>().Entry(member.MemberId, Caller.Operator, 1, default))!.ProgrammeVersion, "1"),
            (async club => (await club.Get<Preview>()
            .Price(System.Text.Encoding.UTF8.GetBytes(Bill("B2", "2026-04-01T00:00:00+08:00")), await club.Get<ProgrammeLibrary>().Now(),
            null, default)).Value.ProgrammeVersion, "2"),
            (async club => (await club.Get<ProgrammeLibrary>().Now()).Current.Version, "2"),
        })
        {
            await using var second = new ClubFixture(store: first.Raw, rules: Book.Read(Book.File()));
            second.At(2026, 4, 1);
            Assert.Equal(seen, await use(second));
        }
    }

    [Fact]
    public async Task A_set_of_rules_stays_as_it_is_while_versions_are_published_and_days_pass()
    {
        await using var club = await Club();
        var before = await club.Get<ProgrammeLibrary>().Now();
        Assert.Same(before, await club.Get<ProgrammeLibrary>().Now());
        await club.Publish(Book.Version("2", "2026-04-01", TwoPercent));
        club.At(2026, 4, 1);
        var after = await club.Get<ProgrammeLibrary>().Now();
        Assert.Equal(("1", 1), (before.Current.Version, before.All.Count));
        Assert.Equal(("2", 2), (after.Current.Version, after.All.Count));
        Assert.Same(after, await club.Get<ProgrammeLibrary>().Now());
    }

    [Fact]
    public async Task A_dealer_of_the_new_version_is_known_to_every_instance()
    {
        await using var first = await Club();
        await using var second = new ClubFixture(store: first.Raw, rules: Book.Read(Book.File()));
        await first.Register();
        await second.Send(Bill("B1", "2026-03-02T10:20:00+08:00"));
        await first.Publish(Book.Version("2", "2026-04-01", ("dealers.regions[0].branches[0]", "\"D001-D004\"")));
        second.At(2026, 4, 1);

        var receipt = Assert.Single(await second.Send(Events.With(Bill("B2", "2026-04-01T00:00:00+08:00"), "data.dealerId", "D004")));

        Assert.Equal(Fate.Booked, receipt.Fate);
    }

    [Fact]
    public async Task The_catalogue_is_read_once_in_thirty_seconds_however_much_is_booked()
    {
        var store = new CountingStore(new MemoryStore());
        await using var club = new ClubFixture(store: store, rules: Book.Read(Book.File()));
        await club.Publish(Book.File());
        await club.Register();
        store.CatalogueReads = 0;

        for (var i = 0; i < 20; i++) await club.Send(Bill($"B{i}", "2026-03-02T10:20:00+08:00"));
        Assert.Equal(0, store.CatalogueReads);
        club.Clock.Advance(ProgrammeLibrary.Freshness);
        for (var i = 20; i < 40; i++) await club.Send(Bill($"B{i}", "2026-03-02T10:20:00+08:00"));

        Assert.Equal(1, store.CatalogueReads);
    }

    private static async Task<ClubFixture> Club()
    {
        var club = new ClubFixture(rules: Book.Read(Book.File()));
        await club.Publish(Book.File());
        return club;
    }

    private static string Bill(string id, string time, decimal amount = 490m) =>
        Events.Bill(id, time: time, dealerId: "D001", lines: [Events.Line("1", "parts", amount)]);

    private sealed class CountingStore(IClubStore store) : IClubStore
    {
        public int CatalogueReads { get; set; }

        public ValueTask<Document?> Read(string partition, string id, CancellationToken cancellation = default)
        {
            if (id == ProgrammeCatalogue.Id) CatalogueReads++;
            return store.Read(partition, id, cancellation);
        }

        public ValueTask<CommitResult> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancellation = default) =>
            store.Commit(partition, writes, cancellation);
        public ValueTask<Page> Find(IndexQuery query, CancellationToken cancellation = default) => store.Find(query, cancellation);
        public ValueTask<ChangePage> Changes(string? bookmark, int limit = 1000, CancellationToken cancellation = default) =>
            store.Changes(bookmark, limit, cancellation);
    }
}
