namespace Club.Programmes;

/// <summary>The members that one kind of JSON object must and may have.</summary>
/// <param name="Name">The name under <c>$defs</c> in programme.schema.json; <c>programme</c> is the root.</param>
/// <param name="Member">What a member is called in messages.</param>
public sealed record JsonShape(string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Optional, string Member = "member")
{
    public IEnumerable<string> Members => Required.Concat(Optional);
}

/// <summary>The shapes and words of a programme file. programme.schema.json says the same to editors; a test holds the two together.</summary>
public static class ProgrammeFormat
{
    public static JsonShape Programme { get; } = new(
        "programme",
        ["id", "name", "version", "effectiveFrom", "currency", "wallets", "earning", "tiers"],
        ["$schema", "rounding", "care", "dealers", "messages"]);

    public static JsonShape Wallet { get; } = new("wallet", ["code", "name", "scope", "unit", "expiry", "unitCost"], ["negativeBalance", "source"]);
    public static JsonShape Expiry { get; } = new("expiry", ["kind"], ["months", "month", "day", "yearsAhead"]);
    public static JsonShape Rounding { get; } = new("rounding", ["mode", "to"], []);
    public static JsonShape EarningRule { get; } = new("earningRule", ["id", "when", "award"], ["name", "rounding", "group", "wallet", "source", "from", "to"]);
    public static JsonShape When { get; } = new("when", [], [.. Words<Dimension>().Keys], "dimension");
    public static JsonShape Award { get; } = new("award", [], ["rate", "fixed", "per", "multiplier"]);
    public static JsonShape Tier { get; } = new("tier", ["code", "name"], ["criteria", "validityMonths", "graceMonths", "graceDays", "downgrade", "source"]);

    public static JsonShape Criterion { get; } = new(
        "criterion", [], ["any", "all", "metric", "categories", "wallet", "atLeast", "moreThan", "windowMonths"]);

    public static JsonShape Care { get; } = new("care", ["occasion", "template"], ["daysBefore", "minimumPoints"]);
    public static JsonShape Dealers { get; } = new("dealers", ["regions"], []);
    public static JsonShape Region { get; } = new("region", ["code", "name", "branches"], ["withoutBranch"]);
    public static JsonShape Messages { get; } = new("messages", [], ["weChatWelcome"]);

    public static IReadOnlyList<JsonShape> Shapes { get; } =
        [Programme, Wallet, Expiry, Rounding, EarningRule, When, Award, Tier, Criterion, Care, Dealers, Region, Messages];

    /// <summary>The words of an enumeration in camel case.</summary>
    public static IReadOnlyDictionary<string, T> Words<T>() where T : struct, Enum => WordsOf<T>.Values;

    private static class WordsOf<T> where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<string, T> Values =
            Enum.GetValues<T>().ToDictionary(value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
