using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Earning;
using Club.Kernel;
using Club.Store;

namespace Club.Ledger;

/// <summary>A member that is being merged into the one whose account tells so.</summary>
public sealed record Absorption(MemberId MemberId, DateOnly Since);

/// <summary>The current state of a member's points and tier. Everything in it follows from the member's entries and events.</summary>
public sealed record Account : IStored<Account>
{
    public const string Id = "account";
    public const string TierIndex = "tier";
    private const int MostPastTiers = 8;

    public required MemberId MemberId { get; init; }

    /// <summary>The sequence number of the newest entry; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>The hash of the newest entry.</summary>
    public string? Head { get; init; }

    public IReadOnlyList<WalletState> Wallets { get; init; } = [];
    public required TierState Tier { get; init; }

    /// <summary>A tier that staff gave; null when none is in force.</summary>
    public TierGrant? Grant { get; init; }

    public ActivitySums Activity { get; init; } = ActivitySums.None;

    /// <summary>Activities up to this date may have lost their date; null: none has.</summary>
    public DateOnly? FoldedUntil { get; init; }

    /// <summary>What was used of the caps of the programme; null before the first.</summary>
    public IReadOnlyList<Counter>? Counters { get; init; }

    /// <summary>How often the tier changed so far: each change is an event of its own.</summary>
    public int TierChanges { get; init; }

    /// <summary>Tiers held before, newest first: what happened in their time is judged by them.</summary>
    public IReadOnlyList<PastTier>? PastTiers { get; init; }

    /// <summary>Set when the member was merged into another: nothing is booked here any more.</summary>
    public MemberId? MergedInto { get; init; }

    /// <summary>Set until all entries of a merged member stand in the other member's ledger.</summary>
    public DateOnly? MergeDue { get; init; }

    /// <summary>Members that are being merged into this one; null when there are none. Until they are done this one is not sealed
    /// itself.</summary>
    public IReadOnlyList<Absorption>? Absorbs { get; init; }

    /// <summary>Members whose account went into this one, and those that had gone into theirs; null when there are none.</summary>
    public IReadOnlyList<MemberId>? MergedFrom { get; init; }

    public DateOnly? TierDue { get; init; }

    /// <summary>The business date on which something that was dated ahead, by minutes over midnight, begins to count for the
    /// tier.</summary>
    public DateOnly? TierAhead { get; init; }

    /// <summary>The latest business date on which the member did something that earns; null: never, or it was not kept yet and the entries
    /// tell.</summary>
    public DateOnly? ActiveOn { get; init; }

    /// <summary>The member may have lapsed: whoever books something new looks at the profile.</summary>
    public bool? Lapsed { get; init; }

    /// <summary>The next date on which care has something to say about points or tier.</summary>
    public DateOnly? CareDue { get; init; }

    /// <summary>The warnings about ends that are still ahead; null for none.</summary>
    public IReadOnlyList<Announcement>? Announced { get; init; }

    /// <summary>The business date of the newest insurance that she bought; null: none is known.</summary>
    public DateOnly? InsuredOn { get; init; }

    /// <summary>What the odometers of her cars showed, the car that came last first; null: nothing is known.</summary>
    public IReadOnlyList<DrivenVehicle>? Driven { get; init; }

    /// <summary>Points kept for redemptions that are not finished; null for none.</summary>
    public IReadOnlyList<Hold>? Holds { get; init; }

    /// <summary>What is owed by overdrafts, at most one for each wallet; null for none.</summary>
    public IReadOnlyList<Overdraft>? Overdrafts { get; init; }

    /// <summary>What was spent and given away in periods that are not over; null for nothing.</summary>
    public IReadOnlyList<SpentSum>? Spent { get; init; }

    /// <summary>What classes by spend and visits need of the past; null: they were not asked for, or are to be summed up anew.</summary>
    public VisitSums? Visits { get; init; }

    public WalletState Wallet(WalletCode code) => Wallets.FirstOrDefault(wallet => wallet.Code == code) ?? new WalletState(code, []);

    public Account With(WalletState wallet) => this with { Wallets = [.. Wallets.Where(other => other.Code != wallet.Code), wallet] };

    /// <summary>What the entries of a wallet add up to: its lots, and what holds keep of them.</summary>
    public Points Balance(WalletCode code) => Wallet(code).Balance + HoldsOf(code).Sum(hold => hold.Kept);

    /// <summary>What holds reserve.</summary>
    public Points Held(WalletCode code) => HoldsOf(code).Sum(hold => hold.Kept + hold.Overdrawn);

    /// <summary>What can be spent today, without an overdraft; below zero while more is owed than is there.</summary>
    public Points Available(WalletCode code, DateOnly today) =>
        Wallet(code).Available(today) - HoldsOf(code).Sum(hold => hold.Overdrawn);

    private IEnumerable<Hold> HoldsOf(WalletCode code) => Holds?.Where(hold => hold.Wallet == code) ?? [];

    /// <summary>The account with points kept for a redemption.</summary>
    public Account With(Hold hold) =>
        With(hold.Lines.Aggregate(Wallet(hold.Wallet), (wallet, line) => wallet.With(line))) with { Holds = [.. Holds ?? [], hold] };

    /// <summary>The account with what a hold kept back in its lots.</summary>
    public Account Without(Hold hold) =>
        With(hold.Lines.Aggregate(Wallet(hold.Wallet), (wallet, line) => wallet.With(line.Back()))) with
        {
            Holds = Holds!.Where(other => other != hold).ToArray() is { Length: > 0 } rest ? rest : null,
        };

    /// <summary>The account after a line of an entry.</summary>
    public Account With(WalletCode code, LotLine line)
    {
        var after = With(Wallet(code).With(line));
        return line.Lot == LotLine.All && Holds is { } holds
            ? after with { Holds = [.. holds.Select(hold => hold.Wallet == code ? hold.Active(line) : hold)] } : after;
    }

    /// <summary>Everybody under whose id something of this member's may be kept.</summary>
    [JsonIgnore]
    public IEnumerable<MemberId> Names =>
        (Absorbs ?? []).Select(one => one.MemberId).Concat(MergedFrom ?? []).Prepend(MemberId);

    /// <summary>The account once that of another member went into it.</summary>
    public Account Absorbing(Account other) =>
        this with { MergedFrom = [.. MergedFrom ?? [], other.MemberId, .. other.MergedFrom ?? []] };

    /// <summary>The tier by the rules, whatever was granted.</summary>
    [JsonIgnore] public TierState EarnedTier => Grant?.Earned ?? Tier;

    /// <summary>The code of the tier held on a business date.</summary>
    public TierCode TierOn(DateOnly date)
    {
        if (date >= Tier.Since || PastTiers is null) return Tier.Code;
        foreach (var past in PastTiers)
            if (past.Since <= date) return past.Code;
        return PastTiers is [.., var oldest] ? oldest.Code : Tier.Code;
    }

    /// <summary>The account with another tier; the one before is remembered.</summary>
    public Account With(TierState tier) => tier.Code == Tier.Code
        ? this with { Tier = tier }
        : this with { Tier = tier, TierChanges = TierChanges + 1,
            PastTiers = [new PastTier(Tier.Code, Tier.Since), .. (PastTiers ?? []).Take(MostPastTiers - 1)] };

    static string IStored<Account>.DocumentType => "account";
    static JsonTypeInfo<Account> IStored<Account>.JsonType => LedgerDocuments.Default.Account;

    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(8);
            if (MergedInto is null)
            {
                if (Absorbs is { Count: > 0 } absorbs)
                    keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(absorbs.Min(one => one.Since))));
                // Of points that are half carried over, what was taken from them may still have to come.
                else if (NextLapse is { } lapse) keys.Add(new IndexKey(DueIndex.Points, IndexKeys.Date(lapse)));
                keys.Add(new IndexKey(TierIndex, Tier.Code));
                keys.Add(new IndexKey(DueIndex.Value, Visits is { By: { } by } visits ? ValueKey(by, visits.DueOn ?? DateOnly.MaxValue)
                    : Unjudged));
                if (TierDue is { } tier) keys.Add(new IndexKey(DueIndex.Tier, IndexKeys.Date(tier)));
                if (CareDue is { } care) keys.Add(new IndexKey(DueIndex.Care, IndexKeys.Date(care)));
                if (Holds is { } holds) keys.Add(new IndexKey(DueIndex.Hold, IndexKeys.Moment(holds.Min(hold => hold.Until))));
                if (NextDeadline is { } deadline) keys.Add(new IndexKey(DueIndex.Overdraft, IndexKeys.Date(deadline)));
            }
            else if (MergeDue is { } merge) keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(merge)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }

    /// <summary>The value key of whoever was not judged by any terms yet.</summary>
    public const string Unjudged = "-";

    /// <summary>The value key of whoever was judged by some terms and is to be looked at on a date.</summary>
    public static string ValueKey(string terms, DateOnly on) => $"{terms}:{IndexKeys.Date(on)}";

    /// <summary>The earliest date on which something that is owed has to be settled.</summary>
    [JsonIgnore] public DateOnly? NextDeadline => Overdrafts?.Where(owed => !owed.IsBlocked).Min(owed => (DateOnly?)owed.DueOn);

    /// <summary>The earliest date on which a lot lapses.</summary>
    [JsonIgnore]
    public DateOnly? NextLapse
    {
        get
        {
            DateOnly? next = null;
            foreach (var wallet in Wallets)
                foreach (var lot in wallet.Lots)
                    if (lot.LapsesOn is { } lapse && !(next <= lapse)) next = lapse;
            return next;
        }
    }
}
