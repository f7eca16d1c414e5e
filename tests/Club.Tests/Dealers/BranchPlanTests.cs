using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Access;
using Club.Dealers;
using Club.Explaining;
using Club.Kernel;
using Club.Programmes;
using Xunit;
using static Club.Tests.Dealers.DealerClub;

namespace Club.Tests.Dealers;

/// <summary>A plan keeps within the limits of headquarters, is one dealer's own, and is written once by one.</summary>
public sealed class BranchPlanTests : IAsyncDisposable
{
    private readonly ClubFixture _club = new("skoda");

    public ValueTask DisposeAsync() => _club.DisposeAsync();

    [Theory]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"multiplier":5},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].award.multiplier", "3 is the most")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1.5},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].award.rate", "1 is the most")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"fixed":501,"per":"line"},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].award.fixed", "500 is the most")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"steps":[{"from":0,"points":9}],"of":"amount","per":"line"},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].award.steps", "they allow rate, fixed, multiplier")]
    [InlineData("""{"rules":[{"id":"a","when":{"hobby":["越野"]},"award":{"rate":1},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].when.hobby", "they allow category")]
    [InlineData("""{"rules":[{"id":"a","when":{"any":[{"none":[{"referral":true}]}]},"award":{"rate":1},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].when.any[0].none[0].referral", "let no plan ask")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1},"from":"2026-03-01","to":"2026-06-30"}]}""", "$.plan.rules[0].to", "until 2026-05-31")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1},"from":"2026-03-01"}]}""", "$.plan.rules[0].to", "is missing")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1},"wallet":"clb","from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].wallet", "club")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1},"funding":[{"funder":"hq","percent":100}],"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].funding", "unknown member")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1},"budget":"win-back","from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].budget", "unknown member")]
    [InlineData("""{"rules":[{"id":"a","when":{},"award":{"rate":1},"budget":"win-back","from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].budget", "may use no budget of the rule book")]
    [InlineData("""{"rules":[{"id":"a/b","when":{},"award":{"rate":1},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan.rules[0].id", "not a code")]
    [InlineData("""{"rules":[{"id":"\ud800","when":{},"award":{"rate":1},"from":"2026-03-01","to":"2026-03-31"}]}""", "$.plan", "surrogate")]
    [InlineData("""{"rules":{}}""", "$.plan.rules", "not an array")]
    [InlineData("""{"rulez":[]}""", "$.plan.rulez", "did you mean \"rules\"")]
    [InlineData("""{"rules":[],"care":[{"occasion":"birthday","off":true}]}""", "$.plan.care[0].off", "no plan turn it off")]
    [InlineData("""{"rules":[],"care":[{"occasion":"tierExpiring","template":"x"}]}""", "$.plan.care[0].occasion", "they allow birthday")]
    [InlineData("""{"rules":[],"care":[{"occasion":"pointsExpiring","off":true}]}""", "$.plan.care[0].off", "no plan turn it off")]
    [InlineData("""{"rules":[],"care":[{"occasion":"maintenanceDue","lead":60}]}""", "$.plan.care[0].lead", "28 is the nearest")]
    [InlineData("""{"rules":[],"care":[{"occasion":"birthday","template":"{{ phone }}"}]}""", "$.plan.care[0].template", "phone")]
    [InlineData("""{"rules":[],"care":[{"occasion":"birthday"}]}""", "$.plan.care[0]", "changes nothing")]
    public async Task What_headquarters_do_not_allow_is_told_with_its_place_and_what_they_allow(string plan, string path, string said)
    {
        var problem = (await _club.Plan(plan)).Problem!;
        Assert.Equal(("invalid-data", path), (problem.Code, problem.Path));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Equal(PlanState.None, (await Plans.Find(PlanClub.Dealer, Hq, Cancellation))!.State);
    }

    [Fact]
    public async Task A_plan_has_no_more_rules_than_headquarters_allow()
    {
        var rules = Enumerable.Range(0, 11).Select(i =>
            $$"""{"id":"r{{i}}","when":{},"award":{"rate":1},"from":"2026-03-01","to":"2026-03-31"}""");
        var problem = (await _club.Plan($$"""{"rules":[{{string.Join(',', rules)}}]}""")).Problem!;
        Assert.Equal("$.plan.rules", problem.Path);
        Assert.Contains("11 rules are more than headquarters allow; 10 are the most", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_plan_is_one_version_and_of_two_who_write_the_second_is_told()
    {
        Assert.Equal(1, (await _club.Plan(PlanClub.Double)).Value.Latest);
        Assert.Equal(1, (await _club.Plan(PlanClub.Double)).Value.Latest);
        Assert.Equal("plan-changed", (await _club.Plan(PlanClub.Fixed(5), by: Director("D021", "张主任"))).Problem!.Code);
        Assert.Equal(2, (await _club.Plan(PlanClub.Fixed(5), after: 1)).Value.Latest);
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => Task.Run(() => _club.Plan(PlanClub.Fixed(i * 10), after: 2))));
        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal("plan-changed", answer.Problem!.Code));
        var told = (await Plans.Find(PlanClub.Dealer, Hq, Cancellation))!;
        Assert.Equal([3, 2, 1], told.Versions.Select(version => version.Number));
    }

    [Fact]
    public async Task A_plan_begins_when_everybody_knows_of_it_and_never_in_the_past()
    {
        Assert.Equal("$.from", (await _club.Plan(PlanClub.Double, from: "2026-03-02T12:00:30+08:00")).Problem!.Path);
        Assert.Equal("$.from", (await _club.Plan(PlanClub.Double, from: "2028-03-02T12:00:30+08:00")).Problem!.Path);
        var later = (await _club.Plan(PlanClub.Double, from: "2026-03-05T00:00:00+08:00")).Value;
        Assert.Equal((PlanState.Planned, null), (later.State, later.Current));
        _club.At(2026, 3, 5);
        Assert.Equal(PlanState.InForce, (await Plans.Find(PlanClub.Dealer, Hq, Cancellation))!.State);
    }

    [Fact]
    public async Task A_dealers_staff_write_and_see_their_own_plan_alone()
    {
        Assert.Equal("denied", (await _club.Plan(PlanClub.Double, by: Director("D022"))).Problem!.Code);
        Assert.Equal("not-found", (await _club.Plan(PlanClub.Double, dealer: "D999", by: Hq)).Problem!.Code);
        await _club.Plan(PlanClub.Double, by: Hq);
        Assert.Null(await Plans.Find(PlanClub.Dealer, Director("D022"), Cancellation));
        Assert.NotNull(await Plans.Find(PlanClub.Dealer, Director("D021"), Cancellation));
        Assert.False(Rights.Has(Role.Advisor, Right.ReadDealerPlan) || Rights.Has(Role.Advisor, Right.WriteDealerPlan));
        Assert.Equal("not-found", (await Plans.Suspend(new DealerId("D022"), "x", Hq, Cancellation)).Problem!.Code);
    }

    [Fact]
    public async Task What_a_later_rule_book_does_not_allow_has_no_force_under_it()
    {
        await _club.Fund(100);
        var member = await _club.Join("13800138000", "D021");
        await _club.InForce(PlanClub.Double);
        await _club.Send([_club.Bill("WO-1")]);
        var file = JsonNode.Parse(Repository.Read("functions", "Programmes", "skoda.json"))!;
        Book.Set(file, "version", "\"2.0\"");
        Book.Set(file, "effectiveFrom", "\"2026-03-03\"");
        Book.Set(file, "branchPlans.multiplier", "1.5");
        Assert.IsType<PublicationResult.Published>(await _club.Publish(file));
        _club.At(2026, 3, 3);
        await _club.Send([_club.Bill("WO-2")]);
        Assert.Equal([Points.Of(490), Points.Zero],
            (await _club.Entries(member)).OrderBy(entry => entry.Sequence).Select(entry => entry.OfPlan()));
        Assert.Contains("1.5 is the most", Assert.Single((await Plans.Find(PlanClub.Dealer, Hq, Cancellation))!.WithoutForce),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dealer_pays_and_the_entry_says_so()
    {
        var member = await _club.Join("13800138000", "D021");
        await _club.Fund(100);
        await _club.InForce(PlanClub.Double);
        await _club.Send([_club.Bill("WO-1")]);
        var entry = Assert.Single(await _club.Entries(member));
        Assert.Contains(entry.Counter, line => line.Account == "funder:dealer" && line.Points == Points.Of(-490));
        var told = (await _club.Get<Explain>().Entry(member, Hq, entry.Sequence, Cancellation))!;
        Assert.Contains(told.Chinese, sentence => sentence.Contains("三月保养双倍", StringComparison.Ordinal));
        Assert.Contains(told.Chinese, sentence => sentence.Contains("经销商分会", StringComparison.Ordinal));
        var plan = JsonElement.Parse(PlanClub.Double);
        Assert.Equal("三月保养双倍:2026-03-01至2026-03-31,品类 parts或labour,总部规则所给积分的2倍,计入总部积分。",
            Assert.Single(PlanSentences.Of(Language.Chinese, _club.Programme, PlanClub.Dealer, 1, plan)));
    }

    [Fact]
    public void Headquarters_multiply_nothing_that_a_dealer_gives()
    {
        var file = Book.FileWith("""
            {"funders":[{"code":"hq","name":"总部"},{"code":"dealer","name":"分会"}],
             "earning":[{"id":"parts","when":{"category":["parts"]},"award":{"rate":1}},{"id":"double","when":{},"award":{"multiplier":2}}],
             "branchPlans":{"fixed":100,"multiplier":2,"wallets":["club"],"rules":5,"days":31,"stacking":"bestOf"}}
            """);
        var plan = JsonElement.Parse("""
            {"rules":[{"id":"ten","when":{},"award":{"fixed":10,"per":"line"},"from":"2026-03-01","to":"2026-03-31"},
             {"id":"twenty","when":{},"award":{"fixed":20,"per":"line"},"from":"2026-03-01","to":"2026-03-31"},
             {"id":"more","when":{},"award":{"multiplier":1.5},"from":"2026-03-01","to":"2026-03-31"}]}
            """);
        var over = new BranchPlan(new DealerId("D001"), 1, DateTimeOffset.MinValue, plan).Over(Book.Read(file));
        Assert.Equal(["parts 100", "D001/1/twenty 20", "double 100", "D001/1/more 50"],
            Book.Earn(over, Book.Line("parts", 100)).Select(award => $"{award.Rule} {award.Points}"));
    }

    [Fact]
    public async Task A_crash_at_any_write_of_a_bill_pays_once()
    {
        for (var writes = 0; writes < 8; writes++)
        {
            var store = new MemoryStore();
            var dying = new CrashingStore(store) { Unanswered = writes % 2 == 1 };
            await using var club = new ClubFixture("skoda", dying);
            var member = await club.Join("13800138000", "D021");
            await club.Fund(6);
            await club.InForce(PlanClub.Double);
            var bill = club.Bill("WO-1");
            dying.CrashAfter(writes / 2);
            await Record.ExceptionAsync(() => club.Send([bill]));
            dying.Recover();
            await club.Send([bill]);
            Assert.Equal((Points.Of(980), Money.Of(4.9m)), (await club.Balance(member), await club.Spent()));
            await club.Send([club.Bill("WO-2")]);
            Assert.Equal((Points.Of(980 + 490 + 110), Money.Of(6)), (await club.Balance(member), await club.Spent()));
            Assert.Equal([], await club.Verify());
        }
    }

    [Fact]
    public async Task A_crash_while_a_plan_is_written_leaves_one_version()
    {
        for (var writes = 0; writes < 2; writes++)
        {
            var store = new MemoryStore();
            var dying = new CrashingStore(store) { Unanswered = writes == 1 };
            dying.CrashAfter(0);
            await using (var club = new ClubFixture("skoda", dying)) await Record.ExceptionAsync(() => club.Plan(PlanClub.Double));
            await using var next = new ClubFixture("skoda", store);
            Assert.Single((await next.Plan(PlanClub.Double)).Value.Versions);
        }
    }

    [Fact]
    public async Task Bills_that_come_at_once_never_spend_more_than_the_budget()
    {
        await _club.Fund(10);
        await _club.InForce(PlanClub.Double);
        var phones = Enumerable.Range(0, 6).Select(i => $"1380013800{i}").ToArray();
        foreach (var phone in phones) await _club.Join(phone, "D021");
        await Task.WhenAll(phones.Select((phone, i) => Task.Run(() => _club.Send([_club.Bill($"WO-{i}", phone: phone)]))));
        Assert.Equal(Money.Of(10), await _club.Spent());
        Assert.Equal([], await _club.Verify());
    }

    private DealerPlans Plans => _club.Get<DealerPlans>();
}
