using Club.Kernel;
using System.Globalization;
using Club.Ledger;
using Club.Programmes;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Tiers;

public sealed class GrantRulesTests
{
    private static readonly Programme Skoda = ProgrammeLoader.Load("skoda");
    private static readonly TierState Ordinary = new(new TierCode("ordinary"), Date("2025-01-01"), null);
    private static readonly TierGrant Grant = new(new TierCode("gold"), Date("2026-03-02"), Date("2026-12-31"), "贵宾", "A017", default, Ordinary);

    [Fact]
    public void A_granted_tier_is_held_through_its_last_day()
    {
        var held = Held(Ordinary, Ordinary, Grant, "2026-03-02");

        Assert.Equal(new TierState(new TierCode("gold"), Date("2026-03-02"), Date("2026-12-31")), held);
        Assert.Equal(held, Held(held, Ordinary, Grant, "2026-12-31"));
    }

    [Theory]
    [InlineData("2027-01-01")]
    [InlineData("2027-02-10")]
    public void After_it_the_earned_tier_is_held_since_the_day_after(string today)
    {
        var held = new TierState(new TierCode("gold"), Date("2026-03-02"), Date("2026-12-31"));
        Assert.Equal(Ordinary with { Since = Date("2027-01-01") }, Held(held, Ordinary, Grant, today));
        Assert.Null(GrantRules.Kept(Skoda, Ordinary, Grant, Date(today)));
    }

    [Fact]
    public void Who_earns_more_than_was_granted_holds_what_is_earned()
    {
        var gold = new TierState(new TierCode("gold"), Date("2026-04-01"), Date("2028-03-31"));
        var green = Grant with { Tier = new TierCode("green"), Until = Date("2030-12-31") };

        Assert.Equal(gold, Held(new TierState(new TierCode("green"), Date("2026-03-02"), green.Until), gold, green, "2026-04-01"));
        Assert.Equal(new TierState(new TierCode("green"), Date("2028-07-01"), green.Until),
            Held(gold, Ordinary with { Since = Date("2028-07-01") }, green, "2028-07-03"));
    }

    [Fact]
    public void The_same_tier_is_held_to_the_later_end_and_keeps_its_beginning()
    {
        var shorter = new TierState(new TierCode("gold"), Date("2024-10-01"), Date("2026-09-30"));
        var longer = new TierState(new TierCode("gold"), Date("2025-04-01"), Date("2027-03-31"));

        Assert.Equal(shorter with { ValidUntil = Date("2026-12-31") }, Held(shorter, shorter, Grant, "2026-03-02"));
        Assert.Equal(longer, Held(longer, longer, Grant, "2026-03-02"));
        Assert.Equal(shorter with { GraceUntil = Date("2026-12-31") },
            Held(shorter, shorter with { GraceUntil = Date("2026-12-31") }, Grant, "2026-10-01"));
    }

    [Fact]
    public void A_granted_tier_that_the_programme_no_longer_has_is_not_held()
    {
        var lost = Grant with { Tier = new TierCode("platinum" )};
        Assert.Equal(Ordinary with { Since = Date("2026-05-01") },
            Held(new TierState(new TierCode("platinum"), Date("2026-03-02"), lost.Until), Ordinary, lost, "2026-05-01"));
        Assert.Null(GrantRules.Kept(Skoda, Ordinary, lost, Date("2026-05-01")));
    }

    [Fact]
    public void Of_two_members_grants_the_higher_tier_and_then_the_later_end_is_kept()
    {
        var green = Grant with { Tier = new TierCode("green"), Until = Date("2030-01-01") };
        var later = Grant with { Until = Date("2027-12-31") };

        Assert.Equal(Grant, GrantRules.Better(Skoda, green, Grant));
        Assert.Equal(later, GrantRules.Better(Skoda, Grant, later));
        Assert.Equal(green, GrantRules.Better(Skoda, green, null));
        Assert.Null(GrantRules.Better(Skoda, null, null));
    }

    private static TierState Held(TierState before, TierState earned, TierGrant grant, string today) =>
        GrantRules.Held(Skoda, before, earned, grant, Date(today));

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
