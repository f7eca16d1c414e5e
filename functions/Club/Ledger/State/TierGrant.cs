using Club.Kernel;

namespace Club.Ledger;

/// <summary>A tier that staff gave a member (手工授予), whatever was earned. The tier that is earned goes on being computed
/// underneath.</summary>
/// <param name="Tier">At least this tier is held.</param>
/// <param name="From">The first business date; a grant that extends one of the same tier keeps its beginning.</param>
/// <param name="Until">The last day on which it holds.</param>
/// <param name="Author">Who in the staff gave it; not a member's name.</param>
/// <param name="Earned">What the member would hold without it.</param>
public sealed record TierGrant(TierCode Tier, DateOnly From, DateOnly Until, string Reason, string Author, DateTimeOffset GrantedAt,
    TierState Earned);
