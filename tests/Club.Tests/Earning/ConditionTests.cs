using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using Xunit;
using static Club.Tests.Support.Book;

namespace Club.Tests.Earning;

/// <summary>Every dimension that a rule can ask about: holds, does not hold, is not known.</summary>
public sealed class ConditionTests
{
    /// <summary>Monday, 2 March 2026, 10:00 in Shanghai: one line of parts at D001 in the region north.</summary>
    private static readonly Transaction Visit = Transaction(new TransactionLine("1", "parts", "06A115561B", "DX7", 2, Money.Of(490)))
        with { Channel = "web", PaymentMethod = "card", Campaign = "spring", BookedDaysAhead = 7 };

    private static readonly EarningFacts Member = new(new TierCode("gold"))
    {
        JoinedOn = new(2025, 3, 3),
        BirthMonth = 3,
        Vehicles = [new OwnedVehicle("V3菱悦", new(2023, 3, 2)), new OwnedVehicle(null, null)],
        Hobbies = ["hiking", "photo"],
        ValueClass = "D",
        LoyaltyClass = "B",
        Referred = true,
        FirstCategories = ["parts"],
    };

    /// <summary>A condition that holds for them, and one that does not.</summary>
    private static readonly (string Holds, string DoesNot)[] Cases =
    [
        ("""{"category":["labour","parts"]}""", """{"category":["labour"]}"""),
        ("""{"model":["DX7"]}""", """{"model":["dx7"]}"""),
        ("""{"sku":["06A115561B"]}""", """{"sku":["06A"]}"""),
        ("""{"amount":{"atLeast":490}}""", """{"amount":{"moreThan":490}}"""),
        ("""{"amount":{"atMost":490}}""", """{"amount":{"lessThan":490}}"""),
        ("""{"amount":{"atLeast":100,"lessThan":490.01}}""", """{"amount":{"atLeast":490.01}}"""),
        ("""{"quantity":{"moreThan":1,"atMost":2}}""", """{"quantity":{"atLeast":3}}"""),
        ("""{"firstTime":true}""", """{"firstTime":false}"""),
        ("""{"dealer":["D001"]}""", """{"dealer":["D002","D009"]}"""),
        ("""{"region":["north"]}""", """{"none":[{"region":["north"]}]}"""),
        ("""{"channel":["web"]}""", """{"channel":["shop"]}"""),
        ("""{"paymentMethod":["cash","card"]}""", """{"paymentMethod":["cash"]}"""),
        ("""{"campaign":["spring"]}""", """{"campaign":["Spring"]}"""),
        ("""{"bookedDaysAhead":{"atLeast":7}}""", """{"bookedDaysAhead":{"moreThan":7}}"""),
        ("""{"weekday":["monday"]}""", """{"weekday":["sunday","tuesday"]}"""),
        ("""{"hour":{"from":10,"to":11}}""", """{"hour":{"from":11,"to":10}}"""),
        ("""{"season":[{"from":"11-01","to":"12-31"},{"from":"03-02","to":"03-02"}]}""", """{"season":[{"from":"03-03","to":"03-01"}]}"""),
        ("""{"date":[{"from":"2026-03-02"}]}""", """{"date":[{"to":"2026-03-01"},{"from":"2026-03-03","to":"2026-03-04"}]}"""),
        ("""{"tier":["gold"]}""", """{"tier":["ordinary"]}"""),
        ("""{"memberMonths":{"atMost":11}}""", """{"memberMonths":{"atLeast":12}}"""),
        ("""{"birthdayMonth":true}""", """{"birthdayMonth":false}"""),
        ("""{"vehicleModel":["V3菱悦","DX7"]}""", """{"vehicleModel":["DX7"]}"""),
        ("""{"vehicleMonths":{"atLeast":36,"atMost":36}}""", """{"vehicleMonths":{"moreThan":36}}"""),
        ("""{"valueClass":["D"]}""", """{"valueClass":["G","S"]}"""),
        ("""{"loyaltyClass":["A","B"]}""", """{"loyaltyClass":["C"]}"""),
        ("""{"hobby":["cycling","photo"]}""", """{"hobby":["cycling"]}"""),
        ("""{"referral":true}""", """{"referral":false}"""),
    ];

    public static TheoryData<string, string> BothWays => [.. Cases];

    [Theory]
    [MemberData(nameof(BothWays))]
    public void A_dimension_holds_and_does_not(string holds, string doesNot)
    {
        Assert.True(Holds(holds, Visit, Member), holds);
        Assert.False(Holds(doesNot, Visit, Member), doesNot);
        Assert.True(Holds($$"""{"none":[{{doesNot}}]}""", Visit, Member), $"none of {doesNot}");
    }

    [Theory]
    [InlineData("""{"model":["DX7"]}""")]
    [InlineData("""{"sku":["06A115561B"]}""")]
    [InlineData("""{"firstTime":true}""")]
    [InlineData("""{"dealer":["D001"]}""")]
    [InlineData("""{"region":["north"]}""")]
    [InlineData("""{"channel":["web"]}""")]
    [InlineData("""{"paymentMethod":["card"]}""")]
    [InlineData("""{"campaign":["spring"]}""")]
    [InlineData("""{"bookedDaysAhead":{"atMost":100}}""")]
    [InlineData("""{"memberMonths":{"atMost":100}}""")]
    [InlineData("""{"birthdayMonth":true}""")]
    [InlineData("""{"vehicleModel":["DX7"]}""")]
    [InlineData("""{"vehicleMonths":{"atLeast":0}}""")]
    [InlineData("""{"valueClass":["D","G","S"]}""")]
    [InlineData("""{"loyaltyClass":["A","B","C"]}""")]
    [InlineData("""{"hobby":["hiking"]}""")]
    [InlineData("""{"referral":true}""")]
    public void What_is_not_known_is_in_no_list_and_no_range(string when)
    {
        var bare = Transaction(Line("parts", 490)) with { DealerId = null, Channel = null, PaymentMethod = null, Campaign = null,
            BookedDaysAhead = null };
        Assert.False(Holds(when, bare, new EarningFacts(new TierCode("ordinary"))));
        Assert.True(Holds($$"""{"none":[{{when}}]}""", bare, new EarningFacts(new TierCode("ordinary"))));
    }

    [Fact]
    public void No_dimension_is_forgotten_here() =>
        Assert.All(ProgrammeFormat.Words<Dimension>().Keys, word =>
            Assert.Contains(Cases, pair => pair.Holds.Contains($"\"{word}\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", true)]
    [InlineData("2026-11-30", false)]
    [InlineData("2026-12-01", true)]
    [InlineData("2027-02-28", true)]
    [InlineData("2028-02-29", true)]
    [InlineData("2027-03-01", false)]
    public void A_season_goes_over_the_new_year(string on, bool holds) =>
        Assert.Equal(holds, Holds("""{"season":[{"from":"12-01","to":"02-29"}]}""", On(on, Line("parts", 1)), Member));

    [Theory]
    [InlineData(21, false)]
    [InlineData(22, true)]
    [InlineData(23, true)]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Hours_go_over_midnight(int hour, bool holds) =>
        Assert.Equal(holds, Holds("""{"hour":{"from":22,"to":6}}""",
            Visit with { At = new(2026, 3, 2, hour, 59, 59, TimeSpan.FromHours(8)) }, Member));

    [Fact]
    public void An_hour_of_24_is_the_end_of_the_day()
    {
        Assert.True(Holds("""{"hour":{"from":0,"to":24}}""", Visit, Member));
        Assert.True(Holds("""{"hour":{"from":23,"to":24}}""", Visit with { At = new(2026, 3, 2, 23, 30, 0, TimeSpan.FromHours(8)) },
            Member));
        Assert.False(Holds("""{"hour":{"from":23,"to":24}}""", Visit with { At = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8)) },
            Member));
    }

    [Fact]
    public void Months_are_counted_as_a_birthday_counts_years()
    {
        Assert.False(Holds("""{"memberMonths":{"atLeast":12}}""", On("2026-03-02", Line("parts", 1)), Member));
        Assert.True(Holds("""{"memberMonths":{"atLeast":12}}""", On("2026-03-03", Line("parts", 1)), Member));
        Assert.True(Holds("""{"memberMonths":{"atLeast":1}}""", On("2026-02-28", Line("parts", 1)),
            Member with { JoinedOn = new(2026, 1, 31) }));
    }

    [Fact]
    public void What_happened_before_the_member_joined_or_bought_has_no_months()
    {
        var before = On("2023-03-01", Line("parts", 1));
        Assert.False(Holds("""{"memberMonths":{"atMost":3}}""", before, Member));
        Assert.False(Holds("""{"vehicleMonths":{"atMost":3}}""", before, Member));
    }

    [Fact]
    public void A_fact_that_is_not_known_is_no()
    {
        var nobody = new EarningFacts(new TierCode("ordinary"));
        Assert.True(Holds("""{"firstTime":false,"birthdayMonth":false,"referral":false}""", Visit, nobody));
        Assert.False(Holds("""{"birthdayMonth":true}""", Visit, Member with { BirthMonth = 4 }));
    }

    [Theory]
    [InlineData("""{"all":[{"channel":["web"]},{"any":[{"tier":["ordinary"]},{"none":[{"hobby":["golf"]}]}]}]}""", true)]
    [InlineData("""{"all":[{"channel":["web"]},{"any":[{"tier":["ordinary"]},{"none":[{"hobby":["hiking"]}]}]}]}""", false)]
    [InlineData("""{"any":[{"channel":["shop"]},{"category":["labour"]}]}""", false)]
    [InlineData("""{"any":[{"channel":["shop"]},{"category":["parts"],"amount":{"atLeast":400}}]}""", true)]
    [InlineData("""{"any":[{"channel":["shop"]},{"category":["parts"],"amount":{"atLeast":500}}]}""", false)]
    [InlineData("""{"none":[{"channel":["shop"]},{"tier":["ordinary"]}]}""", true)]
    [InlineData("""{"none":[{"channel":["shop"]},{"tier":["gold"]}]}""", false)]
    [InlineData("""{"none":[{"all":[{"tier":["gold"]},{"channel":["shop"]}]}],"category":["parts"]}""", true)]
    [InlineData("""{"category":["parts"],"any":[{"weekday":["monday"]},{"date":[{"from":"2027-01-01"}]}],"none":[{"region":["north"]}]}""",
        false)]
    public void Combinations_nest(string when, bool holds) => Assert.Equal(holds, Holds(when, Visit, Member));

    [Fact]
    public void A_condition_of_the_line_narrows_to_the_lines_that_match()
    {
        var programme = Rules("""{"id":"a","when":{"any":[{"category":["labour"]},{"amount":{"atLeast":100}}]},"award":{"rate":1}}""");
        Assert.Equal(["1", "3"], Earn(programme, Line("parts", 100), Line("parts", 99), Line("labour", 1)).Select(award => award.LineId!));
    }

    [Fact]
    public void The_profile_is_asked_for_only_where_a_rule_may_need_it()
    {
        var programme = Rules("""{"id":"a","when":{"campaign":["spring"],"hobby":["golf"]},"award":{"rate":1}}""",
            """{"id":"b","when":{"tier":["gold"]},"award":{"rate":1}}""");

        Assert.True(programme.AsksMember(Visit).NeedsProfile);
        Assert.False(programme.AsksMember(Visit with { Campaign = null }).NeedsProfile);
        Assert.True(programme.AsksProfile);
    }

    private static bool Holds(string when, Transaction transaction, EarningFacts facts) =>
        Earn(Rules($$"""{"id":"a","when":{{when}},"award":{"fixed":1,"per":"line"} }"""), transaction, facts).Count == 1;
}
