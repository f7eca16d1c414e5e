using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

/// <summary>What is wrong with the terms of spending is told with its JSON path.</summary>
public sealed class SpendingErrorTests
{
    private const string Full = """
        {"spending":{"pointValue":0.01,"least":100,"step":10,
          "wallets":[{"wallet":"club","at":"everywhere"},{"wallet":"branch","at":"issuer"}],
          "bills":{"leastShare":0.1,"mostShare":0.5},"partnerFactor":2,"holdMinutes":30,"refundGraceDays":30,
          "limits":[{"per":"day","points":50000}],"transfers":{"least":100,"perYear":4,"pointsPerYear":20000,"feePercent":5},
          "causes":[{"code":"hope-school","name":"希望小学"}],"approveAbove":1000,
          "overdraft":{"tiers":[{"tier":"gold","limit":500,"days":90}],"atDeadline":"buy"},"source":"“积分抵扣现金”"}}
        """;

    [Fact]
    public void Every_term_is_read()
    {
        var spending = Book.With(Full).Spending!;

        Assert.Equal((0.01m, Points.Of(100), Points.Of(10)), (spending.PointValue, spending.Least, spending.Step));
        Assert.Equal([new(new("club"), GoodAt.Everywhere), new SpendingWallet(new("branch"), GoodAt.Issuer)], spending.Wallets);
        Assert.Equal((new BillMix(0.1m, 0.5m), 2m, 30, 30),
            (spending.Bills, spending.PartnerFactor, spending.HoldMinutes, spending.RefundGraceDays));
        Assert.Equal([new SpendingLimit(CapPeriod.Day, Points.Of(50_000))], spending.Limits);
        Assert.Equal(new TransferTerms(Points.Of(100), 4, Points.Of(20_000), 5), spending.Transfers);
        Assert.Equal([new DonationCause("hope-school", "希望小学")], spending.Causes);
        Assert.Equal((Points.Of(1000), "“积分抵扣现金”"), (spending.ApproveAbove, spending.Source));
        Assert.Equal((new TierOverdraft(new("gold"), Points.Of(500), 90), OverdraftEnd.Buy),
            (Assert.Single(spending.Overdraft!.Tiers), spending.Overdraft.AtDeadline));
    }

    [Fact]
    public void What_is_left_out_is_as_the_schema_says()
    {
        var spending = Book.With(
            """
            {"spending":{"pointValue":1,"least":1,"step":1,"wallets":[{"wallet":"club","at":"dealers","pointValue":0.5}],"holdMinutes":1,
              "refundGraceDays":0}}
            """).Spending!;

        Assert.Equal((BillMix.Any, 1m), (spending.Bills, spending.PartnerFactor));
        Assert.Empty(spending.Limits);
        Assert.Empty(spending.Causes);
        Assert.Equal((null, null, null), ((object?)spending.Transfers, (object?)spending.ApproveAbove, (object?)spending.Overdraft));
        Assert.Equal(0.5m, spending.ValueOf(Assert.Single(spending.Wallets), atPartner: true));
    }

    [Fact]
    public void A_programme_without_it_lets_nobody_spend() => Assert.Null(Book.Read(Book.File()).Spending);

    [Theory]
    // what a point pays for, and how many at once
    [InlineData("pointValue", null, "pointValue: is missing.")]
    [InlineData("pointValue", "0", "pointValue: 0 is not between 0.0001 and 1000.")]
    [InlineData("pointValue", "-0.01", "pointValue: -0.01 is not between 0.0001 and 1000.")]
    [InlineData("pointValue", "1001", "pointValue: 1001 is not between 0.0001 and 1000.")]
    [InlineData("pointValue", "0.01001", "pointValue: 0.01001 has more than four decimals.")]
    [InlineData("pointValue", "\"1\"", "pointValue: \"1\" is not a number.")]
    [InlineData("least", "105", "least: 105 is not a multiple of the step 10; the nearest is 110.")]
    [InlineData("least", "3", "least: 3 is not a multiple of the step 10; the nearest is 10.")]
    [InlineData("least", "0", "least: 0 is no number of points to spend.")]
    [InlineData("least", "-100", "least: -100 is not between 0 and 999999999.")]
    [InlineData("step", "0", "step: 0 is no number of points to spend.")]
    [InlineData("step", "-1", "step: -1 is not between 0 and 999999999.")]
    [InlineData("step", "0.001", "step: 0.001 has more than two decimals.")]
    // wallets
    [InlineData("wallets", "[]", "wallets: must not be empty.")]
    [InlineData("wallets[0].wallet", "\"clb\"", "wallets[0].wallet: there is no wallet \"clb\"; did you mean \"club\"?")]
    [InlineData("wallets[0].wallet", null, "wallets[0].wallet: is missing.")]
    [InlineData("wallets[0].at", null, "wallets[0].at: is missing.")]
    [InlineData("wallets[0].at", "\"dealer\"",
        "wallets[0].at: \"dealer\" is not one of everywhere, issuer, dealers; did you mean \"dealers\"?")]
    [InlineData("wallets[0].at", "\"issuer\"",
        "wallets[0].at: the wallet \"club\" has the scope \"club\": its points have no issuer; did you mean \"dealers\"?")]
    [InlineData("wallets[1].at", "\"everywhere\"",
        "wallets[1].at: the wallet \"branch\" has the scope \"branch\": only \"issuer\" goes with it.")]
    [InlineData("wallets[1].at", "\"dealers\"",
        "wallets[1].at: the wallet \"branch\" has the scope \"branch\": only \"issuer\" goes with it.")]
    [InlineData("wallets[1]", """{"wallet":"club","at":"dealers"}""", "wallets[1].wallet: \"club\" is there twice.")]
    [InlineData("wallets[0].pointValue", "0", "wallets[0].pointValue: 0 is not between 0.0001 and 1000.")]
    [InlineData("wallets[0].pointvalue", "1", "wallets[0].pointvalue: unknown member; did you mean \"pointValue\"?")]
    // bills
    [InlineData("bills.leastShare", "-0.1", "bills.leastShare: -0.1 is not between 0 and 1.")]
    [InlineData("bills.mostShare", "50", "bills.mostShare: 50 is not between 0 and 1.")]
    [InlineData("bills.leastShare", "0.6", "bills.leastShare: 0.6 is more than \"mostShare\", 0.5.")]
    [InlineData("bills", """{"leastShare":0,"mostShare":0}""", "bills.mostShare: 0 lets nobody pay with points.")]
    [InlineData("bills", """{"leastShare":0}""", "bills.mostShare: is missing.")]
    [InlineData("partnerFactor", "0", "partnerFactor: 0 must be more than 0 and at most 100.")]
    [InlineData("partnerFactor", "101", "partnerFactor: 101 must be more than 0 and at most 100.")]
    // times
    [InlineData("holdMinutes", "0", "holdMinutes: 0 is not between 1 and 10080.")]
    [InlineData("holdMinutes", "10081", "holdMinutes: 10081 is not between 1 and 10080.")]
    [InlineData("holdMinutes", "1.5", "holdMinutes: 1.5 is not a whole number.")]
    [InlineData("holdMinutes", null, "holdMinutes: is missing.")]
    [InlineData("refundGraceDays", "-1", "refundGraceDays: -1 is not between 0 and 3660.")]
    [InlineData("refundGraceDays", "3661", "refundGraceDays: 3661 is not between 0 and 3660.")]
    // limits
    [InlineData("limits[0].per", "\"transaction\"", "limits[0].per: \"transaction\" is not one of day, month, year.")]
    [InlineData("limits[0].per", "\"dya\"", "limits[0].per: \"dya\" is not one of day, month, year; did you mean \"day\"?")]
    [InlineData("limits", """[{"per":"day","points":500},{"per":"day","points":600}]""", "limits[1].per: \"day\" is there twice.")]
    [InlineData("limits[0].points", "90", "limits[0].points: 90 is less than \"least\", 100: nobody could spend anything.")]
    [InlineData("limits[0].points", null, "limits[0].points: is missing.")]
    // transfers and donations
    [InlineData("transfers.least", "0", "transfers.least: 0 is no number of points to spend.")]
    [InlineData("transfers.least", null, "transfers.least: is missing.")]
    [InlineData("transfers.perYear", "0", "transfers.perYear: 0 is not between 1 and 10000.")]
    [InlineData("transfers.pointsPerYear", "99",
        "transfers.pointsPerYear: 99 is less than \"least\", 100: nobody could transfer anything.")]
    [InlineData("transfers.feePercent", "101", "transfers.feePercent: 101 is not between 0 and 100.")]
    [InlineData("transfers.feePercent", "-1", "transfers.feePercent: -1 is not between 0 and 100.")]
    [InlineData("transfers.fee", "1", "transfers.fee: unknown member.")]
    [InlineData("causes[0].code", "\"hope school\"",
        "causes[0].code: \"hope school\" is not a code: use letters, digits and hyphens, starting with a letter.")]
    [InlineData("causes[0].name", "\"\"", "causes[0].name: must not be empty.")]
    [InlineData("causes", """[{"code":"a","name":"A"},{"code":"a","name":"B"}]""", "causes[1].code: \"a\" is there twice.")]
    [InlineData("approveAbove", "-1", "approveAbove: -1 is not between 0 and 999999999.")]
    // overdraft
    [InlineData("overdraft.tiers", "[]", "overdraft.tiers: must not be empty.")]
    [InlineData("overdraft.tiers[0].tier", "\"glod\"", "overdraft.tiers[0].tier: there is no tier \"glod\"; did you mean \"gold\"?")]
    [InlineData("overdraft.tiers[0].tier", null, "overdraft.tiers[0].tier: is missing.")]
    [InlineData("overdraft.tiers", """[{"tier":"gold","limit":1,"days":1},{"tier":"gold","limit":2,"days":2}]""",
        "overdraft.tiers[1].tier: \"gold\" is there twice.")]
    [InlineData("overdraft.tiers[0].limit", "0", "overdraft.tiers[0].limit: 0 is no number of points to spend.")]
    [InlineData("overdraft.tiers[0].days", "0", "overdraft.tiers[0].days: 0 is not between 1 and 3660.")]
    [InlineData("overdraft.atDeadline", "\"blok\"", "overdraft.atDeadline: \"blok\" is not one of buy, block; did you mean \"block\"?")]
    [InlineData("overdraft.atDeadline", null, "overdraft.atDeadline: is missing.")]
    // the whole
    [InlineData("source", "\" \"", "source: must not be empty.")]
    [InlineData("partnerfactor", "1", "partnerfactor: unknown member; did you mean \"partnerFactor\"?")]
    public void An_error_is_told_with_its_path(string path, string? value, string error)
    {
        var file = Book.FileWith(Full);
        Book.Set(file, $"spending.{path}", value);

        var errors = Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors;

        Assert.Equal($"$.spending.{error}", Assert.Single(errors).ToString());
    }

    [Theory]
    [InlineData("[]", "$.spending: an array is not an object.")]
    [InlineData("null", "$.spending: null is not an object.")]
    public void It_is_an_object(string json, string error)
    {
        var file = $$"""{{Book.File().ToJsonString()[..^1]}},"spending":{{json}}}""";
        var errors = Assert.Throws<ProgrammeException>(() => ProgrammeReader.Read(System.Text.Encoding.UTF8.GetBytes(file))).Errors;
        Assert.Equal(error, Assert.Single(errors).ToString());
    }
}
