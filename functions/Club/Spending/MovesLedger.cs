using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>Carries out what somebody asks for of a member's points: holds whose time is over free theirs first, so that nobody waits for a
/// sweep.</summary>
public sealed class MovesLedger(IClubStore store, MemberLedger ledger)
{
    /// <inheritdoc cref="MemberLedger.Run{TFacts, T}"/>
    public Task<Outcome<Answered<T>>> Run<TFacts, T>(MemberId memberId, Command command, Caller caller, Gather<TFacts> gather,
        Func<Journal, TFacts, Outcome<T>> decide, CancellationToken cancellation) =>
        ledger.Run(memberId, command, caller, async (journal, token) =>
            (Over: await Over(journal, token), Facts: await gather(journal, token)), (journal, gathered) =>
        {
            RedeemRules.Lapse(journal, gathered.Over);
            return decide(journal, gathered.Facts);
        }, cancellation);

    /// <inheritdoc cref="Run{TFacts, T}"/>
    public Task<Outcome<Answered<T>>> Run<T>(MemberId memberId, Command command, Caller caller, Func<Journal, Outcome<T>> decide,
        CancellationToken cancellation) => Run(memberId, command, caller, (_, _) => default(ValueTask<bool>),
            (journal, _) => decide(journal), cancellation);

    /// <inheritdoc cref="MemberLedger.Told(MemberId, Command, CancellationToken)"/>
    public ValueTask<CommandRecord?> Told(MemberId memberId, Command command, CancellationToken cancellation) =>
        ledger.Told(memberId, command, cancellation);

    /// <summary>Ends the holds of a member whose time is over.</summary>
    public Task Lapse(MemberId memberId, CancellationToken cancellation) => ledger.Change(memberId, Over, (journal, over) =>
    {
        RedeemRules.Lapse(journal, over);
        return true;
    }, cancellation);

    /// <summary>Redemptions whose time is over, as they are stored.</summary>
    public async ValueTask<IReadOnlyList<Stored<Redemption>>> Over(Journal journal, CancellationToken cancellation)
    {
        var over = new List<Stored<Redemption>>();
        foreach (var hold in journal.Account.Holds ?? [])
            if (RedeemRules.IsOver(hold, journal.RecordedAt)
                && await store.Read<Redemption>(journal.Account.MemberId, hold.Id, cancellation) is { } stored)
                over.Add(stored);
        return over;
    }
}
