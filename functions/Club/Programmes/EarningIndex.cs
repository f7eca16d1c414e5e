using System.Collections.Frozen;
using System.Globalization;
using Club.Kernel;
using Club.Ledger;

namespace Club.Programmes;

/// <summary>
/// The earning rules as bit sets, one bit a rule: for each dimension, which rules accept a value. The rules that match a line are the
/// intersection of one set per dimension, so a line costs a look-up per dimension and a word per 64 rules, not a test per rule.
/// </summary>
internal sealed class EarningIndex
{
    private readonly List<DimensionIndex> _ofLine = [];
    private readonly List<DimensionIndex> _ofTransaction = [];
    private readonly ulong[] _dated;

    public EarningIndex(IReadOnlyList<EarningRule> rules)
    {
        Rules = [.. rules.Select(rule => new CompiledRule(rule))];
        Words = (rules.Count + 63) / 64;
        _dated = Mask(rule => rule.From is not null || rule.To is not null);
        PerLine = Mask(rule => rule.Award is Reward.Rate or Reward.Fixed { Per: AwardUnit.Line });
        PerTransaction = Mask(rule => rule.Award is Reward.Fixed { Per: AwardUnit.Transaction });
        Multipliers = Mask(rule => rule.Award is Reward.Multiplier);
        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            if (!rules.Any(rule => rule.When.Any(condition => condition.Dimension == dimension))) continue;
            (dimension <= Dimension.Sku ? _ofLine : _ofTransaction).Add(new DimensionIndex(dimension, this));
        }
        foreach (var group in Rules.Where(rule => rule.Rule.Group is not null).GroupBy(rule => rule.Rule.Group))
        {
            var rivals = Mask(rule => rule.Group == group.Key);
            foreach (var rule in group) rule.Rivals = rivals;
        }
    }

    public CompiledRule[] Rules { get; }
    public int Words { get; }
    public ulong[] PerLine { get; }
    public ulong[] PerTransaction { get; }
    public ulong[] Multipliers { get; }

    /// <summary>Sets the rules that are open to the transaction, whatever its lines.</summary>
    public void Open(Transaction transaction, EarningFacts facts, Span<ulong> open)
    {
        for (var word = 0; word < open.Length; word++) open[word] = PerLine[word] | PerTransaction[word] | Multipliers[word];
        foreach (var index in _ofTransaction)
        {
            index.Intersect(open, index.Dimension switch
            {
                Dimension.Tier => facts.Tier,
                Dimension.Channel => transaction.Channel,
                Dimension.PaymentMethod => transaction.PaymentMethod,
                Dimension.Dealer => transaction.DealerId,
                _ => transaction.Campaign,
            });
        }
        for (var word = 0; word < open.Length; word++)
        {
            for (var bits = open[word] & _dated[word]; bits != 0; bits &= bits - 1)
            {
                var rule = Rules[(word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits)].Rule;
                if (transaction.On < rule.From || transaction.On > rule.To) open[word] &= ~(bits & (~bits + 1));
            }
        }
    }

    /// <summary>Narrows to the rules that match the line.</summary>
    public void Narrow(TransactionLine line, Span<ulong> matching)
    {
        foreach (var index in _ofLine)
        {
            index.Intersect(matching, index.Dimension switch
            {
                Dimension.Category => line.Category,
                Dimension.Model => line.Model,
                _ => line.Sku,
            });
        }
    }

    private ulong[] Mask(Predicate<EarningRule> accepts)
    {
        var mask = new ulong[Words];
        for (var i = 0; i < Rules.Length; i++)
            if (accepts(Rules[i].Rule)) mask[i >> 6] |= 1UL << (i & 63);
        return mask;
    }

    private sealed class DimensionIndex
    {
        private readonly FrozenDictionary<string, ulong[]> _listed;
        private readonly ulong[] _unlisted;

        public DimensionIndex(Dimension dimension, EarningIndex index)
        {
            Dimension = dimension;
            _unlisted = index.Mask(rule => ValuesOf(rule).Count == 0);
            _listed = index.Rules.SelectMany(rule => ValuesOf(rule.Rule)).Distinct(StringComparer.Ordinal).ToFrozenDictionary(
                value => value, value => index.Mask(rule => ValuesOf(rule) is var values && (values.Count == 0 || values.Contains(value))), StringComparer.Ordinal);
        }

        public Dimension Dimension { get; }

        public void Intersect(Span<ulong> rules, string? value)
        {
            var accepting = value is not null && _listed.TryGetValue(value, out var listed) ? listed : _unlisted;
            for (var word = 0; word < rules.Length; word++) rules[word] &= accepting[word];
        }

        private IReadOnlyList<string> ValuesOf(EarningRule rule) =>
            rule.When.FirstOrDefault(condition => condition.Dimension == Dimension)?.Values ?? [];
    }
}

/// <summary>A rule with what can be worked out before any transaction comes.</summary>
internal sealed class CompiledRule
{
    private readonly decimal _factor;
    private readonly string _text;

    public CompiledRule(EarningRule rule)
    {
        Rule = rule;
        (_factor, _text) = rule.Award switch
        {
            Reward.Rate rate => (rate.PerYuan, rate.PerYuan < 1 ? Text(rate.PerYuan * 100) + " %" : Text(rate.PerYuan)),
            Reward.Multiplier multiplier => (multiplier.Factor - 1, $"({Text(multiplier.Factor)} − 1)"),
            Reward.Fixed award => (award.Points.Hundredths, $"{award.Points} per {(award.Per == AwardUnit.Line ? "line" : "transaction")}"),
            _ => throw new NotSupportedException($"There is no arithmetic for {rule.Award.GetType().Name}."),
        };
    }

    public EarningRule Rule { get; }

    /// <summary>The rules of the same group, itself included; null without a group.</summary>
    public ulong[]? Rivals { get; set; }

    /// <param name="basis">Fen of the line for a rate, hundredths given by other rules for a multiplier; a fixed award ignores it.</param>
    public Points Evaluate(long basis) => Rule.Award is Reward.Fixed award ? award.Points : Rule.Rounding.Apply(basis * _factor);

    public string Explain(long basis, Points points)
    {
        if (Rule.Award is Reward.Fixed) return _text;
        var exact = basis * _factor / 100m;
        var invariant = CultureInfo.InvariantCulture;
        return exact == points.Value
            ? string.Create(invariant, $"{basis / 100m} × {_text} = {points}")
            : string.Create(invariant, $"{basis / 100m} × {_text} = {Text(exact)} → {points}");
    }

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
