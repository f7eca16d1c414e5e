using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Spending;

/// <summary>Points spent before they are earned 透支: later accruals repay them first, and at the deadline the programme says what happens.
/// Pure.</summary>
public static class OverdraftRules
{
    public const string Source = "/club/overdraft";

    /// <summary>The account that owes so many points more; the deadline is that of the first point owed.</summary>
    public static Account Owe(Journal journal, WalletCode wallet, Points points)
    {
        var days = journal.Programme.Spending?.Overdraft?.Of(journal.Account.Tier.Code)?.Days ?? 0;
        var before = journal.Account.Overdrafts?.FirstOrDefault(owed => owed.Wallet == wallet);
        var owed = before is null ? new Overdraft(wallet, points, journal.Today.AddDays(days + 1))
            : before with { Points = before.Points + points };
        return With(journal.Account, owed);
    }

    /// <summary>No more is owed by an overdraft than the wallet owes at all: whatever repays it repays both.</summary>
    public static Account Settled(Account account)
    {
        foreach (var owed in account.Overdrafts ?? [])
        {
            var debt = -(account.Wallet(owed.Wallet).Debt?.Remaining ?? Points.Zero);
            if (debt < owed.Points) account = With(account, owed with { Points = debt });
        }
        return account;
    }

    /// <summary>What is owed beyond its deadline is bought with cash, which is recorded and not collected, or blocks further
    /// spending.</summary>
    public static void End(Journal journal)
    {
        foreach (var owed in (journal.Account.Overdrafts ?? []).Where(owed => !owed.IsBlocked && owed.DueOn <= journal.Today).ToArray())
        {
            var terms = journal.Programme.Spending;
            if (terms?.Overdraft?.AtDeadline != OverdraftEnd.Buy || terms.Find(owed.Wallet) is not { } wallet)
            {
                journal.Account = With(journal.Account, owed with { IsBlocked = true });
                continue;
            }
            var price = terms.ValueOf(wallet, atPartner: false);
            var sourceId = $"{owed.Wallet}:{journal.Account.Sequence + 1}";
            var debt = journal.Account.Wallet(owed.Wallet).Debt!;
            journal.Post(new Posting(Entry.IdOf($"{Source}/{journal.Account.MemberId}", sourceId),
                new Cause.Moved(EntryKind.Adjustment, new Move(sourceId)), owed.Wallet, journal.RecordedAt, journal.Today, Source, sourceId,
                [new LotLine(Lot.Debt, owed.Points, debt.EarnedOn)],
                [new Explanation(null, null, null, null, owed.Points, new Calculation(How.Bought, owed.Points.Value, price)) { Lot =
                    Lot.Debt }])
            {
                Counter = [new CounterLine(CounterLine.Cash, -owed.Points)],
            });
            journal.Account = Settled(journal.Account);
        }
    }

    /// <summary>What two members who are one owe together, until the earlier deadline.</summary>
    public static IReadOnlyList<Overdraft>? Join(IReadOnlyList<Overdraft>? one, IReadOnlyList<Overdraft>? other) =>
        (one ?? []).Concat(other ?? []).GroupBy(owed => owed.Wallet)
            .Select(same => new Overdraft(same.Key, same.Sum(owed => owed.Points), same.Min(owed => owed.DueOn), same.Any(owed =>
                owed.IsBlocked)))
            .ToArray() is { Length: > 0 } owed ? owed : null;

    private static Account With(Account account, Overdraft owed)
    {
        var rest = (account.Overdrafts ?? []).Where(other => other.Wallet != owed.Wallet);
        Overdraft[] all = owed.Points.IsPositive ? [.. rest, owed] : [.. rest];
        return account with { Overdrafts = all.Length == 0 ? null : all };
    }
}
