using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Members;

/// <summary>What a decision about a vehicle or a number leaves with everybody whom it concerns.</summary>
internal static class DisputeEvents
{
    /// <summary>The same for everybody whom it concerns.</summary>
    public static string IdOf(Claim claim) =>
        Ids.Derived("v", "dispute-settled", claim.Partition, IndexKeys.Moment(claim.Dispute!.Decision!.At));

    public static MemberEvent Settled(MemberId memberId, Claim claim, bool isOwner) => new()
    {
        Id = IdOf(claim),
        MemberId = memberId,
        Kind = MemberEventKind.DisputeSettled,
        At = claim.Dispute!.Decision!.At,
        To = isOwner ? "owner" : "disputed",
        Reason = claim.Dispute.Decision.Reason,
        Author = claim.Dispute.Decision.Author,
    };
}
