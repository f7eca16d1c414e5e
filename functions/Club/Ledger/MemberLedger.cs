using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Ledger;

/// <summary>Reads what a decision needs besides the account.</summary>
/// <param name="journal">The account as it is. Nothing may be posted: what is to be tried out is tried on a
/// <see cref="Journal.Trial"/>.</param>
public delegate ValueTask<TFacts> Gather<TFacts>(Journal journal, CancellationToken cancellation);

/// <summary>
/// Loads an account, lets a decision work on it, commits. Writers of one member take turns within this process; what another process wrote
/// first, be it a new state or a document that was about to be created, is a conflict: loaded and decided again, a bounded number of times.
/// </summary>
public sealed class MemberLedger(IClubStore store, ProgrammeLibrary library, ClubCalendar calendar, MemberGate gate,
    IEnumerable<ISettles> settlers)
{
    private const int Attempts = 20;
    private readonly ISettles[] _settlers = [.. settlers];

    /// <summary>Merged members lead to one another only so far; a longer way is a circle.</summary>
    internal const int MostSignposts = 20;

    /// <summary>
    /// Gathers, decides and commits; all of it again, on a fresh account, when somebody else wrote first. The decision is pure: it posts to
    /// the journal or leaves it empty, and knows of the rest of the store what was gathered. It finds out by itself what was done before:
    /// <see cref="Journal.Met"/> says which of its documents stood in the way.
    /// </summary>
    /// <param name="gather">Reads what the decision needs. It may look at the journal, and post to a <see cref="Journal.Trial"/> of
    /// it.</param>
    /// <exception cref="StoreException">Too many conflicts, or more than a commit holds: whoever asked tries again.</exception>
    public async Task<T> Change<TFacts, T>(MemberId memberId, Gather<TFacts> gather, Func<Journal, TFacts, T> decide,
        CancellationToken cancellation) =>
        Answer(memberId, await TryChange(memberId, null, gather, decide, int.MaxValue, cancellation));

    /// <summary>The same for what the account alone decides.</summary>
    public async Task<T> Change<T>(MemberId memberId, Func<Journal, T> decide, CancellationToken cancellation) =>
        Answer(memberId, await TryChange(memberId, decide, cancellation));

    /// <summary>The same for an account that was found just now: it is read again only after a conflict.</summary>
    public async Task Change(Document account, Action<Journal> decide, CancellationToken cancellation) =>
        Answer(new MemberId(account.Partition), await TryChange(new MemberId(account.Partition), account, Nothing, (journal, _) =>
        {
            decide(journal);
            return true;
        }, int.MaxValue, cancellation));

    /// <summary>The same for an account that was found just now, and for what it does not decide alone.</summary>
    public async Task<T> Change<TFacts, T>(Document account, Gather<TFacts> gather, Func<Journal, TFacts, T> decide,
        CancellationToken cancellation) =>
        Answer(new MemberId(account.Partition), await TryChange(new MemberId(account.Partition), account, gather, decide, int.MaxValue,
            cancellation));

    /// <summary>The same for a change that may be too large for one commit.</summary>
    /// <param name="largest">An account that takes more bytes is not even opened.</param>
    public Task<LedgerChange<T>> TryChange<TFacts, T>(MemberId memberId, Gather<TFacts> gather, Func<Journal, TFacts, T> decide,
        CancellationToken cancellation, int largest = int.MaxValue) =>
        TryChange(memberId, null, gather, decide, largest, cancellation);

    /// <inheritdoc cref="TryChange{TFacts, T}(MemberId, Gather{TFacts}, Func{Journal, TFacts, T}, CancellationToken, int)"/>
    public Task<LedgerChange<T>> TryChange<T>(MemberId memberId, Func<Journal, T> decide, CancellationToken cancellation) =>
        TryChange(memberId, null, Nothing, (journal, _) => decide(journal), int.MaxValue, cancellation);

    /// <summary>
    /// The same for what a caller asks for. With a key, the answer is kept in the commit that carries it out, and whoever asks for the same
    /// again is given it; a refusal changes nothing and is not kept.
    /// </summary>
    /// <param name="command">Null: the caller gave no key, and the change is told from a repeat by its own means.</param>
    /// <returns>Problem <c>different-content</c>: the key came before with something else.</returns>
    public Task<Outcome<Answered<T>>> Run<TFacts, T>(MemberId memberId, Command? command, Caller caller, Gather<TFacts> gather,
        Func<Journal, TFacts, Outcome<T>> decide, CancellationToken cancellation) =>
        Change(memberId, async (journal, token) => await Told(journal.Through.Concat(journal.Account.Names), command, token) is { } told
            ? (told, default(TFacts)!) : ((CommandRecord?)null, await gather(journal, token)), (journal, facts) =>
        {
            if (facts.Item1 is { } told) return told.Again<T>(command!);
            var decided = decide(journal, facts.Item2);
            if (decided.Problem is { } problem)
            {
                journal.Discard();
                return problem;
            }
            if (command is not null) journal.Attach(CommandRecord.Of(command, caller.Name, journal.RecordedAt, decided.Value));
            return new Answered<T>(decided.Value, IsRepeat: false);
        }, cancellation);

    /// <inheritdoc cref="Run{TFacts, T}"/>
    public Task<Outcome<Answered<T>>> Run<T>(MemberId memberId, Command? command, Caller caller, Func<Journal, Outcome<T>> decide,
        CancellationToken cancellation) => Run(memberId, command, caller, Nothing, (journal, _) => decide(journal), cancellation);

    /// <summary>What a command was answered, for whoever must know it before <see cref="Run{TFacts, T}"/>; null: it was not carried
    /// out.</summary>
    public async ValueTask<CommandRecord?> Told(MemberId memberId, Command command, CancellationToken cancellation)
    {
        for (var signpost = 0; signpost < MostSignposts; signpost++)
        {
            var account = (await store.Read<Account>(memberId, Account.Id, cancellation))?.Value;
            if (await Told(account?.Names ?? [memberId], command, cancellation) is { } told) return told;
            if (account?.MergedInto is not { } survivor) return null;
            memberId = survivor;
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    /// <summary>The command may have been carried out before a merge, where the member was another one.</summary>
    private async ValueTask<CommandRecord?> Told(IEnumerable<MemberId> memberIds, Command? command, CancellationToken cancellation)
    {
        if (command is null) return null;
        foreach (var memberId in memberIds.Distinct())
            if (await store.Read<CommandRecord>(memberId, CommandRecord.IdOf(command.Key, command.Scope), cancellation)
                is { } told) return told.Value;
        return null;
    }

    private static ValueTask<bool> Nothing(Journal journal, CancellationToken cancellation) => default;

    private static T Answer<T>(MemberId memberId, LedgerChange<T> change) => change switch
    {
        LedgerChange<T>.Decided decided => decided.Answer,
        LedgerChange<T>.TooLarge large => throw new StoreException($"A change of member {memberId} cannot be stored. {large.Reason}"),
        _ => throw new InvalidOperationException("A change is decided or too large."),
    };

    private async Task<LedgerChange<T>> TryChange<TFacts, T>(
        MemberId memberId, Document? found, Gather<TFacts> gather, Func<Journal, TFacts, T> decide, int largest,
        CancellationToken cancellation)
    {
        var through = new List<MemberId>(1);
        while (through.Count < MostSignposts)
        {
            through.Add(memberId);
            using var turn = await gate.Enter(memberId, cancellation);
            var (change, survivor) = await ChangeOne(through, found, gather, decide, largest, cancellation);
            if (change is not null) return change;
            (memberId, found) = (survivor!.Value, null);
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    /// <returns>Or the member into whom this one was merged.</returns>
    private async Task<(LedgerChange<T>? Change, MemberId? Survivor)> ChangeOne<TFacts, T>(
        IReadOnlyList<MemberId> through, Document? found, Gather<TFacts> gather, Func<Journal, TFacts, T> decide, int largest,
        CancellationToken cancellation)
    {
        var (memberId, met) = (through[^1], new HashSet<string>());
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var document = found ?? await store.Read(memberId, Account.Id, cancellation);
            found = null;
            var rules = await library.Now(cancellation);
            if (document?.Json.Length > largest)
                return (new LedgerChange<T>.TooLarge(
                    $"The account takes {document.Json.Length} bytes; {largest} are the most to which it can grow.", IsFull: true), null);
            var stored = document?.ToStored<Account>();
            if (stored?.Value.MergedInto is { } survivor) return (null, survivor);
            var before = stored is null ? New(memberId, rules) : await Complete(rules.Current, stored.Value, cancellation);
            var journal = new Journal(rules, before, calendar.Now, rules.Today, met, through);
            var answer = decide(journal, await gather(journal, cancellation));
            if (journal.IsEmpty && journal.Account == before) return (new LedgerChange<T>.Decided(answer), null);
            foreach (var settler in _settlers) journal.Account = settler.Due(journal.Programme, journal.Account);
            Write[] writes = [.. journal.Writes, journal.Account.ToWrite(stored?.ETag)];
            if (StoreArguments.Excess(writes) is { } reason) return (new LedgerChange<T>.TooLarge(reason, IsFull: false), null);
            var result = await store.Commit(memberId, writes, cancellation);
            if (result is CommitResult.Written) return (new LedgerChange<T>.Decided(answer), null);
            Telemetry.Conflicts.Add(1);
            // What is learnt is no lost attempt: a store may name what stands in the way one by one.
            var known = met.Count;
            if (result is CommitResult.Exists exists) met.UnionWith(exists.Ids.Where(id => id != Account.Id));
            if (met.Count > known) attempt--;
            else await Backoff.After(attempt, cancellation);
        }
        throw new StoreException($"The account of member {memberId} changed {Attempts} times while a change was being decided.");
    }

    /// <summary>The account; one that was never written to is empty.</summary>
    public async ValueTask<Account> Load(MemberId memberId, CancellationToken cancellation) =>
        await Load(memberId, await library.Now(cancellation), cancellation);

    /// <inheritdoc cref="Load(MemberId, CancellationToken)"/>
    /// <param name="rules">Those by which whoever asks judges.</param>
    public async ValueTask<Account> Load(MemberId memberId, ProgrammeVersions rules, CancellationToken cancellation)
    {
        for (var signpost = 0; signpost < MostSignposts; signpost++)
        {
            var stored = await store.Read<Account>(memberId, Account.Id, cancellation);
            if (stored?.Value.MergedInto is not { } survivor)
                return stored is null ? New(memberId, rules) : await Complete(rules.Current, stored.Value, cancellation);
            memberId = survivor;
        }
        throw new StoreException($"Member {memberId} was merged in a circle.");
    }

    /// <summary>An entry of the member, in whose ledger it stands now or stood before a merge.</summary>
    public async ValueTask<Entry?> FindEntry(MemberId memberId, string entryId, CancellationToken cancellation)
    {
        if (await store.Read<Entry>(memberId, entryId, cancellation) is { } entry) return entry.Value;
        var now = (await Load(memberId, cancellation)).MemberId;
        return now == memberId ? null : (await store.Read<Entry>(now, entryId, cancellation))?.Value;
    }

    /// <summary>The account as it is at this moment in the brand's zone, whether or not a sweep has come by since midnight. Nothing is
    /// written.</summary>
    public async ValueTask<Account> Now(MemberId memberId, CancellationToken cancellation) =>
        await Now(memberId, await library.Now(cancellation), cancellation);

    /// <inheritdoc cref="Now(MemberId, CancellationToken)"/>
    /// <param name="rules">Those by which whoever asks judges.</param>
    public async ValueTask<Account> Now(MemberId memberId, ProgrammeVersions rules, CancellationToken cancellation) =>
        Now(await Load(memberId, rules, cancellation), rules);

    /// <inheritdoc cref="Now(MemberId, CancellationToken)"/>
    public Account Now(Account account, ProgrammeVersions rules)
    {
        if (account.MergedInto is not null) return account;
        var journal = Journal.Unsealed(rules, account, calendar.Now, rules.Today);
        foreach (var settler in _settlers) settler.Review(journal);
        return journal.Account;
    }

    private async ValueTask<Account> Complete(Programme programme, Account account, CancellationToken cancellation)
    {
        foreach (var settler in _settlers) account = await settler.Complete(programme, account, cancellation);
        return account;
    }

    /// <summary>Takes over what stands in the account of a member who turned out to be this one.</summary>
    public void Join(Journal journal, Account other)
    {
        foreach (var settler in _settlers) settler.Join(journal, other);
        journal.Account = journal.Account.Absorbing(other);
    }

    /// <summary>The account of a member for whom nothing was booked yet.</summary>
    public Account New(MemberId memberId, ProgrammeVersions rules)
    {
        var account = new Account { MemberId = memberId, Tier = new TierState(new TierCode(""), rules.Today, null) };
        foreach (var settler in _settlers) account = settler.Open(rules.Current, account, rules.Today);
        return account;
    }
}
