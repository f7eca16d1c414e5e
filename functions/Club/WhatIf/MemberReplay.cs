using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Tiers;
using Club.Transactions;
using Club.Value;

namespace Club.WhatIf;

/// <summary>What a budget gives of the wanted points, and what it gave to others before.</summary>
public delegate BudgetGrant BudgetPromise(Budget budget, Points wanted);

/// <summary>
/// One member's history played again under a programme: transactions are priced anew, returns and confirmations follow them, lots lapse on
/// their day, tiers are judged as they would have been. Pure.
/// </summary>
public sealed class MemberReplay
{
    private readonly ProgrammeVersions _programmes;
    private readonly ProgrammeVersions _recorded;
    private readonly ClubCalendar _calendar;
    private readonly Profile? _profile;
    private readonly BudgetPromise _promise;
    private readonly Dictionary<string, List<Entry>> _originals = [];
    private readonly Dictionary<string, Reversed> _reversed = [];
    private readonly MoveReplay _moves = new();
    private readonly List<Entry> _entries = [];
    private IReadOnlyList<Entry> _history = [];
    private Account? _account;
    private bool _isGiven;

    /// <param name="programmes">The programme under which the history is played.</param>
    /// <param name="recorded">The versions that judged it: facts about the member that a version asked for are kept with the
    /// entries.</param>
    /// <param name="profile">What is known of the member now, for what no version asked for.</param>
    public MemberReplay(ProgrammeVersions programmes, ProgrammeVersions recorded, ClubCalendar calendar, Profile? profile,
        BudgetPromise promise) =>
        (_programmes, _recorded, _calendar, _profile, _promise) = (programmes, recorded, calendar, profile, promise);

    /// <summary>The entries that would stand in the ledger, expiry included.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Transactions whose inputs were not kept, so that they could not be played.</summary>
    public int Skipped { get; private set; }

    /// <summary>Redemptions that could not have been paid for.</summary>
    public int Unaffordable => _moves.Unaffordable;

    /// <param name="real">The member's account as it is.</param>
    /// <param name="history">The member's entries by ascending sequence.</param>
    /// <param name="today">The business date up to which lots lapse and tiers are judged.</param>
    /// <returns>The account as it would be.</returns>
    public Account Play(Account real, IReadOnlyList<Entry> history, DateOnly today)
    {
        _history = history;
        var since = history.Count > 0 ? _calendar.DateOf(history[0].RecordedAt) : today;
        _account = new Account
        {
            MemberId = real.MemberId, Tier = TierRules.Initial(_programmes.On(since), since),
            Visits = _programmes.On(since).Value is { } terms ? VisitRules.None(terms) : null,
        };
        var played = new HashSet<(string, string)>();
        foreach (var entry in history)
        {
            if (entry.Cause is Cause.Expiry || (entry.Cause is not Cause.Accrual && !played.Add((entry.Source, entry.SourceId))))
                continue;
            Advance(_calendar.DateOf(entry.RecordedAt));
            Give(real.Grant, entry.RecordedAt);
            Play(entry);
        }
        Advance(today);
        Give(real.Grant, DateTimeOffset.MaxValue);
        Decide(_calendar.At(today, TimeOnly.MinValue), today, TierPosting.Review);
        return _account;
    }

    private void Play(Entry entry)
    {
        var (at, today) = (entry.RecordedAt, _calendar.DateOf(entry.RecordedAt));
        switch (entry.Cause)
        {
            case Cause.Accrual when entry.ToTransaction() is { } transaction:
                Decide(at, today, journal =>
                    _originals[entry.Id] = [.. AccrualRules.Book(journal, transaction, "", Price(journal, entry, transaction))]);
                break;
            case Cause.Accrual when entry.Id == Entry.IdOf(entry.Source, entry.SourceId):
                Skipped++;
                break;
            case Cause.Reversal reversal when _originals.TryGetValue(OriginalOf(reversal.Original), out var originals):
                Decide(at, today, journal => Reverse(journal, entry, OriginalOf(reversal.Original), originals));
                break;
            case Cause.Release release when _originals.TryGetValue(OriginalOf(release.Original), out var originals):
                Decide(at, today, journal => ReleaseRules.Release(journal,
                    new Confirmation(entry.Source, entry.SourceId, entry.At, entry.On, "", release.Event), originals, ""));
                break;
            case Cause.Moved moved:
                Decide(at, today, journal => _moves.Play(journal, entry, moved.Facts));
                break;
        }
    }

    private Priced Price(Journal journal, Entry entry, Transaction transaction)
    {
        TierPosting.Review(journal);
        var programme = journal.ProgrammeOf(transaction);
        var judge = _recorded.Find(entry.ProgrammeVersion, entry.DealerId, entry.At);
        var facts = FactRules.Of(programme, journal.Account, _profile, transaction);
        if (judge is not null && judge.AsksMember(transaction).CoversProfileOf(programme.AsksMember(transaction)))
            facts = entry.Inputs!.ToFacts() with { Tier = facts.Tier, FirstCategories = facts.FirstCategories };
        var priced = AccrualRules.Price(journal, transaction, facts, _entries);
        foreach (var (budget, wanted) in BudgetRules.Wanted(priced))
        {
            // Who asked a budget for the same gets what it got, as far as the budget goes: the order of members is not the order of time.
            var got = Got(judge, entry, budget.Code);
            priced = BudgetRules.Cut(priced, transaction.On, budget, _promise(budget, got.Wanted == wanted ? got.Granted : wanted));
        }
        return PlanBudgetRules.Cost(priced) is { Fen: > 0 } cost
            ? PlanBudgetRules.Cut(priced, transaction.On, Paid(judge, programme, entry, cost)) : priced;
    }

    /// <summary>A dealer whose own plan gives the same as then pays what it paid then; what it would pay for more is not known, and
    /// granted.</summary>
    private BudgetShare Paid(Programme? judge, Programme programme, Entry entry, Money cost)
    {
        var lines = BookedWith(entry).SelectMany(other => other.Explanation.Where(line => line.Rule is { } rule
            && judge?.FindRule(rule)?.OfPlan is not null).Select(line => (other.Wallet, line.Points, Cut: (line.Cuts ?? [])
                .Where(cut => cut.Cap.StartsWith(PlanBudgetRules.Budget, StringComparison.Ordinal)).Sum(cut => cut.Points)))).ToArray();
        var wanted = PlanBudgetRules.Cost(programme, lines.Select(line => (line.Wallet, line.Points + line.Cut)));
        var paid = wanted == cost ? PlanBudgetRules.Cost(programme, lines.Select(line => (line.Wallet, line.Points))) : cost;
        return new BudgetShare(paid, Money.Zero, paid);
    }

    private IEnumerable<Entry> BookedWith(Entry entry) => _history.Where(other => other.Cause is Cause.Accrual
        && other.Source == entry.Source && other.SourceId == entry.SourceId);

    /// <summary>What a budget was asked for and granted when the transaction was booked.</summary>
    private (Points Wanted, Points Granted) Got(Programme? judge, Entry entry, string budget)
    {
        var (wanted, granted) = (Points.Zero, Points.Zero);
        foreach (var line in BookedWith(entry).SelectMany(other => other.Explanation))
        {
            if (line.Rule is null || judge?.FindRule(line.Rule)?.Budget != budget) continue;
            granted += line.Points;
            wanted += line.Points + (line.Cuts ?? []).Where(cut => cut.Cap == $"budget:{budget}").Sum(cut => cut.Points);
        }
        return (wanted, granted);
    }

    private void Reverse(Journal journal, Entry entry, string originalId, List<Entry> originals)
    {
        ReversedLine[] lines =
        [
            .. entry.Explanation.Where(line => line is { LineId: not null, Amount: not null }).DistinctBy(line => line.LineId)
                .Select(line => new ReversedLine(line.LineId!, line.Amount!.Value)),
        ];
        var before = _reversed.GetValueOrDefault(originalId) ?? new Reversed { EntryId = originalId };
        var reversal = new Reversal(entry.Source, entry.SourceId, entry.At, entry.On, "", null, lines);
        if (ReversalRules.Reverse(journal, reversal, originals, before, "", null) is null)
            _reversed[originalId] = journal.Documents.OfType<Reversed>().Last();
    }

    /// <summary>Lots lapse on their day, as the hourly sweep lets them.</summary>
    private void Advance(DateOnly today)
    {
        while (_account!.NextLapse is { } lapse && lapse <= today)
            Decide(_calendar.At(lapse, TimeOnly.MinValue), lapse, ExpiryPosting.Expire);
    }

    /// <summary>A tier that staff gave, and that is in force, is given under any programme.</summary>
    private void Give(TierGrant? grant, DateTimeOffset until)
    {
        if (_isGiven || grant is null || grant.GrantedAt > until) return;
        _isGiven = true;
        Decide(grant.GrantedAt, _calendar.DateOf(grant.GrantedAt), journal => TierPosting.Grant(journal, grant, "granted"));
    }

    private void Decide(DateTimeOffset at, DateOnly today, Action<Journal> decide)
    {
        var journal = Journal.Unsealed(_programmes, _account!, at, today);
        decide(journal);
        _account = journal.Account;
        _entries.AddRange(journal.Entries);
    }

    /// <summary>The accrual's id in the default wallet: entries of other wallets add to it.</summary>
    private static string OriginalOf(string id)
    {
        var end = id.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? id : id[..end];
    }
}
