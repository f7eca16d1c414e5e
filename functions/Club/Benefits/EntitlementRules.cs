using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Benefits;

/// <summary>What a member may have of a benefit today. Numbers are null for a right that is not counted.</summary>
/// <param name="Issued">For this period.</param>
/// <param name="Carried">Taken over from the period before.</param>
public sealed record Entitlement(string Code, string Name, EntitlementPeriod? Period, int? Issued, int? Carried, int? Used, int? Left);

/// <summary>
/// Entitlements are computed, not stored: they follow from the tier held and from what was used. So they are issued with the tier, end with
/// it, lapse with the period, and nothing has to be swept. Pure.
/// </summary>
public static class EntitlementRules
{
    /// <summary>All that the tier gives today, in the programme's order.</summary>
    public static IReadOnlyList<Entitlement> All(Programme programme, Account account, BenefitState state, DateOnly today) =>
        [.. programme.Benefits.Select(benefit => Of(programme, benefit, account, state, today)).OfType<Entitlement>()];

    /// <returns>Null when the tier held does not give the benefit.</returns>
    public static Entitlement? Of(Programme programme, Benefit benefit, Account account, BenefitState state, DateOnly today)
    {
        if (!benefit.Tiers.Contains(account.Tier.Code)) return null;
        if (benefit.Count is not { } issued) return new Entitlement(benefit.Code, benefit.Name, null, null, null, null, null);
        var (period, before) = Periods(programme, benefit.Per, account, today);
        var carried = before is null ? 0 : Carried(benefit, issued, account, state, before);
        var used = state.Find(benefit.Code, period.From)?.Used ?? 0;
        return new Entitlement(benefit.Code, benefit.Name, period, issued, carried, used, Math.Max(0, issued + carried - used));
    }

    /// <summary>What was carried into the period before is used first and is not carried on.</summary>
    private static int Carried(Benefit benefit, int issued, Account account, BenefitState state, EntitlementPeriod before)
    {
        if (benefit.CarryOver == 0 || !WasGiven(benefit, account, before)) return 0;
        var used = state.Find(benefit.Code, before.From) is { } count ? Math.Max(0, count.Used - count.Carried) : 0;
        return Math.Min(benefit.CarryOver, Math.Max(0, issued - used));
    }

    /// <summary>Whether a tier that gives the benefit was held on any day of a past period.</summary>
    private static bool WasGiven(Benefit benefit, Account account, EntitlementPeriod period)
    {
        if (account.Tier.Since <= period.To && benefit.Tiers.Contains(account.Tier.Code)) return true;
        var next = account.Tier.Since;
        foreach (var past in account.PastTiers ?? [])
        {
            if (benefit.Tiers.Contains(past.Code) && past.Since <= period.To && next > period.From && next > past.Since) return true;
            next = past.Since;
        }
        return false;
    }

    private static (EntitlementPeriod Period, EntitlementPeriod? Before) Periods(Programme programme, BenefitPeriod per, Account account,
        DateOnly today)
    {
        if (per != BenefitPeriod.Validity)
        {
            var period = Calendar(per, today);
            return (period, Calendar(per, period.From.AddDays(-1)));
        }
        var held = account.Tier;
        var from = ValidityFrom(programme, account);
        return (new EntitlementPeriod(from, held.GraceUntil ?? held.ValidUntil), held.Since < from
            ? new EntitlementPeriod(Since(programme, account, from.AddDays(-1)), from.AddDays(-1)) : null);
    }

    private static EntitlementPeriod Calendar(BenefitPeriod per, DateOnly on)
    {
        var (month, months) = per switch
        {
            BenefitPeriod.Month => (on.Month, 1),
            BenefitPeriod.Quarter => ((on.Month - 1) / 3 * 3 + 1, 3),
            _ => (1, 12),
        };
        var from = new DateOnly(on.Year, month, 1);
        return new EntitlementPeriod(from, from.AddMonths(months).AddDays(-1));
    }

    /// <summary>A granted tier has a validity of its own, from the grant to its end.</summary>
    private static DateOnly ValidityFrom(Programme programme, Account account)
    {
        var held = account.Tier;
        if (account.Grant is { } grant && held.Code == grant.Tier && held.ValidUntil == grant.Until && held != grant.Earned)
            return held.Since > grant.From ? held.Since : grant.From;
        return held.ValidUntil is { } end ? Since(programme, account, end) : held.Since;
    }

    /// <summary>The first day of a validity by its last; the first validity begins with the tier.</summary>
    private static DateOnly Since(Programme programme, Account account, DateOnly end)
    {
        if (programme.FindTier(account.Tier.Code)?.ValidityMonths is not { } months) return account.Tier.Since;
        if (Months.After(account.Tier.Since, months) == end.AddDays(1)) return account.Tier.Since;
        var first = end.AddDays(1).AddMonths(-months);
        return first > account.Tier.Since ? first : account.Tier.Since;
    }
}
