using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Tiers;

/// <summary>
/// Who holds which tier. Pure. A tier is reached on the day its criteria hold; it is held for its validity, whose last day is
/// <c>since + months − 1 day</c> (see <see cref="Months.After"/>); on that last day its criteria are judged again, over the window that
/// ends on it. Earned again, the next validity follows without a gap. Not earned again, the tier is kept for the grace period, on each day
/// of which it can still be earned; then the member falls. Nothing here depends on how often or how late the sweep runs.
/// </summary>
public static class TierRules
{
    /// <summary>The tier of a new member.</summary>
    public static TierState Initial(Programme programme, DateOnly on) => Enter(programme.Tiers[0], on);

    /// <summary>The code of the highest tier whose criteria hold on that date.</summary>
    public static string Earned(Programme programme, IReadOnlyList<Activity> activities, DateOnly on) =>
        EarnedTier(programme, activities, on).Code;

    /// <summary>
    /// The state after something was earned: first what <see cref="AtDue"/> says for that day, then an immediate upgrade when a higher tier
    /// is earned. Never lowers a tier before its time.
    /// </summary>
    public static TierState AfterActivity(Programme programme, TierState state, IReadOnlyList<Activity> activities, DateOnly on)
    {
        state = AtDue(programme, state, activities, on);
        var earned = EarnedTier(programme, activities, on);
        return earned.Rank > programme.FindTier(state.Code)!.Rank ? Enter(earned, on) : state;
    }

    /// <summary>
    /// The state on <paramref name="today"/>, as if this had been asked on every day before. Asking again on the same day changes nothing.
    /// A tier that the programme no longer has is left at once for the one that is earned.
    /// </summary>
    public static TierState AtDue(Programme programme, TierState state, IReadOnlyList<Activity> activities, DateOnly today)
    {
        if (programme.FindTier(state.Code) is null) state = Enter(EarnedTier(programme, activities, today), today);
        while (true)
        {
            var next = Step(programme, state, activities, today);
            if (next == state) return state;
            state = next;
        }
    }

    /// <summary>The first day on which <see cref="AtDue"/> can change the state by the passing of time; null: never.</summary>
    public static DateOnly? DueOn(TierState state) => (state.GraceUntil ?? state.ValidUntil)?.AddDays(1);

    /// <summary>How far the member is from the next tier, one row for each measure of its criteria. Empty in the highest tier.</summary>
    public static IReadOnlyList<TierProgress> Progress(Programme programme, TierState state, IReadOnlyList<Activity> activities,
        DateOnly on)
    {
        var rank = programme.FindTier(state.Code)?.Rank ?? 0;
        if (rank + 1 >= programme.Tiers.Count) return [];
        var next = programme.Tiers[rank + 1];
        var progress = new List<TierProgress>();
        Collect(next.Criteria!, suffices: true);
        return progress;

        void Collect(Criterion criterion, bool suffices)
        {
            switch (criterion)
            {
                case Criterion.Any any:
                    foreach (var child in any.Of) Collect(child, suffices);
                    break;
                case Criterion.All all:
                    foreach (var child in all.Of) Collect(child, suffices && all.Of.Count == 1);
                    break;
                case Criterion.Measure measure:
                    progress.Add(TierProgress.Of(next, measure, Measured(measure, activities, on), suffices));
                    break;
            }
        }
    }

    /// <summary>
    /// The same activities in fewer rows: what is older than every window moves to <see cref="DateOnly.MinValue"/>. Changes no evaluation
    /// on or after
    /// <paramref name="today"/>, and none that <paramref name="state"/> still has coming.
    /// </summary>
    public static ActivitySums Fold(Programme programme, TierState state, ActivitySums activities, DateOnly today) =>
        activities.Folded(Oldest(programme, state, today));

    /// <summary>The last date that <see cref="Fold"/> takes from an activity, now or before (<paramref name="already"/>); null: it keeps
    /// them all.</summary>
    public static DateOnly? FoldedUntil(Programme programme, TierState state, ActivitySums activities, DateOnly today, DateOnly? already) =>
        activities.LastUntil(Oldest(programme, state, today)) is { } last && !(last <= already) ? last : already;

    /// <summary>
    /// Whether a window of this programme reaches back to activities that lost their date under a version with shorter windows: they are
    /// then to be read from the ledger again.
    /// </summary>
    public static bool NeedsDates(Programme programme, TierState state, DateOnly? foldedUntil, DateOnly today) =>
        foldedUntil > Oldest(programme, state, today);

    /// <summary>The day before every window that is still to be judged.</summary>
    private static DateOnly Oldest(Programme programme, TierState state, DateOnly today) =>
        WindowStart(state.ValidUntil < today ? state.ValidUntil.Value : today,
            programme.Tiers.Max(tier => tier.Criteria is null ? 0 : LongestWindow(tier.Criteria)));

    /// <summary>One change of state on or before <paramref name="today"/>, or the state itself.</summary>
    private static TierState Step(Programme programme, TierState state, IReadOnlyList<Activity> activities, DateOnly today)
    {
        if (state.ValidUntil is not { } lastValid || today <= lastValid) return state;
        var tier = programme.FindTier(state.Code)!;
        var lastHeld = state.GraceUntil ?? Months.After(lastValid.AddDays(1), tier.GraceMonths).AddDays(tier.GraceDays - 1);
        var lastJudged = lastHeld < today ? lastHeld : today;
        for (var day = lastValid; day <= lastJudged; day = day.AddDays(1))
        {
            var earned = EarnedTier(programme, activities, day);
            if (earned.Rank > tier.Rank) return Enter(earned, day == lastValid ? day.AddDays(1) : day);
            if (earned.Rank == tier.Rank) return new TierState(tier.Code, state.Since, LastDay(tier, lastValid.AddDays(1)));
        }
        if (today <= lastHeld) return state with { GraceUntil = lastHeld };
        var reached = EarnedTier(programme, activities, lastHeld);
        return Enter(tier.Downgrade == Downgrade.ByOne ? programme.Tiers[tier.Rank - 1] : reached, lastHeld.AddDays(1));
    }

    private static TierState Enter(Tier tier, DateOnly on) => new(tier.Code, on, LastDay(tier, on));

    private static DateOnly? LastDay(Tier tier, DateOnly first) =>
        tier.ValidityMonths is { } months ? Months.After(first, months).AddDays(-1) : null;

    private static Tier EarnedTier(Programme programme, IReadOnlyList<Activity> activities, DateOnly on)
    {
        for (var rank = programme.Tiers.Count - 1; rank > 0; rank--)
            if (Holds(programme.Tiers[rank].Criteria!, activities, on)) return programme.Tiers[rank];
        return programme.Tiers[0];
    }

    private static bool Holds(Criterion criterion, IReadOnlyList<Activity> activities, DateOnly on) => criterion switch
    {
        Criterion.Any any => any.Of.Any(child => Holds(child, activities, on)),
        Criterion.All all => all.Of.All(child => Holds(child, activities, on)),
        Criterion.Measure measure => measure.IsMetBy(Measured(measure, activities, on)),
        _ => throw new NotSupportedException($"There is no way to judge {criterion.GetType().Name}."),
    };

    private static decimal Measured(Criterion.Measure measure, IReadOnlyList<Activity> activities, DateOnly on)
    {
        DateOnly? after = measure.WindowMonths is { } months ? WindowStart(on, months) : null;
        var sum = 0L;
        foreach (var row in activities)
        {
            if (row.On > on || row.On <= after) continue;
            if (measure.Categories.Count > 0 && !measure.Categories.Contains(row.Category)) continue;
            if (measure.Metric == Metric.Points && measure.Wallet is not null && row.Wallet != measure.Wallet) continue;
            sum += measure.Metric switch
            {
                Metric.Points => row.Points.Hundredths,
                Metric.Spend => row.Spend.Fen,
                _ => row.Count,
            };
        }
        return measure.Metric == Metric.Count ? sum : sum / 100m;
    }

    private static int LongestWindow(Criterion criterion) => criterion switch
    {
        Criterion.Any any => any.Of.Max(LongestWindow),
        Criterion.All all => all.Of.Max(LongestWindow),
        Criterion.Measure measure => measure.WindowMonths ?? 0,
        _ => 0,
    };

    /// <summary>The day before the first day of a window that ends on <paramref name="on"/>.</summary>
    internal static DateOnly WindowStart(DateOnly on, int months) =>
        on.Year * 12 + on.Month - 1 - months >= 12 ? on.AddMonths(-months) : DateOnly.MinValue;
}
