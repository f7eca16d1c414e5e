using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Club.Programmes;

namespace Club.Earning;

/// <summary>
/// The earning rules as bit sets, one bit a rule: for each dimension with one value, which rules accept it. The rules that match a line are
/// the intersection of one set per dimension, so a line costs a look-up per dimension and a word per 64 rules, not a test per rule; what
/// cannot be looked up (numbers, combinations, dates) is tested only for the rules that are left.
/// </summary>
internal sealed class EarningIndex
{
    private static readonly ConditionalWeakTable<Programme, EarningIndex> Compiled = [];

    private readonly List<DimensionIndex> _ofLine = [];
    private readonly List<DimensionIndex> _ofTransaction = [];
    private readonly ulong[] _testedOnce;
    private readonly ulong[] _testedPerLine;
    private readonly ulong[] _asksMember;
    private readonly ulong[] _drawsOnBudget;

    public EarningIndex(IReadOnlyList<EarningRule> rules, IReadOnlyList<StackingGroup> groups)
    {
        Rules = [.. rules.OrderByDescending(rule => rule.Priority).Select(rule => new CompiledRule(rule))];
        Words = (rules.Count + 63) / 64;
        _testedOnce = Mask(rule => rule.OfTransaction is not null || rule.Rule.From is not null || rule.Rule.To is not null);
        _testedPerLine = Mask(rule => rule.OfLine is not null);
        PerLine = Mask(rule => rule.Pass == EarningPass.Line);
        PerTransaction = Mask(rule => rule.Pass == EarningPass.Transaction);
        Multipliers = Mask(rule => rule.Pass == EarningPass.Multiplier);
        _asksMember = Mask(rule => rule.AsksMember.Any);
        _drawsOnBudget = Mask(rule => rule.Rule.Budget is not null || rule.Rule.OfPlan is not null);
        foreach (var dimension in Enum.GetValues<Dimension>().Where(dimension => dimension.IsIndexed))
        {
            if (!Rules.Any(rule => rule.ValuesOf(dimension) is not null)) continue;
            (dimension.IsOfLine ? _ofLine : _ofTransaction).Add(new DimensionIndex(dimension, this));
        }
        foreach (var group in Rules.Where(rule => rule.Rule.Group is not null).GroupBy(rule => rule.Rule.Group))
        {
            var stacking = groups.FirstOrDefault(known => known.Code == group.Key)?.Stacking ?? Stacking.BestOf;
            if (stacking == Stacking.Sum) continue;
            var rivals = Mask(rule => rule.Rule.Group == group.Key);
            foreach (var rule in group) (rule.Rivals, rule.FirstWins) = (rivals, stacking == Stacking.First);
        }
    }

    /// <summary>The rules of a programme, compiled once.</summary>
    public static EarningIndex Of(Programme programme) =>
        Compiled.GetValue(programme, static rules => new EarningIndex(rules.Earning, rules.Groups));

    public CompiledRule[] Rules { get; }
    public int Words { get; }
    public ulong[] PerLine { get; }
    public ulong[] PerTransaction { get; }
    public ulong[] Multipliers { get; }

    public bool AsksProfile => Array.Exists(Rules, rule => rule.AsksMember.NeedsProfile);

    /// <summary>What must be known of the member, beside the tier, for rules that are open to the transaction as far as can be looked up
    /// without the member.</summary>
    public DimensionSet AsksMember(in EarningCase asked)
    {
        var dimensions = default(DimensionSet);
        if (!_asksMember.AsSpan().ContainsAnyExcept(0UL)) return dimensions;
        var open = OpenOf(_asksMember, asked);
        for (var word = 0; word < open.Length; word++)
            for (var bits = open[word]; bits != 0; bits &= bits - 1)
                dimensions |= Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)].AsksMember;
        return dimensions;
    }

    /// <summary>Whether a rule that draws on a budget is open to the transaction, as far as can be looked up without the member.</summary>
    public bool MayDrawOnBudget(in EarningCase asked)
    {
        if (!_drawsOnBudget.AsSpan().ContainsAnyExcept(0UL)) return false;
        var open = OpenOf(_drawsOnBudget, asked);
        for (var word = 0; word < open.Length; word++)
            for (var bits = open[word]; bits != 0; bits &= bits - 1)
                if (IsInForce(asked, Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)].Rule)) return true;
        return false;
    }

    /// <summary>Those of some rules that are open to the transaction, as far as can be looked up without the member.</summary>
    private ulong[] OpenOf(ulong[] rules, in EarningCase asked)
    {
        ulong[] open = [.. rules];
        foreach (var index in _ofTransaction)
            if (!index.Dimension.IsOfMember) index.Intersect(open, ConditionRules.ValueOf(index.Dimension, asked, null));
        return open;
    }

    /// <summary>Sets the rules that are open to the transaction as far as can be looked up, and which of them are yet to be
    /// tested.</summary>
    public void Open(in EarningCase asked, Span<ulong> open, Span<ulong> untested)
    {
        for (var word = 0; word < open.Length; word++) open[word] = PerLine[word] | PerTransaction[word] | Multipliers[word];
        foreach (var index in _ofTransaction) index.Intersect(open, ConditionRules.ValueOf(index.Dimension, asked, null));
        for (var word = 0; word < open.Length; word++) untested[word] = open[word] & _testedOnce[word];
    }

    /// <summary>
    /// Sets the rules that match the line. What a rule asks of the transaction is tested when the first line comes that it may match, and
    /// then once: most rules of a book are about categories that the transaction does not have.
    /// </summary>
    public void Narrow(in EarningCase asked, TransactionLine line, Span<ulong> open, Span<ulong> untested, Span<ulong> matching)
    {
        open.CopyTo(matching);
        foreach (var index in _ofLine) index.Intersect(matching, ConditionRules.ValueOf(index.Dimension, asked, line));
        for (var word = 0; word < matching.Length; word++)
        {
            for (var bits = matching[word] & untested[word]; bits != 0; bits &= bits - 1)
            {
                var bit = bits & (~bits + 1);
                untested[word] &= ~bit;
                if (IsOpen(asked, Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)])) continue;
                open[word] &= ~bit;
                matching[word] &= ~bit;
            }
            for (var bits = matching[word] & _testedPerLine[word]; bits != 0; bits &= bits - 1)
            {
                var rule = Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                if (!ConditionRules.Holds(rule.OfLine!, asked, line)) matching[word] &= ~(bits & (~bits + 1));
            }
        }
    }

    private static bool IsInForce(in EarningCase asked, EarningRule rule) =>
        !(asked.Transaction.On < rule.From) && !(asked.Transaction.On > rule.To);

    private static bool IsOpen(in EarningCase asked, CompiledRule rule) =>
        IsInForce(asked, rule.Rule) && (rule.OfTransaction is not { } condition || ConditionRules.Holds(condition, asked, null));

    private ulong[] Mask(Predicate<CompiledRule> accepts)
    {
        var mask = new ulong[Words];
        for (var i = 0; i < Rules.Length; i++)
            if (accepts(Rules[i])) mask[i >> 6] |= 1UL << (i & 63);
        return mask;
    }

    private sealed class DimensionIndex
    {
        private readonly FrozenDictionary<string, ulong[]> _listed;
        private readonly ulong[] _unlisted;

        public DimensionIndex(Dimension dimension, EarningIndex index)
        {
            Dimension = dimension;
            _unlisted = index.Mask(rule => rule.ValuesOf(dimension) is null);
            var listed = new Dictionary<string, ulong[]>(StringComparer.Ordinal);
            for (var i = 0; i < index.Rules.Length; i++)
            {
                foreach (var value in index.Rules[i].ValuesOf(dimension) ?? [])
                {
                    ref var mask = ref CollectionsMarshal.GetValueRefOrAddDefault(listed, value, out _);
                    mask ??= [.. _unlisted];
                    mask[i >> 6] |= 1UL << (i & 63);
                }
            }
            _listed = listed.ToFrozenDictionary(StringComparer.Ordinal);
        }

        public Dimension Dimension { get; }

        public void Intersect(Span<ulong> rules, string? value)
        {
            var accepting = value is not null && _listed.TryGetValue(value, out var listed) ? listed : _unlisted;
            for (var word = 0; word < rules.Length; word++) rules[word] &= accepting[word];
        }
    }
}
