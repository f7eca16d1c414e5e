using System.Numerics;
using Club.Kernel;
using Club.Programmes;

namespace Club.Earning;

/// <summary>What a transaction earns before caps and budgets. Pure: the same programme, transaction and facts always give the same
/// awards.</summary>
public static class EarningRules
{
    private const int WordsOnStack = 64;

    /// <summary>
    /// The awards line by line (rates, fixed awards and steps by priority and then in the order of the rule book, then multipliers), then
    /// those of the transaction as a whole. A rule that comes to zero points gives no award. In a group the highest award wins, and the
    /// first of equals; in a group that takes the first, the first that gives anything.
    /// </summary>
    public static IReadOnlyList<Award> Evaluate(Programme programme, Transaction transaction, EarningFacts facts)
    {
        var index = EarningIndex.Of(programme);
        var words = index.Words;
        Span<ulong> space = words <= WordsOnStack ? stackalloc ulong[words * 4] : new ulong[words * 4];
        var open = space[..words];
        var untested = space.Slice(words, words);
        var matching = space.Slice(words * 2, words);
        var once = space[(words * 3)..];
        once.Clear();

        var asked = EarningCase.Of(programme, transaction, facts);
        index.Open(asked, open, untested);
        if (!open.ContainsAnyExcept(0UL)) return [];

        var awards = new List<Award>(transaction.Lines.Count);
        var basis = new Basis(transaction.On, 0, 0, transaction.BookedDaysAhead, 0);
        Dictionary<EarningRule, Basis>? sums = null;
        foreach (var line in transaction.Lines)
        {
            index.Narrow(asked, line, open, untested, matching);
            for (var word = 0; word < words; word++)
            {
                var whole = matching[word] & index.PerTransaction[word];
                once[word] |= whole;
                if (whole != 0) Sum(index, word, whole, line, basis, ref sums);
            }
            var ofLine = basis.With(line.Amount.Fen, line.Quantity);
            var first = awards.Count;
            new Pass(index, index.PerLine, line.LineId, ofLine, null).Run(matching, awards, first);
            new Pass(index, index.Multipliers, line.LineId, ofLine, null).Run(matching, awards, first);
        }
        new Pass(index, index.PerTransaction, null, basis, sums).Run(once, awards, awards.Count);
        return awards;
    }

    private static void Sum(EarningIndex index, int word, ulong rules, TransactionLine line, Basis nothing,
        ref Dictionary<EarningRule, Basis>? sums)
    {
        for (; rules != 0; rules &= rules - 1)
        {
            var rule = index.Rules[(word << 6) + BitOperations.TrailingZeroCount(rules)];
            if (!rule.Sums) continue;
            sums ??= new Dictionary<EarningRule, Basis>(ReferenceEqualityComparer.Instance);
            sums[rule.Rule] = sums.GetValueOrDefault(rule.Rule, nothing).With(line.Amount.Fen, line.Quantity);
        }
    }

    /// <summary>One kind of rule applied to one line, or to the transaction.</summary>
    /// <param name="Sums">Over the matching lines, for the rules that need it.</param>
    private readonly record struct Pass(EarningIndex Index, ulong[] Kind, string? LineId, Basis Basis, Dictionary<EarningRule, Basis>? Sums)
    {
        public void Run(Span<ulong> matching, List<Award> awards, int first)
        {
            var end = awards.Count;
            for (var word = 0; word < matching.Length; word++)
            {
                while ((matching[word] & Kind[word]) is var bits && bits != 0)
                {
                    var rule = Index.Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                    matching[word] &= ~(bits & (~bits + 1));
                    var basis = BasisOf(rule, awards, first, end);
                    var points = rule.Evaluate(basis);
                    if (rule.Rivals is { } rivals)
                        (rule, points, basis) = Winner(rule, points, basis, rivals, matching, awards, first, end);
                    if (!points.IsZero) awards.Add(new Award(LineId, rule, basis, points));
                }
            }
        }

        /// <summary>Takes the rivals out of the matching rules and returns the one that wins: the best, or where the first wins, the first
        /// that gives.</summary>
        private (CompiledRule, Points, Basis) Winner(
            CompiledRule winner, Points points, Basis basis, ulong[] rivals, Span<ulong> matching, List<Award> awards, int first, int end)
        {
            for (var word = 0; word < matching.Length; word++)
            {
                for (var bits = matching[word] & rivals[word]; bits != 0; bits &= bits - 1)
                {
                    if (winner.FirstWins && !points.IsZero) break;
                    var rival = Index.Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                    var its = BasisOf(rival, awards, first, end);
                    var offer = rival.Evaluate(its);
                    if (offer > points) (winner, points, basis) = (rival, offer, its);
                }
                matching[word] &= ~rivals[word];
            }
            return (winner, points, basis);
        }

        private Basis BasisOf(CompiledRule rule, List<Award> awards, int first, int end)
        {
            if (rule.Pass == EarningPass.Multiplier) return Basis with { Given = Given(awards, first, end, rule.Rule.Wallet) };
            return Sums is not null && Sums.TryGetValue(rule.Rule, out var sum) ? sum : Basis;
        }

        /// <summary>What a dealer gives by its own plan nobody multiplies at somebody else's cost.</summary>
        private static long Given(List<Award> awards, int first, int end, WalletCode wallet)
        {
            var sum = 0L;
            for (var i = first; i < end; i++)
                if (awards[i].Wallet == wallet && awards[i].By.OfPlan is null) sum += awards[i].Points.Hundredths;
            return sum;
        }
    }
}
