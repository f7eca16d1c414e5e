using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Programmes;
using Club.Tests.WhatIf;
using Xunit;

namespace Club.Tests.Earning;

/// <summary>
/// What a rule book may say changes what members get. Each member of the format stands here with two values under which two years of a
/// member come out differently; a member that is added to the schema and missing here fails, and so does one that nothing reads.
/// </summary>
public sealed partial class EveryMemberMattersTests
{
    /// <summary>Only one value is taken, so that nothing can come of another one.</summary>
    private static readonly string[] OfOneValue = ["$.currency", "wallet.negativeBalance"];

    /// <summary>For the editor that people write the file with.</summary>
    private static readonly string[] ForEditors = ["$.$schema"];

    private const string Margins =
        """[{"code":"m","bands":[10],"scale":[{"margin":10,"rate":0.1}],"series":[{"month":"2025-01","margin":12}]}]""";
    private const string Benefits = """[{"code":"wash","name":"洗车","tiers":["ordinary","gold"],"count":2,"per":"year","carryOver":1}]""";

    private const string SpendingTerms =
        """{"pointValue":1,"least":10,"step":5,"wallets":[{"wallet":"club","at":"everywhere"}],"bills":{"leastShare":0,"mostShare":0.5},"holdMinutes":30,"refundGraceDays":30,"limits":[{"per":"day","points":100}],"transfers":{"least":10,"pointsPerYear":100},"causes":[{"code":"school","name":"小学"}],"overdraft":{"tiers":[{"tier":"gold","limit":50,"days":90}],"atDeadline":"buy"}}""";

    private static readonly string ValueTerms = Value.ValueClub.Section
        .Replace("\"total\":10000,\"mean\":5000", "\"total\":200000", StringComparison.Ordinal)
        .Replace("\"total\":2000,\"item\":900", "\"total\":100", StringComparison.Ordinal);

    /// <summary>One line of the table.</summary>
    /// <param name="Context">What else the file says, for the member to matter.</param>
    /// <param name="IsTold">
    /// What people read: it is told by the comparison of versions, and changes no number. The scope of a wallet is among them, for it says
    /// at which dealer points may be spent, and so are the terms of spending: the history of these tests spends nothing.
    /// </param>
    private sealed record Row(string Member, string Path, string A, string B, IReadOnlyList<(string Path, string Json)> Context,
        bool IsTold)
    {
        public static Row Of(string line)
        {
            var cells = line.Split('|').Select(cell => cell.Trim()).ToArray();
            var context = cells.Length < 5 ? [] : cells[4].Split(';').ToList();
            var told = context.Remove("TOLD");
            return new(cells[0], cells[1], cells[2], cells[3], [.. context.SelectMany(Sets)], told);
        }

        public JsonObject With(string value)
        {
            var file = Base();
            foreach (var (path, json) in Context) Book.Set(file, path, json);
            Book.Set(file, Path, value switch { "null" => null, "VALUE" => ValueTerms, _ => value });
            return file;
        }

        private static IEnumerable<(string, string)> Sets(string set) => set switch
        {
            "MARGIN" => [("margins", Margins), ("earning[0].award", """{"margin":"m"}""")],
            "BENEFIT" => [("benefits", Benefits)],
            "SPENDING" => [("spending", SpendingTerms)],
            "VALUE" => [("value", ValueTerms)],
            _ => [(set[..set.IndexOf('=', StringComparison.Ordinal)], set[(set.IndexOf('=', StringComparison.Ordinal) + 1)..])],
        };
    }

    private static readonly IReadOnlyList<Row> Table = [.. Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row.Of)];

    public static TheoryData<string> Members => [.. Table.Select(row => row.Member)];

    [Fact]
    public void Every_member_of_the_schema_stands_in_the_table_and_no_other() =>
        Assert.Equal(OfSchema().Except(OfOneValue).Except(ForEditors).Order(StringComparer.Ordinal),
            Table.Select(row => row.Member).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_same_rule_book_always_comes_to_the_same() =>
        Assert.Equal(await LivedHistory.Of(Base()), await LivedHistory.Of(Base()));

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Another_value_of_a_member_changes_what_comes_of_it(string member)
    {
        var row = Table.Single(row => row.Member == member);
        if (row.IsTold)
        {
            foreach (var value in new[] { row.A, row.B }) Book.Read(row.With(value));
            Assert.NotEmpty(ProgrammeDiff.Compare(Element(row.With(row.A)), Element(row.With(row.B))));
            return;
        }
        Assert.NotEqual(await LivedHistory.Of(row.With(row.A)), await LivedHistory.Of(row.With(row.B)));
    }

    [Fact]
    public void Of_what_stands_aside_only_one_value_is_taken()
    {
        var definitions = Schema()["$defs"]!;
        Assert.Equal("CNY", (string?)Schema()["properties"]!["currency"]!["const"]);
        Assert.Equal("allow", (string?)Assert.Single(definitions["wallet"]!["properties"]!["negativeBalance"]!["enum"]!.AsArray()));
    }

    private static JsonObject Base()
    {
        var file = Book.File();
        foreach (var (path, json) in new (string, string)[]
        {
            ("wallets", """[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":12},"unitCost":1},{"code":"coins","name":"金币","scope":"club","unit":"币","expiry":{"kind":"never"},"unitCost":1}]"""),
            ("rounding", """{"mode":"down","to":0.01}"""),
            ("earning", """[{"id":"r","when":{"category":["parts"]},"award":{"rate":0.1}}]"""),
            ("funders", """[{"code":"a","name":"A"},{"code":"b","name":"B"}]"""),
            ("tiers", """[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":10,"windowMonths":12},"validityMonths":12,"graceMonths":1}]"""),
            ("dealers", """{"regions":[{"code":"north","name":"北","branches":["D001-D003"],"withoutBranch":["D009"]},{"code":"south","name":"南","branches":["D020"]}]}"""),
        }) Book.Set(file, path, json);
        return file;
    }

    /// <summary>Owner and name of every property of every object of the schema: <c>earningRule.when</c>.</summary>
    private static IEnumerable<string> OfSchema() =>
        Properties("$", Schema()).Concat(Schema()["$defs"]!.AsObject().SelectMany(definition =>
            Properties(definition.Key, definition.Value!)));

    private static IEnumerable<string> Properties(string owner, JsonNode node)
    {
        foreach (var (name, value) in node["properties"]?.AsObject() ?? [])
        {
            yield return $"{owner}.{name}";
            // An object that is described in place rather than under $defs.
            foreach (var inner in Inner($"{owner}.{name}", value!)) yield return inner;
        }
    }

    private static IEnumerable<string> Inner(string owner, JsonNode node) =>
        node is not JsonObject ? [] : Properties(owner, node).Concat(node["items"] is { } items ? Inner(owner, items) : []);

    private static JsonNode Schema() => JsonNode.Parse(Repository.Read("functions", "Programmes", "programme.schema.json"))!;

    private static JsonElement Element(JsonNode file) => JsonElement.Parse(file.ToJsonString());
}
