using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.WhatIf;

/// <summary>Adds up members' real and played histories. Not safe for threads: each has its own, and they are joined.</summary>
internal sealed class WhatIfTally(Programme real, Programme draft)
{
    private const int MostAffected = 20;

    private readonly Side _before = new(real);
    private readonly Side _after = new(draft);
    private readonly Dictionary<(TierCode From, TierCode To), long> _tiers = [];
    private readonly PriorityQueue<MemberCompared, decimal> _affected = new();
    private long _members;
    private long _entries;
    private long _skipped;
    private long _unaffordable;

    public void Add(Account account, IReadOnlyList<Entry> history, Account played, MemberReplay replay)
    {
        _members++;
        _entries += history.Count;
        _skipped += replay.Skipped;
        _unaffordable += replay.Unaffordable;
        var liability = new Compared<decimal>(_before.Add(account, history), _after.Add(played, replay.Entries));
        var tier = (account.Tier.Code, played.Tier.Code);
        _tiers[tier] = _tiers.GetValueOrDefault(tier) + 1;
        var balance = new Compared<Points>(account.Balance(real.DefaultWallet.Code),
            played.Balance(draft.DefaultWallet.Code));
        if (liability.Before != liability.After || balance.Before != balance.After || account.Tier.Code != played.Tier.Code)
            Affected(new MemberCompared(account.MemberId, balance, liability, new Compared<string>(account.Tier.Code, played.Tier.Code)));
    }

    public void Add(WhatIfTally other)
    {
        _members += other._members;
        _entries += other._entries;
        _skipped += other._skipped;
        _unaffordable += other._unaffordable;
        _before.Add(other._before);
        _after.Add(other._after);
        foreach (var (tier, members) in other._tiers) _tiers[tier] = _tiers.GetValueOrDefault(tier) + members;
        while (other._affected.TryDequeue(out var member, out _)) Affected(member);
    }

    public WhatIfProgress Progress => new(_members, _entries);

    public WhatIfReport Report(DateOnly today, decimal samplePercent) => new(
        draft.Id, draft.Version, today, samplePercent, _members, _entries, _skipped, _unaffordable,
        [.. Keys(real.Wallets.Select(wallet => wallet.Code.Value), draft.Wallets.Select(wallet => wallet.Code.Value))
            .Select(code => Wallet(new WalletCode(code)))],
        [.. Keys(_before.Rules.Keys, _after.Rules.Keys)
        .Select(rule => new RuleCompared(rule, Compare(side => side.Rules.GetValueOrDefault(rule))))],
        [.. Keys(_before.Funders.Keys, _after.Funders.Keys)
        .Select(funder => new FunderCompared(funder, Compare(side => side.Funders.GetValueOrDefault(funder))))],
        [.. Keys(real.Tiers.Select(tier => tier.Code.Value), draft.Tiers.Select(tier => tier.Code.Value)).Select(tier => new TierCompared(
            new TierCode(tier), new Compared<long>(_tiers.Where(move => move.Key.From == tier).Sum(move => move.Value),
            _tiers.Where(move => move.Key.To == tier).Sum(move => move.Value))))],
        [.. _tiers.Where(move => move.Key.From != move.Key.To).OrderByDescending(move => move.Value)
        .Select(move => new TierMove(move.Key.From, move.Key.To, move.Value))],
        [.. _affected.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element.MemberId, StringComparer.Ordinal)
        .Select(item => item.Element)]);

    private void Affected(MemberCompared member)
    {
        var change = Math.Abs(member.Liability.After - member.Liability.Before);
        if (_affected.Count < MostAffected) _affected.Enqueue(member, change);
        else _affected.EnqueueDequeue(member, change);
    }

    private WalletCompared Wallet(WalletCode code) => new(
        code, Compare(side => side.Issued.GetValueOrDefault(code)), Compare(side => side.Reversed.GetValueOrDefault(code)),
        Compare(side => side.Expired.GetValueOrDefault(code)), Compare(side => side.Redeemed.GetValueOrDefault(code)),
        Compare(side => side.Balance.GetValueOrDefault(code)),
        new Compared<decimal>(_before.Liability.GetValueOrDefault(code), _after.Liability.GetValueOrDefault(code)));

    private Compared<Points> Compare(Func<Side, Points> of) => new(of(_before), of(_after));

    private static IEnumerable<string> Keys(IEnumerable<string> before, IEnumerable<string> after) => before.Union(after);

    /// <summary>One side of the comparison.</summary>
    private sealed class Side(Programme programme)
    {
        public Dictionary<string, Points> Issued { get; } = [];
        public Dictionary<string, Points> Reversed { get; } = [];
        public Dictionary<string, Points> Expired { get; } = [];
        public Dictionary<string, Points> Redeemed { get; } = [];
        public Dictionary<string, Points> Balance { get; } = [];
        public Dictionary<string, Points> Rules { get; } = [];
        public Dictionary<string, Points> Funders { get; } = [];
        public Dictionary<string, decimal> Liability { get; } = [];

        /// <returns>What the member's points are worth, in CNY.</returns>
        public decimal Add(Account account, IReadOnlyList<Entry> entries)
        {
            foreach (var entry in entries) Add(entry);
            var total = 0m;
            foreach (var wallet in account.Wallets)
            {
                var balance = account.Balance(wallet.Code);
                var worth = Math.Max(0, balance.Value) * (programme.FindWallet(wallet.Code)?.UnitCost ?? 0);
                Add(Balance, wallet.Code, balance);
                Liability[wallet.Code] = Liability.GetValueOrDefault(wallet.Code) + worth;
                total += worth;
            }
            return total;
        }

        public void Add(Side other)
        {
            foreach (var (mine, others) in new[] { (Issued, other.Issued), (Reversed, other.Reversed), (Expired, other.Expired),
                (Redeemed, other.Redeemed), (Balance, other.Balance), (Rules, other.Rules), (Funders, other.Funders) })
                foreach (var (key, points) in others) Add(mine, key, points);
            foreach (var (wallet, worth) in other.Liability) Liability[wallet] = Liability.GetValueOrDefault(wallet) + worth;
        }

        private void Add(Entry entry)
        {
            switch (entry.Cause)
            {
                case Cause.Accrual:
                    Add(Issued, entry.Wallet, entry.Points);
                    foreach (var line in entry.Explanation)
                    {
                        if (line.Rule is not null) Add(Rules, line.Rule, line.Points);
                        foreach (var share in line.Funding ?? []) Add(Funders, share.Funder, share.Points);
                    }
                    break;
                case Cause.Reversal:
                    Add(Reversed, entry.Wallet, -entry.Points);
                    break;
                case Cause.Expiry:
                    Add(Expired, entry.Wallet, -entry.Points);
                    break;
                case Cause.Moved { Kind: EntryKind.Redemption or EntryKind.Refund }:
                    Add(Redeemed, entry.Wallet, -entry.Points);
                    break;
            }
        }

        private static void Add(Dictionary<string, Points> sums, string key, Points points) =>
            sums[key] = sums.GetValueOrDefault(key) + points;
    }
}
