using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Tiers;
using CsCheck;
using Xunit;

namespace Club.Tests.Tiers;

/// <summary>Histories of four years around short validities, so that requalifying, grace and falling all happen; reversals
/// included.</summary>
public sealed class TierRulesProperties
{
    private const int Days = 4 * 365;
    private static readonly DateOnly Start = new(2023, 11, 30);

    private static readonly Gen<Programme> GenProgramme = Gen.Select(
        Gen.Int[1, 14], Gen.Int[1, 14], Gen.Int[0, 2], Gen.Int[0, 20], Gen.OneOf("toEarned", "byOne"), Gen.Bool,
        (validity, window, graceMonths, graceDays, downgrade, byCount) => Book.TiersAbove(
            FormattableString.Invariant(
            $"{{\"code\":\"silver\",\"name\":\"S\",\"criteria\":{{\"metric\":\"points\",\"atLeast\":10,\"windowMonths\":{window}}},\"validityMonths\":{validity},\"graceMonths\":{graceMonths},\"graceDays\":{graceDays},\"downgrade\":\"{downgrade}\"}}"),
            FormattableString.Invariant(
            $"{{\"code\":\"gold\",\"name\":\"G\",\"criteria\":{{\"any\":[{{\"metric\":\"points\",\"atLeast\":25,\"windowMonths\":{window + 2}}},{{\"metric\":\"{(byCount ? "count" : "spend")}\",\"categories\":[\"vehicle\"],\"atLeast\":9}}]}},\"validityMonths\":{validity},\"graceDays\":{graceDays},\"downgrade\":\"{downgrade}\"}}")));

    private static readonly Gen<Activity> GenActivity = Gen.Select(
        Gen.Int[0, Days], Gen.OneOf("parts", "vehicle"), Gen.OneOf("club", "branch"), Gen.Int[-4, 12], Gen.Int[-1, 2],
        (day, category, wallet, points, count) =>
        new Activity(Start.AddDays(day), category, new WalletCode(wallet), Points.Of(points), Money.Of(points), count));

    private static readonly Gen<(Programme Programme, Activity[] Activities)> GenHistory = Gen.Select(GenProgramme,
        GenActivity.Array[0, 25]);

    [Fact]
    public void A_late_sweep_comes_to_the_same_as_daily_ones() =>
        Gen.Select(GenHistory, Gen.OneOf("ordinary", "silver", "gold"), Gen.Int[0, Days]).Sample(
            (history, tier, day) =>
            {
                var (programme, activities) = history;
                var start = Held(programme, tier);
                var today = Start.AddDays(day);
                var daily = start;
                for (var date = Start; date <= today; date = date.AddDays(1)) daily = TierRules.AtDue(programme, daily, activities, date);

                Assert.Equal(daily, TierRules.AtDue(programme, start, activities, today));
            },
            iter: 60);

    [Fact]
    public void Sweeps_between_activities_can_be_missed_without_a_difference() =>
        Gen.Select(GenHistory, Gen.Int[2, 200]).Sample(
            (history, every) =>
            {
                var (programme, activities) = history;
                var byDay = activities.GroupBy(row => row.On).ToDictionary(rows => rows.Key);
                var (daily, seldom) = (Held(programme, "silver"), Held(programme, "silver"));
                var known = new List<Activity>();
                for (var day = 0; day <= Days; day++)
                {
                    var date = Start.AddDays(day);
                    daily = TierRules.AtDue(programme, daily, known, date);
                    if (day % every == 0) seldom = TierRules.AtDue(programme, seldom, known, date);
                    if (!byDay.TryGetValue(date, out var rows)) continue;
                    known.AddRange(rows);
                    daily = TierRules.AfterActivity(programme, daily, known, date);
                    seldom = TierRules.AfterActivity(programme, seldom, known, date);
                }
                Assert.Equal(daily, TierRules.AtDue(programme, seldom, known, Start.AddDays(Days)));
            },
            iter: 60);

    [Fact]
    public void Asking_twice_on_one_day_changes_nothing_and_the_state_is_then_not_overdue() =>
        Gen.Select(GenHistory, Gen.OneOf("silver", "gold"), Gen.Int[0, Days]).Sample(
            (history, tier, day) =>
            {
                var today = Start.AddDays(day);
                var once = TierRules.AtDue(history.Programme, Held(history.Programme, tier), history.Activities, today);
                Assert.Equal(once, TierRules.AtDue(history.Programme, once, history.Activities, today));
                Assert.True(TierRules.DueOn(once) is not { } due || due > today);

                var after = TierRules.AfterActivity(history.Programme, once, history.Activities, today);
                Assert.Equal(after, TierRules.AfterActivity(history.Programme, after, history.Activities, today));
            },
            iter: 200);

    [Fact]
    public void Folding_changes_no_evaluation() =>
        Gen.Select(GenHistory, Gen.OneOf("ordinary", "silver", "gold"), Gen.Int[0, Days], Gen.Int[0, 900]).Sample(
            (history, tier, day, later) =>
            {
                var (programme, activities) = history;
                var state = Held(programme, tier);
                var today = Start.AddDays(day);
                var folded = TierRules.Fold(programme, state, ActivitySums.Of(activities), today);
                var on = today.AddDays(later);

                Assert.Equal(TierRules.Earned(programme, activities, on), TierRules.Earned(programme, folded, on));
                Assert.Equal(TierRules.AtDue(programme, state, activities, on), TierRules.AtDue(programme, state, folded, on));
                Assert.Equal(TierRules.AfterActivity(programme, state, activities, on),
                    TierRules.AfterActivity(programme, state, folded, on));
                Assert.Equal(
                    TierRules.Progress(programme, state, activities, on).Select(row => (row.Metric, row.Have, row.Missing)),
                    TierRules.Progress(programme, state, folded, on).Select(row => (row.Metric, row.Have, row.Missing)));
                Assert.Equal(folded, TierRules.Fold(programme, state, folded, today));
                Assert.Equal(folded.Count, folded.DistinctBy(row => (row.On, row.Category, row.Wallet)).Count());
            },
            iter: 300);

    [Fact]
    public void Folding_bit_by_bit_comes_to_the_same_as_folding_at_the_end() =>
        Gen.Select(GenHistory, Gen.Int[0, Days / 2], Gen.Int[0, Days / 2]).Sample(
            (history, first, second) =>
            {
                var (programme, activities) = history;
                var state = TierRules.Initial(programme, Start);
                var (early, late) = (Start.AddDays(first), Start.AddDays(first + second));
                Assert.Equal(
                    TierRules.Fold(programme, state, ActivitySums.Of(activities), late),
                    TierRules.Fold(programme, state, TierRules.Fold(programme, state, ActivitySums.Of(activities), early), late));
            },
            iter: 200);

    private static TierState Held(Programme programme, string tier) =>
        new(new TierCode(tier), Start, programme.FindTier(new TierCode(tier))!.ValidityMonths is { } months ? Start.AddMonths(months).AddDays(-1) : null);
}
