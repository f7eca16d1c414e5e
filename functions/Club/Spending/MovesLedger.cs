using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Spending;

/// <summary>Carries out what somebody asks for of a member's points: holds whose time is over free theirs first, so that nobody waits for a
/// sweep.</summary>
public sealed class MovesLedger(MemberLedger ledger, Redemptions redemptions)
{
    /// <inheritdoc cref="MemberLedger.Run{TFacts, T}"/>
    public Task<Outcome<Answered<T>>> Run<TFacts, T>(MemberId memberId, Command command, Caller caller, Gather<TFacts> gather,
        Func<Journal, TFacts, Outcome<T>> decide, CancellationToken cancellation) =>
        ledger.Run(memberId, command, caller, async (journal, token) =>
            (Over: await redemptions.Over(journal, token), Facts: await gather(journal, token)), (journal, gathered) =>
        {
            foreach (var one in gathered.Over) RedeemRules.Lapse(journal, one);
            return decide(journal, gathered.Facts);
        }, cancellation);

    /// <inheritdoc cref="Run{TFacts, T}"/>
    public Task<Outcome<Answered<T>>> Run<T>(MemberId memberId, Command command, Caller caller, Func<Journal, Outcome<T>> decide,
        CancellationToken cancellation) => Run(memberId, command, caller, (_, _) => default(ValueTask<bool>),
            (journal, _) => decide(journal), cancellation);
}
