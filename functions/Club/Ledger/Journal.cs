using Club.Earning;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Ledger;

/// <summary>
/// One decision about one account: entries are posted in order, each on top of the one before. Nothing is stored until the whole is
/// committed.
/// </summary>
/// <param name="met">The ids of documents that another writer created first, when this is decided again.</param>
/// <param name="through">The members through whose merges this one was found, itself last.</param>
public sealed class Journal(
    ProgrammeVersions rules, Account account, DateTimeOffset recordedAt, DateOnly today, IReadOnlySet<string>? met = null,
    IReadOnlyList<MemberId>? through = null)
{
    private bool _sealed = true;
    private readonly Account _before = account;
    private readonly List<Entry> _entries = [];
    private readonly List<Write> _writes = [];
    private readonly List<object> _documents = [];

    /// <summary>The version in force today: it judges tiers and what is due.</summary>
    public Programme Programme { get; } = rules.On(today);

    /// <summary>The version that judges what happened on a business date.</summary>
    public Programme ProgrammeOn(DateOnly date) => rules.On(date);

    /// <summary>The version that judges what happened at a dealer, with that dealer's own plan.</summary>
    public Programme ProgrammeOf(Transaction transaction) => rules.On(transaction.On, transaction.DealerId, transaction.At);

    /// <inheritdoc cref="ProgrammeOf(Transaction)"/>
    public Programme ProgrammeOf(Entry entry) => rules.On(entry.On, entry.DealerId, entry.At);

    /// <summary>The version that judged an accrual, with the dealer's own plan as it was then; null when it is not known.</summary>
    public Programme? ProgrammeThatJudged(Entry entry) => rules.Find(entry.ProgrammeVersion, entry.DealerId, entry.At);

    /// <summary>A version by the name that entries keep; null when it is not known.</summary>
    public Programme? ProgrammeNamed(string version) => rules.Find(version);

    public Account Account { get; set; } = account;
    public DateTimeOffset RecordedAt { get; } = recordedAt;
    public DateOnly Today { get; } = today;
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Whether the document was there before: another delivery or another writer created it.</summary>
    public bool Met(string id) => met?.Contains(id) ?? false;

    /// <summary>The members that were asked for and are this one now, itself last.</summary>
    public IReadOnlyList<MemberId> Through { get; } = through ?? [account.MemberId];

    /// <summary>What else changes together with the account.</summary>
    public IReadOnlyList<object> Documents => _documents;
    public bool IsEmpty => _writes.Count == 0;

    /// <summary>Creates of entries and events, and what else changes; see <see cref="Met"/> for what exists.</summary>
    public IReadOnlyList<Write> Writes => _writes;

    /// <summary>A journal that is never committed: its entries have no hashes and it writes nothing.</summary>
    public static Journal Unsealed(ProgrammeVersions rules, Account account, DateTimeOffset recordedAt, DateOnly today) =>
        new(rules, account, recordedAt, today) { _sealed = false };

    /// <summary>Another journal on the same account, which is never committed.</summary>
    public Journal Trial() => new(rules, Account, RecordedAt, Today, met, Through) { _sealed = false };

    /// <summary>As if nothing had been decided.</summary>
    public void Discard()
    {
        Account = _before;
        _entries.Clear();
        _writes.Clear();
        _documents.Clear();
    }

    /// <summary>Adds an entry: sequence, balances and hash chain are filled in here and nowhere else.</summary>
    public Entry Post(Posting posting)
    {
        var before = Account.Balance(posting.Wallet);
        var after = posting.Lots.Aggregate(Account, (account, line) => account.With(posting.Wallet, line));
        var entry = new Entry
        {
            Id = posting.Id,
            MemberId = Account.MemberId,
            Sequence = Account.Sequence + 1,
            Kind = posting.Cause.Kind,
            Wallet = posting.Wallet,
            At = posting.At,
            On = posting.On,
            RecordedAt = RecordedAt,
            Source = posting.Source,
            SourceId = posting.SourceId,
            DealerId = posting.DealerId,
            SentWith = posting.SentWith,
            ApprovedBy = posting.ApprovedBy,
            Points = posting.Lots.Sum(line => line.Points),
            BalanceBefore = before,
            Balance = after.Balance(posting.Wallet),
            Lots = posting.Lots,
            Counter = posting.Counter ?? CounterLine.Of(posting.Explanation),
            Explanation = posting.Explanation,
            ProgrammeVersion = posting.ProgrammeVersion ?? Programme.Version,
            Inputs = (posting.Cause as Cause.Accrual)?.Inputs,
            ContentHash = (posting.Cause as Cause.Told)?.ContentHash,
            Reverses = (posting.Cause as Cause.Reversal)?.Original,
            Confirms = (posting.Cause as Cause.Release)?.Event,
            Releases = (posting.Cause as Cause.Release)?.Original,
            Move = (posting.Cause as Cause.Moved)?.Facts,
            MergedFrom = posting.MergedFrom,
            PreviousHash = Account.Head,
        };
        if (_sealed)
        {
            (entry, var write) = entry.Seal();
            _writes.Add(write);
        }
        Account = after with
        {
            Sequence = entry.Sequence,
            Head = entry.Hash,
            ActiveOn = ActivityRules.ActiveOn(Account, entry),
        };
        _entries.Add(entry);
        return entry;
    }

    public void Record(MemberEvent happened)
    {
        if (_sealed) _writes.Add(happened.ToCreate());
    }

    /// <summary>A further document of the member's partition that must change together with the account.</summary>
    public void Attach<T>(T document, string? etag = null) where T : class, IStored<T>
    {
        _documents.Add(document);
        if (_sealed) _writes.Add(document.ToWrite(etag));
    }
}

/// <summary>What an entry says before the journal gives it its place in the chain.</summary>
public sealed record Posting(
    string Id,
    Cause Cause,
    WalletCode Wallet,
    DateTimeOffset At,
    DateOnly On,
    string Source,
    string SourceId,
    IReadOnlyList<LotLine> Lots,
    IReadOnlyList<Explanation> Explanation)
{
    /// <summary>Null: those who pay for what the lines tell of.</summary>
    public IReadOnlyList<CounterLine>? Counter { get; init; }
    public DealerId? DealerId { get; init; }
    public string? SentWith { get; init; }
    public string? ApprovedBy { get; init; }
    public MemberId? MergedFrom { get; init; }

    /// <summary>The version that judged it, when that is not the journal's.</summary>
    public string? ProgrammeVersion { get; init; }

    /// <summary>What an entry says, for the ledger of the member that its own became.</summary>
    public static Posting Again(Entry entry) =>
        new(entry.Id, entry.Cause, entry.Wallet, entry.At, entry.On, entry.Source, entry.SourceId, entry.Lots, entry.Explanation)
    {
        Counter = entry.Counter,
        DealerId = entry.DealerId,
        SentWith = entry.SentWith,
        ApprovedBy = entry.ApprovedBy,
        MergedFrom = entry.MergedFrom ?? entry.MemberId,
        ProgrammeVersion = entry.ProgrammeVersion,
    };
}
