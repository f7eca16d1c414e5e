using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Club.Tiers;

namespace Club.Ledger;

/// <summary>Loads an account, lets a pure decision work on it, commits; a conflict loads and decides again, a bounded number of times.</summary>
public sealed class MemberLedger(IClubStore store, ProgrammeVersions programmes, ProgrammeLibrary library, ClubCalendar calendar)
{
    private const int Attempts = 20;

    /// <summary>
    /// Decides and commits. The decision may run several times, each time on a fresh account; it posts to the journal or leaves it empty.
    /// </summary>
    /// <returns>The ids that already existed and stopped the commit (empty when it went through), and the decision's last answer.</returns>
    /// <exception cref="StoreException">Too many conflicts: the message is to be delivered again.</exception>
    public Task<(T Answer, IReadOnlyList<string> Existing)> Change<T>(string memberId, Func<Journal, ValueTask<T>> decide, CancellationToken cancellation) =>
        Change(memberId, null, decide, cancellation);

    /// <summary>The same for an account that was found just now: it is read again only after a conflict.</summary>
    public Task<(T Answer, IReadOnlyList<string> Existing)> Change<T>(Document account, Func<Journal, ValueTask<T>> decide, CancellationToken cancellation) =>
        Change(account.Partition, account, decide, cancellation);

    private async Task<(T Answer, IReadOnlyList<string> Existing)> Change<T>(
        string memberId, Document? found, Func<Journal, ValueTask<T>> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await library.Refresh(cancellation);
            var stored = attempt == 1 && found is not null ? found.ToStored<Account>() : await store.Read<Account>(memberId, Account.Id, cancellation);
            if (stored?.Value.MergedInto is { } survivor)
            {
                memberId = survivor;
                continue;
            }
            var before = stored is null ? New(memberId) : await WithDates(stored.Value, cancellation);
            var journal = new Journal(programmes, before, calendar.Now, calendar.Today);
            var answer = await decide(journal);
            if (journal.IsEmpty && journal.Account == before) return (answer, []);
            Write[] writes = [.. journal.Writes, journal.Account.ToWrite(stored?.ETag)];
            switch (await store.Commit(memberId, writes, cancellation))
            {
                case CommitResult.Written:
                    return (answer, []);
                case CommitResult.Exists exists when exists.Ids.Any(id => id != Account.Id):
                    return (answer, [.. exists.Ids.Where(id => id != Account.Id)]);
                default:
                    Telemetry.Conflicts.Add(1);
                    await Backoff.After(attempt, cancellation);
                    break;
            }
        }
        throw new StoreException($"The account of member {memberId} changed {Attempts} times while a change was being decided.");
    }

    /// <summary>The account; one that was never written to is empty.</summary>
    public async ValueTask<Account> Load(string memberId, CancellationToken cancellation)
    {
        await library.Refresh(cancellation);
        while (true)
        {
            var stored = await store.Read<Account>(memberId, Account.Id, cancellation);
            if (stored?.Value.MergedInto is not { } survivor) return stored is null ? New(memberId) : await WithDates(stored.Value, cancellation);
            memberId = survivor;
        }
    }

    /// <summary>A new version of the programme may look further back than the account kept dates for: the ledger has them.</summary>
    private async ValueTask<Account> WithDates(Account account, CancellationToken cancellation) =>
        account.FoldedUntil is null || !TierRules.NeedsDates(programmes.Current, account.EarnedTier, account.FoldedUntil, calendar.Today)
            ? account
            : account with { Activity = ActivityRules.Of(await store.Entries(account, cancellation)), FoldedUntil = null };

    public Account New(string memberId) => new() { MemberId = memberId, Tier = TierRules.Initial(programmes.Current, calendar.Today) };
}
