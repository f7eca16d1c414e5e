using Club.Earning;
using Club.Kernel;

namespace Club.Ledger;

/// <summary>Lapsed lots leave a wallet as one entry per wallet and day. Without a lapsed lot nothing is posted.</summary>
public static class ExpiryPosting
{
    public const string Source = "/club/expiry";

    public static void Expire(Journal journal)
    {
        foreach (var wallet in journal.Account.Wallets.ToArray())
        {
            var lapsed = wallet.Lots.Where(lot => lot.HasLapsed(journal.Today)).ToArray();
            if (lapsed.Length == 0) continue;
            var repaid = Repaid(wallet, lapsed, journal.Today);
            var sourceId = $"{wallet.Code}:{journal.Account.Sequence + 1}";
            journal.Post(new Posting(
                Entry.IdOf($"{Source}/{journal.Account.MemberId}", sourceId), new Cause.Expiry(), wallet.Code,
                journal.RecordedAt, journal.Today, Source, sourceId,
                [.. lapsed.Select(lot => lot.Take(lot.Remaining)), .. repaid],
                [
                    .. lapsed.Select(lot => new Explanation(null, null, null, null, -lot.Remaining,
                        new Calculation(How.Lapsed) { EarnedOn = lot.EarnedOn, LapsedOn = lot.LapsesOn }) { Funding = lot.Payers.Count == 0
                        ? null : FundingRules.Negated(lot.Payers), Lot = lot.Id }),
                    .. repaid.Select(line => new Explanation(null, null, null, null, line.Points,
                    new Calculation(How.RepaidByLapse)) { Lot = line.Lot }),
                ])
            {
                Counter = [new CounterLine(CounterLine.Breakage, lapsed.Sum(lot => lot.Remaining) - repaid.Sum(line => line.Points))],
            });
        }
    }

    /// <summary>A debt counted against the points that could be spent, so what lapses repays it first: expiry takes what the member could
    /// have spent, no more.</summary>
    private static LotLine[] Repaid(WalletState wallet, Lot[] lapsed, DateOnly today)
    {
        if (wallet.Debt is not { } debt) return [];
        var repaid = Points.Min(-debt.Remaining, lapsed.Where(lot => !lot.IsPending(today)).Sum(lot => lot.Remaining));
        return repaid.IsPositive ? [new LotLine(Lot.Debt, repaid, debt.EarnedOn)] : [];
    }
}
