using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Value;

namespace Club.Care;

/// <summary>Points, tiers and insurances about to end, visits that are due or missed: what the account gives cause for. A warning tells of
/// one date, and of what ends on that date.</summary>
public static class AccountCare
{
    /// <summary>Warnings are remembered so much longer than the end, for lapsed points may stand in the account until the sweep takes
    /// them.</summary>
    private const int RememberedDays = 2;

    /// <summary>What follows from visits may be said so much later than its day.</summary>
    private const int LateVisitDays = 7;

    /// <summary>Something that ends or is due, and a message that is to be said about it and was not yet.</summary>
    /// <param name="On">When it ends or is due.</param>
    /// <param name="Points">How many end with it.</param>
    /// <param name="Since">From when it is counted: the last visit, the day of an insurance; null: it is known by its end.</param>
    private sealed record End(CareMessage Message, DateOnly On, Points Points, DateOnly? Since = null)
    {
        public DateOnly DueOn => On.AddDays(-Message.DaysBefore);

        /// <summary>What it is remembered by.</summary>
        public DateOnly Known => Since ?? On;

        public DateOnly LastDay => Message.Occasion switch
        {
            // On the date itself points count no more, a tier still does.
            CareOccasion.PointsExpiring => On.AddDays(-1),
            CareOccasion.TierExpiring => On,
            _ => Message.DaysBefore > 0 ? On : On.AddDays(LateVisitDays),
        };
    }

    /// <summary>The first date on which something is to be said; null for never. Asked with every accrual.</summary>
    /// <param name="isByAnyPlan">Whether her branch may say it earlier by a plan that is not looked at: then it is due when the earliest
    /// plan would say it.</param>
    public static DateOnly? DueOn(Programme programme, Account account, bool isByAnyPlan = false)
    {
        DateOnly? due = null;
        foreach (var end in News(programme, account))
        {
            var early = isByAnyPlan ? end.DueOn.AddDays(-programme.LeadOf(end.Message)) : end.DueOn;
            if (!(due <= early)) due = early;
        }
        return due;
    }

    /// <summary>What is to be said today, and the account that remembers it was said.</summary>
    public static (Account After, IReadOnlyList<Occasion> Occasions) Plan(Programme programme, Account account, DateOnly today)
    {
        var occasions = new List<Occasion>();
        var standing = StandingOf(programme, account);
        var announced = (account.Announced ?? []).Where(before => IsKept(account, standing, before, today)).ToList();
        foreach (var same in News(programme, account).Where(end => end.DueOn <= today).GroupBy(end => (end.Message.Occasion, end.Known)))
        {
            foreach (var end in same) Remember(announced, end);
            // When several warnings of one end fall due together, as after a stop, the last one says it.
            var last = same.MinBy(end => end.Message.DaysBefore)!;
            if (last.LastDay >= today) occasions.Add(ToOccasion(last, Find(announced, last)!.Times));
        }
        var after = account with { Announced = announced.Count == 0 ? null : announced };
        return (after with { CareDue = DueOn(programme, after) }, occasions);
    }

    /// <summary>What is counted from a visit or an insurance is remembered until the next one, for until then it would be news
    /// again.</summary>
    private static bool IsKept(Account account, Standing? standing, Announcement before, DateOnly today) => before.Occasion switch
    {
        CareOccasion.MaintenanceDue or CareOccasion.WinBack => before.On == standing?.LastVisit,
        CareOccasion.InsuranceEnd => before.On == account.InsuredOn,
        _ => before.On >= today.AddDays(-RememberedDays),
    };

    private static Occasion ToOccasion(End end, int times)
    {
        var (kind, values) = end.Message.Occasion switch
        {
            CareOccasion.PointsExpiring => (OccasionKeys.PointsEnd, Values(("pointsExpiring", end.Points), ("expiresOn", end.On))),
            CareOccasion.TierExpiring => (OccasionKeys.TierEnds, Values(("validUntil", end.On))),
            CareOccasion.MaintenanceDue => (OccasionKeys.Maintenance, Values(("lastVisit", end.Since), ("expectedBy", end.On))),
            CareOccasion.WinBack => (OccasionKeys.WinBack, Values(("lastVisit", end.Since))),
            _ => (OccasionKeys.Insurance, Values(("endsOn", end.On))),
        };
        var key = Occasion.KeyOf($"{kind}:{end.Known:yyyy-MM-dd}", end.Message);
        return new Occasion(end.Message, times == 1 ? key : $"{key}:again{times}", end.LastDay, values);
    }

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value);

    private static IEnumerable<End> News(Programme programme, Account account)
    {
        foreach (var message in programme.Care)
            foreach (var end in Ends(programme, account, message))
                if (IsWorthIt(end, Find(account.Announced, end))) yield return end;
    }

    private static IEnumerable<End> Ends(Programme programme, Account account, CareMessage message)
    {
        switch (message.Occasion)
        {
            case CareOccasion.TierExpiring when account.Tier is { ValidUntil: { } end, GraceUntil: null }:
                yield return new End(message, end, Points.Zero);
                break;
            case CareOccasion.PointsExpiring:
                foreach (var day in account.Wallet(programme.DefaultWallet.Code).Lots.Where(lot => lot
                    is { LapsesOn: not null, Remaining.IsPositive: true }).GroupBy(lot => lot.LapsesOn!.Value))
                    yield return new End(message, day.Key, day.Sum(lot => lot.Remaining));
                break;
            case CareOccasion.MaintenanceDue when MaintenanceRules.Due(programme, account, message) is { } due:
                yield return new End(message, due.ExpectedBy, Points.Zero, due.Standing.LastVisit);
                break;
            case CareOccasion.WinBack when StandingOf(programme, account) is { } standing:
                yield return new End(message, standing.LostFrom, Points.Zero, standing.LastVisit);
                break;
            case CareOccasion.InsuranceEnd when account.InsuredOn is { } insured:
                yield return new End(message, insured.AddYears(1), Points.Zero, insured);
                break;
        }
    }

    /// <summary>When she is expected and when she is lost hangs on her visits alone, and on no branch.</summary>
    internal static Standing? StandingOf(Programme programme, Account account) =>
        programme.Value is { } terms ? ClassRules.Judge(terms, account.Visits, home: null, DateOnly.MaxValue) : null;

    /// <summary>Points that became known after the warning are worth another one when they alone would be worth one.</summary>
    private static bool IsWorthIt(End end, Announcement? before) => end.Message.Occasion != CareOccasion.PointsExpiring ? before is null
        : end.Points - (before?.Points ?? Points.Zero) is { IsPositive: true } more && more >= end.Message.MinimumPoints;

    /// <summary>One end of which two members were told, who are one by now: the points of both, told as often as the one who heard
    /// more.</summary>
    public static Announcement Together(IEnumerable<Announcement> same) =>
        same.Aggregate((a, b) => a with { Points = a.Points + b.Points, Times = Math.Max(a.Times, b.Times) });

    private static void Remember(List<Announcement> announced, End end)
    {
        var before = Find(announced, end);
        if (before is not null) announced.Remove(before);
        announced.Add(new Announcement(end.Message.Occasion, end.Known, end.Message.NamedBy, end.Points, (before?.Times ?? 0) + 1));
    }

    private static Announcement? Find(IReadOnlyList<Announcement>? announced, End end) =>
        announced?.FirstOrDefault(before => before.Occasion == end.Message.Occasion && before.DaysBefore == end.Message.NamedBy
            && before.On == end.Known);
}
