using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Settlement;

/// <summary>What the club owes for points that members have not spent 积分负债: at the end of a day, each lot at its own cost.</summary>
/// <param name="Cost">In CNY; what is under <see cref="WalletLiability.Owed"/> is not in it.</param>
/// <param name="Opening">At the beginning of the day's month.</param>
/// <param name="Journal">What has changed it since: opening and all lines are <paramref name="Cost"/>.</param>
public sealed record LiabilityView(DateOnly On, Money Cost, IReadOnlyList<WalletLiability> Wallets, Money Opening,
    IReadOnlyList<JournalLine> Journal);

/// <summary>Of one wallet.</summary>
/// <param name="Points">Outstanding, less what is owed.</param>
/// <param name="Owed">Points that members owe; zero or below.</param>
/// <param name="ByLapse">By the month in which they lapse; null: never, or some time after the member's last activity.</param>
/// <param name="ByTier">By the tier that the member had.</param>
/// <param name="ByPayer">By who pays for them.</param>
public sealed record WalletLiability(WalletCode Wallet, Points Points, Points Owed, Money Cost, IReadOnlyList<LapsePart> ByLapse,
    IReadOnlyList<TierPart> ByTier, IReadOnlyList<PayerPart> ByPayer, BreakageView Breakage);

/// <param name="Month"><c>yyyy-MM</c>.</param>
public sealed record LapsePart(string? Month, Points Points, Money Cost);

public sealed record TierPart(TierCode Tier, Points Points, Money Cost);

public sealed record PayerPart(Party Party, Points Points, Money Cost);

/// <summary>A line of the month's journal: what was booked from where to where, in CNY, above zero.</summary>
/// <param name="Debit">The account that receives: <c>liability</c>, or what <paramref name="Credit"/> tells.</param>
/// <param name="Credit"><c>liability</c>; <c>cost:brand:foton</c>, of who pays; <c>goods</c>, what was given for points;
/// <c>breakage</c>, what lapsed; <c>members</c>, what they owe; <c>transfers</c>, what is between two of them, and fees.</param>
public sealed record JournalLine(string Month, LineKind Line, string Debit, string Credit, Money Amount);

/// <summary>How many of the points that are outstanding will never be spent, by what became of earlier ones (chain ladder).</summary>
/// <param name="UltimateRedemptionRate">Of all points ever issued the share that will be spent in the end, 0 to 1; null: none were.</param>
/// <param name="Points">Of those outstanding, expected to lapse.</param>
/// <param name="Error">Of the back-test; null where the history is too short for one.</param>
public sealed record BreakageView(decimal? UltimateRedemptionRate, Points Points, Money Cost, BackTest? Error,
    IReadOnlyList<Cohort> Cohorts);

/// <summary>Points issued in one month 发放批次.</summary>
/// <param name="Issued">Less what was taken back.</param>
/// <param name="Redeemed">Spent until the end of the month of issue, the next one, and so on.</param>
/// <param name="Ultimate">What is expected to be spent in the end.</param>
public sealed record Cohort(string Month, Points Issued, Points Expired, IReadOnlyList<Points> Redeemed, Points Ultimate);

/// <summary>What the same reckoning would have said some months ago of what has been spent since.</summary>
/// <param name="AsOf">The month after which it looked ahead.</param>
/// <param name="Months">So many.</param>
/// <param name="Relative">The difference as a share of what was spent; null: nothing was.</param>
public sealed record BackTest(string AsOf, int Months, Points Predicted, Points Actual,
    [property: JsonConverter(typeof(PlainNumberConverter))] decimal? Relative);
