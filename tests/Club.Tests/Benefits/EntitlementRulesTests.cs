using Club.Kernel;
using System.Globalization;
using System.Text.Json.Nodes;
using Club.Benefits;
using Club.Ledger;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Benefits;

public sealed class EntitlementRulesTests
{
    [Theory]
    [InlineData("month", "2026-05-17", "2026-05-01", "2026-05-31")]
    [InlineData("month", "2024-02-29", "2024-02-01", "2024-02-29")]
    [InlineData("quarter", "2026-05-17", "2026-04-01", "2026-06-30")]
    [InlineData("quarter", "2026-12-31", "2026-10-01", "2026-12-31")]
    [InlineData("year", "2026-05-17", "2026-01-01", "2026-12-31")]
    public void A_calendar_period_is_the_one_of_the_day(string per, string today, string from, string to) =>
        Assert.Equal(new EntitlementPeriod(Date(from), Date(to)), Of(per, 0, Gold("2024-01-15"), new(), today)!.Period);

    [Fact]
    public void All_are_issued_however_late_in_the_period_the_tier_was_reached() =>
        Assert.Equal((2, 0, 0, 2), Numbers(Of("year", 1, Gold("2026-12-31"), new(), "2026-12-31")));

    [Fact]
    public void Another_tier_gives_nothing()
    {
        Assert.Null(Of("year", 1, Ordinary("2026-05-01", ("gold", "2026-01-01")), new(), "2026-05-01"));
        Assert.Null(Of("year", 1, Ordinary("2024-01-01"), new(), "2026-05-01"));
    }

    [Fact]
    public void A_tier_lost_and_reached_again_in_one_period_does_not_issue_again() =>
        Assert.Equal((2, 0, 1, 1), Numbers(
            Of("year", 0, Gold("2026-09-01", ("ordinary", "2026-06-01"), ("gold", "2026-01-01")), new(("2026-01-01", 0, 1)),
            "2026-10-01")));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 0)]
    [InlineData(5, 0, 2)]
    [InlineData(5, 1, 1)]
    public void The_unused_of_the_period_before_are_carried_over_up_to_the_most(int carryOver, int used, int carried) =>
        Assert.Equal((2, carried, 0, 2 + carried),
            Numbers(Of("year", carryOver, Gold("2025-06-01"), new(("2025-01-01", 0, used)), "2026-05-17")));

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(1, 2, 1)]
    [InlineData(1, 3, 0)]
    [InlineData(2, 2, 2)]
    public void What_was_carried_over_is_used_first_and_not_carried_on(int carriedBefore, int used, int carried) =>
        Assert.Equal(carried, Of("year", 5, Gold("2020-06-01"), new(("2025-01-01", carriedBefore, used)), "2026-05-17")!.Carried);

    [Theory]
    [InlineData("2025-12-31", 1)]
    [InlineData("2026-01-01", 0)]
    public void Nothing_is_carried_over_from_before_the_tier(string since, int carried) =>
        Assert.Equal(carried, Of("year", 1, Gold(since), new(), "2026-05-17")!.Carried);

    [Fact]
    public void A_tier_held_in_the_period_before_and_reached_again_carries_over()
    {
        Assert.Equal(1, Of("year", 1, Gold("2026-03-01", ("ordinary", "2025-08-01"), ("gold", "2024-01-01")), new(),
            "2026-05-17")!.Carried);
        Assert.Equal(0, Of("year", 1, Gold("2026-03-01", ("ordinary", "2024-08-01"), ("gold", "2024-01-01")), new(),
            "2026-05-17")!.Carried);
    }

    [Fact]
    public void A_validity_runs_from_the_tier_to_its_end_and_again_from_each_requalification()
    {
        var first = Of("validity", 1, Gold("2024-02-29", until: "2025-02-27"), new(), "2025-01-01")!;
        Assert.Equal((new EntitlementPeriod(Date("2024-02-29"), Date("2025-02-27")), 0), (first.Period, first.Carried));

        var second = Of("validity", 1, Gold("2024-02-29", until: "2026-02-27"), new(("2024-02-29", 0, 2)), "2025-03-01")!;
        Assert.Equal((new EntitlementPeriod(Date("2025-02-28"), Date("2026-02-27")), 0), (second.Period, second.Carried));
        Assert.Equal(1, Of("validity", 1, Gold("2024-02-29", until: "2026-02-27"), new(("2024-02-29", 0, 1)), "2025-03-01")!.Carried);
    }

    [Fact]
    public void The_grace_period_belongs_to_the_validity()
    {
        var account = Gold("2025-01-01", until: "2025-12-31");
        var grace = Of("validity", 0, account with { Tier = account.Tier with { GraceUntil = Date("2026-03-31") } },
            new(("2025-01-01", 0, 2)), "2026-02-01");
        Assert.Equal((new EntitlementPeriod(Date("2025-01-01"), Date("2026-03-31")), (2, 0, 2, 0)), (grace!.Period!, Numbers(grace)));
    }

    [Fact]
    public void A_granted_tier_has_a_validity_of_its_own()
    {
        var earned = new TierState(new TierCode("ordinary"), Date("2024-01-01"), null);
        var account = Gold("2026-03-02",
            until: "2026-12-31") with { Grant = new TierGrant(new TierCode("gold"), Date("2026-03-02"), Date("2026-12-31"), "r", "a", default, earned) };
        Assert.Equal(new EntitlementPeriod(Date("2026-03-02"), Date("2026-12-31")),
            Of("validity", 0, account, new(), "2026-05-01")!.Period);
    }

    [Fact]
    public void A_right_is_not_counted()
    {
        var programme = Programme("""{"code":"wash","name":"免费洗车","tiers":["gold"]}""");
        Assert.Equal(new Entitlement("wash", "免费洗车", null, null, null, null, null),
            Assert.Single(EntitlementRules.All(programme, Gold("2026-01-01"), new() { MemberId = new MemberId("M1" )}, Date("2026-05-01"))));
    }

    [Theory]
    [InlineData("""{"code":"wash","name":"免费洗车","tiers":["gold"],"count":2}""",
        "$.benefits[0].per: is missing: one of year, quarter, month, validity.")]
    [InlineData("""{"code":"wash","name":"免费洗车","tiers":["gold"],"per":"year"}""", "$.benefits[0].per: needs \"count\".")]
    [InlineData("""{"code":"wash","name":"免费洗车","tiers":["gold"],"carryOver":1}""", "$.benefits[0].carryOver: needs \"count\".")]
    [InlineData("""{"code":"wash","name":"免费洗车","tiers":["gald"]}""",
        "$.benefits[0].tiers[0]: there is no tier \"gald\"; did you mean \"gold\"?")]
    [InlineData("""{"code":"wash","name":"免费洗车","tiers":[]}""", "$.benefits[0].tiers: must not be empty.")]
    [InlineData("""{"code":"wash","name":"免费洗车","tiers":["gold"],"count":0,"per":"year"}""",
        "$.benefits[0].count: 0 is not between 1 and 10000.")]
    [InlineData("""{"code":"wash","name":"1","tiers":["gold"]},{"code":"wash","name":"2","tiers":["gold"]}""",
        "$.benefits[1].code: \"wash\" is there twice.")]
    public void A_wrong_benefit_is_told_with_its_place(string benefits, string error) =>
        Assert.Equal(error, Assert.Single(Assert.Throws<ProgrammeException>(() => Programme(benefits)).Errors).ToString());

    private static Entitlement? Of(string per, int carryOver, Account account, Counts counts, string today)
    {
        var programme = Programme(
            $$"""{"code":"wash","name":"免费洗车","tiers":["gold"],"count":2,"per":"{{per}}","carryOver":{{carryOver}}}""");
        return EntitlementRules.Of(programme, programme.Benefits[0], account, counts.State, Date(today));
    }

    private static Programme Programme(string benefits)
    {
        var file = Book.File();
        file["benefits"] = JsonNode.Parse($"[{benefits}]");
        return Book.Read(file);
    }

    private static (int?, int?, int?, int?) Numbers(Entitlement? entitlement) =>
        (entitlement!.Issued, entitlement.Carried, entitlement.Used, entitlement.Left);

    private static Account Gold(string since, params (string Code, string Since)[] past) => Held("gold", since, null, past);

    private static Account Gold(string since, string until) => Held("gold", since, until);

    private static Account Ordinary(string since, params (string Code, string Since)[] past) => Held("ordinary", since, null, past);

    private static Account Held(string tier, string since, string? until, params (string Code, string Since)[] past) => new()
    {
        MemberId = new MemberId("M1"),
        Tier = new TierState(new TierCode(tier), Date(since), until is null ? null : Date(until)),
        PastTiers = [.. past.Select(held => new PastTier(new TierCode(held.Code), Date(held.Since)))],
    };

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What was used of the benefit: the first day of a period, carried over, used.</summary>
    private sealed class Counts(params (string From, int Carried, int Used)[] counts)
    {
        public BenefitState State { get; } = new() { MemberId = new MemberId("M1"),
            Counts = [.. counts.Select(count => new BenefitCount("wash", Date(count.From), count.Carried, count.Used))] };
    }
}
