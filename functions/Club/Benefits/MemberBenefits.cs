using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Tiers;

namespace Club.Benefits;

/// <param name="Left">What was left after this use; null for a benefit that is not counted.</param>
/// <param name="IsNew">False for a repeat of the key.</param>
public sealed record BenefitUsed(string Code, string Key, DealerId? DealerId, DateTimeOffset UsedAt, EntitlementPeriod? Period, int? Left,
    bool IsNew);

/// <param name="Left">What is left now that the use is taken back; null for a benefit that is not counted, or whose period is over.</param>
public sealed record BenefitUndone(string Code, string Key, DateTimeOffset UndoneAt, EntitlementPeriod? Period, int? Left);

/// <summary>
/// Members' benefits: shown, used, and a use taken back. The use, the count and the account are committed together: two desks cannot use
/// the last one, nor one beside the loss of the tier or a merge.
/// </summary>
public sealed class MemberBenefits(IClubStore store, MemberLedger ledger, Membership membership, ProgrammeLibrary library,
    ClubCalendar calendar)
{
    /// <summary>What the member's tier gives today; null when there is no such member.</summary>
    public async Task<IReadOnlyList<Entitlement>?> List(MemberId memberId, Caller caller, CancellationToken cancellation = default)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return null;
        var rules = await library.Now(cancellation);
        var journal = Journal.Unsealed(rules, await ledger.Load(profile.MemberId, rules, cancellation), calendar.Now, rules.Today);
        TierPosting.Review(journal);
        var (state, _) = await State(profile.MemberId, cancellation);
        return EntitlementRules.All(journal.Programme, journal.Account, state, journal.Today);
    }

    /// <param name="key">The caller's: a repeat with the same one counts once and gets the same answer.</param>
    public async Task<Outcome<BenefitUsed>> Use(MemberId memberId, string benefit, string key, DealerId? dealerId, Caller caller,
        CancellationToken cancellation = default)
    {
        if (caller.IsScoped)
        {
            if (dealerId is not null && dealerId != caller.Dealer)
                return new Problem("denied", $"$.dealerId: \"{dealerId}\" is not your dealer.", "$.dealerId") { Kind = ProblemKind.Denied };
            dealerId = caller.Dealer;
        }
        if (dealerId is { } named && (await library.Now(cancellation)).Current.Unknown(named, "$.dealerId") is { } unknown) return unknown;
        return await Change(memberId, caller, benefit, key, (journal, facts) => Use(journal, benefit, key, dealerId, facts), cancellation);
    }

    /// <summary>For mistakes of the desk. The key is spent all the same.</summary>
    public Task<Outcome<BenefitUndone>> Undo(MemberId memberId, string benefit, string key, string? reason, Caller caller,
        CancellationToken cancellation = default) =>
        Change(memberId, caller, benefit, key, (journal, facts) => Undo(journal, benefit, key, reason, caller, facts), cancellation);

    /// <summary>What is stored of the benefits of a member.</summary>
    /// <param name="Use">The use of the key.</param>
    /// <param name="Undo">That it was taken back.</param>
    private readonly record struct Facts(BenefitUse? Use, BenefitUse? Undo, BenefitState State, string? ETag);

    private async Task<Outcome<T>> Change<T>(MemberId memberId, Caller caller, string benefit, string key,
        Func<Journal, Facts, Outcome<T>> decide, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile }) return Problem.NotFound($"Member \"{memberId}\"");
        // Another desk may write the same key, or the member's first use, at this moment: both are gathered again.
        return await ledger.Change(profile.MemberId, (trial, token) => Gather(trial.Account.MemberId, benefit, key, token), decide,
            cancellation);
    }

    private async ValueTask<Facts> Gather(MemberId member, string benefit, string key, CancellationToken cancellation)
    {
        var use = await store.Read<BenefitUse>(member, BenefitUse.IdOf(benefit, key), cancellation);
        var undo = use is null ? null : await store.Read<BenefitUse>(member, BenefitUse.UndoOf(benefit, key), cancellation);
        var (state, etag) = await State(member, cancellation);
        return new Facts(use?.Value, undo?.Value, state, etag);
    }

    private static Outcome<BenefitUsed> Use(Journal journal, string code, string key, DealerId? dealerId, in Facts facts)
    {
        if (facts.Use is { } before)
            return before.DealerId != dealerId
                ? new Problem("different-content", $"$.key: \"{key}\" came before with another dealer.",
                "$.key") { Kind = ProblemKind.Conflict }
                : facts.Undo is null ? Used(before, isNew: false)
                : new Problem("use-undone", $"$.key: the use \"{key}\" was taken back; use another key.",
                    "$.key") { Kind = ProblemKind.Conflict };
        if (journal.Programme.FindBenefit(code) is not { } benefit) return Problem.NotFound($"Benefit \"{code}\"");
        TierPosting.Review(journal);
        var tier = journal.Account.Tier.Code;
        if (EntitlementRules.Of(journal.Programme, benefit, journal.Account, facts.State, journal.Today) is not { } entitlement)
            return new Problem("not-entitled", $"The tier {tier} does not give \"{code}\".") { Kind = ProblemKind.Conflict };
        if (entitlement.Left == 0)
            return new Problem("no-entitlement-left",
                $"All of \"{code}\" is used: {entitlement.Used} of {entitlement.Issued} and {entitlement.Carried} carried over.") { Kind =
                ProblemKind.Conflict };
        var use = new BenefitUse
        {
            Id = BenefitUse.IdOf(code, key), MemberId = journal.Account.MemberId, Benefit = code, Key = key, DealerId = dealerId,
                At = journal.RecordedAt, Tier = tier,
            Period = entitlement.Period, Carried = entitlement.Carried ?? 0, Left = entitlement.Left - 1,
            ProgrammeVersion = journal.Programme.Version,
        };
        Write(journal, use, facts);
        return Used(use, isNew: true);
    }

    private static Outcome<BenefitUndone> Undo(Journal journal, string code, string key, string? reason, Caller caller,
        in Facts facts)
    {
        // What was used at another dealer is that dealer's to take back.
        if (facts.Use is not { } use || caller.IsScoped && use.DealerId != caller.Dealer)
            return Problem.NotFound($"Use \"{key}\" of \"{code}\"");
        if (facts.Undo is { } repeat) return Undone(repeat);
        var undo = use with
        {
            Id = BenefitUse.UndoOf(code, key), At = journal.RecordedAt, IsUndo = true, Reason = reason, Author = caller.Name, Left = null,
        };
        var left = journal.Programme.FindBenefit(code) is { } benefit
            && EntitlementRules.Of(journal.Programme, benefit, journal.Account, facts.State.After(undo), journal.Today)
                is { Period: { } period } entitlement && period.From == use.Period?.From ? entitlement.Left : null;
        undo = undo with { Left = left };
        Write(journal, undo, facts);
        return Undone(undo);
    }

    private static void Write(Journal journal, BenefitUse use, in Facts facts)
    {
        journal.Attach(use);
        journal.Record(new MemberEvent
        {
            Id = $"v:{use.Id}", MemberId = use.MemberId, Kind = use.IsUndo ? MemberEventKind.BenefitUseUndone : MemberEventKind.BenefitUsed,
            At = use.At, Subject = use.Benefit, Reason = use.Reason, Author = use.Author, DealerId = use.DealerId,
        });
        var after = facts.State.After(use);
        if (after != facts.State) journal.Attach(after, facts.ETag);
    }

    private async ValueTask<(BenefitState State, string? ETag)> State(MemberId memberId, CancellationToken cancellation)
    {
        var stored = await store.Read<BenefitState>(memberId, BenefitState.Id, cancellation);
        return (stored?.Value ?? new BenefitState { MemberId = memberId }, stored?.ETag);
    }

    private static BenefitUsed Used(BenefitUse use, bool isNew) =>
        new(use.Benefit, use.Key, use.DealerId, use.At, use.Period, use.Left, isNew);

    private static BenefitUndone Undone(BenefitUse undo) => new(undo.Benefit, undo.Key, undo.At, undo.Period, undo.Left);
}
