using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Programmes;
using CsCheck;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class ProgrammeDiffTests
{
    [Theory]
    [InlineData("earning[0].award.rate", "0.02", "Rule parts: rate 1 % → 2 %", "规则 parts：每元积分由1%改为2%")]
    [InlineData("earning[0].when.category[1]", "\"labour\"", "Rule parts: when category adds labour", "规则 parts：条件品类增加labour")]
    [InlineData("earning[0].when.category[0]", "\"labour\"", "Rule parts: when category adds labour, drops parts",
        "规则 parts：条件品类增加labour，去掉parts")]
    [InlineData("earning[0].caps", """[{"per":"day","points":100}]""", "Rule parts: caps per day, points 100 added",
        "规则 parts：新增上限每day，积分100")]
    [InlineData("tiers[1].criteria.atLeast", "80", "Tier gold: criteria at least 100 → 80", "等级 gold：条件至少由100改为80")]
    [InlineData("tiers[1].validityMonths", null, "Tier gold: validity months 12 removed", "等级 gold：取消有效月数（原为12）")]
    [InlineData("care[0].template", "\"{{ name }}您好\"", "Care pointsExpiring: template \"{{ name }}\" → \"{{ name }}您好\"",
        "关怀 pointsExpiring：模板由“{{ name }}”改为“{{ name }}您好”")]
    [InlineData("dealers.regions[0].branches[0]", "\"D001-D004\"", "Region north: branches adds D001-D004, drops D001-D003",
        "大区 north：分会增加D001-D004，去掉D001-D003")]
    [InlineData("dealers", null, "Programme: dealers regions code north, name 北, branches D001-D003, without branch D009 removed",
        "方案：取消经销商（原为大区代码north，名称北，分会D001-D003，未设分会D009）")]
    [InlineData("name", "\"新车友会\"", "Programme: name 车友会 → 新车友会", "方案：名称由车友会改为新车友会")]
    [InlineData("wallets[1].expiry", """{"kind":"rollingMonths","months":12}""", "Wallet branch: expiry kind never → rollingMonths",
        "钱包 branch：有效期方式由never改为rollingMonths")]
    public void A_change_is_told_in_both_languages(string path, string? json, string en, string zh)
    {
        var after = Book.File();
        if (path.EndsWith("category[1]", StringComparison.Ordinal))
            after["earning"]![0]!["when"]!["category"]!.AsArray().Add(JsonNode.Parse(json!));
        else Book.Set(after, path, json);

        var change = Compare(Book.File(), after)[0];

        Assert.Equal((en, zh), (change.En, change.Zh));
    }

    [Fact]
    public void A_rule_is_known_by_its_id_wherever_it_stands()
    {
        var (before, after) = (Book.File(), Book.File());
        before["earning"]!.AsArray().Add(JsonNode.Parse("""{"id":"labour","when":{"category":["labour"]},"award":{"rate":1}}"""));
        after["earning"]!.AsArray().Insert(0, JsonNode.Parse(
            """{"id":"june","when":{"category":["parts"]},"award":{"multiplier":2},"from":"2026-06-01"}"""));
        after["earning"]![1]!["award"]!["rate"] = 0.5;

        Assert.Equal(
            [
                ("$.earning[0]", ProgrammeChangeKind.Added,
                    "Rule june added: id june, when (category parts), award (multiplier 2), from 2026-06-01"),
                ("$.earning[1].award.rate", ProgrammeChangeKind.Changed, "Rule parts: rate 1 % → 50 %"),
                ("$.earning[1]", ProgrammeChangeKind.Removed, "Rule labour removed"),
            ],
            Compare(before, after).Select(change => (change.Path, change.Kind, change.En)));
    }

    [Fact]
    public void Another_order_of_tiers_is_a_change_and_another_order_of_members_is_none()
    {
        var (before, after) = (Book.File(), Book.File());
        after["tiers"] = new JsonArray([.. before["tiers"]!.AsArray().Reverse().Select(tier => tier!.DeepClone())]);
        Assert.Equal("Programme: tiers order ordinary, gold → gold, ordinary", Assert.Single(Compare(before, after)).En);

        var turned = new JsonObject(before.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        turned["$schema"] = "elsewhere.json";
        Assert.Empty(Compare(before, turned));
    }

    [Fact]
    public void Items_that_share_their_first_key_are_told_apart_by_the_second()
    {
        var (before, after) = (Book.File(), Book.File());
        foreach (var file in new[] { before, after })
            file["care"]!.AsArray().Add(JsonNode.Parse("""{"occasion":"pointsExpiring","daysBefore":7,"template":"{{ name }}"}"""));
        after["care"]![1]!["minimumPoints"] = 5;

        Assert.Equal("Care pointsExpiring 7: minimum points 5 added", Assert.Single(Compare(before, after)).En);
    }

    [Theory]
    [InlineData("foton")]
    [InlineData("skoda")]
    public void Every_change_of_one_place_is_told_and_no_change_is_none(string sample)
    {
        var text = ProgrammeLoader.LoadText(sample).Json;
        Assert.Empty(ProgrammeDiff.Compare(text, text));
        var places = Places(JsonNode.Parse(text.GetRawText())!).Where(path => path != "$.$schema").ToArray();
        string?[] values = [null, "true", "\"另一个\"", "17.5", "[]", """{"id":"x"}"""];
        Gen.Select(Gen.Int[0, places.Length - 1], Gen.Int[0, values.Length - 1]).Sample((place, value) =>
        {
            var file = JsonNode.Parse(text.GetRawText())!;
            Book.Set(file, places[place][2..], values[value]);
            var changes = Compare(JsonNode.Parse(text.GetRawText())!, file);
            return changes.Count > 0 == !PublicationRules.SameContent(text, JsonElement.Parse(file.ToJsonString()))
                && changes.All(change => change is { En.Length: > 8 and < 500, Zh.Length: > 4 and < 500 }
                && change.Path.StartsWith("$.", StringComparison.Ordinal));
        }, iter: 500);
    }

    [Fact]
    public void Every_member_of_the_format_has_a_Chinese_word() =>
        Assert.DoesNotContain(ProgrammeFormat.Shapes.SelectMany(shape => shape.Members), member => member != "$schema"
            && !ProgrammeWords.Knows(member));

    [Fact]
    public void A_long_value_is_cut_and_never_within_a_character()
    {
        var after = Book.File();
        after["care"]![0]!["template"] = string.Concat(Enumerable.Repeat("𠮷", 200));

        var change = Assert.Single(Compare(Book.File(), after));

        Assert.EndsWith("𠮷…", change.En, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ProgrammeChange> Compare(JsonNode before, JsonNode after) =>
        ProgrammeDiff.Compare(JsonElement.Parse(before.ToJsonString()), JsonElement.Parse(after.ToJsonString()));

    private static IEnumerable<string> Places(JsonNode node) => node switch
    {
        JsonObject map => map.Select(member => member.Value!).SelectMany(child => Places(child).Prepend(child.GetPath())),
        JsonArray list => list.SelectMany(child => child is JsonObject ? Places(child) : [child!.GetPath()]),
        _ => [],
    };
}
