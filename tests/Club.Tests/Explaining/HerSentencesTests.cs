using System.Text.RegularExpressions;
using Club.Access;
using Club.Explaining;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Spending;
using Club.Store;
using Club.Tests.Activities;
using Xunit;

namespace Club.Tests.Explaining;

/// <summary>为什么 as a member reads it: in her words, nothing of the club's own codes.</summary>
public sealed partial class HerSentencesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_is_told_by_its_name_and_a_line_of_nothing_is_not_told_beside_one_that_earned()
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register()).MemberId;
        await club.Open();
        club.At(2026, 3, 7, 9);
        await club.CheckIn(member, guests: 1);
        var told = await Why(club, member);
        Assert.Equal("2026年3月7日参加活动“春季自驾游”，总部积分获得100分。余额由0变为100。", told[0]);
        Assert.Contains("“会员活动积分”给予100分:每笔100。", told);
        Assert.DoesNotContain(told, line => line.Contains("没有规则", StringComparison.Ordinal) || line.StartsWith('如'));
        NothingRaw(told);
    }

    [Fact]
    public async Task What_no_purchase_of_hers_can_meet_is_not_told_as_near()
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register()).MemberId;
        await club.Send(Events.Bill("WO-1", dealerId: "D021"));
        var told = await Why(club, member);
        Assert.StartsWith("2026年3月2日单据WO-1，总部积分获得", told[0], StringComparison.Ordinal);
        Assert.Contains("第1行(配件,490元):“维修保养积分”给予490分:490 × 1 = 490。", told);
        NothingRaw(told, "WO-1");
    }

    [Theory]
    [InlineData("""{"channel":["web"]}""", "如通过网上预约或购买,还可按“多给”获得积分。")]
    [InlineData("""{"bookedDaysAhead":{"atLeast":7}}""", "如提前至少7天预约,还可按“多给”获得积分。")]
    [InlineData("""{"weekday":["sunday"]}""", "如在周日消费,还可按“多给”获得积分。")]
    [InlineData("""{"tier":["gold"]}""", "如会员等级为金卡,还可按“多给”获得积分。")]
    [InlineData("""{"birthdayMonth":true}""", "如在生日当月消费,还可按“多给”获得积分。")]
    [InlineData("""{"campaign":["branch"]}""", null)]
    [InlineData("""{"dealer":["D021"]}""", null)]
    [InlineData("""{"loyaltyClass":["A"]}""", null)]
    [InlineData("""{"channel":["moon"]}""", null)]
    [InlineData("""{"date":[{"to":"2020-01-01"}]}""", null)]
    public async Task What_her_next_purchase_can_meet_is_told_in_words(string more, string? near)
    {
        var file = Book.FileWith("""
            {"earning":[{"id":"parts","name":"配件积分","when":{"category":["parts"]},"award":{"rate":1}}],
             "tiers":[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":100000}}],
             "dealers":{"regions":[{"code":"north","name":"北区","branches":["D001-D021"]}]}}
            """);
        Book.Set(file, "value", Book.Value);
        var rule = System.Text.Json.Nodes.JsonNode.Parse(more)!.AsObject();
        rule["category"] = new System.Text.Json.Nodes.JsonArray("parts");
        file["earning"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(
            $$$"""{"id":"more","name":"多给","when":{{{rule.ToJsonString()}}},"award":{"multiplier":2}}"""));
        await using var club = new ClubFixture(rules: Book.Read(file));
        var member = (await club.Register()).MemberId;
        await club.Send(Events.Bill(dealerId: "D001"));
        Assert.Equal(near, (await Why(club, member)).FirstOrDefault(line => line.StartsWith('如')));
    }

    [Fact]
    public async Task A_reversal_tells_its_arithmetic()
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register()).MemberId;
        await club.Send(Events.Bill("WO-1", dealerId: "D021"));
        await club.Send(Events.Return("WO-1", lines: [new { lineId = "1", amount = 100m }]));
        var told = await Why(club, member);
        Assert.Contains("第1行(配件,100元):扣回100分:490 × 累计退回100 / 490,减此前已扣0。", told);
        NothingRaw(told, "RT-1");
    }

    [Theory]
    [InlineData(-20, "人工调整-20分:补录有误。")]
    [InlineData(20, "人工调整20分:补录有误。")]
    public async Task An_adjustment_tells_its_sign_and_its_reason(int points, string wanted)
    {
        await using var club = new ClubFixture("skoda");
        var member = (await club.Register()).MemberId;
        await club.Send(Events.Bill("WO-1", dealerId: "D021"));
        var asked = await club.Get<Adjustments>().Ask(member, new AdjustmentRequest(new WalletCode("club"), Points.Of(points), "补录有误", null),
            new Command("A-1", "a"), new Caller([Role.Marketing], "周市场"), Cancellation);
        Assert.Null(asked.Problem);
        var told = await Why(club, member);
        Assert.Contains(wanted, told);
        NothingRaw(told);
        var entry = (await club.Entries(member)).Single(one => one.Kind == EntryKind.Adjustment);
        Assert.Contains($"{points} adjusted by staff", entry.Explanation[0].In(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_category_that_counts_for_a_tier_of_an_example_has_words()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "functions", "Programmes"), "*.json"))
        {
            if (file.EndsWith("schema.json", StringComparison.Ordinal)) continue;
            var programme = ProgrammeReader.Read(File.ReadAllBytes(file));
            foreach (var measure in programme.Tiers.Select(tier => tier.Criteria).OfType<Criterion>().SelectMany(Measures))
                Assert.NotNull(CategoryWords.Chinese(programme, measure.Categories));
        }
        static IEnumerable<Criterion.Measure> Measures(Criterion criterion) => criterion switch
        {
            Criterion.Any any => any.Of.SelectMany(Measures),
            Criterion.All all => all.Of.SelectMany(Measures),
            Criterion.Measure measure => [measure],
            _ => [],
        };
    }

    private static void NothingRaw(IEnumerable<string> told, string number = "none")
    {
        foreach (var line in told) Assert.DoesNotMatch(Raw(), line.Replace(number, "", StringComparison.Ordinal).Replace(" / ", "", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> Why(ClubFixture club, MemberId member) =>
        (await club.Get<Explain>().Latest(member, Cancellation))!;

    [GeneratedRegex("[A-Za-z/_]{2}")]
    private static partial Regex Raw();
}
