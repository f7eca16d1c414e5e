using Club.Benefits;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.Running;

/// <param name="Differences">What is wrong, one sentence each.</param>
public sealed record VerifyReport(long Members, long Entries, IReadOnlyList<string> Differences);

/// <summary>Follows every member's chain of entries and compares what it adds up to with the account; looks whether merges have ended.</summary>
public sealed class LedgerVerifier(IClubStore store, ProgrammeVersions programmes, MessageKeys keys, DocumentVerifier documents, MergeVerifier merges)
{
    private const int MostDifferences = 1000;

    public async Task<VerifyReport> Verify(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        long members = 0, entries = 0;
        var differences = new List<string>();
        var bookmark = (string?)null;
        var tiers = new Dictionary<string, string>();
        while (differences.Count < MostDifferences)
        {
            ChangePage page;
            try
            {
                page = await store.Changes(bookmark, cancellation: cancellation);
            }
            catch (StoreException fault)
            {
                differences.Add($"{fault.Message} What was to come after it was not looked at.");
                break;
            }
            if (page.Documents.Count == 0) break;
            bookmark = page.Bookmark;
            foreach (var document in page.Documents) await Each(document, Look, differences, cancellation);

            async Task Look(Document document)
            {
                differences.AddRange(await documents.Verify(document, cancellation));
                switch (document.Type)
                {
                    case "account":
                        members++;
                        var account = document.As<Account>();
                        entries += await Verify(account, differences, cancellation);
                        differences.AddRange((await merges.Verify(account, cancellation)).Select(difference => $"Member {account.MemberId}: {difference}"));
                        if (account.Tier.Code != programmes.Current.Tiers[0].Code) tiers.TryAdd(account.MemberId, programmes.Current.Tiers[0].Code);
                        if (members % 1000 == 0) progress?.Report(members);
                        break;
                    case "entry" when document.As<Entry>() is { Sequence: 1 } first && await store.Read(first.MemberId, Ledger.Account.Id, cancellation) is null:
                        differences.Add($"Member {first.MemberId}: there are entries and no account.");
                        break;
                    case "benefits" when await store.Read<BenefitState>(document.Partition, BenefitState.Id, cancellation) is { } benefits:
                        await Verify(benefits.Value, differences, cancellation);
                        break;
                    case "event" when document.As<MemberEvent>() is { Kind: MemberEventKind.TierChanged } changed:
                        tiers[changed.MemberId] = changed.To!;
                        break;
                }
            }
        }
        foreach (var (memberId, tier) in tiers)
            if (await Account(memberId, cancellation) is { MergedInto: null } account && account.Tier.Code != tier)
                differences.Add($"Member {memberId}: the account holds tier {account.Tier.Code}, its events end at {tier}.");
        return new VerifyReport(members, entries, differences);
    }

    /// <summary>Each document for itself: what cannot be read is named, and the rest is looked at all the same.</summary>
    private static async Task Each(Document document, Func<Document, Task> look, List<string> differences, CancellationToken cancellation)
    {
        try
        {
            await look(document);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            differences.Add($"Document {document.Id} of {document.Partition} ({document.Type}), or what belongs to it, cannot be read: {exception.Message}");
        }
    }

    /// <summary>Null when there is none that can be read; then that was told before.</summary>
    private async Task<Account?> Account(string memberId, CancellationToken cancellation)
    {
        try
        {
            return (await store.Read<Account>(memberId, Ledger.Account.Id, cancellation))?.Value;
        }
        catch (Exception exception) when (exception is StoreException or System.Text.Json.JsonException or FormatException)
        {
            return null;
        }
    }

    /// <returns>How many entries were read.</returns>
    public async Task<int> Verify(Account account, List<string> differences, CancellationToken cancellation = default)
    {
        var query = new IndexQuery(
            Entry.SequenceIndex, Entry.SequenceKey(account.MemberId, 1), Entry.SequenceKey(account.MemberId, 9_999_999_999), Partition: account.MemberId, Limit: 1000);
        var entries = new List<Entry>();
        await foreach (var document in store.FindAll(query, cancellation)) entries.Add(document.As<Entry>());
        entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        foreach (var difference in Compare(account, entries)) differences.Add($"Member {account.MemberId}: {difference}");
        if (account.MergedInto is null) await VerifyKeys(account.MemberId, entries, differences, cancellation);
        return entries.Count;
    }

    /// <summary>A key leads to one member, so a message that stands in two ledgers is not the key's in one of them.</summary>
    private async Task VerifyKeys(string memberId, List<Entry> entries, List<string> differences, CancellationToken cancellation)
    {
        foreach (var entry in entries.Where(entry => entry.Kind != EntryKind.Expiry && entry.Id == Entry.IdOf(entry.Source, entry.SourceId)))
        {
            if (await keys.Find(entry.Id, cancellation) is not { } key) differences.Add($"Member {memberId}: entry {entry.Sequence} has no idempotency key.");
            else if (key.Value.MemberId != memberId && await keys.PersonOf(key.Value, cancellation) is var person && person != memberId)
                differences.Add($"Member {memberId}: the idempotency key of entry {entry.Sequence} is that of {person}.");
        }
    }

    /// <summary>Every use that a count tells of must be there, and no other.</summary>
    private async Task Verify(BenefitState state, List<string> differences, CancellationToken cancellation)
    {
        var uses = new List<BenefitUse>();
        await foreach (var document in store.FindAll(new IndexQuery(BenefitUse.MemberIndex, "", IndexQuery.Last, Partition: state.MemberId), cancellation))
            uses.Add(document.As<BenefitUse>());
        foreach (var count in state.Counts)
        {
            var used = uses.Where(use => use.Benefit == count.Benefit && use.Period?.From == count.From).Sum(use => use.IsUndo ? -1 : 1);
            if (used != count.Used) differences.Add($"Member {state.MemberId}: {count.Used} of benefit {count.Benefit} count as used since {count.From:yyyy-MM-dd}, the uses are {used}.");
        }
    }

    /// <summary>Everything that is wrong with a ledger, as sentences; pure.</summary>
    public static IEnumerable<string> Compare(Account account, IReadOnlyList<Entry> entries)
    {
        var wallets = new Dictionary<string, WalletState>();
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
            if (entry.BalanceBefore != wallet.Balance) yield return $"entry {entry.Sequence} starts from {entry.BalanceBefore}, the entries before add up to {wallet.Balance}.";
            foreach (var line in entry.Lots) wallet = wallet.With(line);
            wallets[entry.Wallet] = wallet;
            if (entry.Points != entry.Lots.Sum(line => line.Points)) yield return $"entry {entry.Sequence} says {entry.Points}, its lots say {entry.Lots.Sum(line => line.Points)}.";
            if (entry.Points + entry.Counter.Sum(line => line.Points) is { IsZero: false } open) yield return $"entry {entry.Sequence} and its counter-accounts come to {open}, not to zero.";
            if (entry.Balance != wallet.Balance) yield return $"entry {entry.Sequence} ends at {entry.Balance}, the entries add up to {wallet.Balance}.";
        }
        if (account.Sequence != entries.Count) yield return $"the account counts {account.Sequence} entries, the ledger holds {entries.Count}.";
        // A member who is being merged has entries whose activity is still to follow.
        if (account is { MergedInto: null, Absorbs: null } && !Activity(account).SequenceEqual(ActivitySums.Of(ActivityRules.Of(entries)).Folded(account.FoldedUntil ?? DateOnly.MinValue)))
            yield return "the account sums up another activity than its entries tell.";
        if (account.Head != head) yield return "the account points to another newest entry.";
        foreach (var code in wallets.Keys.Union(account.Wallets.Select(wallet => wallet.Code)))
        {
            var ledger = wallets.GetValueOrDefault(code) ?? new WalletState(code, []);
            if (!account.Wallet(code).Lots.SequenceEqual(ledger.Lots)) yield return $"wallet {code} holds {account.Wallet(code).Balance}, its entries add up to {ledger.Balance}.";
        }
    }

    private static ActivitySums Activity(Account account) => account.Activity.Folded(account.FoldedUntil ?? DateOnly.MinValue);
}
