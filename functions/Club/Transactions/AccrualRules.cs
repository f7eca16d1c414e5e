using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Tiers;
using Club.Value;

namespace Club.Transactions;

/// <summary>What a transaction gives one member, before it is booked.</summary>
/// <param name="Programme">The version that judged it.</param>
/// <param name="Awards">After caps; with those of zero points that a cap left nothing of.</param>
/// <param name="Counters">What is used of the caps once it is booked.</param>
public sealed record Priced(Programme Programme, EarningFacts Facts, IReadOnlyList<Award> Awards, IReadOnlyList<Counter> Counters);

/// <summary>Prices a transaction, and books it: one entry per wallet that earns, and one in the default wallet even when nothing
/// does.</summary>
public static class AccrualRules
{
    /// <summary>Judged by the version in force when it happened, and by the tier held then: a tier that ended is left first, however late
    /// the sweep is.</summary>
    /// <param name="profile">Null when no rule asks for it.</param>
    /// <param name="history">All entries of the member in the store; needed when <see cref="NeedsHistory"/>.</param>
    public static Priced Price(Journal journal, Transaction transaction, Profile? profile, IReadOnlyList<Entry> history)
    {
        TierPosting.Review(journal);
        return Price(journal, transaction, FactRules.Of(journal.ProgrammeOf(transaction), journal.Account, profile, transaction),
            history);
    }

    /// <summary>Whether pricing needs the member's history.</summary>
    public static bool NeedsHistory(Journal journal, Transaction transaction, Profile? profile)
    {
        var programme = journal.ProgrammeOf(transaction);
        if (!CapHistory.IsAsked(programme, transaction.On, journal.Today)) return false;
        TierPosting.Review(journal);
        return CapHistory.IsAsked(programme,
            EarningRules.Evaluate(programme, transaction, FactRules.Of(programme, journal.Account, profile, transaction)), transaction.On,
            journal.Today);
    }

    public static Priced Price(Journal journal, Transaction transaction, EarningFacts facts, IReadOnlyList<Entry> history)
    {
        var programme = journal.ProgrammeOf(transaction);
        var awards = EarningRules.Evaluate(programme, transaction, facts);
        var before = CapHistory.With(journal.Account.Counters ?? [], history.Concat(journal.Entries), journal.ProgrammeOf, transaction.On,
            journal.Today);
        var (capped, counters) = CapRules.Apply(programme, awards, before, transaction.On, journal.Today);
        return new Priced(programme, facts, capped, counters);
    }

    /// <summary>The wallet into which the transaction would give more than a message gives by itself; null when there is none, or somebody
    /// approved it.</summary>
    public static Wallet? NeedsApproval(Transaction transaction, Priced priced, out Points points)
    {
        points = Points.Zero;
        if (transaction.ApprovedBy is not null) return null;
        foreach (var wallet in priced.Programme.Wallets)
        {
            if (wallet.ApproveAbove is not { } most) continue;
            points = priced.Awards.Where(award => award.Wallet == wallet.Code).Sum(award => award.Points);
            if (points > most) return wallet;
        }
        return null;
    }

    public static IReadOnlyList<Entry> Book(Journal journal, Transaction transaction, string contentHash, Priced priced)
    {
        var (programme, facts, awards, counters) = priced;
        var entries = new List<Entry>(1);
        foreach (var wallet in WalletsOf(programme, awards))
        {
            var inWallet = awards.Count == 0 ? awards : [.. awards.Where(award => award.Wallet == wallet.Code)];
            var id = Entry.IdOf(transaction.Source, transaction.Id, wallet == programme.DefaultWallet ? null : wallet.Code);
            var lots = LotRules.Credited(programme, wallet, id, inWallet, transaction.On, transaction.DealerId,
                transaction.Awaits);
            entries.Add(journal.Post(new Posting(
                id, new Cause.Accrual(contentHash, wallet == programme.DefaultWallet ? Inputs.Of(transaction, facts) : null), wallet.Code,
                transaction.At, transaction.On, transaction.Source, transaction.Id,
                LotRules.Credit(journal.Account.Wallet(wallet.Code), wallet, lots.Lines, transaction.On, journal.Today),
                Explain(programme, transaction, inWallet, lots.LotOf))
            {
                DealerId = transaction.DealerId,
                SentWith = transaction.SentWith,
                ApprovedBy = transaction.ApprovedBy,
                ProgrammeVersion = programme.Version,
            }));
        }
        journal.Account = journal.Account with
        {
            Activity = journal.Account.Activity.Plus(ActivityOf(programme, transaction, awards)),
            Counters = counters.Count == 0 ? null : counters,
            Visits = VisitRules.Plus(journal.Programme.Value, journal.Account.Visits, transaction),
        };
        TierPosting.Settle(journal, "earned");
        return entries;
    }

    private static IEnumerable<Wallet> WalletsOf(Programme programme, IReadOnlyList<Award> awards) =>
        programme.Wallets.Where((wallet, index) => index == 0 || awards.Any(award => award.Wallet == wallet.Code));

    private static List<Explanation> Explain(Programme programme, Transaction transaction,
        IReadOnlyList<Award> awards, IReadOnlyDictionary<Award, string> lotOf)
    {
        var explanation = new List<Explanation>(transaction.Lines.Count + 1);
        foreach (var line in transaction.Lines)
        {
            var before = explanation.Count;
            foreach (var award in awards)
                if (award.LineId == line.LineId) explanation.Add(Of(award, line));
            if (explanation.Count == before)
                explanation.Add(new Explanation(line.LineId, line.Category, line.Amount, null, Points.Zero, null));
        }
        foreach (var award in awards)
            if (award.LineId is null) explanation.Add(Of(award, null));
        return explanation;

        Explanation Of(Award award, TransactionLine? line) =>
            new(line?.LineId, line?.Category, line?.Amount, award.Rule, award.Points, award.Calculation)
        {
            Cuts = award.Cuts.Count == 0 ? null : award.Cuts,
            Funding = FundingRules.Split(programme, award.By, award.Points) is { Count: > 0 } funding ? funding : null,
            Lot = award.Points.IsZero ? null : lotOf[award],
        };
    }

    /// <summary>Spend and count are measured once, in the default wallet; points in each.</summary>
    private static IEnumerable<Activity> ActivityOf(Programme programme, Transaction transaction, IReadOnlyList<Award> awards)
    {
        foreach (var line in transaction.Lines)
            yield return new Activity(transaction.On, line.Category, programme.DefaultWallet.Code, Points.Zero, line.Amount, 1);
        foreach (var award in awards)
        {
            var category = award.LineId is null ? transaction.Lines[0].Category
                : transaction.Lines.First(line => line.LineId == award.LineId).Category;
            yield return new Activity(transaction.On, category, award.Wallet, award.Points, Money.Zero, 0);
        }
    }
}
