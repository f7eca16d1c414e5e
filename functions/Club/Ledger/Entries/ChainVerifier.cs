using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

/// <summary>Follows a member's chain of entries and compares what it adds up to with the account.</summary>
internal sealed class ChainVerifier(IClubStore store) : IVerifiesLedger, IVerifies
{
    public Task Verify(Account account, IReadOnlyList<Entry> entries, Action<string> differs, CancellationToken cancellation)
    {
        foreach (var difference in Compare(account, entries)) differs(difference);
        return Task.CompletedTask;
    }

    public async Task Verify(Document document, Action<string> differs, CancellationToken cancellation)
    {
        var owner = document.Type switch { "account" => document.As<Account>().MemberId, "entry" => document.As<Entry>().MemberId, _ =>
            document.Partition };
        if (owner != document.Partition)
            differs($"Document {document.Id} of {document.Partition} ({document.Type}) belongs to somebody else.");
        if (document.Type == "entry" && document.As<Entry>() is { Sequence: 1 } first
            && await store.Read(first.MemberId, Account.Id, cancellation) is null)
            differs($"Member {first.MemberId}: there are entries and no account.");
    }

    /// <summary>Everything that is wrong with a ledger, as sentences; pure.</summary>
    private static IEnumerable<string> Compare(Account account, IReadOnlyList<Entry> entries)
    {
        var wallets = new Dictionary<WalletCode, WalletState>();
        string? head = null;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Sequence != i + 1) { yield return $"entry {entry.Id} has sequence {entry.Sequence}, {i + 1} was expected."; yield break; }
            if (entry.MemberId != account.MemberId) yield return $"entry {entry.Sequence} names another member.";
            if (entry.PreviousHash != head) yield return $"entry {entry.Sequence} does not follow the entry before it.";
            if (entry.Hash != entry.ComputeHash()) yield return $"entry {entry.Sequence} was changed after it was written.";
            head = entry.Hash;
            var wallet = wallets.GetValueOrDefault(entry.Wallet) ?? new WalletState(entry.Wallet, []);
            if (entry.BalanceBefore != wallet.Balance)
                yield return $"entry {entry.Sequence} starts from {entry.BalanceBefore}, the entries before add up to {wallet.Balance}.";
            foreach (var line in entry.Lots) wallet = wallet.With(line);
            wallets[entry.Wallet] = wallet;
            if (entry.Points != entry.Lots.Sum(line => line.Points))
                yield return $"entry {entry.Sequence} says {entry.Points}, its lots say {entry.Lots.Sum(line => line.Points)}.";
            if (entry.Points + entry.Counter.Sum(line => line.Points) is { IsZero: false } open)
                yield return $"entry {entry.Sequence} and its counter-accounts come to {open}, not to zero.";
            if (entry.Balance != wallet.Balance)
                yield return $"entry {entry.Sequence} ends at {entry.Balance}, the entries add up to {wallet.Balance}.";
        }
        if (account.Sequence != entries.Count)
            yield return $"the account counts {account.Sequence} entries, the ledger holds {entries.Count}.";
        // A member who is being merged has entries whose activity is still to follow.
        if (account is { MergedInto: null, Absorbs: null }
            && !Activity(account).SequenceEqual(ActivitySums.Of(ActivityRules.Of(entries)).Folded(account.FoldedUntil
            ?? DateOnly.MinValue)))
            yield return "the account sums up another activity than its entries tell.";
        if (account.ActiveOn is { } active && active != ActivityRules.ActiveOn(entries))
            yield return $"the account was last active on {active:yyyy-MM-dd}, its entries tell otherwise.";
        if (account.Head != head) yield return "the account points to another newest entry.";
        var whole = (account.Holds ?? []).Aggregate(account, (rest, hold) => rest.Without(hold));
        foreach (var code in wallets.Keys.Union(account.Wallets.Select(wallet => wallet.Code)))
        {
            var ledger = wallets.GetValueOrDefault(code) ?? new WalletState(code, []);
            if (!InOrder(whole.Wallet(code)).SequenceEqual(InOrder(ledger)))
                yield return $"wallet {code} holds {account.Balance(code)}, its entries add up to {ledger.Balance}.";
        }
    }

    /// <summary>What a hold took and gave back lies behind what came later.</summary>
    private static IEnumerable<Lot> InOrder(WalletState wallet) =>
        wallet.Lots.OrderBy(lot => lot.Id, StringComparer.Ordinal).ThenBy(lot => lot.LapsesOn);

    private static ActivitySums Activity(Account account) => account.Activity.Folded(account.FoldedUntil ?? DateOnly.MinValue);
}
