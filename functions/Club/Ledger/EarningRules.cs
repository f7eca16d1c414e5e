using System.Numerics;
using Club.Kernel;
using Club.Programmes;

namespace Club.Ledger;

/// <summary>What a transaction earns. Pure: the same programme, transaction and facts always give the same awards.</summary>
public static class EarningRules
{
    private const int WordsOnStack = 64;

    /// <summary>
    /// The awards line by line (rates and fixed awards in the order of the rule book, then multipliers), then those of the transaction as a whole.
    /// A rule that comes to zero points gives no award. In a group the highest award wins, and the first of equals.
    /// </summary>
    public static IReadOnlyList<Award> Evaluate(Programme programme, Transaction transaction, EarningFacts facts)
    {
        var index = programme.EarningIndex;
        var words = index.Words;
        Span<ulong> space = words <= WordsOnStack ? stackalloc ulong[words * 3] : new ulong[words * 3];
        var open = space[..words];
        var matching = space.Slice(words, words);
        var once = space[(words * 2)..];
        once.Clear();

        index.Open(transaction, facts, open);
        if (!open.ContainsAnyExcept(0UL)) return [];

        var awards = new List<Award>(transaction.Lines.Count);
        foreach (var line in transaction.Lines)
        {
            open.CopyTo(matching);
            index.Narrow(line, matching);
            for (var word = 0; word < words; word++) once[word] |= matching[word] & index.PerTransaction[word];

            var first = awards.Count;
            new Pass(index, index.PerLine, line.LineId, line.Amount.Fen).Run(matching, awards, first);
            new Pass(index, index.Multipliers, line.LineId, null).Run(matching, awards, first);
        }
        new Pass(index, index.PerTransaction, null, 0).Run(once, awards, awards.Count);
        return awards;
    }

    /// <summary>One kind of rule applied to one line.</summary>
    /// <param name="Basis">What is multiplied; null: what the awards from <c>first</c> on give in the rule's wallet.</param>
    private readonly record struct Pass(EarningIndex Index, ulong[] Kind, string? LineId, long? Basis)
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
                    var basis = Basis ?? Given(awards, first, end, rule.Rule.Wallet);
                    var points = rule.Evaluate(basis);
                    if (rule.Rivals is { } rivals) (rule, points) = Best(rule, points, basis, rivals, matching);
                    if (!points.IsZero) awards.Add(new Award(LineId, rule.Rule.Id, rule.Rule.Wallet, points, rule.Explain(basis, points)));
                }
            }
        }

        /// <summary>Takes the rivals out of the matching rules and returns the one that gives most. All of a group share wallet and kind, so they share the basis.</summary>
        private (CompiledRule, Points) Best(CompiledRule best, Points points, long basis, ulong[] rivals, Span<ulong> matching)
        {
            for (var word = 0; word < matching.Length; word++)
            {
                for (var bits = matching[word] & rivals[word]; bits != 0; bits &= bits - 1)
                {
                    var rival = Index.Rules[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                    var offer = rival.Evaluate(basis);
                    if (offer > points) (best, points) = (rival, offer);
                }
                matching[word] &= ~rivals[word];
            }
            return (best, points);
        }

        private static long Given(List<Award> awards, int first, int end, string wallet)
        {
            var sum = 0L;
            for (var i = first; i < end; i++)
                if (awards[i].Wallet == wallet) sum += awards[i].Points.Hundredths;
            return sum;
        }
    }
}
