using System.Text;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Explaining;

/// <summary>What a transaction would bring if it came now. Nothing is recorded, no budget is drawn on.</summary>
/// <param name="MemberId">Null when the customer is not known: priced as for a new member.</param>
/// <param name="TierAfter">The tier after it.</param>
public sealed record PricePreview(
    string ProgrammeVersion, MemberId? MemberId, IReadOnlyList<PreviewEntry> Entries, IReadOnlyList<NearlyMatched> Nearly,
    string TierBefore,
    string TierAfter);

/// <summary>What the entry in one wallet would be.</summary>
public sealed record PreviewEntry(WalletCode Wallet, Points Points, Points Balance,
    IReadOnlyList<LotLine> Lots, IReadOnlyList<ExplainedLine> Explanation);

/// <summary>Prices a transaction without recording it.</summary>
public sealed class Preview(ClubCalendar calendar, Claims claims, MemberLedger ledger, Budgets budgets, IPlanBudgets dealers,
    IClubStore store)
{
    /// <param name="message">A CloudEvent as the queue takes it.</param>
    /// <param name="rules">Those of now.</param>
    /// <param name="by">The programme that judges, such as a draft; null: the version in force when it happened.</param>
    public async Task<Outcome<PricePreview>> Price(ReadOnlyMemory<byte> message, ProgrammeVersions rules, Programme? by,
        CancellationToken cancellation)
    {
        var versions = by is null ? rules : new ProgrammeVersions(rules.Today, by, rules.Plans);
        var read = new TransactionReader(calendar).Read(Encoding.UTF8.GetString(message.Span), versions);
        if (read.Problem is { } problem) return problem;
        if (read.Value is not Incoming.Recorded { Transaction: var transaction, Member: var member, ContentHash: var contentHash })
            return new Problem("preview-type", $"Only {TransactionReader.Recorded} can be priced.", "$.type");

        var memberId = member.MemberId ?? (await claims.Find(member.Identity!.Value, cancellation)).MemberId;
        var account = memberId is { } known ? await ledger.Load(known, rules, cancellation) : ledger.New(new MemberId("preview"), rules);
        var profile = memberId is null ? null : (await store.Read<Profile>(account.MemberId, Profile.Id, cancellation))?.Value;
        if (memberId is not null && profile is null)
            return new Problem("unknown-member", $"Member \"{memberId}\" is unknown.", "$.data.member.memberId");
        var journal = Journal.Unsealed(versions, account, calendar.Now, rules.Today);
        var history = CapHistory.IsAsked(journal.ProgrammeOf(transaction), transaction.On, journal.Today)
            ? await store.Entries(account, cancellation) : [];
        var priced = AccrualRules.Price(journal, transaction, profile, history);
        foreach (var (budget, wanted) in BudgetRules.Wanted(priced))
            priced = BudgetRules.Cut(priced, transaction.On, budget,
                await budgets.Estimate(priced.Programme.Id, budget, wanted, cancellation));
        if (PlanBudgetRules.Cost(priced) is { Fen: > 0 } cost)
            priced = PlanBudgetRules.Cut(priced, transaction.On,
                await dealers.Estimate(transaction.DealerId!.Value, transaction.On, cost, cancellation));
        var awards = EarningRules.Evaluate(priced.Programme, transaction, priced.Facts);
        AccrualRules.Book(journal, transaction, contentHash, priced);
        return new PricePreview(
            priced.Programme.Version, memberId is null ? null : account.MemberId,
            [.. journal.Entries.Select(entry =>
            new PreviewEntry(entry.Wallet, entry.Points, entry.Balance, entry.Lots, ExplainedLine.Of(entry.Explanation)))],
            Explain.Nearly(priced.Programme, transaction, priced.Facts, awards), ledger.Now(account, rules).Tier.Code,
            journal.Account.Tier.Code);
    }
}
