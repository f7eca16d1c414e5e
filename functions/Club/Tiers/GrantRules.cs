using Club.Ledger;
using Club.Programmes;

namespace Club.Tiers;

/// <summary>What a member holds whom staff gave a tier: never less than that, and more when more is earned. Pure.</summary>
public static class GrantRules
{
    /// <summary>The tier held on <paramref name="today"/>. A tier that goes on under another title keeps its beginning.</summary>
    /// <param name="before">The tier held until now.</param>
    /// <param name="earned">What the rules say for today.</param>
    public static TierState Held(Programme programme, TierState before, TierState earned, TierGrant? grant, DateOnly today)
    {
        if (grant is null) return earned;
        if (grant.Until < today) return Resumed(before, earned, grant.Until.AddDays(1));
        if (programme.FindTier(grant.Tier) is not { } granted) return Resumed(before, earned, today);
        var rank = programme.FindTier(earned.Code)!.Rank;
        if (rank > granted.Rank || rank == granted.Rank && !(LastDay(earned) < grant.Until)) return Resumed(before, earned, grant.From);
        return new TierState(grant.Tier, before.Code == grant.Tier ? before.Since : Later(grant.From, earned.Since), grant.Until);
    }

    /// <summary>The grant with what is earned underneath; null once it is over, or the programme has no such tier any more.</summary>
    public static TierGrant? Kept(Programme programme, TierState earned, TierGrant? grant, DateOnly today) =>
        grant is null || grant.Until < today || programme.FindTier(grant.Tier) is null ? null : grant with { Earned = earned };

    /// <summary>Of two members who become one: the higher tier, of one tier the later end.</summary>
    public static TierGrant? Better(Programme programme, TierGrant? a, TierGrant? b)
    {
        if (a is null || b is null) return a ?? b;
        var (first, second) = (programme.FindTier(a.Tier)?.Rank ?? -1, programme.FindTier(b.Tier)?.Rank ?? -1);
        return first > second || first == second && a.Until >= b.Until ? a : b;
    }

    /// <summary>The earned tier, held since the granted one does not hold any more.</summary>
    private static TierState Resumed(TierState before, TierState earned, DateOnly first)
    {
        if (before.Code != earned.Code) return earned with { Since = Later(first, earned.Since) };
        return before.Since < earned.Since ? earned with { Since = before.Since } : earned;
    }

    private static DateOnly? LastDay(TierState state) => state.GraceUntil ?? state.ValidUntil;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
