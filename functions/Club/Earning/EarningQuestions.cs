using Club.Kernel;
using Club.Programmes;

namespace Club.Earning;

/// <summary>What the earning rules of a programme need to be told.</summary>
public static class EarningQuestions
{
    private static readonly EarningFacts Nobody = new(new TierCode(""));

    extension(Programme programme)
    {
        /// <summary>Whether any rule asks what only the member's profile knows.</summary>
        public bool AsksProfile => EarningIndex.Of(programme).AsksProfile;

        /// <summary>Whether a rule that may match a line of the category goes by its amount.</summary>
        public bool AsksAmount(string category) => programme.Earning.Any(rule =>
            rule.When.All(condition => MayMatch(condition, category)) && (rule.Award.GoesByAmount || rule.When.Any(AsksAmount)));

        /// <summary>Whether a rule may draw on a budget for it, whoever the member is.</summary>
        public bool MayDrawOnBudget(Transaction transaction) =>
            EarningIndex.Of(programme).MayDrawOnBudget(EarningCase.Of(programme, transaction, Nobody));

        /// <summary>What rules that may match the transaction ask about the member, beside the tier: no more needs to be read, and kept
        /// with the entry.</summary>
        public DimensionSet AsksMember(Transaction transaction) =>
            EarningIndex.Of(programme).AsksMember(EarningCase.Of(programme, transaction, Nobody));
    }

    private static bool MayMatch(Condition condition, string category) => condition switch
    {
        Condition.OneOf { Dimension: Dimension.Category, Values: var values } => values.Contains(category),
        Condition.All all => all.Of.All(one => MayMatch(one, category)),
        Condition.Any any => any.Of.Any(one => MayMatch(one, category)),
        _ => true,
    };

    private static bool AsksAmount(Condition condition) => condition switch
    {
        Condition.Within { Dimension: Dimension.Amount } => true,
        Condition.All all => all.Of.Any(AsksAmount),
        Condition.Any any => any.Of.Any(AsksAmount),
        Condition.None none => none.Of.Any(AsksAmount),
        _ => false,
    };
}
