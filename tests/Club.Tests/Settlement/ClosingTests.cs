using System.Text.Json.Nodes;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Proof;
using Club.Settlement;
using Club.Spending;
using Club.Store;
using Xunit;

using static Club.Tests.Settlement.SettlementClub;

namespace Club.Tests.Settlement;

/// <summary>A closed month never changes: not by what comes late, nor by a crash, nor by two who close, and a forged one is found.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task What_comes_late_stands_in_the_next_month()
    {
        await using var club = await Open();
        await club.Register();
        await club.Rent("R1");
        Assert.Equal("month-open", (await club.Get<Settlements>().Close(Month(2026, 3), Finance, Cancellation)).Problem!.Code);
        club.At(2026, 4, 1, 0, 30);
        Assert.Equal("month-open", (await club.Get<Settlements>().Close(Month(2026, 3), Finance, Cancellation)).Problem!.Code);
        club.At(2026, 4, 1, 1);
        await club.Get<RootMaker>().Make(Cancellation);
        var closing = (await club.Get<Settlements>().Close(Month(2026, 3), Finance, Cancellation)).Value;
        var before = ClosingRules.LinesOf((await club.Settled(2026, 3)).Parties);
        await club.Send(Events.Return("R1", "RT-1", source: "/dms/D001", time: "2026-03-20T10:00:00+08:00"));
        Assert.Equal(closing, (await club.Get<Settlements>().Close(Month(2026, 3), Caller.OperatorAs("别人"), Cancellation)).Value);
        Assert.Equal(before, ClosingRules.LinesOf((await club.Settled(2026, 3)).Parties));
        Assert.Equal(closing.Sha256, ClosingRules.Sha256Of(before));
        var root = (await club.Get<Roots>().Latest(Cancellation))!;
        Assert.All((await club.Settled(2026, 3)).Parties, one => Assert.Equal(new PrintedRoot(root.Day, root.Root), one.Root));
        Assert.All((await club.Settled(2026, 4)).Parties, one => Assert.Null(one.Root));
        Assert.Equal("opening 50 clawedBack -50 closing 0 balance -25", (await club.Settled(2026, 4)).Told("brand:foton"));
        Assert.Empty(await club.Verify());
    }

    /// <summary>Cut short after each of its writes, and asked again: one closing, whole.</summary>
    [Fact]
    public async Task A_crash_after_any_write_leaves_nothing_that_counts()
    {
        for (var writes = 0; writes < 12; writes++)
        {
            var raw = new MemoryStore();
            await using (var club = await Open(raw))
            {
                await club.Register();
                await club.Rent("R1");
            }
            var store = new CrashingStore(raw);
            store.CrashAfter(writes);
            await using (var cut = new ClubFixture(store: store, rules: Rules()))
            {
                cut.At(2026, 4, 2);
                try
                {
                    await cut.Get<Settlements>().Close(Month(2026, 3), Finance, Cancellation);
                }
                catch (StoreException) { }
            }
            await using var again = new ClubFixture(store: raw, rules: Rules());
            again.At(2026, 4, 3);
            var closing = (await again.Get<Settlements>().Close(Month(2026, 3), Finance, Cancellation)).Value;
            var month = await again.Settled(2026, 3);
            Assert.Equal((closing.Sha256, true, 4), (ClosingRules.Sha256Of(ClosingRules.LinesOf(month.Parties)), month.Adds, month.Parties.Count));
            Assert.Empty(await again.Verify());
        }
    }

    [Fact]
    public async Task Of_many_who_close_at_once_all_are_told_the_same()
    {
        await using var club = await Open();
        await club.Register();
        await club.Rent("R1");
        club.At(2026, 4, 2);
        var closings = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            club.Get<Settlements>().Close(Month(2026, 3), Caller.OperatorAs($"{i}"), Cancellation))));
        Assert.Single(closings.Select(one => one.Value).Distinct());
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_statement_or_an_entry_that_somebody_changed_later_is_found()
    {
        await using var club = await Open();
        var member = (await club.Register()).MemberId;
        await club.Rent("R1");
        club.At(2026, 4, 2);
        Assert.True((await club.Get<Settlements>().Close(Month(2026, 3), Finance, Cancellation)).Succeeded);
        var statement = (await club.Changes()).First(document => document.Type == "settlementStatement").As<ClosedStatement>();
        var stored = await club.Raw.Read(ClosedMonth.PartitionOf("2026-03"), statement.DocumentId);
        await club.Raw.Commit(ClosedMonth.PartitionOf("2026-03"),
            [(statement with { Json = statement.Json.Replace("\"opening\":0", "\"opening\":1", StringComparison.Ordinal) + " " }).ToReplace(stored!.ETag)]);
        Assert.Contains(await club.Verify(), difference => difference.Contains("The statements of 2026-03", StringComparison.Ordinal));

        var entry = (await club.Changes()).Single(document => document.Type == "entry");
        var body = JsonNode.Parse(entry.Json.Span)!;
        body["points"] = 90;
        var forged = entry with { Json = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()) };
        await club.Raw.Commit(member, [new Write.Replace(entry.Id, "entry", forged.Json, forged.As<Entry>().Index, entry.ETag)]);
        Assert.Contains(await club.Verify(), difference => difference.Contains("was closed with 100 points of club, the entries recorded until then come to 90",
            StringComparison.Ordinal));
    }

    /// <summary>A store may tell an entry again after a fault: it is not counted twice.</summary>
    [Fact]
    public async Task What_is_told_again_is_counted_once()
    {
        await using var club = await Open();
        await club.Register();
        await club.Rent("R1");
        var before = ClosingRules.LinesOf((await club.Settled(2026, 3)).Parties);
        var partition = Projections.PartitionOf(club.Get<SettledMonths>());
        var bookmark = (await club.Store.Read<Bookmark>(partition, Bookmark.Id))!;
        await club.Store.Commit(partition, [new Write.Delete(Bookmark.Id, bookmark.ETag)]);
        Assert.Equal(before, ClosingRules.LinesOf((await club.Settled(2026, 3)).Parties));
    }

    [Theory]
    [InlineData(Role.Partner, "avis", "partner:avis")]
    [InlineData(Role.Director, "D001", "dealer:D001")]
    public async Task A_party_sees_its_own_statement_alone(Role role, string scope, string party)
    {
        await using var club = await Open();
        await CampaignTests.Live(club);
        var caller = new Caller([role], "x") { Partner = role == Role.Partner ? scope : null, Dealer = role == Role.Director ? new DealerId(scope) : null };
        var month = await club.Settled(2026, 4, caller);
        Assert.Equal((party, null, null), ($"{Assert.Single(month.Parties).Party}", month.Adds, month.Check));
        var settlements = club.Get<Settlements>();
        foreach (var other in (string[])["brand:foton", "rescue", "programme", "dealer:D002", "partner:nobody"])
        {
            Assert.Equal("not-found", (await settlements.Of(Month(2026, 4), other, caller, Cancellation)).Problem!.Code);
            Assert.Equal("not-found", (await settlements.Lines(Month(2026, 4), other, null, caller, 50, null, Cancellation)).Problem!.Code);
        }
        Assert.All((await settlements.Lines(Month(2026, 4), scope, null, caller, 50, null, Cancellation)).Value.Items, item => Assert.Null(item.MemberId));
        // With nothing to settle there is a statement that says so.
        Assert.Empty((await settlements.Of(Month(2026, 2), scope, caller, Cancellation)).Value.Lines);
    }

    /// <summary>A dealer and a partner may have one code: nobody is told of one what the other did.</summary>
    [Fact]
    public async Task A_code_that_two_parties_have_is_asked_for_in_full()
    {
        await using var club = await Open();
        var member = (await club.Register()).MemberId;
        await club.Rent("R1");
        await club.Agree("D001", "onIssue", 0.8m, 0.7m);
        Assert.True((await club.Spend(member, 10, AtDealer())).Succeeded);
        Assert.True((await club.Spend(member, 10, AtPartner("D001"))).Succeeded);
        var settlements = club.Get<Settlements>();
        var problem = (await settlements.Of(Month(2026, 3), "D001", Finance, Cancellation)).Problem!;
        Assert.Equal(("invalid-query", true), (problem.Code, problem.Message.Contains("dealer:D001 or partner:D001", StringComparison.Ordinal)));
        Assert.Equal(10, (await settlements.Of(Month(2026, 3), "partner:D001", Finance, Cancellation)).Value.Wallets[0].Taken.Value);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("x\u0001y")]
    [InlineData("ａｖｉｓ")]
    [InlineData("dealer:D021")]
    public void A_partner_of_a_redemption_has_a_code(string partner)
    {
        var body = new JsonObject { ["points"] = 10, ["for"] = new JsonObject { ["kind"] = "partner", ["amount"] = 100, ["partner"] = partner } };
        Assert.Equal(("invalid-data", "$.for.partner"),
            Spending.WishOf.Read(body.ToJsonString(), RedemptionRequest.Read).Problem is { } problem ? (problem.Code, problem.Path) : default);
    }

    [Fact]
    public async Task A_workbook_holds_nothing_that_no_XML_may()
    {
        var table = new StatementTable("x", ["party"], [["partner:a\u0001\ufffe\ud800b"]]);
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(await StatementFiles.ToXlsx(table, Cancellation)));
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            Assert.NotNull(await System.Xml.Linq.XDocument.LoadAsync(entry.Open(), default, Cancellation));
    }
}
