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

        /// <summary>Whether a rule may draw on a budget for it, whoever the member is.</summary>
        public bool MayDrawOnBudget(Transaction transaction) =>
            EarningIndex.Of(programme).MayDrawOnBudget(EarningCase.Of(programme, transaction, Nobody));

        /// <summary>What rules that may match the transaction ask about the member, beside the tier: no more needs to be read, and kept
        /// with the entry.</summary>
        public DimensionSet AsksMember(Transaction transaction) =>
            EarningIndex.Of(programme).AsksMember(EarningCase.Of(programme, transaction, Nobody));
    }
}
