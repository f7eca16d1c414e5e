using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;

namespace Club.Value;

/// <summary>The class of a member and what made it. All of it is null, but the two lists, for whoever was not here yet, and by a rule book
/// that tells nobody apart.</summary>
/// <param name="Since">Since when profile and reports know of this class; null: a sweep is still to tell them.</param>
public sealed record ValueView(
    MemberId MemberId, string? Cell, string? ValueClass, string? LoyaltyClass, DateOnly? Since, ValueInputs? Inputs, StrategyView? Strategy,
    IReadOnlyList<string> Chinese, IReadOnlyList<string> English) : IOfMember;

/// <summary>See <see cref="Standing"/>.</summary>
public sealed record ValueInputs(
    DateOnly On, DateOnly From, Money Spend, int Bills, int Items, Money? Mean, Money? Item, DateOnly LastVisit, int IntervalDays,
    int OwnGaps, decimal? OwnMedianDays, DateOnly ExpectedBy, DateOnly LostFrom, IReadOnlyList<DealerId> Dealers, DealerId? Home)
{
    public static ValueInputs Of(Standing standing) => new(
        standing.On, standing.From, standing.Spend, standing.Bills, standing.Items, standing.Mean, standing.Item, standing.LastVisit,
        standing.IntervalDays, standing.OwnGaps, standing.OwnMedianDays, standing.ExpectedBy, standing.LostFrom, standing.Dealers,
        standing.Home);
}

/// <summary>What is to be done for a cell, in both languages.</summary>
public sealed record StrategyView(string Zh, string En)
{
    public static StrategyView? Of(CellStrategy? strategy) => strategy is null ? null : new StrategyView(strategy.Zh, strategy.En);
}

/// <summary>Tells staff what a member is worth and how she comes. It is judged when it is asked and waits for no sweep.</summary>
public sealed class MemberValue(Membership membership, MemberLedger ledger, ProgrammeLibrary library)
{
    /// <returns>Null when there is no such member, or when a dealer's staff ask of a guest: that is her own dealer's.</returns>
    public async Task<ValueView?> Of(MemberId memberId, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: var isMasked }
            || isMasked && caller.IsScoped)
            return null;
        var rules = await library.Now(cancellation);
        var account = await ledger.Load(profile.MemberId, rules, cancellation);
        if (rules.Current.Value is not { } terms
            || ClassRules.Judge(terms, account.Visits, profile.DealerId, rules.Today) is not { } standing)
            return new ValueView(profile.MemberId, null, null, null, null, null, null, [], []);
        var told = account.Visits?.Told;
        return new ValueView(profile.MemberId, standing.Cell, standing.Value, standing.Loyalty,
            told?.Cell == standing.Cell ? told.Since : null, ValueInputs.Of(standing), StrategyView.Of(terms.StrategyOf(standing.Cell)),
            ValueWords.Tell(terms, standing, Language.Chinese), ValueWords.Tell(terms, standing, Language.English));
    }
}
