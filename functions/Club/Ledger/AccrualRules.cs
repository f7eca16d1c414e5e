using Club.Kernel;
using Club.Programmes;
using Club.Tiers;

namespace Club.Ledger;

/// <summary>Books a transaction: one entry per wallet that earns, and one in the default wallet even when nothing does.</summary>
public static class AccrualRules
{
    public static IReadOnlyList<Entry> Accrue(Journal journal, Transaction transaction, string contentHash)
    {
        var programme = journal.Programme;
        var awards = EarningRules.Evaluate(programme, transaction, new EarningFacts(journal.Account.Tier.Code));
        var entries = new List<Entry>(1);
        foreach (var wallet in WalletsOf(programme, awards))
        {
            var inWallet = awards.Count == 0 ? awards : [.. awards.Where(award => award.Wallet == wallet.Code)];
            var id = EntryId(transaction.Source, transaction.Id, programme, wallet.Code);
            entries.Add(journal.Post(new Posting(
                id, EntryKind.Accrual, wallet.Code, transaction.At, transaction.On, transaction.Source, transaction.Id,
                Credit(journal.Account.Wallet(wallet.Code), NewLot(wallet, id, inWallet.Sum(award => award.Points), transaction.On)),
                Explain(transaction, inWallet))
            {
                DealerId = transaction.DealerId,
                ContentHash = contentHash,
            }));
        }
        journal.Account = journal.Account with { Activity = [.. journal.Account.Activity, .. ActivityOf(programme, transaction, awards)] };
        Settle(journal, "earned");
        return entries;
    }

    /// <summary>The id of a transaction's entry in a wallet; the default wallet's is the transaction's idempotency key.</summary>
    public static string EntryId(string source, string sourceId, Programme programme, string wallet)
    {
        var id = Entry.IdOf(source, sourceId);
        return wallet == programme.DefaultWallet.Code ? id : $"{id}:{wallet}";
    }

    /// <summary>Credits a lot; a debt in the wallet is repaid from it first.</summary>
    public static IReadOnlyList<LotLine> Credit(WalletState wallet, LotLine lot)
    {
        var debt = wallet.Lots.FirstOrDefault(other => other.Id == Lot.Debt);
        if (debt is null || !lot.Points.IsPositive) return [lot];
        var repaid = Points.Min(lot.Points, -debt.Remaining);
        var repayment = new LotLine(Lot.Debt, repaid, debt.EarnedOn);
        return repaid == lot.Points ? [repayment] : [lot with { Points = lot.Points - repaid }, repayment];
    }

    /// <summary>After any change of activity: the tier rises at once, and the account says when somebody must look at it next.</summary>
    public static void Settle(Journal journal, string reason)
    {
        var account = journal.Account;
        var tier = TierRules.AfterActivity(journal.Programme, account.Tier, account.Activity, journal.Today);
        var activity = TierRules.Fold(journal.Programme, tier, account.Activity, journal.Today);
        if (tier.Code != account.Tier.Code) journal.Record(MemberEvent.TierChange(account, tier.Code, journal.RecordedAt, reason));
        journal.Account = Due.Of(journal.Programme, account with { Activity = activity, Tier = tier });
    }

    private static IEnumerable<Wallet> WalletsOf(Programme programme, IReadOnlyList<Award> awards) =>
        programme.Wallets.Where((wallet, index) => index == 0 || awards.Any(award => award.Wallet == wallet.Code));

    private static LotLine NewLot(Wallet wallet, string id, Points points, DateOnly earnedOn) =>
        new(id, points, earnedOn, ExpiryRules.LapsesOn(wallet, earnedOn));

    private static List<Explanation> Explain(Transaction transaction, IReadOnlyList<Award> awards)
    {
        var explanation = new List<Explanation>(transaction.Lines.Count + 1);
        foreach (var line in transaction.Lines)
        {
            var before = explanation.Count;
            foreach (var award in awards)
                if (award.LineId == line.LineId)
                    explanation.Add(new Explanation(line.LineId, line.Category, line.Amount, award.Rule, award.Points, award.Arithmetic));
            if (explanation.Count == before)
                explanation.Add(new Explanation(line.LineId, line.Category, line.Amount, null, Points.Zero, "no rule awards points to this line"));
        }
        foreach (var award in awards)
            if (award.LineId is null) explanation.Add(new Explanation(null, null, null, award.Rule, award.Points, award.Arithmetic));
        return explanation;
    }

    /// <summary>Spend and count are measured once, in the default wallet; points in each.</summary>
    private static IEnumerable<Activity> ActivityOf(Programme programme, Transaction transaction, IReadOnlyList<Award> awards)
    {
        foreach (var line in transaction.Lines)
            yield return new Activity(transaction.On, line.Category, programme.DefaultWallet.Code, Points.Zero, line.Amount, 1);
        foreach (var award in awards)
        {
            var category = award.LineId is null ? transaction.Lines[0].Category : transaction.Lines.First(line => line.LineId == award.LineId).Category;
            yield return new Activity(transaction.On, category, award.Wallet, award.Points, Money.Zero, 0);
        }
    }
}
