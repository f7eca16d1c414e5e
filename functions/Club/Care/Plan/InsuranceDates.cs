using Club.Ledger;
using Club.Store;

namespace Club.Care;

/// <summary>Follows the ledger: keeps with the account when the newest insurance was bought, so that its end can be told. Only the newest
/// date counts, so it may be told again.</summary>
public sealed class InsuranceDates(IClubStore store, MemberLedger ledger) : IFollows
{
    /// <summary>The category of a bill's line that is an insurance 保险.</summary>
    public const string Category = "insurance";

    public string Name => "insurance";

    public async Task Follow(Document happened, CancellationToken cancellation)
    {
        if (happened.Type != "entry") return;
        var entry = happened.As<Entry>();
        if (IsInsurance(entry))
            await Change(entry, account => account.InsuredOn >= entry.On ? account : account with { InsuredOn = entry.On }, cancellation);
        else if (entry.Cause is Cause.Reversal { Original: var original }
            && await store.Read<Entry>(entry.MemberId, original, cancellation) is { Value: var bill } && IsInsurance(bill)
            && entry.Explanation.Any(line => line is { LineId: { } id, Amount: not null } && LinesOf(bill).Contains(id)))
            // The one before is not looked for: rather no reminder than one of an insurance that was taken back.
            await Change(entry, account => account.InsuredOn == bill.On ? account with { InsuredOn = null } : account, cancellation);
    }

    private static bool IsInsurance(Entry entry) => LinesOf(entry).Any();

    private static IEnumerable<string> LinesOf(Entry entry) => entry.Cause is Cause.Accrual { Inputs: { } inputs }
        ? inputs.Lines.Where(line => line.Category == Category).Select(line => line.LineId) : [];

    private Task<bool> Change(Entry entry, Func<Account, Account> change, CancellationToken cancellation) =>
        ledger.Change(entry.MemberId, journal =>
        {
            journal.Account = change(journal.Account);
            return true;
        }, cancellation);
}
