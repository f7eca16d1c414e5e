using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Transactions;

namespace Club.WhatIf;

/// <summary>
/// Plays the recorded history of all members, or of a sample, under another programme (DOMAIN P14). Reads only, page by page; the whole is
/// never in memory. Budgets are drawn on in the order in which members are played, so who got the last of a budget may differ from what
/// happened; how much it paid does not.
/// </summary>
public sealed class Replay(IClubStore store, ClubCalendar calendar)
{
    private const int Page = 500;
    private const int Chunk = 50;
    private const int EntriesPerPage = 1000;
    private static readonly ParallelOptions AllCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <param name="recorded">The versions that judged the history, as of now.</param>
    /// <param name="samplePercent">Above 0, at most 100.</param>
    /// <returns>Progress after each page of members; at last the report.</returns>
    public async IAsyncEnumerable<WhatIfStep> Run(ProgrammeVersions recorded, Programme draft, decimal samplePercent,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var today = recorded.Today;
        var played = new ProgrammeVersions(today, draft, recorded.Plans);
        var total = new WhatIfTally(recorded.Current, draft);
        var budgets = new PlayedBudgets();
        var query = new IndexQuery(Account.TierIndex, "", IndexQuery.Last, Limit: Page);
        do
        {
            var page = await store.Find(query, cancellation);
            var accounts = page.Documents.Where(document => IsSampled(document.Partition, samplePercent));
            await Parallel.ForEachAsync(accounts.Chunk(Chunk), AllCores, async (chunk, _) =>
            {
                var tally = new WhatIfTally(recorded.Current, draft);
                foreach (var document in chunk) await Play(document.As<Account>(), played, recorded, budgets, tally, today, cancellation);
                lock (total) total.Add(tally);
            });
            yield return new WhatIfStep(total.Progress, null);
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null);
        yield return new WhatIfStep(null, total.Report(today, samplePercent));
    }

    private async Task Play(Account account, ProgrammeVersions played, ProgrammeVersions recorded, PlayedBudgets budgets, WhatIfTally tally,
        DateOnly today, CancellationToken cancellation)
    {
        var profile = played.Current.AsksProfile ? (await store.Read<Profile>(account.MemberId, Profile.Id, cancellation))?.Value : null;
        var history = await History(account, cancellation);
        var replay = new MemberReplay(played, recorded, calendar, profile, budgets.Promise);
        tally.Add(account, history, replay.Play(account, history, today), replay);
    }

    private async Task<List<Entry>> History(Account account, CancellationToken cancellation)
    {
        var history = new List<Entry>((int)Math.Min(account.Sequence, EntriesPerPage));
        var query = new IndexQuery(
            Entry.SequenceIndex, Entry.SequenceKey(account.MemberId, 1), Entry.SequenceKey(account.MemberId, account.Sequence),
            Partition: account.MemberId, Limit: EntriesPerPage);
        if (account.Sequence > 0)
            await foreach (var document in store.FindAll(query, cancellation)) history.Add(document.As<Entry>());
        history.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return history;
    }

    /// <summary>The same members are chosen each time, whatever else is in the club.</summary>
    private static bool IsSampled(string memberId, decimal percent) => Ids.Hash(memberId) % 10_000 < percent * 100;

    /// <summary>Budgets as the draft would have drawn on them.</summary>
    private sealed class PlayedBudgets
    {
        private readonly ConcurrentDictionary<string, Drawn> _used = new();

        public BudgetGrant Promise(Budget budget, Points wanted)
        {
            var used = _used.GetOrAdd(budget.Code, _ => new Drawn());
            lock (used)
            {
                var before = used.Points;
                var granted = Points.Max(Points.Zero, Points.Min(wanted, budget.Points - before));
                used.Points = before + granted;
                return new BudgetGrant(granted, before);
            }
        }

        private sealed class Drawn
        {
            public Points Points { get; set; }
        }
    }
}
