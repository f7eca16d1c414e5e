using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Programmes;
using CsCheck;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class ProgrammeDiffTests
{
    [Theory]
    [InlineData("earning[0].award.rate", "2", "Rule parts: rate 0.01 → 2", "规则 parts：每元积分由0.01改为2")]
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

    [Theory]
    [InlineData("pointValue", "0.02", "$.spending.pointValue", "Spending: point value 0.01 → 0.02", "积分兑换：每分抵扣金额由0.01改为0.02")]
    [InlineData("least", "150", "$.spending.least", "Spending: least 100 → 150", "积分兑换：最少积分由100改为150")]
    [InlineData("step", "5", "$.spending.step", "Spending: step 10 → 5", "积分兑换：积分步长由10改为5")]
    [InlineData("wallets[0].at", "\"dealers\"", "$.spending.wallets[0].at", "Spending: wallets club at everywhere → dealers",
        "积分兑换：钱包 club 使用地点由everywhere改为dealers")]
    [InlineData("wallets[1].pointValue", "0.5", "$.spending.wallets[1].pointValue", "Spending: wallets branch point value 0.5 added",
        "积分兑换：新增钱包 branch 每分抵扣金额0.5")]
    [InlineData("bills.leastShare", "0.1", "$.spending.bills.leastShare", "Spending: bills least share 0 → 0.1",
        "积分兑换：账单最低积分占比由0改为0.1")]
    [InlineData("bills.mostShare", "0.5", "$.spending.bills.mostShare", "Spending: bills most share 1 → 0.5",
        "积分兑换：账单最高积分占比由1改为0.5")]
    [InlineData("partnerFactor", "2", "$.spending.partnerFactor", "Spending: partner factor 2 added", "积分兑换：新增合作伙伴处倍数2")]
    [InlineData("holdMinutes", "60", "$.spending.holdMinutes", "Spending: hold minutes 30 → 60", "积分兑换：冻结分钟数由30改为60")]
    [InlineData("refundGraceDays", "0", "$.spending.refundGraceDays", "Spending: refund grace days 30 → 0", "积分兑换：退还宽限天数由30改为0")]
    [InlineData("limits[0].points", "5", "$.spending.limits[0].points", "Spending: limits day points 100000 → 5",
        "积分兑换：兑换上限 day 积分由100000改为5")]
    [InlineData("transfers.feePercent", "10", "$.spending.transfers.feePercent", "Spending: transfers fee percent 5 % → 10 %",
        "积分兑换：转赠手续费由5%改为10%")]
    [InlineData("transfers.perYear", null, "$.spending.transfers.perYear", "Spending: transfers per year 4 removed",
        "积分兑换：取消转赠每年次数（原为4）")]
    [InlineData("transfers.pointsPerYear", "9", "$.spending.transfers.pointsPerYear", "Spending: transfers points per year 20000 → 9",
        "积分兑换：转赠每年积分由20000改为9")]
    [InlineData("causes[0].name", "\"小学\"", "$.spending.causes[0].name", "Spending: causes hope-school name 希望小学 → 小学",
        "积分兑换：捐赠项目 hope-school 名称由希望小学改为小学")]
    [InlineData("approveAbove", "5", "$.spending.approveAbove", "Spending: approve above 10000 → 5", "积分兑换：单笔审批线由10000改为5")]
    [InlineData("overdraft.tiers[0].limit", "50", "$.spending.overdraft.tiers[0].limit", "Spending: overdraft tiers gold limit 5000 → 50",
        "积分兑换：透支等级 gold 额度由5000改为50")]
    [InlineData("overdraft.tiers[0].days", "9", "$.spending.overdraft.tiers[0].days", "Spending: overdraft tiers gold days 90 → 9",
        "积分兑换：透支等级 gold 天数由90改为9")]
    [InlineData("overdraft.atDeadline", "\"block\"", "$.spending.overdraft.atDeadline", "Spending: overdraft at deadline buy → block",
        "积分兑换：透支到期处理由buy改为block")]
    [InlineData("source", "\"同上\"", "$.spending.source", null, null)]
    public void A_change_of_what_points_are_good_for_is_told_as_such(string path, string? json, string place, string? en, string? zh)
    {
        var before = JsonNode.Parse(ProgrammeLoader.LoadText("skoda").Json.GetRawText())!;
        var after = before.DeepClone();
        Book.Set(after, $"spending.{path}", json);

        var change = Assert.Single(Compare(before, after));

        Assert.Equal(place, change.Path);
        if (en is not null) Assert.Equal((en, zh), (change.En, change.Zh));
    }

    [Fact]
    public void A_book_that_begins_to_let_points_be_spent_says_so()
    {
        var (before, after) = (Book.File(), Book.FileWith(
            """
            {"spending":{"pointValue":1,"least":1,"step":1,"wallets":[{"wallet":"club","at":"everywhere"}],"holdMinutes":30,
              "refundGraceDays":0}}
            """));

        var (began, ended) = (Assert.Single(Compare(before, after)), Assert.Single(Compare(after, before)));

        Assert.StartsWith("Spending added: point value 1, least 1", began.En, StringComparison.Ordinal);
        Assert.StartsWith("新增积分兑换：每分抵扣金额1，最少积分1", began.Zh, StringComparison.Ordinal);
        Assert.Equal(("Spending removed", "取消积分兑换"), (ended.En, ended.Zh));
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
    [InlineData("miles")]
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
