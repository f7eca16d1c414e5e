namespace Club.Programmes;

/// <summary>Who names a buyer before a purchase is rewarded 转介绍; how much, earning rules say of lines <c>referral</c> and
/// <c>referred</c>.</summary>
/// <param name="ValidDays">For how many days after the report a purchase counts.</param>
public sealed record ReferralTerms(int ValidDays);
