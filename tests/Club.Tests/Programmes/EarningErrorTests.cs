using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

/// <summary>What is wrong with an earning rule, or with what it refers to, is told with its JSON path.</summary>
public sealed class EarningErrorTests
{
    private const string Full = $$$"""
        {"value":{{{Book.Value}}},
         "groups":[{"code":"promo","stacking":"bestOf","caps":[{"per":"day","points":5}]}],
         "caps":[{"per":"month","points":100}],
         "budgets":[{"code":"spring","points":1000}],
         "funders":[{"code":"hq","name":"总部"},{"code":"dealer","name":"经销商"}],
         "margins":[{"code":"sales","bands":[0,8],"scale":[{"margin":8,"rate":0.0025}],"series":[{"month":"2026-01","margin":9}]}],
         "earning":[{"id":"a","when":{},"award":{"rate":1},"group":"promo","priority":1,"caps":[{"per":"day","points":1}],"budget":"spring",
                     "funding":[{"funder":"hq","percent":60},{"funder":"dealer","percent":40}],"pending":{"days":7},"expiry":{"kind":"never"}}]}
        """;

    [Fact]
    public void The_rule_that_these_tests_break_is_valid() => Assert.Equal("promo", Assert.Single(Book.With(Full).Earning).Group);

    [Theory]
    // the dimension
    [InlineData("when.hobbie", """["a"]""", "when.hobbie: unknown dimension; did you mean \"hobby\"?")]
    [InlineData("when", """{"any":[{"all":[{"chanel":["web"]}]}]}""",
        "when.any[0].all[0].chanel: unknown dimension; did you mean \"channel\"?")]
    [InlineData("when", """{"none":[]}""", "when.none: must not be empty.")]
    [InlineData("when", """{"any":[{}]}""", "when.any[0]: says nothing.")]
    [InlineData("when", """{"all":{"tier":["gold"]}}""", "when.all: an object is not an array.")]
    [InlineData("when.amount", "5", "when.amount: 5 is not an object.")]
    [InlineData("when.amount", "{}", "when.amount: has no end.")]
    [InlineData("when.amount", """{"atLeast":1,"moreThan":1}""", "when.amount: has both \"atLeast\" and \"moreThan\".")]
    [InlineData("when.amount", """{"atMost":1,"lessThan":1}""", "when.amount: has both \"atMost\" and \"lessThan\".")]
    [InlineData("when.quantity", """{"atLeast":5,"atMost":4}""", "when.quantity: holds for no number.")]
    [InlineData("when.quantity", """{"atLeast":5,"lessThan":5}""", "when.quantity: holds for no number.")]
    [InlineData("when.memberMonths", """{"atLeats":5}""", "when.memberMonths.atLeats: unknown member; did you mean \"atLeast\"?")]
    [InlineData("when.vehicleMonths", """{"atLeast":-1}""", "when.vehicleMonths.atLeast: -1 is not between 0 and 1000000000.")]
    [InlineData("when.bookedDaysAhead", """{"atLeast":"7"}""", "when.bookedDaysAhead.atLeast: \"7\" is not a number.")]
    [InlineData("when.firstTime", "\"yes\"", "when.firstTime: \"yes\" is neither true nor false.")]
    [InlineData("when.hour", """{"from":24,"to":1}""", "when.hour.from: 24 is not between 0 and 23.")]
    [InlineData("when.hour", """{"from":8,"to":8}""", "when.hour: holds for no hour.")]
    [InlineData("when.hour", """{"from":8}""", "when.hour.to: is missing.")]
    [InlineData("when.weekday", """["Monday"]""", "when.weekday[0]: there is no weekday \"Monday\"; did you mean \"monday\"?")]
    [InlineData("when.season", """[{"from":"02-30","to":"03-01"}]""",
        "when.season[0].from: \"02-30\" is not a day of the year; write MM-dd.")]
    [InlineData("when.season", """[{"from":"3-1"}]""", "when.season[0].to: is missing.",
        "when.season[0].from: \"3-1\" is not a day of the year; write MM-dd.")]
    [InlineData("when.date", """[{}]""", "when.date[0]: has no end.")]
    [InlineData("when.date", """[{"from":"2026-03-02","to":"2026-03-01"}]""", "when.date[0].to: \"2026-03-01\" is before \"from\".")]
    [InlineData("when.date", """{"from":"2026-03-02"}""", "when.date: an object is not an array.")]
    [InlineData("when.region", """["nort"]""", "when.region[0]: there is no region \"nort\"; did you mean \"north\"?")]
    [InlineData("when.valueClass", """["A"]""", "when.valueClass[0]: there is no valueClass \"A\"; did you mean \"D\"?")]
    [InlineData("when.loyaltyClass", """["C","X"]""", "when.loyaltyClass[1]: there is no loyaltyClass \"X\"; did you mean \"A\"?")]
    // the award
    [InlineData("award", """{"steps":[],"of":"amount","per":"line"}""", "award.steps: must not be empty.")]
    [InlineData("award", """{"steps":[{"from":1,"points":1}],"per":"line"}""", "award.of: is missing: what the steps measure.")]
    [InlineData("award", """{"steps":[{"from":1,"points":1}],"of":"amount"}""",
        "award.per: is missing: \"transaction\", \"line\" or \"unit\".")]
    [InlineData("award", """{"steps":[{"from":1,"points":1}],"of":"amount","per":"unit"}""",
        "award.per: steps are counted per line or per transaction.")]
    [InlineData("award", """{"steps":[{"from":1,"points":1},{"from":1,"points":2}],"of":"amount","per":"line"}""",
        "award.steps[1].from: 1 does not come after the step before.")]
    [InlineData("award", """{"steps":[{"from":1,"points":0}],"of":"amount","per":"line"}""", "award.steps: gives nothing.")]
    [InlineData("award", """{"steps":[{"from":1}],"of":"amount","per":"line"}""", "award.steps[0].points: is missing.",
        "award.steps: gives nothing.")]
    [InlineData("award", """{"rate":1,"of":"amount"}""", "award.of: goes only with \"steps\".")]
    [InlineData("award", """{"steps":[{"from":1,"points":1}],"of":"amounts","per":"line"}""",
        "award.of: \"amounts\" is not one of amount, quantity, bookedDaysAhead; did you mean \"amount\"?")]
    [InlineData("award", """{"margin":"sale"}""", "award.margin: there is no margin \"sale\"; did you mean \"sales\"?")]
    [InlineData("award", """{"margin":1}""", "award.margin: 1 is not a text.")]
    [InlineData("award", """{"multiplier":101}""", "award.multiplier: 101 must be more than 1 and at most 100.")]
    // what it refers to
    [InlineData("group", "\"promos\"", "group: there is no group \"promos\"; did you mean \"promo\"?")]
    [InlineData("budget", "\"sprig\"", "budget: there is no budget \"sprig\"; did you mean \"spring\"?")]
    [InlineData("priority", "-1", "priority: -1 is not between 0 and 1000000.")]
    [InlineData("priority", "1.5", "priority: 1.5 is not a whole number.")]
    [InlineData("caps[0].per", "\"week\"", "caps[0].per: \"week\" is not one of transaction, day, month, year, lifetime.")]
    [InlineData("caps[0].points", "0", "caps[0].points: 0 gives nothing.")]
    [InlineData("caps", """[{"per":"day","points":1},{"per":"day","points":2}]""", "caps[1].per: \"day\" is there twice.")]
    [InlineData("caps", """[{"per":"day"}]""", "caps[0].points: is missing.")]
    [InlineData("funding", "[]", "funding: must not be empty.")]
    [InlineData("funding[1].percent", "39.99", "funding: sums to 99.99 %, not to 100 %.")]
    [InlineData("funding[1].percent", "0", "funding[1].percent: 0 must be more than 0 and at most 100.",
        "funding: sums to 60 %, not to 100 %.")]
    [InlineData("funding[1].funder", "\"deeler\"", "funding[1].funder: there is no funder \"deeler\"; did you mean \"dealer\"?")]
    [InlineData("funding[1].funder", "\"hq\"", "funding[1].funder: \"hq\" is there twice.")]
    [InlineData("pending", "{}", "pending: must have exactly one of \"until\", \"days\", \"event\".")]
    [InlineData("pending", """{"days":7,"event":"delivered"}""", "pending: must have exactly one of \"until\", \"days\", \"event\".")]
    [InlineData("pending", """{"days":0}""", "pending.days: 0 is not between 1 and 3660.")]
    [InlineData("pending", """{"until":"soon"}""", "pending.until: \"soon\" is not a date; write yyyy-MM-dd.")]
    [InlineData("pending", """{"event":""}""", "pending.event: must not be empty.")]
    [InlineData("expiry", """{"kind":"inactivity","months":6}""",
        "expiry.kind: inactivity is a term of a wallet as a whole, not of one rule.")]
    [InlineData("expiry", """{"kind":"rollingMonths"}""", "expiry.months: is missing.")]
    public void An_error_in_a_rule_is_told_with_its_path(string path, string? value, params string[] errors) =>
        AssertErrors($"earning[0].{path}", value, [.. errors.Select(error => $"$.earning[0].{error}")]);

    [Theory]
    [InlineData("groups[0].stacking", "\"best\"", "$.groups[0].stacking: \"best\" is not one of bestOf, sum, first.")]
    [InlineData("groups[0].stacking", null, "$.groups[0].stacking: is missing.")]
    [InlineData("groups[0].caps[0].points", "-5", "$.groups[0].caps[0].points: -5 is not between 0 and 999999999.")]
    [InlineData("groups", """[{"code":"promo","stacking":"sum"},{"code":"promo","stacking":"sum"}]""",
        "$.groups[1].code: \"promo\" is there twice.")]
    [InlineData("caps[0].wallet", "\"clubs\"", "$.caps[0].wallet: there is no wallet \"clubs\"; did you mean \"club\"?")]
    [InlineData("caps",
        """[{"per":"day","points":1},{"wallet":"club","per":"day","points":1},{"wallet":"branch","per":"day","points":1}]""",
        "$.caps[1].per: \"day\" is there twice.")]
    [InlineData("budgets[0].points", "1.005", "$.budgets[0].points: 1.005 has more than two decimals.")]
    [InlineData("budgets", """[{"code":"spring","points":1},{"code":"spring","points":1}]""",
        "$.budgets[1].code: \"spring\" is there twice.")]
    [InlineData("funders[1].name", null, "$.funders[1].name: is missing.")]
    [InlineData("funders[1].code", "\"h q\"",
        "$.funders[1].code: \"h q\" is not a code: use letters, digits and hyphens, starting with a letter.",
        "$.earning[0].funding[1].funder: there is no funder \"dealer\".")]
    [InlineData("margins[0].bands", "[8,8]", "$.margins[0].bands[1]: 8 does not come after the band before.")]
    [InlineData("margins[0].bands", "[101]", "$.margins[0].bands[0]: 101 is not between 0 and 100.")]
    [InlineData("margins[0].scale", """[{"margin":8,"rate":0.1},{"margin":8,"rate":0.2}]""",
        "$.margins[0].scale[1].margin: 8 does not come after the margin before.")]
    [InlineData("margins[0].scale[0].rate", null, "$.margins[0].scale[0].rate: is missing.")]
    [InlineData("margins[0].series[0].month", "\"2026-13\"", "$.margins[0].series[0].month: \"2026-13\" is not a month; write yyyy-MM.")]
    [InlineData("margins[0].series", """[{"month":"2026-01","margin":9},{"month":"2026-03","margin":9}]""",
        "$.margins[0].series[1].month: \"2026-03\" does not follow the month before.")]
    [InlineData("margins[0].series", "[]", "$.margins[0].series: must not be empty.")]
    [InlineData("margins[0].settleMonths", "0", "$.margins[0].settleMonths: 0 is not between 1 and 60.")]
    [InlineData("margins[0].bnads", "[1]", "$.margins[0].bnads: unknown member; did you mean \"bands\"?")]
    public void An_error_in_what_rules_refer_to_is_told_with_its_path(string path, string? value, params string[] errors) =>
        AssertErrors(path, value, errors);

    [Fact]
    public void Rivals_of_a_group_give_the_same_kind_of_award_into_the_same_wallet()
    {
        var file = Book.FileWith("""
            {"groups":[{"code":"g","stacking":"sum"}],
             "earning":[{"id":"a","when":{},"award":{"rate":1},"group":"g"},{"id":"b","when":{},"award":{"fixed":1,"per":"transaction"},"group":"g"},{"id":"c","when":{},"award":{"rate":1},"group":"g","wallet":"branch"}]}
            """);
        Assert.Equal(
            ["$.earning[1].group: \"g\" mixes awards per line and per transaction.",
            "$.earning[2].group: \"g\" mixes the wallets \"club\" and \"branch\"."],
            Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void A_rule_of_a_wallet_that_lapses_by_inactivity_has_no_other_date_of_its_own()
    {
        var file = Book.FileWith(
            """{"earning":[{"id":"a","when":{},"award":{"rate":1},"expiry":{"kind":"rollingMonths","months":1}},{"id":"b","when":{},"award":{"rate":1},"expiry":{"kind":"never"}}]}""");
        Book.Set(file, "wallets[0].expiry", """{"kind":"inactivity","months":12}""");
        Assert.Equal(
            "$.earning[0].expiry.kind: only \"never\" goes with the wallet \"club\", all of whose points lapse together by inactivity.",
            Assert.Single(Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors).ToString());
    }

    [Fact]
    public void Conditions_nest_eight_levels_deep()
    {
        static string Nested(int levels) => levels == 0 ? """{"channel":["web"]}""" : $$"""{"any":[{{Nested(levels - 1)}}]}""";
        Assert.Single(Book.Rules($$"""{"id":"a","when":{{Nested(8)}},"award":{"rate":1} }""").Earning);
        Assert.Contains(
            Assert.Throws<ProgrammeException>(() => Book.Rules($$"""{"id":"a","when":{{Nested(9)}},"award":{"rate":1} }""")).Errors,
            error => error.Message == "is nested deeper than 8 levels.");
    }

    private static void AssertErrors(string path, string? value, string[] errors)
    {
        var file = Book.FileWith(Full);
        Book.Set(file, path, value);
        Assert.Equal(errors.Order(StringComparer.Ordinal),
            Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors.Select(error => error.ToString())
            .Order(StringComparer.Ordinal));
    }
}
