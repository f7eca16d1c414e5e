using Club.Programmes;

namespace Club.Activities;

/// <summary>What members do with the club, as its website may tell of it. Pure.</summary>
public static class InteractionRules
{
    /// <summary>What sales, workshops, dealers and partners send, with bills of their own.</summary>
    private static readonly string[] Sent = ["vehicle", "parts", "labour", "accessory", "goods", "insurance", "finance", "rental", "rescue",
        "airport", "partner", "partner-event", "branch-event"];

    /// <summary>Whether it comes with a bill: others send it, or all that the rule book gives for it is measured by money, paid for by
    /// others, or good at one dealer alone, none of which an interaction has.</summary>
    public static bool IsSent(string category, Programme programme)
    {
        if (Sent.Contains(category)) return true;
        var rules = programme.Earning.Where(rule => rule.When.Any(condition => Names(condition, category))).ToArray();
        return rules.Length > 0 && rules.All(rule => IsOfBills(rule, programme));
    }

    private static bool IsOfBills(EarningRule rule, Programme programme) =>
        rule.Award.GoesByAmount || rule.Funding.Any(share => share.Funder != programme.Funders[0].Code)
        || programme.FindWallet(rule.Wallet)?.Scope == WalletScope.Branch;

    private static bool Names(Condition condition, string category) => condition switch
    {
        Condition.OneOf { Dimension: Dimension.Category } of => of.Values.Contains(category),
        Condition.All all => all.Of.Any(part => Names(part, category)),
        Condition.Any any => any.Of.Any(part => Names(part, category)),
        _ => false,
    };
}
