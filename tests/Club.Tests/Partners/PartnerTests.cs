using Club.Access;
using Club.Kernel;
using Club.Partners;
using Club.Settlement;
using Club.Spending;
using Club.Store;
using Club.Tests.Spending;
using Xunit;

namespace Club.Tests.Partners;

/// <summary>Who the partners are, and what was agreed with them.</summary>
public sealed class PartnerTests : IAsyncDisposable
{
    private static readonly Caller Staff = Caller.OperatorAs("王编辑");
    private readonly ClubFixture _club = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PartnerBook Book => _club.Get<PartnerBook>();

    private static Agreement Terms(string from, string to, decimal price = 0.02m) => WishOf.Read(
        $$"""{"from":"{{from}}","to":"{{to}}","billing":"onRedemption","pricePerPoint":{{price}},"redeemsAt":0.01}""", PartnerRequests.ReadAgreement).Value;

    private async Task<Outcome<(PartnerView Partner, bool IsNew)>> Agree(string from, string to, decimal price = 0.02m) =>
        await Book.Agree("air", Terms(from, to, price), Staff, Cancellation);

    [Fact]
    public async Task A_partner_is_named_and_renamed_and_listed_by_his_code()
    {
        Assert.True((await Book.Name("rail", "铁路", Staff, Cancellation)).Value.IsNew);
        Assert.True((await Book.Name("air", "航空", Staff, Cancellation)).Value.IsNew);
        Assert.Equal(("航空公司", false), (await Book.Name("air", "航空公司", Staff, Cancellation)).Value is var (named, isNew) ? (named.Name, isNew) : default);
        Assert.Equal(["air", "rail"], (await Book.List(Caller.Operator, 50, null, Cancellation)).Items.Select(one => one.Code));
        Assert.Equal("航空公司", (await Book.Find("air", Caller.Operator, Cancellation))!.Name);
        Assert.Null(await Book.Find("sea", Caller.Operator, Cancellation));
        foreach (var code in (string[])["", "a b", "../x", new string('a', 65), "伙伴"])
            Assert.Equal("invalid-data", (await Book.Name(code, "x", Staff, Cancellation)).Problem!.Code);
        Assert.Empty(await _club.Verify());
    }

    [Fact]
    public async Task No_agreement_goes_over_another_or_into_what_is_settled()
    {
        Assert.Equal("not-found", (await Agree("2026-03-02", "2026-12-31")).Problem!.Code);
        await Book.Name("air", "航空", Staff, Cancellation);
        Assert.True((await Agree("2026-04-01", "2026-12-31")).Value.IsNew);
        foreach (var (from, to) in ((string, string)[])[("2026-12-31", "2027-12-31"), ("2026-03-02", "2026-04-01"), ("2026-05-01", "2026-05-01"), ("2026-03-02", "2027-12-31")])
            Assert.Equal("overlapping-agreement", (await Agree(from, to)).Problem!.Code);
        Assert.True((await _club.Get<Settlements>().Close(new StatementMonth(new DateOnly(2026, 1, 1)), Staff, Cancellation)).Succeeded);
        var settled = (await Agree("2026-01-31", "2026-02-28")).Problem!;
        Assert.Equal(("invalid-data", "$.from"), (settled.Code, settled.Path));
        Assert.Contains("2026-02-01 is the first day", settled.Message, StringComparison.Ordinal);
        Assert.Equal("invalid-data", (await Agree("2028-03-02", "2028-03-01")).Problem!.Code);
        Assert.True((await Agree("2026-02-01", "2026-03-31")).Value.IsNew);
        Assert.True((await Agree("2027-01-01", "2027-12-31")).Value.IsNew);
        Assert.Equal([2, 4, 1], (await Book.Find("air", Caller.Operator, Cancellation))!.Agreements.Select(one => one.From.Month));
    }

    /// <summary>The same again is the same, also when it has begun meanwhile; another price for the same days is another
    /// agreement.</summary>
    [Fact]
    public async Task What_has_begun_does_not_change()
    {
        await Book.Name("air", "航空", Staff, Cancellation);
        await Agree("2026-04-01", "2026-12-31");
        _club.At(2026, 5, 1);
        Assert.False((await Agree("2026-04-01", "2026-12-31")).Value.IsNew);
        Assert.Equal("overlapping-agreement", (await Agree("2026-04-01", "2026-12-31", 0.03m)).Problem!.Code);
        Assert.Equal("overlapping-agreement", (await Agree("2026-05-01", "2026-12-31", 0.03m)).Problem!.Code);
        Assert.Equal(0.02m, Assert.Single((await Book.Find("air", Caller.Operator, Cancellation))!.Agreements).PricePerPoint);
    }

    /// <summary>Nobody tells apart on a statement what differs by its case alone.</summary>
    [Fact]
    public async Task A_code_is_one_partners_however_it_is_written()
    {
        await Book.Name("Air", "航空", Staff, Cancellation);
        var problem = (await Book.Name("air", "航空", Staff, Cancellation)).Problem!;
        Assert.Equal(("invalid-data", "code", true), (problem.Code, problem.Path, problem.Message.Contains("\"Air\"", StringComparison.Ordinal)));
        Assert.Equal("not-found", (await Agree("2026-04-01", "2026-12-31")).Problem!.Code);
        Assert.Null(await Book.Find("air", Caller.Operator, Cancellation));
        Assert.Equal("Air", Assert.Single((await Book.List(Caller.Operator, 50, null, Cancellation)).Items).Code);
        var both = await Task.WhenAll(((string[])["sea", "SEA", "Sea", "sEA"]).Select(code => Task.Run(() => Book.Name(code, "海运", Staff, Cancellation))));
        Assert.Equal(1, both.Count(one => one.Succeeded));
    }

    /// <summary>Whoever takes points is paid for them.</summary>
    [Fact]
    public async Task Nobody_takes_points_under_a_name_that_is_no_partners()
    {
        await Book.Name("air", "航空", Staff, Cancellation);
        var member = (await _club.Register()).MemberId;
        var mistyped = new SpentFor(SpentKind.Partner, Money.Of(100), Partner: "AIR");
        var refused = (await _club.Get<Redemptions>().Redeem(member, new RedemptionRequest(null, Points.Of(10), mistyped, Hold: true),
            new Command("k", ""), Caller.Operator, Cancellation)).Problem!;
        Assert.Equal(("invalid-data", "$.for.partner"), (refused.Code, refused.Path));
        Assert.EndsWith("did you mean \"air\"?", refused.Message, StringComparison.Ordinal);
        var quoted = (await _club.Get<Quotes>().Ask(member, new QuoteRequest(null, mistyped, null, 1), Caller.Operator, Cancellation)).Problem!;
        Assert.Equal(("invalid-data", "$.bill.partner"), (quoted.Code, quoted.Path));
        Assert.True((await _club.Get<Quotes>().Ask(member, new QuoteRequest(null, mistyped with { Partner = "air" }, null, 1), Caller.Operator,
            Cancellation)).Succeeded);
    }

    [Fact]
    public async Task Of_sixty_four_who_agree_at_once_on_the_same_days_one_does()
    {
        await Book.Name("air", "航空", Staff, Cancellation);
        var done = await Task.WhenAll(Enumerable.Range(1, 64).Select(i => Task.Run(() => Agree("2026-04-01", "2026-12-31", i), Cancellation)));
        Assert.Equal((1, 63), (done.Count(one => one.Succeeded), done.Count(one => one.Problem?.Code == "overlapping-agreement")));
    }

    [Theory]
    [InlineData("""{"to":"2026-12-31","billing":"onIssue","pricePerPoint":1,"redeemsAt":1}""", "missing-data", "$.from")]
    [InlineData("""{"from":"2026-04-01","billing":"onIssue","pricePerPoint":1,"redeemsAt":1}""", "missing-data", "$.to")]
    [InlineData("""{"from":"1 April","to":"2026-12-31","billing":"onIssue","pricePerPoint":1,"redeemsAt":1}""", "invalid-data", "$.from")]
    [InlineData("""{"from":"2026-04-01","to":"2026-12-31","billing":"onIsue","pricePerPoint":1,"redeemsAt":1}""", "invalid-data", "$.billing")]
    [InlineData("""{"from":"2026-04-01","to":"2026-12-31","billing":"onIssue","pricePerPoint":-1,"redeemsAt":1}""", "invalid-data", "$.pricePerPoint")]
    [InlineData("""{"from":"2026-04-01","to":"2026-12-31","billing":"onIssue","pricePerPoint":1,"redeemsAt":1.0000001}""", "invalid-data", "$.redeemsAt")]
    [InlineData("""{"from":"2026-04-01","to":"2026-12-31","billing":"onIssue","pricePerPoint":1,"redeemsAt":1,"exchange":{"in":0}}""", "invalid-data", "$.exchange.in")]
    [InlineData("""{"from":"2026-04-01","to":"2026-12-31","billing":"onIssue","pricePerPoint":1,"redeemsAt":1,"exchange":{"out":1e9}}""", "invalid-data", "$.exchange.out")]
    public void What_is_no_agreement_is_told_by_its_path(string body, string code, string path)
    {
        var problem = WishOf.Read(body, PartnerRequests.ReadAgreement).Problem!;
        Assert.Equal((code, path), (problem.Code, problem.Path));
    }

    public ValueTask DisposeAsync() => _club.DisposeAsync();
}
