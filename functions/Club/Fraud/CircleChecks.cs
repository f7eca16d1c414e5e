using System.Collections.Immutable;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Referrals;
using Club.Store;
using Club.Transactions;

namespace Club.Fraud;

/// <summary>Looks, before a referral is rewarded, whether those who named each other are a circle 循环转介绍. Of two the referral is refused
/// before; of more each could be honest, so somebody looks.</summary>
internal sealed class CircleChecks(IClubStore store, Membership membership, ReferralTies ties, DoubtKeeper keeper) : IChecksBills
{
    /// <summary>A member came by few others: what is read to find a circle is as little.</summary>
    private const int MostAsked = 64;

    public async ValueTask<CheckedBill?> Check(Journal trial, Incoming.Recorded message, CancellationToken cancellation)
    {
        var reward = message.Transaction;
        if (reward.Source != ReferralRules.Source) return null;
        var checks = trial.ProgrammeOn(reward.On).Checks.Where(check => check.Kind == CheckKind.ReferralCircle).ToArray();
        if (checks.Length == 0 || await Find(reward.Id, cancellation) is not { To: { } to } referral) return null;
        var buyer = await membership.Survivor(to, cancellation);
        var referrer = await membership.Survivor(referral.MemberId, cancellation);
        var circle = await Circle(buyer, referrer, checks.Max(check => check.Most), cancellation);
        if (circle is null) return null;
        return await keeper.Keep(trial.Account.MemberId, message, null, [.. checks.Where(check => circle.Count <= check.Most)
            .Select(check => new Finding(check.Id, check.Kind, check.Severity) { Now = circle.Count, Circle = circle })], cancellation);
    }

    /// <param name="most">The most members of a circle that is looked for.</param>
    /// <returns>The members, each named by the one before, beginning with the buyer, whom the last named; null: there is none.</returns>
    private async ValueTask<IReadOnlyList<MemberId>?> Circle(MemberId buyer, MemberId referrer, int most, CancellationToken cancellation)
    {
        var (next, seen) = (new Queue<ImmutableList<MemberId>>([[referrer]]), new HashSet<MemberId> { referrer });
        while (next.TryDequeue(out var chain))
            foreach (var one in await ties.Behind(chain[0], cancellation))
            {
                if (one == buyer) return chain.Insert(0, buyer);
                if (chain.Count + 2 <= most && seen.Count < MostAsked && seen.Add(one)) next.Enqueue(chain.Insert(0, one));
            }
        return null;
    }

    /// <summary>The referral that a reward is for: the member's is named by it, the buyer's by the sale.</summary>
    private async ValueTask<Referral?> Find(string reward, CancellationToken cancellation) =>
        (await store.Read<Referral>(await membership.Survivor(OwnedId.MemberOf(reward), cancellation), reward, cancellation))?.Value
        ?? (await store.Find(IndexQuery.Equal(Referral.SaleIndex, reward), cancellation)).Documents
            .Select(document => document.As<Referral>()).MinBy(one => one.State == ReferralState.Refused);
}
