using Club.Ledger;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Running;

/// <param name="Differences">What is wrong, one sentence each.</param>
public sealed record VerifyReport(long Members, long Entries, IReadOnlyList<string> Differences);

/// <summary>
/// Reads everything once: each document as what it says it is, then as the features that registered want it (<see cref="IVerifies"/>), and
/// each account with its entries (<see cref="IVerifiesLedger"/>).
/// </summary>
public sealed class Verification(IClubStore store, IServiceProvider services)
{
    private const int MostDifferences = 1000;

    public async Task<VerifyReport> Verify(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var run = new Run(store, [.. services.GetServices<IVerifies>()], [.. services.GetServices<IVerifiesLedger>()]);
        var bookmark = (string?)null;
        while (run.Differences.Count < MostDifferences)
        {
            ChangePage page;
            try
            {
                page = await store.Changes(bookmark, cancellation: cancellation);
            }
            catch (StoreException fault)
            {
                run.Differences.Add($"{fault.Message} What was to come after it was not looked at.");
                break;
            }
            if (page.Documents.Count == 0) break;
            bookmark = page.Bookmark;
            foreach (var document in page.Documents) await run.Look(document, cancellation);
            progress?.Report(run.Members);
        }
        await run.End(cancellation);
        return new VerifyReport(run.Members, run.Entries, run.Differences);
    }

    private sealed class Run(IClubStore store, IReadOnlyList<IVerifies> parts, IReadOnlyList<IVerifiesLedger> ledgerParts)
    {
        public List<string> Differences { get; } = [];
        public long Members { get; private set; }
        public long Entries { get; private set; }

        /// <summary>Each document for itself: what cannot be read is named, and the rest is looked at all the same.</summary>
        public async Task Look(Document document, CancellationToken cancellation)
        {
            try
            {
                StoredTypes.Check(document);
                foreach (var part in parts) await part.Verify(document, Differences.Add, cancellation);
                if (document.Type == Account.Id) await Look(document.As<Account>(), cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                Differences.Add(
                    $"Document {document.Id} of {document.Partition} ({document.Type}), or what belongs to it, cannot be read: {exception.Message}");
            }
        }

        public async Task End(CancellationToken cancellation)
        {
            foreach (var part in parts) await part.End(Differences.Add, cancellation);
        }

        private async Task Look(Account account, CancellationToken cancellation)
        {
            Members++;
            // All that there are: more than the account counts is a difference.
            var all = new IndexQuery(
                Entry.SequenceIndex, Entry.SequenceKey(account.MemberId, 1), Entry.SequenceKey(account.MemberId, 9_999_999_999),
                Partition: account.MemberId, Limit: 1000);
            var entries = new List<Entry>();
            await foreach (var document in store.FindAll(all, cancellation)) entries.Add(document.As<Entry>());
            entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
            Entries += entries.Count;
            foreach (var part in ledgerParts)
                await part.Verify(account, entries, difference => Differences.Add($"Member {account.MemberId}: {difference}"),
                    cancellation);
        }
    }
}
