using Club.Access;
using System.Text;
using Club.Explaining;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Explaining;

public sealed class ExplainTests
{
    private const string Web =
        """{"id":"web","name":"线上预约","when":{"category":["parts"],"channel":["web"],"bookedDaysAhead":{"atLeast":3}},"award":{"multiplier":2}}""";
    private const string Parts = """{"id":"parts","name":"配件积分","when":{"category":["parts"]},"award":{"rate":0.01}}""";

    [Fact]
    public async Task Every_line_tells_its_rule_arithmetic_version_and_what_nearly_matched_in_both_languages()
    {
        await using var club = new ClubFixture(rules: Book.Rules(Parts, Web));
        var member = await club.Register();
        await club.Send(Events.Bill(dealerId: "D001"));

        var explanation = (await club.Get<Explain>().Entry(member.MemberId, Caller.Operator, 1, default))!;

        Assert.Contains("Line 1 (parts, 490 CNY): rule \"parts\" (配件积分) gave 4.9: 490 × 1 % = 4.9.", explanation.English);
        Assert.Contains("第1行(parts,490元):规则“配件积分”给予4.9分:490 × 1 % = 4.9。", explanation.Chinese);
        Assert.Contains("Line 2 (labour, 210 CNY): no rule gives points.", explanation.English);
        Assert.Contains("Line 1: rule \"web\" (线上预约) nearly held: it wants channel web, and it was shop.", explanation.English);
        Assert.Contains("第1行:规则“线上预约”差一个条件:要求渠道 web,实际为shop。", explanation.Chinese);
        Assert.Equal(("1", "web"), (explanation.Nearly.Single().LineId, explanation.Nearly.Single().Rule));
        Assert.Equal(("1", 3, "ordinary"), (explanation.ProgrammeVersion, explanation.Inputs!.BookedDaysAhead, explanation.Inputs.Tier.Value));
    }

    [Fact]
    public async Task A_rule_that_lost_to_another_of_its_group_says_to_which()
    {
        await using var club = new ClubFixture(rules: Book.Rules(
            """{"id":"low","group":"g","when":{"category":["parts"]},"award":{"rate":0.01}}""",
            """{"id":"high","group":"g","when":{"category":["parts"]},"award":{"rate":0.02}}"""));
        var member = await club.Register();
        await club.Send(Events.Bill(dealerId: "D001"));

        Assert.Contains("Line 1: rule \"low\" holds too, and rule \"high\" of the same group was taken.",
            (await club.Get<Explain>().Entry(member.MemberId, Caller.Operator, 1, default))!.English);
    }

    [Fact]
    public async Task Caps_budgets_funders_and_pending_points_are_told()
    {
        var file = Book.File();
        Book.Set(file, "earning",
            """[{"id":"parts","when":{"category":["parts"]},"award":{"rate":0.1},"caps":[{"per":"day","points":40}],"budget":"spring","pending":{"days":14},"funding":[{"funder":"maker","percent":50},{"funder":"avis","percent":50}]}]""");
        Book.Set(file, "budgets", """[{"code":"spring","points":25}]""");
        Book.Set(file, "funders", """[{"code":"maker","name":"厂家"},{"code":"avis","name":"AVIS"}]""");
        await using var club = new ClubFixture(rules: Book.Read(file));
        var member = await club.Register();
        await club.Send(Events.Bill(dealerId: "D001"));

        var explanation = (await club.Get<Explain>().Entry(member.MemberId, Caller.Operator, 1, default))!;

        Assert.Contains("The cap of 40 a day (rule:parts) left out 9; 0 was used before.", explanation.English);
        Assert.Contains("每日封顶40分(rule:parts),此前已用0分,少给9分。", explanation.Chinese);
        Assert.Contains("The budget spring of 25 had 25 left: 15 not given.", explanation.English);
        Assert.Contains("出资:厂家 12.5、AVIS 12.5。", explanation.Chinese);
        Assert.Contains("25 can be spent from 2026-03-16 and never lapse.", explanation.English);
    }

    [Fact]
    public async Task Reversals_and_expiry_are_told()
    {
        await using var club = new ClubFixture();
        var member = await club.Register();
        await club.Send(Events.Bill());
        await club.Send(Events.Return(lines: [new { lineId = "1", amount = 100m }]));
        club.At(2028, 3, 2);
        await club.Sweep(PointsSweep.Word);

        var explain = club.Get<Explain>();
        Assert.Contains("Line 1 (parts, 100 CNY): 1 taken back: 4.9 × 100 / 490 returned in all, less 0 taken before.", (await explain.Entry(member.MemberId, Caller.Operator, 2, default))!.English);
        Assert.Contains("2028-03-02会员积分有3.9分过期失效。余额由3.9变为0。", (await explain.Entry(member.MemberId, Caller.Operator, 3, default))!.Chinese);
        Assert.Null(await explain.Entry(member.MemberId, Caller.Operator, 4, default));
        Assert.Null(await explain.Entry(new MemberId("M0000000000000000"), Caller.Operator, 1, default));
    }

    [Fact]
    public async Task An_entry_whose_version_is_gone_is_told_from_what_it_keeps()
    {
        await using var club = new ClubFixture();
        var member = await club.Register();
        await club.Send(Events.Bill());
        var entry = Assert.Single(await club.Entries(member.MemberId));

        var explanation = Explain.Of(null, entry);

        Assert.Empty(explanation.Nearly);
        Assert.Contains("Line 1 (parts, 490 CNY): rule \"parts\" gave 4.9: 490 × 1 % = 4.9 by margin after-sales.", explanation.English);
    }

    [Fact]
    public async Task A_preview_prices_without_recording()
    {
        await using var club = new ClubFixture(rules: Book.Rules(Parts, Web));
        var member = await club.Register();
        await club.Send(Events.Bill(dealerId: "D001"));
        var before = await club.Account(member.MemberId);

        var preview = (await club.Get<Preview>().Price(
            Encoding.UTF8.GetBytes(Events.With(Events.Bill("WO-2", dealerId: "D001"), "data.channel", "web")),
            await club.Get<ProgrammeLibrary>().Now(), null, default)).Value;

        Assert.Equal((Points.Of(9.8m), Points.Of(14.7m)), (Assert.Single(preview.Entries).Points, preview.Entries[0].Balance));
        Assert.Equal((member.MemberId, "ordinary", "ordinary"), (preview.MemberId, preview.TierBefore, preview.TierAfter));
        Assert.Equal(before.Head, (await club.Account(member.MemberId)).Head);
        Assert.Single(await club.Entries(member.MemberId));
    }

    [Fact]
    public async Task A_preview_for_an_unknown_customer_parks_nothing_and_one_by_a_draft_uses_the_draft()
    {
        await using var club = new ClubFixture();
        var draft = club.Programme with { Version = "draft",
            Earning = [club.Programme.Earning[0] with { Award = new Reward.Rate(0.02m) }] };

        var preview = (await club.Get<Preview>().Price(Encoding.UTF8.GetBytes(Events.Bill()), await club.Get<ProgrammeLibrary>().Now(),
            draft, default)).Value;

        Assert.Equal((null, "draft", Points.Of(9.8m)), (preview.MemberId, preview.ProgrammeVersion, preview.Entries.Single().Points));
        Assert.Empty((await club.Store.Find(new("parked", "", Club.Store.IndexQuery.Last))).Documents);
    }

    [Fact]
    public async Task A_preview_draws_on_no_budget_and_refuses_what_is_no_transaction()
    {
        var file = Book.File();
        Book.Set(file, "earning[0].budget", "\"spring\"");
        Book.Set(file, "budgets", """[{"code":"spring","points":3}]""");
        await using var club = new ClubFixture(rules: Book.Read(file));
        var preview = club.Get<Preview>();

        for (var i = 0; i < 2; i++)
            Assert.Equal(Points.Of(3), (
                await preview.Price(Encoding.UTF8.GetBytes(Events.Bill(dealerId: "D001")), await club.Get<ProgrammeLibrary>().Now(), null,
                default)).Value.Entries.Single().Points);
        Assert.Equal("preview-type", (
            await preview.Price(Encoding.UTF8.GetBytes(Events.Return()), await club.Get<ProgrammeLibrary>().Now(), null,
            default)).Problem!.Code);
        Assert.Equal("malformed-json",
            (await preview.Price("{"u8.ToArray(), await club.Get<ProgrammeLibrary>().Now(), null, default)).Problem!.Code);
        Assert.Equal("unknown-member",
            (await preview.Price(Encoding.UTF8.GetBytes(Events.Bill(member: new { memberId = "M0" }, dealerId: "D001")),
            await club.Get<ProgrammeLibrary>().Now(), null, default)).Problem!.Code);
    }
}
