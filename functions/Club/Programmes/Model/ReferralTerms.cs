namespace Club.Programmes;

/// <summary>Who names a buyer before a purchase is rewarded 转介绍; how much, earning rules say of lines <c>referral</c> and
/// <c>referred</c>.</summary>
/// <param name="ValidDays">For how many days after the report a purchase counts.</param>
public sealed record ReferralTerms(int ValidDays);

/// <summary>Which owners are asked for another vehicle 重购; what it brings, earning rules say of lines <c>repurchase</c>.</summary>
/// <param name="VehicleMonths">How old a vehicle is, by the day of its purchase, when its owner is asked.</param>
/// <param name="ValueClasses">Only of these classes by spend; empty: of any.</param>
/// <param name="ValidMonths">For how long after that a purchase counts.</param>
/// <param name="FollowUpDays">After how many days she is asked again, unless somebody says otherwise.</param>
public sealed record RepurchaseTerms(int VehicleMonths, IReadOnlyList<string> ValueClasses, int ValidMonths, int FollowUpDays);
