using System.Text;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class ProgrammeReaderTests
{
    [Fact]
    public void The_file_that_these_tests_break_is_valid() => Assert.Equal("车友会", Book.Read(Book.File()).Name);

    [Theory]
    // wrong types and values
    [InlineData("earning[0].award.rate", "\"abc\"", "$.earning[0].award.rate: \"abc\" is not a number.")]
    [InlineData("earning[0].award.rate", "-0.01", "$.earning[0].award.rate: -0.01 must be more than 0 and at most 100.")]
    [InlineData("earning[0].award.rate", "0", "$.earning[0].award.rate: 0 must be more than 0 and at most 100.")]
    [InlineData("earning[0].award.rate", "1e99", "$.earning[0].award.rate: 1e99 is not a number that can be used.")]
    [InlineData("earning", "{}", "$.earning: an object is not an array.")]
    [InlineData("earning[0]", "7", "$.earning[0]: 7 is not an object.")]
    [InlineData("earning[0].when", "null", "$.earning[0].when: null is not an object.")]
    [InlineData("name", "\" \"", "$.name: must not be empty.")]
    [InlineData("id", "\"my club\"", "$.id: \"my club\" is not a code: use letters, digits and hyphens, starting with a letter.")]
    [InlineData("wallets", "[]", "$.wallets: must not be empty.")]
    [InlineData("currency", "\"EUR\"", "$.currency: \"EUR\" is not CNY, the only currency of the club's money.")]
    [InlineData("wallets[0].unitCost", "-1", "$.wallets[0].unitCost: -1 is not between 0 and 1000000.")]
    [InlineData("wallets[0].scope", "\"branches\"",
        "$.wallets[0].scope: \"branches\" is not one of club, branch; did you mean \"branch\"?")]
    [InlineData("wallets[0].negativeBalance", "\"forbid\"", "$.wallets[0].negativeBalance: \"forbid\" is not one of allow.")]
    [InlineData("rounding", """{"mode":"down","to":0.1}""", "$.rounding.to: 0.1 is neither 0.01 nor 1.")]
    [InlineData("tiers[1].validityMonths", "1.5", "$.tiers[1].validityMonths: 1.5 is not a whole number.")]
    [InlineData("tiers[1].criteria.atLeast", "1.005", "$.tiers[1].criteria.atLeast: 1.005 has more than two decimals.")]
    // unknown members
    [InlineData("earning[0].when.categry", """["parts"]""", "$.earning[0].when.categry: unknown dimension; did you mean \"category\"?")]
    [InlineData("earning[0].wehn", "{}", "$.earning[0].wehn: unknown member; did you mean \"when\"?")]
    [InlineData("zzzzzz", "1", "$.zzzzzz: unknown member.")]
    [InlineData("wallets[0].expiry.moths", "1", "$.wallets[0].expiry.moths: unknown member; did you mean \"months\"?")]
    [InlineData("two words", "1", "$[\"two words\"]: unknown member.")]
    // missing members
    [InlineData("earning[0].award", null, "$.earning[0].award: is missing.")]
    [InlineData("tiers", null, "$.tiers: is missing.")]
    [InlineData("wallets[0].unitCost", null, "$.wallets[0].unitCost: is missing.")]
    // dates
    [InlineData("effectiveFrom", "\"2026-02-30\"", "$.effectiveFrom: \"2026-02-30\" is not a date; write yyyy-MM-dd.")]
    [InlineData("effectiveFrom", "20260101", "$.effectiveFrom: 20260101 is not a date.")]
    [InlineData("wallets[0].expiry", """{"kind":"fixedDate","month":2,"day":30,"yearsAhead":1}""",
        "$.wallets[0].expiry.day: 30 is not a day of month 2.")]
    [InlineData("wallets[0].expiry", """{"kind":"rollingMonths"}""", "$.wallets[0].expiry.months: is missing.")]
    [InlineData("wallets[0].expiry", """{"kind":"never","day":3}""", "$.wallets[0].expiry.day: does not go with \"never\".")]
    // awards
    [InlineData("earning[0].award", "{}",
        "$.earning[0].award: must have exactly one of \"rate\", \"fixed\", \"steps\", \"margin\", \"multiplier\".")]
    [InlineData("earning[0].award", """{"rate":1,"fixed":2,"per":"line"}""",
        "$.earning[0].award: must have exactly one of \"rate\", \"fixed\", \"steps\", \"margin\", \"multiplier\".")]
    [InlineData("earning[0].award", """{"fixed":5}""", "$.earning[0].award.per: is missing: \"transaction\", \"line\" or \"unit\".")]
    [InlineData("earning[0].award", """{"rate":1,"per":"line"}""", "$.earning[0].award.per: goes only with \"fixed\" and \"steps\".")]
    [InlineData("earning[0].award", """{"fixed":0,"per":"line"}""", "$.earning[0].award.fixed: 0 gives nothing.")]
    [InlineData("earning[0].award", """{"multiplier":1}""", "$.earning[0].award.multiplier: 1 must be more than 1 and at most 100.")]
    // conditions
    [InlineData("earning[0].when.category", "[]", "$.earning[0].when.category: must not be empty.")]
    [InlineData("earning[0].when.category", """["a","a"]""", "$.earning[0].when.category[1]: \"a\" is there twice.")]
    [InlineData("earning[0].when.tier", """["goId"]""", "$.earning[0].when.tier[0]: there is no tier \"goId\"; did you mean \"gold\"?")]
    [InlineData("earning[0].when.dealer", """["D004"]""",
        "$.earning[0].when.dealer[0]: there is no dealer \"D004\"; did you mean \"D001\"?")]
    [InlineData("earning[0].wallet", "\"clubs\"", "$.earning[0].wallet: there is no wallet \"clubs\"; did you mean \"club\"?")]
    // tiers
    [InlineData("tiers[0].validityMonths", "12",
        "$.tiers[0].validityMonths: does not go with the first tier: everyone holds it, without an end.")]
    [InlineData("tiers[1].criteria", null, "$.tiers[1].criteria: is missing: only the first tier has none.")]
    [InlineData("tiers[1].criteria", """{"any":[]}""", "$.tiers[1].criteria.any: must not be empty.")]
    [InlineData("tiers[1].criteria", """{"any":[],"all":[]}""",
        "$.tiers[1].criteria: must have exactly one of \"any\", \"all\" and \"metric\".")]
    [InlineData("tiers[1].criteria", """{"metric":"points"}""",
        "$.tiers[1].criteria: must have exactly one of \"atLeast\" and \"moreThan\".")]
    [InlineData("tiers[1].criteria.metric", "\"pints\"",
        "$.tiers[1].criteria.metric: \"pints\" is not one of points, spend, count; did you mean \"points\"?")]
    [InlineData("tiers[1].criteria.atLeast", "0", "$.tiers[1].criteria.atLeast: 0 holds for everyone.")]
    [InlineData("tiers[1].criteria", """{"metric":"spend","atLeast":1,"wallet":"club"}""",
        "$.tiers[1].criteria.wallet: goes only with points.")]
    [InlineData("tiers[1].criteria", """{"metric":"count","atLeast":1.5}""", "$.tiers[1].criteria.atLeast: 1.5 is not a whole number.")]
    [InlineData("tiers[1].validityMonths", "0", "$.tiers[1].validityMonths: 0 is not between 1 and 1200.")]
    // care
    [InlineData("care[0].daysBefore", null, "$.care[0].daysBefore: is missing: a warning comes before the day.")]
    [InlineData("care[0].template", "\"{{ nmae }}\"", "$.care[0].template: unknown variable \"nmae\"; did you mean \"name\"?")]
    [InlineData("care[0].template", "\"{{ validUntil }}\"", "$.care[0].template: unknown variable \"validUntil\".")]
    [InlineData("care[0].template", "\"{{ name | upcas }}\"", "$.care[0].template: unknown filter \"upcas\".")]
    [InlineData("care[0].template", "\"{% if name %}\"", "$.care[0].template: if tag was never closed")]
    [InlineData("care[0].template", "\"{% include 'x' %}\"", "$.care[0].template: the tag \"include\" cannot be used here.")]
    [InlineData("care[0].template", "\"【车友会】您好\"",
        "$.care[0].template: must be one line without 【】: the signature is added when the message is sent.")]
    [InlineData("care[0]", """{"occasion":"welcome","daysBefore":1,"template":"x"}""",
        "$.care[0].daysBefore: does not go with \"welcome\".")]
    [InlineData("care[0]", """{"occasion":"birthday","minimumPoints":1,"template":"x"}""",
        "$.care[0].minimumPoints: goes only with \"pointsExpiring\".")]
    [InlineData("messages", """{"weChatWelcome":"{{ years }}"}""", "$.messages.weChatWelcome: unknown variable \"years\".")]
    // dealers
    [InlineData("dealers.regions[0].branches[0]", "\"D003-D001\"",
        "$.dealers.regions[0].branches[0]: \"D003-D001\" is neither a code of letters and digits nor a range like \"D001-D028\".")]
    [InlineData("dealers.regions[0].withoutBranch[0]", "\"D002\"", "$.dealers.regions[0].withoutBranch[0]: dealer D002 is there twice.")]
    public void An_error_is_told_with_its_path(string path, string? value, string error)
    {
        var file = Book.File();
        Book.Set(file, path, value);

        var exception = Assert.Throws<ProgrammeException>(() => Book.Read(file));

        Assert.Equal(error, Assert.Single(exception.Errors).ToString());
        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wallets[1].code", "\"club\"", "$.wallets[1].code: \"club\" is there twice.")]
    [InlineData("tiers[1].code", "\"ordinary\"", "$.tiers[1].code: \"ordinary\" is there twice.")]
    public void A_code_is_there_once(string path, string value, string error)
    {
        var file = Book.File();
        Book.Set(file, path, value);
        Assert.Equal(error, Assert.Single(Assert.Throws<ProgrammeException>(() => Book.Read(file)).Errors).ToString());
    }

    [Fact]
    public void Rule_ids_are_there_once() =>
        AssertError("$.earning[1].id: \"a\" is there twice.", () =>
            Book.Rules("""{"id":"a","when":{},"award":{"rate":1}}""", """{"id":"a","when":{},"award":{"rate":1}}"""));

    [Fact]
    public void A_rule_does_not_end_before_it_begins() =>
        AssertError(
            "$.earning[0].to: \"2026-01-31\" is before \"from\".",
            () => Book.Rules("""{"id":"a","when":{},"award":{"rate":1},"from":"2026-02-01","to":"2026-01-31"}"""));

    [Theory]
    [InlineData("""{"fixed":1,"per":"transaction"}""", "club", "$.earning[1].group: \"g\" mixes awards per line and per transaction.")]
    [InlineData("""{"multiplier":2}""", "club", "$.earning[1].group: \"g\" mixes awards per line and by multiplier.")]
    [InlineData("""{"rate":2}""", "branch", "$.earning[1].group: \"g\" mixes the wallets \"club\" and \"branch\".")]
    public void A_group_compares_like_with_like(string award, string wallet, string error) =>
        AssertError(error, () => Book.Rules(
            """{"id":"a","when":{},"award":{"rate":1},"group":"g"}""",
            $$"""{"id":"b","when":{},"award":{{award}},"group":"g","wallet":"{{wallet}}"}"""));

    [Theory]
    [InlineData("""{"metric":"points","atLeast":200}""", """{"metric":"points","atLeast":100}""")]
    [InlineData("""{"metric":"points","moreThan":100}""", """{"metric":"points","moreThan":100}""")]
    [InlineData("""{"metric":"count","moreThan":1}""", """{"metric":"count","atLeast":2}""")]
    [InlineData("""{"metric":"points","atLeast":100}""", """{"any":[{"metric":"count","atLeast":9},{"metric":"points","atLeast":100}]}""")]
    [InlineData("""{"all":[{"metric":"count","atLeast":9},{"metric":"points","atLeast":100}]}""", """{"metric":"points","atLeast":100}""")]
    public void Tiers_are_listed_lowest_first(string lower, string higher) =>
        AssertError(
            "$.tiers[2]: is out of order: whoever earns \"a\" earns \"b\" too. Tiers are listed lowest first.",
            () => Book.TiersAbove($$"""{"code":"a","name":"A","criteria":{{lower}}}""",
            $$"""{"code":"b","name":"B","criteria":{{higher}}}"""));

    [Fact]
    public void A_grace_period_needs_a_validity() =>
        AssertError("$.tiers[1].graceMonths: needs \"validityMonths\".", () =>
            Book.TiersAbove("""{"code":"a","name":"A","criteria":{"metric":"count","atLeast":1},"graceMonths":3}"""));

    [Fact]
    public void Every_error_is_told_at_once()
    {
        var file = Book.File();
        Book.Set(file, "id", "1");
        Book.Set(file, "dealers.regions[0].code", null);
        Book.Set(file, "earning[0].when.dealer", """["D0099"]""");
        Book.Set(file, "care[0].template", "\"{{ a }}{{ b | c }}\"");

        var exception = Assert.Throws<ProgrammeException>(() => Book.Read(file));

        Assert.Equal(
            ["$.care[0].template", "$.care[0].template", "$.care[0].template", "$.dealers.regions[0].code", "$.earning[0].when.dealer[0]",
            "$.id"],
            exception.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
        Assert.StartsWith("The programme has 6 errors:\n", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1: is not JSON.")]
    [InlineData("", "line 1: is not JSON.")]
    [InlineData("{\n\"id\": 'x'}", "line 2: is not JSON.")]
    [InlineData("[]", "$: an array is not an object.")]
    [InlineData("{\"id\":\"\\ud800\"}", "$: has a text with half a surrogate pair.")]
    public void What_is_no_programme_at_all_is_refused(string text, string error) =>
        Assert.Contains(error, Assert.Throws<ProgrammeException>(() => ProgrammeReader.Read(Encoding.UTF8.GetBytes(text))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_member_is_there_once()
    {
        var text = Book.File().ToJsonString().Replace("\"version\":\"1\"", "\"version\":\"1\",\"version\":\"2\"", StringComparison.Ordinal);
        Assert.Contains("$.version: is there twice.",
            Assert.Throws<ProgrammeException>(() => ProgrammeReader.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_error() =>
        Assert.Equal("test", ProgrammeReader.Read(Encoding.UTF8.GetBytes("\uFEFF" + Book.File().ToJsonString())).Id);

    private static void AssertError(string error, Func<Programme> read) =>
        Assert.Equal(error, Assert.Single(Assert.Throws<ProgrammeException>(read).Errors).ToString());
}
