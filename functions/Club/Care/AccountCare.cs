using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Care;

/// <summary>Points and tiers about to end: what the account gives cause for. A warning tells of one date, and of what ends on that
/// date.</summary>
public static class AccountCare
{
    /// <summary>Warnings are remembered so much longer than the end, for lapsed points may stand in the account until the sweep takes
    /// them.</summary>
    private const int RememberedDays = 2;

    /// <summary>Something that ends, and a message that is to be said before it and was not yet.</summary>
    private sealed record End(CareMessage Message, DateOnly On, Points Points)
    {
        public DateOnly DueOn => On.AddDays(-Message.DaysBefore);

        /// <summary>On the date itself points count no more, a tier still does.</summary>
        public DateOnly LastDay => Message.Occasion == CareOccasion.PointsExpiring ? On.AddDays(-1) : On;
    }

    /// <summary>The first date on which something is to be said; null for never. Asked with every accrual.</summary>
    public static DateOnly? DueOn(Programme programme, Account account)
    {
        DateOnly? due = null;
        foreach (var end in News(programme, account))
            if (!(due <= end.DueOn)) due = end.DueOn;
        return due;
    }

    /// <summary>What is to be said today, and the account that remembers it was said.</summary>
    public static (Account After, IReadOnlyList<Occasion> Occasions) Plan(Programme programme, Account account, DateOnly today)
    {
        var occasions = new List<Occasion>();
        var announced = (account.Announced ?? []).Where(before => before.On >= today.AddDays(-RememberedDays)).ToList();
        foreach (var same in News(programme, account).Where(end => end.DueOn <= today).GroupBy(end => (end.Message.Occasion, end.On)))
        {
            foreach (var end in same) Remember(announced, end);
            // When several warnings of one end fall due together, as after a stop, the last one says it.
            var last = same.MinBy(end => end.Message.DaysBefore)!;
            if (last.LastDay >= today) occasions.Add(ToOccasion(last, Find(announced, last)!.Times));
        }
        var after = account with { Announced = announced.Count == 0 ? null : announced };
        return (after with { CareDue = DueOn(programme, after) }, occasions);
    }

    private static Occasion ToOccasion(End end, int times)
    {
        var points = end.Message.Occasion == CareOccasion.PointsExpiring;
        var key = Occasion.KeyOf($"{(points ? Occasion.PointsEnd : Occasion.TierEnds)}:{end.On:yyyy-MM-dd}", end.Message);
        return new Occasion(end.Message, times == 1 ? key : $"{key}:again{times}", end.LastDay, points
            ? new Dictionary<string, object?> { ["pointsExpiring"] = end.Points, ["expiresOn"] = end.On }
            : new Dictionary<string, object?> { ["validUntil"] = end.On });
    }

    private static IEnumerable<End> News(Programme programme, Account account)
    {
        foreach (var message in programme.Care)
        {
            if (message.Occasion == CareOccasion.TierExpiring)
            {
                if (account.Tier is { ValidUntil: { } end, GraceUntil: null } && Find(account.Announced, message, end) is null)
                    yield return new End(message, end, Points.Zero);
            }
            else if (message.Occasion == CareOccasion.PointsExpiring)
                foreach (var day in account.Wallet(programme.DefaultWallet.Code).Lots.Where(lot => lot
                    is { LapsesOn: not null, Remaining.IsPositive: true }).GroupBy(lot => lot.LapsesOn!.Value))
                    if (new End(message, day.Key, day.Sum(lot => lot.Remaining)) is var end
                        && IsWorthIt(end, Find(account.Announced, message, day.Key)))
                        yield return end;
        }
    }

    /// <summary>Points that became known after the warning are worth another one when they alone would be worth one.</summary>
    private static bool IsWorthIt(End end, Announcement? before) =>
        end.Points - (before?.Points ?? Points.Zero) is { IsPositive: true } more && more >= end.Message.MinimumPoints;

    /// <summary>One end of which two members were told, who are one by now: the points of both, told as often as the one who heard
    /// more.</summary>
    public static Announcement Together(IEnumerable<Announcement> same) =>
        same.Aggregate((a, b) => a with { Points = a.Points + b.Points, Times = Math.Max(a.Times, b.Times) });

    private static void Remember(List<Announcement> announced, End end)
    {
        var before = Find(announced, end);
        if (before is not null) announced.Remove(before);
        announced.Add(new Announcement(end.Message.Occasion, end.On, end.Message.DaysBefore, end.Points, (before?.Times ?? 0) + 1));
    }

    private static Announcement? Find(IReadOnlyList<Announcement>? announced, End end) => Find(announced, end.Message, end.On);

    private static Announcement? Find(IReadOnlyList<Announcement>? announced, CareMessage message, DateOnly on) =>
        announced?.FirstOrDefault(before => before.Occasion == message.Occasion && before.DaysBefore == message.DaysBefore
            && before.On == on);
}
