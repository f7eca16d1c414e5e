using Club.Programmes;

namespace Club.Earning;

/// <summary>What the earning rules of a programme need to be told.</summary>
public static class EarningQuestions
{
    extension(Programme programme)
    {
        /// <summary>Whether any rule asks what only the member's profile knows.</summary>
        public bool AsksProfile => EarningIndex.Of(programme).AsksProfile;

        /// <summary>What rules that may match the transaction ask about the member, beside the tier: no more needs to be read, and kept
        /// with the entry.</summary>
        public DimensionSet AsksMember(Transaction transaction) =>
            EarningIndex.Of(programme).AsksMember(EarningCase.Of(programme, transaction, new EarningFacts("")));
    }
}
