using Club.Care;
using Club.Joining;
using Club.Kernel;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Care;

/// <summary>Some are held out by chance, and whoever came of both is counted, once, whatever happens.</summary>
public sealed class CareEffectFlowTests : Flow
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Programme Rules(string holdout = "0.4") => Book.With($$"""
        {"care":[{"occasion":"birthday","holdout":{{holdout}},"template":"wish"},{"occasion":"birthday","daysBefore":3,"holdout":{{holdout}},"template":"soon"}]}
        """);

    private static Task<Registered> Member(ClubFixture club, int number) => club.Register($"138{number:D8}", form =>
        form with { SmsConsent = true, Birthday = new DateOnly(1990, 3, 5) });

    private static Task<IReadOnlyList<Club.Transactions.Receipt>> Visit(ClubFixture club, int number, string day, string? id = null) =>
        club.Send(Events.Bill(id ?? $"B-{number}-{day}", $"138{number:D8}", dealerId: "D001", time: $"{day}T10:00:00+08:00",
            lines: [Events.Line("1", "parts", 100m)]));

    private static async Task<IReadOnlyList<SmsRecord>> Records(ClubFixture club, MemberId member) =>
        [.. (await club.Store.Find(IndexQuery.Prefix(SmsRecord.MemberIndex, $"{member}:") with { Partition = member })).Documents
            .Select(document => document.As<SmsRecord>()).OrderBy(record => record.PlannedAt)];

    private static async Task<CareEffectView?> Effect(ClubFixture club)
    {
        await club.Sweep(FeedJob.Word);
        return (await club.Get<CareEffects>().Of(new MonthRange("2026-01", "2026-12"), Cancellation)).Items.SingleOrDefault();
    }

    [Fact]
    public async Task A_club_counts_who_was_written_to_who_was_not_and_who_of_them_came()
    {
        await using var club = await Open(rules: Rules());
        var members = new List<MemberId>();
        for (var i = 0; i < 60; i++) members.Add((await Member(club, i)).MemberId);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        club.At(2026, 3, 5);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        var held = new HashSet<int>();
        for (var i = 0; i < members.Count; i++)
        {
            var records = await Records(club, members[i]);
            Assert.Equal(2, records.Count);
            // Both texts of one birthday have one fate.
            Assert.Single(records.Select(record => (record.State, record.Why)).Distinct());
            if (records[0].Why != HoldoutRules.Why) continue;
            held.Add(i);
            Assert.All(records, record => Assert.Equal((SmsState.Suppressed, "", null), (record.State, record.Text, record.ForgetOn)));
        }
        Assert.InRange(held.Count, 8, 42);
        Assert.Equal(2 * (members.Count - held.Count), club.Sms.Sent.Count);

        club.At(2026, 3, 20);
        for (var i = 0; i < members.Count; i += 2) await Visit(club, i, "2026-03-20");
        // On the day itself, and after 31 days.
        await Visit(club, 1, "2026-03-02");
        club.At(2026, 4, 4);
        await Visit(club, 3, "2026-04-04");
        var effect = (await Effect(club))!;
        var expected = new CareEffectView("birthday", 60 - held.Count, Enumerable.Range(0, 30).Count(i => !held.Contains(2 * i)), held.Count,
            Enumerable.Range(0, 30).Count(i => held.Contains(2 * i)), effect.Difference, effect.Low, effect.High, effect.IsSignificant);
        Assert.Equal(expected, effect);
        Assert.Equal(EffectRules.Of(effect.Written, effect.WrittenVisited, effect.Held, effect.HeldVisited)!.Value.Difference,
            (double)effect.Difference!.Value, 4);

        // A second bill, a return and another delivery change nothing, and a rebuild counts the same.
        await Visit(club, 0, "2026-03-20");
        await Visit(club, 0, "2026-03-21");
        await club.Send(Events.Return("B-2-2026-03-20", "R-1", time: "2026-04-04T11:00:00+08:00"));
        Assert.Equal(expected, await Effect(club));
        await club.Get<Projections>().Rebuild(club.Get<MeasuredCare>(), Cancellation);
        Assert.Equal(expected, await Effect(club));
    }

    [Fact]
    public async Task Who_turns_out_to_be_one_person_is_counted_once_with_all_her_visits()
    {
        await using var club = await Open(rules: Rules("0"));
        var (one, other) = ((await Member(club, 1)).MemberId, (await Member(club, 2)).MemberId);
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Equal((2, 0), (await Effect(club)) is { } two ? (two.Written, two.WrittenVisited) : default);
        await club.Get<Merge>().Handle(other, one, Cancellation);
        club.At(2026, 3, 6);
        for (var i = 0; i < 3; i++) await club.Sweep(CareSweep.Word, SmsSweep.Word);
        await Visit(club, 2, "2026-03-06");
        Assert.Equal((1, 1), (await Effect(club)) is { } merged ? (merged.Written, merged.WrittenVisited) : default);
    }

    [Fact]
    public async Task Whoever_could_not_be_written_to_anyway_is_in_neither_group()
    {
        await using var club = await Open(rules: Rules("0.5"));
        for (var i = 0; i < 10; i++) await club.Register($"138{i:D8}", form => form with { Birthday = new DateOnly(1990, 3, 5) });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        Assert.Null(await Effect(club));
    }

    [Theory]
    [InlineData("""{"occasion":"pointsExpiring","daysBefore":30,"holdout":0.1,"template":"x"}""")]
    [InlineData("""{"occasion":"tierExpiring","daysBefore":30,"holdout":0.1,"template":"x"}""")]
    [InlineData("""{"occasion":"orderReady","holdout":0.1,"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","holdout":0.6,"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","holdout":0.1234,"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","when":{"category":["parts"]},"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","when":{"any":[{"hour":{"from":1,"to":2}}]},"template":"x"}""")]
    [InlineData("""{"occasion":"orderReady","when":{"tier":["gold"]},"template":"x"}""")]
    [InlineData("""{"occasion":"birthday","when":{"tier":["iron"]},"template":"x"}""")]
    public void What_makes_no_sense_is_refused(string message) =>
        Assert.Throws<ProgrammeException>(() => Book.With($$"""{"care":[{{message}}]}"""));

    [Fact]
    public void A_tenth_is_held_out_unless_the_rule_book_says_otherwise() =>
        Assert.Equal([0m, 0.1m, 0.1m, 0m, 0.2m], Book.With($$$"""
            {"value":{{{Book.Value}}},"care":[{"occasion":"welcome","template":"x"},{"occasion":"birthday","template":"x"},{"occasion":"winBack","template":"x"},
             {"occasion":"pointsExpiring","daysBefore":1,"template":"x"},{"occasion":"birthday","daysBefore":1,"holdout":0.2,"template":"x"}]}
            """).Care.Select(message => message.Holdout));

    [Theory]
    [InlineData(null, null, "2025-04 2026-03")]
    [InlineData("2026-01", "2026-02", "2026-01 2026-02")]
    [InlineData("2026-03", "2026-02", null)]
    [InlineData("2026-1", null, null)]
    [InlineData(null, "0001-01", null)]
    [InlineData("x", "2026-02", null)]
    public void Months_are_read_or_refused(string? from, string? to, string? expected) =>
        Assert.Equal(expected, MonthRange.Read(from, to, new DateOnly(2026, 3, 2)) is { Succeeded: true, Value: var months }
            ? $"{months.From} {months.To}" : null);
}
