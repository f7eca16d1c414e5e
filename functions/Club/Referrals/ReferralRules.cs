using Club.Earning;
using Club.Kernel;
using Club.Ledger;

namespace Club.Referrals;

/// <summary>Who may name whom, and which of those who did is rewarded. Pure.</summary>
public static class ReferralRules
{
    public const string Self = "self", Household = "household", Circle = "circle";

    /// <summary>The buyer came by somebody else's word before: one buyer has one referrer.</summary>
    public const string Another = "another";
    public const string Vehicle = "vehicle";

    /// <summary>The lines for which the rule book gives the reward of who named the buyer, and of the buyer.</summary>
    public const string Category = "referral", BuyerCategory = "referred";

    /// <summary>The source under which rewards are booked.</summary>
    public const string Source = "/club/referral";

    /// <summary>What of a purchase a referral is about: its dearest vehicle; null when none was bought.</summary>
    public static InputLine? VehicleOf(Entry entry) => entry.Cause is Cause.Accrual { Inputs: { } inputs }
        ? inputs.Lines.Where(line => line.Category == Vehicle).MaxBy(line => line.Amount.Fen) : null;

    /// <summary>Of those who named the buyer in time, the first.</summary>
    public static IEnumerable<Referral> InTurn(IEnumerable<Referral> reported, Entry sale) => reported
        .Where(one => one.State == ReferralState.Open && one.At <= sale.At && sale.On <= one.Until)
        .OrderBy(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal);

    /// <summary>Why a member may not name somebody who is known already; null when she may.</summary>
    /// <param name="isFamily">Whether each takes the other for family.</param>
    /// <param name="wasReferredByHer">Whether the member herself came, or bought, by that person's word, or was named by her
    /// first.</param>
    public static string? Against(MemberId member, MemberId named, bool isFamily, bool wasReferredByHer) =>
        member == named ? Self : isFamily ? Household : wasReferredByHer ? Circle : null;

    /// <summary>Whether the vehicle of a purchase is named in a return, in whole or in part.</summary>
    public static Money ReturnedOf(Entry reversal, string line) => reversal.Explanation
        .Where(one => one.LineId == line && one.Category == Vehicle).Select(one => one.Amount ?? Money.Zero).FirstOrDefault();

    /// <summary>The member's reward is what the rule book gives for a line <see cref="Category"/>, the buyer's for a line <c>referred</c>: of
    /// the vehicle's model and amount, on the day of the purchase.</summary>
    /// <param name="amount">Null: none, since what a friend paid is nobody else's to read.</param>
    public static Transaction Reward(string id, Entry sale, InputLine vehicle, bool isBuyer, Money? amount) => new(
        Source, id, sale.At, sale.On, sale.DealerId, null, null, null, "reported",
        [new TransactionLine("1", isBuyer ? BuyerCategory : Category, null, vehicle.Model, 1, amount ?? Money.Zero)]);

    /// <summary>What names a reward: the buyer's tells nothing of who named her.</summary>
    public static string RewardOf(Referral referral, bool isBuyer) => isBuyer ? referral.Sale! : referral.Id;

    /// <summary>What named a buyer's reward before, with the referrer's id in it.</summary>
    public static string FormerRewardOf(Referral referral) => $"{referral.Id}/to";
}
