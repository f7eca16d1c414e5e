using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Partners;
using Club.Spending;
using Club.Store;
using Xunit;

using static Club.Tests.Spending.GivingClub;

namespace Club.Tests.Spending;

/// <summary>Points exchanged with a partner, at the dated rate, reconciled by his reference.</summary>
public sealed class ExchangeTests
{
    private static async Task<ClubFixture> Open(IClubStore? store = null, Club.Programmes.Programme? rules = null)
    {
        var club = new ClubFixture(store: store, rules: rules ?? Rules());
        await club.Get<PartnerBook>().Name("air", "航空公司", Staff, Cancellation);
        foreach (var (from, to, rate) in ((string, string, string)[])[("2026-03-02", "2026-03-31", "0.3333"), ("2026-04-01", "2026-12-31", "0.5")])
            Assert.True((await club.Get<PartnerBook>().Agree("air", WishOf.Read($$"""
                {"from":"{{from}}","to":"{{to}}","billing":"onIssue","pricePerPoint":0.02,"redeemsAt":0.01,"exchange":{"in":{{rate}},"out":{{rate}} } }
                """, PartnerRequests.ReadAgreement).Value, Staff, Cancellation)).Succeeded);
        return club;
    }

    private static Task<Outcome<Answered<ExchangeView>>> Exchange(ClubFixture club, MemberId member, ExchangeDirection direction,
        decimal points,
        string reference, string? key = null, string partner = "air", string? wallet = null) => club.Get<Exchanges>().Exchange(member,
            new ExchangeRequest(partner, direction, Points.Of(points), reference, wallet is null ? null : new WalletCode(wallet)),
            Key(key, $"{direction} {points} {reference}"), Staff, Cancellation);

    [Fact]
    public async Task Points_go_out_at_the_rate_of_the_day_rounded_down()
    {
        await using var club = await Open();
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 100);
        var gone = (await Exchange(club, member, ExchangeDirection.Out, 10, "R1")).Value.Answer;
        Assert.Equal((3.33m, 0.3333m, 90m), (gone.Becomes.Value, gone.Rate, gone.Balance.Value));
        var entry = (await club.Entries(member))[0];
        Assert.Equal((EntryKind.ExchangeOut, gone.ExchangeId), (entry.Kind, entry.Move!.Id));
        Assert.Equal([new CounterLine("partner:air", Points.Of(10))], entry.Counter);
        Assert.Contains("at a rate of 0.3333", entry.Explanation[0].In(Language.English), StringComparison.Ordinal);
        club.At(2026, 4, 1);
        Assert.Equal(5, (await Exchange(club, member, ExchangeDirection.Out, 10, "R2")).Value.Answer.Becomes.Value);
        await club.AllComesToNothing();
    }

    /// <summary>What a bill may not give by itself, an exchange does not give either.</summary>
    [Fact]
    public async Task More_than_a_wallet_gives_without_approval_does_not_come_in_at_once()
    {
        var rules = Rules();
        rules = rules with { Wallets = [.. rules.Wallets.Select(wallet => wallet with { ApproveAbove = Points.Of(100) })] };
        await using var club = await Open(rules: rules);
        var member = (await club.Register()).MemberId;
        var refused = (await Exchange(club, member, ExchangeDirection.In, 300.1m, "R1")).Problem!;
        Assert.Equal(("over-limit", "$.points", ProblemKind.Conflict), (refused.Code, refused.Path, refused.Kind));
        Assert.Equal(99.99m, (await Exchange(club, member, ExchangeDirection.In, 300.03m, "R2")).Value.Answer.Becomes.Value);
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Points_come_in_as_a_lot_that_the_partner_pays_for()
    {
        await using var club = await Open();
        var member = (await club.Register()).MemberId;
        var come = (await Exchange(club, member, ExchangeDirection.In, 10.01m, "R1")).Value.Answer;
        Assert.Equal((3.33m, 3.33m), (come.Becomes.Value, come.Balance.Value));
        var lot = Assert.Single((await club.Account(member)).Wallet(GivingClub.Club).Lots);
        Assert.Equal(("air", 3.33m, new DateOnly(2028, 3, 2), 0.01m),
            (Assert.Single(lot.Payers).Funder, lot.Payers[0].Points.Value, lot.LapsesOn!.Value, lot.UnitCost!.Value));
        var entry = Assert.Single(await club.Entries(member));
        Assert.Equal((EntryKind.ExchangeIn, new CounterLine("partner:air", Points.Of(-3.33m))), (entry.Kind, Assert.Single(entry.Counter)));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task One_reference_of_one_partner_books_once_whatever_key()
    {
        await using var club = await Open();
        await club.Get<PartnerBook>().Name("rail", "铁路", Staff, Cancellation);
        var (member, other) = ((await club.Register()).MemberId, (await club.Register("13800138001")).MemberId);
        await club.Grant(member, 100);
        await club.Grant(other, 100);
        var first = (await Exchange(club, member, ExchangeDirection.Out, 10, "R1")).Value;
        await Exchange(club, member, ExchangeDirection.Out, 20, "R2");
        var again = (await Exchange(club, member, ExchangeDirection.Out, 10, "R1")).Value;
        Assert.Equal((false, true), (first.IsRepeat, again.IsRepeat));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(first.Answer, ClubJson.Answers),
            System.Text.Json.JsonSerializer.Serialize(again.Answer, ClubJson.Answers));
        Assert.Equal("different-content", (await Exchange(club, member, ExchangeDirection.Out, 11, "R1")).Problem!.Code);
        Assert.Equal("different-content", (await Exchange(club, member, ExchangeDirection.In, 10, "R1")).Problem!.Code);
        Assert.Equal("already-used", (await Exchange(club, other, ExchangeDirection.Out, 10, "R1")).Problem!.Code);
        Assert.Equal((70m, 100m), (await club.Has(member), await club.Has(other)));
        // The same key for something else is refused before anything is booked.
        Assert.True((await Exchange(club, member, ExchangeDirection.Out, 1, "R3", "k")).Succeeded);
        Assert.Equal("different-content", (await Exchange(club, member, ExchangeDirection.Out, 1, "R4", "k")).Problem!.Code);
        // What was refused is nobody else's, and may be tried again.
        Assert.Equal("insufficient-points", (await Exchange(club, member, ExchangeDirection.Out, 1000, "R5")).Problem!.Code);
        Assert.Equal("already-used", (await Exchange(club, other, ExchangeDirection.Out, 10, "R5")).Problem!.Code);
        Assert.True((await Exchange(club, member, ExchangeDirection.Out, 9, "R5")).Succeeded);
        await club.AllComesToNothing();
    }

    [Theory]
    [InlineData("nobody", 10, null, "invalid-data")]
    [InlineData("../air", 10, null, "invalid-data")]
    [InlineData("rail", 10, null, "not-offered")]
    [InlineData("air", 0.02, null, "not-offered")]
    [InlineData("air", 100.01, null, "insufficient-points")]
    [InlineData("air", 10, "branch", "wrong-dealer")]
    public async Task What_is_not_agreed_on_or_not_there_is_not_exchanged(string partner, double points, string? wallet, string code)
    {
        await using var club = await Open();
        await club.Get<PartnerBook>().Name("rail", "铁路", Staff, Cancellation);
        var member = (await club.Register()).MemberId;
        await club.Grant(member, 100);
        await club.Grant(member, 100, "branch");
        Assert.Equal(code, (await Exchange(club, member, ExchangeDirection.Out, (decimal)points, "R", partner: partner, wallet: wallet)).Problem!.Code);
        club.At(2027, 1, 1);
        Assert.Equal("not-offered", (await Exchange(club, member, ExchangeDirection.Out, 10, "R9")).Problem!.Code);
        Assert.Equal("not-found", (await Exchange(club, new MemberId("M0"), ExchangeDirection.Out, 10, "R9")).Problem!.Code);
        Assert.Equal(100, await club.Has(member));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_it_to_the_same_member_and_books_it_once(bool unanswered)
    {
        for (var writes = 0; ; writes++)
        {
            var store = new CrashingStore(new MemoryStore()) { Unanswered = unanswered };
            await using var club = await Open(store);
            var member = (await club.Register()).MemberId;
            store.CrashAfter(writes);
            var crash = await Record.ExceptionAsync(() => Exchange(club, member, ExchangeDirection.In, 100, "R1", "k"));
            store.Recover();
            // By another key, as the partner's own repeat may come.
            Assert.True((await Exchange(club, member, ExchangeDirection.In, 100, "R1")).Succeeded);
            Assert.True((await Exchange(club, member, ExchangeDirection.In, 100, "R1", "k")).Succeeded);
            Assert.Equal(33.33m, await club.Has(member));
            Assert.Single(await club.Entries(member));
            await club.AllComesToNothing();
            if (crash is null) return;
        }
    }

    [Fact]
    public async Task Of_sixty_four_calls_for_two_members_one_books()
    {
        await using var club = await Open();
        MemberId[] members = [(await club.Register()).MemberId, (await club.Register("13800138001")).MemberId];
        var done = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            Exchange(club, members[i % 2], ExchangeDirection.In, 100, "R1"), Cancellation)));
        Assert.Equal((32, 32), (done.Count(one => one.Succeeded), done.Count(one => one.Problem?.Code == "already-used")));
        Assert.Equal(33.33m, await club.Has(members[0]) + await club.Has(members[1]));
        await club.AllComesToNothing();
    }

    [Fact]
    public async Task Who_turns_out_to_be_another_member_has_exchanged_it_already()
    {
        await using var club = await Open();
        var owner = (await club.Register()).MemberId;
        var fan = (await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "O1" })).MemberId;
        await Exchange(club, fan, ExchangeDirection.In, 100, "R1");
        await club.Get<Merge>().Handle(fan, owner, Cancellation);
        Assert.True((await Exchange(club, owner, ExchangeDirection.In, 100, "R1")).Value.IsRepeat);
        Assert.Equal(33.33m, await club.Has(owner));
        await club.AllComesToNothing();
    }

    [Theory]
    [InlineData("""{"direction":"out","points":1,"reference":"R"}""", "missing-data", "$.partner")]
    [InlineData("""{"partner":"air","direction":"up","points":1,"reference":"R"}""", "invalid-data", "$.direction")]
    [InlineData("""{"partner":"air","points":1,"reference":"R"}""", "missing-data", "$.direction")]
    [InlineData("""{"partner":"air","direction":"out","points":0,"reference":"R"}""", "invalid-data", "$.points")]
    [InlineData("""{"partner":"air","direction":"out","points":-1,"reference":"R"}""", "invalid-data", "$.points")]
    [InlineData("""{"partner":"air","direction":"out","points":1.001,"reference":"R"}""", "invalid-data", "$.points")]
    [InlineData("""{"partner":"air","direction":"out","points":1}""", "missing-data", "$.reference")]
    public void What_is_no_exchange_is_told_by_its_path(string body, string code, string path)
    {
        var problem = WishOf.Read(body, ExchangeRequest.Read).Problem!;
        Assert.Equal((code, path), (problem.Code, problem.Path));
    }
}
