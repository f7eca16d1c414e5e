using Club.Kernel;

namespace Club.Ledger;

/// <summary>What stands in the way of whoever wants to change an account.</summary>
public static class LedgerProblems
{
    /// <summary>Of what was hers it is not known at this moment where it is; trying again helps.</summary>
    public static Problem BeingMerged() =>
        new("being-merged", "The member's two records are being made one; try again in a moment.") { Kind = ProblemKind.Conflict };
}
