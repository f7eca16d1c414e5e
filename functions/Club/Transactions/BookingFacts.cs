using Club.Earning;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;

namespace Club.Transactions;

/// <summary>What booking messages of one member has to know besides the account.</summary>
public sealed class BookingFacts
{
    /// <summary>The bills in doubt, by entry id.</summary>
    private Dictionary<string, CheckedBill>? _doubted;

    /// <summary>The digests of what was booked before, by entry id.</summary>
    private Dictionary<string, string?>? _booked;
    private Dictionary<(string EntryId, string Budget), BudgetGrant>? _grants;

    /// <summary>What the dealer pays for its own plan, by entry id.</summary>
    private Dictionary<string, BudgetShare>? _shares;

    /// <summary>Of which entries a rule asks about the person.</summary>
    private HashSet<string>? _asking;

    /// <summary>Of which entries a closed month or year is asked for.</summary>
    private HashSet<string>? _late;

    public Profile? Profile { get; internal set; }

    /// <summary>The profile of somebody who may have lapsed.</summary>
    public Stored<Profile>? Lapsed { get; internal init; }

    /// <summary>All entries in the store; null while nobody asked.</summary>
    public IReadOnlyList<Entry>? History { get; internal set; }

    /// <summary>The account is empty: nothing proves that there is such a member.</summary>
    public bool MayBeNobody { get; internal init; }

    internal void WasBooked(string entryId, string? contentHash) => (_booked ??= [])[entryId] = contentHash;

    internal void IsLate(string entryId) => (_late ??= []).Add(entryId);

    internal void Asks(string entryId) => (_asking ??= []).Add(entryId);

    internal void IsInDoubt(string entryId, CheckedBill bill) => (_doubted ??= [])[entryId] = bill;

    /// <summary>Null when nothing about the bill gives cause for doubt.</summary>
    public CheckedBill? DoubtOf(Incoming.Recorded message) => _doubted?.GetValueOrDefault(message.EntryId);

    /// <summary>Whether it is in such doubt that nothing of it is booked.</summary>
    public bool IsRefused(Incoming.Recorded message) => DoubtOf(message) is { } doubt
        && (doubt.IsFalse || doubt.Severity == CheckSeverity.Refuse && message.Transaction.ApprovedBy is null);

    /// <summary>The bill as it is booked.</summary>
    public Transaction BillOf(Incoming.Recorded message) =>
        message.Transaction.ApprovedBy is null && DoubtOf(message)?.Severity == CheckSeverity.Hold
            ? message.Transaction with { Awaits = CheckedBill.Review } : message.Transaction;

    /// <summary>Whether nothing is to be priced: it was booked, or is of nobody.</summary>
    internal bool IsSettled(Incoming.Recorded message) => _booked?.ContainsKey(message.EntryId) is true || IsNobody(message);

    internal void WasGranted(string entryId, Budget budget, BudgetGrant grant) => (_grants ??= [])[(entryId, budget.Code)] = grant;

    internal void WasPaid(string entryId, BudgetShare share) => (_shares ??= [])[entryId] = share;

    /// <summary>The awards as budgets pay for them.</summary>
    public Priced Paid(Incoming.Recorded message, Priced priced)
    {
        var on = message.Transaction.On;
        var isOfPlan = PlanBudgetRules.Cost(priced).Fen > 0;
        foreach (var (budget, _) in BudgetRules.Wanted(priced)) priced = BudgetRules.Cut(priced, on, budget, GrantOf(message, budget));
        return isOfPlan ? PlanBudgetRules.Cut(priced, on, ShareOf(message)) : priced;
    }

    private BudgetShare ShareOf(Incoming.Recorded message) =>
        _shares is not null && _shares.TryGetValue(message.EntryId, out var share) ? share
        : throw new InvalidOperationException("Nothing was gathered of the dealer's budget.");

    /// <summary>A repeat, or of nobody; null when it is to be priced.</summary>
    public Receipt? Refuse(Incoming.Recorded message)
    {
        if (_booked is not null && _booked.TryGetValue(message.EntryId, out var contentHash)) return Booking.Repeat(contentHash, message);
        return IsNobody(message) ? new Receipt(message, Fate.Rejected, Problems.UnknownMember(message.Member.MemberId!.Value)) : null;
    }

    private bool IsNobody(Incoming.Recorded message) => MayBeNobody && message.Member.MemberId is not null && Profile is null;

    public Priced Price(Journal journal, Incoming.Recorded message) =>
        AccrualRules.Price(journal, message.Transaction, ProfileFor(message), NeedsHistory(journal, message) ? History! : []);

    internal bool NeedsHistory(Journal journal, Incoming.Recorded message) => _late?.Contains(message.EntryId) is true &&
        AccrualRules.NeedsHistory(journal, message.Transaction, ProfileFor(message));

    private Profile? ProfileFor(Incoming.Recorded message) => _asking?.Contains(message.EntryId) is true ? Profile : null;

    /// <exception cref="InvalidOperationException">It was not gathered: a mistake of the code.</exception>
    private BudgetGrant GrantOf(Incoming.Recorded message, Budget budget) =>
        _grants is not null && _grants.TryGetValue((message.EntryId, budget.Code), out var grant) ? grant
            : throw new InvalidOperationException($"Nothing was gathered of budget {budget.Code}.");
}

/// <summary>What following up on an accrual has to know besides the account.</summary>
/// <param name="Booked">What the message itself made before.</param>
/// <param name="Originals">The entries of the accrual, one per wallet; empty when it is not in this ledger.</param>
/// <param name="Reversed">What was taken back of it so far.</param>
public sealed record FollowUpFacts(Entry? Booked, IReadOnlyList<Entry> Originals, Stored<Reversed>? Reversed);
