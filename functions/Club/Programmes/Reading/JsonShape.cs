namespace Club.Programmes;

/// <summary>The members that one kind of JSON object must and may have.</summary>
/// <param name="Name">The name under <c>$defs</c> in programme.schema.json; <c>programme</c> is the root.</param>
/// <param name="Member">What a member is called in messages.</param>
public sealed record JsonShape(string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Optional, string Member = "member")
{
    public IEnumerable<string> Members => Required.Concat(Optional);
}

/// <summary>The shapes and words of a programme file. programme.schema.json says the same to editors; a test holds the two
/// together.</summary>
public static class ProgrammeFormat
{
    public static JsonShape Programme { get; } = new(
        "programme",
        ["id", "name", "version", "effectiveFrom", "currency", "wallets", "earning", "tiers"],
        ["$schema", "rounding", "groups", "caps", "budgets", "funders", "margins", "benefits", "spending", "membership", "referrals",
            "repurchase", "branchPlans", "value", "care", "careLimit", "checks", "dealers", "messages"]);

    public static JsonShape Wallet { get; } = new("wallet", ["code", "name", "scope", "unit", "expiry", "unitCost"],
        ["negativeBalance", "approveAbove", "source"]);
    public static JsonShape Expiry { get; } = new("expiry", ["kind"], ["months", "month", "day", "yearsAhead"]);
    public static JsonShape Rounding { get; } = new("rounding", ["mode", "to"], []);
    public static JsonShape EarningRule { get; } = new(
        "earningRule", ["id", "when", "award"],
        ["name", "rounding", "group", "priority", "caps", "budget", "funding", "pending", "expiry", "wallet", "source", "from", "to"]);

    public static JsonShape When { get; } = new("when", [], [.. Combinations, .. Words<Dimension>().Keys], "dimension");
    public static JsonShape NumberRange { get; } = new("numberRange", [], ["atLeast", "moreThan", "atMost", "lessThan"]);
    public static JsonShape Hours { get; } = new("hours", ["from", "to"], []);
    public static JsonShape DateRange { get; } = new("dateRange", [], ["from", "to"]);
    public static JsonShape Season { get; } = new("season", ["from", "to"], []);
    public static JsonShape Award { get; } = new("award", [], ["rate", "fixed", "steps", "margin", "multiplier", "of", "per"]);
    public static JsonShape Step { get; } = new("step", ["from", "points"], []);
    public static JsonShape Cap { get; } = new("cap", ["per", "points"], []);
    public static JsonShape WalletCap { get; } = new("walletCap", ["per", "points"], ["wallet"]);
    public static JsonShape FundingShare { get; } = new("fundingShare", ["funder", "percent"], []);
    public static JsonShape Pending { get; } = new("pending", [], ["until", "days", "event"]);
    public static JsonShape Group { get; } = new("group", ["code", "stacking"], ["caps", "source"]);
    public static JsonShape Budget { get; } = new("budget", ["code", "points"], ["name", "source"]);
    public static JsonShape Funder { get; } = new("funder", ["code", "name"], []);
    public static JsonShape Margin { get; } = new("margin", ["code", "bands", "scale", "series"], ["settleMonths", "source"]);
    public static JsonShape MarginRate { get; } = new("marginRate", ["margin", "rate"], []);
    public static JsonShape MonthlyMargin { get; } = new("monthlyMargin", ["month", "margin"], []);
    public static JsonShape Tier { get; } = new("tier", ["code", "name"],
        ["criteria", "validityMonths", "graceMonths", "graceDays", "downgrade", "source"]);

    public static JsonShape Criterion { get; } = new(
        "criterion", [], ["any", "all", "metric", "categories", "wallet", "atLeast", "moreThan", "windowMonths"]);

    public static JsonShape Benefit { get; } = new("benefit", ["code", "name", "tiers"], ["count", "per", "carryOver", "source"]);
    public static JsonShape Spending { get; } = new(
        "spending", ["pointValue", "least", "step", "wallets", "holdMinutes", "refundGraceDays"],
        ["bills", "partnerFactor", "limits", "transfers", "causes", "approveAbove", "overdraft", "source"]);

    public static JsonShape SpendingWallet { get; } = new("spendingWallet", ["wallet", "at"], ["pointValue"]);
    public static JsonShape Bills { get; } = new("bills", ["leastShare", "mostShare"], []);
    public static JsonShape SpendingLimit { get; } = new("spendingLimit", ["per", "points"], []);
    public static JsonShape Transfers { get; } = new("transfers", ["least"], ["perYear", "pointsPerYear", "feePercent"]);
    public static JsonShape Cause { get; } = new("cause", ["code", "name"], []);
    public static JsonShape Overdraft { get; } = new("overdraft", ["tiers", "atDeadline"], []);
    public static JsonShape TierOverdraft { get; } = new("tierOverdraft", ["tier", "limit", "days"], []);
    public static JsonShape Membership { get; } = new("membership", ["lapsesAfterMonths"], ["source"]);
    public static JsonShape Referrals { get; } = new("referrals", ["validDays"], ["source"]);
    public static JsonShape Repurchase { get; } = new("repurchase", ["vehicleMonths", "validMonths", "followUpDays"], ["valueClass", "source"]);
    public static JsonShape BranchPlans { get; } = new("branchPlans", ["wallets", "rules", "days"],
        ["rate", "fixed", "multiplier", "conditions", "stacking", "care", "source"]);
    public static JsonShape BranchCare { get; } = new("branchCare", ["occasion"], ["turnOff", "reword", "leadDays"]);
    public static JsonShape Value { get; } = new("value", ["months", "categories", "classes", "visits", "strategies"], ["source"]);
    public static JsonShape ValueClasses { get; } = new("valueClasses", ["D", "G"], []);
    public static JsonShape ValueThreshold { get; } = new("valueThreshold", [], ["total", "mean", "item"]);
    public static JsonShape Visits { get; } = new("visits", ["expectedDays", "leastDays", "mostDays", "apartDays", "lostAfter"], []);
    public static JsonShape Strategy { get; } = new("strategy", ["cell", "zh", "en"], []);
    public static JsonShape Care { get; } = new("care", ["occasion", "template"],
        ["daysBefore", "daysAfter", "kilometres", "minimumPoints", "when", "holdout", "channels", "weChat", "variants"]);

    public static JsonShape CareVariant { get; } = new("careVariant", ["when", "template"], ["channels", "weChat"]);
    public static JsonShape WeChatText { get; } = new("weChatText", ["template", "data"], ["url"]);
    public static JsonShape WeChatField { get; } = new("weChatField", ["name", "value"], []);
    public static JsonShape CareLimit { get; } = new("careLimit", ["most", "days"], ["source"]);
    public static JsonShape Check { get; } = new("check", ["id", "kind", "severity"], ["anyOf", "unless", "most", "days", "times", "source"]);
    public static JsonShape Dealers { get; } = new("dealers", ["regions"], []);
    public static JsonShape Region { get; } = new("region", ["code", "name", "branches"], ["withoutBranch"]);
    public static JsonShape Messages { get; } = new("messages", [], ["weChatWelcome"]);

    /// <summary>What a dealer writes, beside the rule book.</summary>
    public static JsonShape BranchPlan { get; } = new("branchPlan", ["rules"], ["care"]);
    public static JsonShape PlanRule { get; } = new("planRule", ["id", "when", "award", "from", "to"],
        ["name", "rounding", "caps", "wallet", "source"]);
    public static JsonShape PlanCare { get; } = new("planCare", ["occasion"], ["daysBefore", "off", "template", "lead"]);

    public static IReadOnlyList<JsonShape> Shapes { get; } =
    [
        Programme, Wallet, Expiry, Rounding, EarningRule, When, NumberRange, Hours, DateRange, Season, Award, Step, Cap, WalletCap,
            FundingShare, Pending,
        Group, Budget, Funder, Margin, MarginRate, MonthlyMargin, Tier, Criterion, Benefit, Spending, SpendingWallet, Bills,
        SpendingLimit, Transfers, Cause, Overdraft, TierOverdraft, Membership, Referrals, Repurchase, BranchPlans, BranchCare, Value,
        ValueClasses, ValueThreshold, Visits, Strategy, Care, CareVariant, WeChatText, WeChatField, CareLimit, Check,
        Dealers, Region, Messages,
    ];

    /// <summary>How conditions are combined.</summary>
    public static IReadOnlyList<string> Combinations => ["all", "any", "none"];

    /// <summary>The words of an enumeration in camel case.</summary>
    public static IReadOnlyDictionary<string, T> Words<T>() where T : struct, Enum => WordsOf<T>.Values;

    private static class WordsOf<T> where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<string, T> Values =
            Enum.GetValues<T>().ToDictionary(value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
