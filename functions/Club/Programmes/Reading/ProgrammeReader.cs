using System.Text.Json;
using Club.Kernel;

namespace Club.Programmes;

/// <summary>Reads a programme from JSON and checks everything that can be checked without members.</summary>
public static class ProgrammeReader
{
    private const int MostMonths = 1200;
    private const int MostReferralDays = 1000;
    private const int MostValidMonths = 60;
    private const int MostFollowUpDays = 366;

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <exception cref="ProgrammeException">Lists every error with its JSON path.</exception>
    public static Programme Read(ReadOnlyMemory<byte> json) => Read(json, "The programme");

    /// <param name="isPublished">It was without errors when it was published: what was allowed then is read as it was.</param>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    internal static Programme Read(ReadOnlyMemory<byte> json, string what, bool isPublished = false)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        using var document = Parse(json, what);
        var errors = new List<ProgrammeError>();
        var root = new JsonCursor(document.RootElement, "$", errors);
        try
        {
            var programme = root.Has(ProgrammeFormat.Programme) ? ReadProgramme(root, isPublished) : null;
            return errors.Count == 0 ? programme! : throw new ProgrammeException(errors, what);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for an escape such as \ud800 that is no character.
            throw new ProgrammeException([.. errors, new ProgrammeError("$", "has a text with half a surrogate pair.")], what);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new ProgrammeException(
                [new ProgrammeError($"line {e.LineNumber + 1}", $"is not JSON. {e.Message.Split(" LineNumber:")[0]}")], what);
        }
    }

    /// <returns>Null when it has errors that leave nothing to go on with.</returns>
    private static Programme? ReadProgramme(JsonCursor root, bool isPublished)
    {
        root["$schema"].Text();
        var id = root["id"].Code();
        var name = root["name"].Text();
        var version = root["version"].Text();
        var effectiveFrom = root["effectiveFrom"].Date();
        var currency = ReadCurrency(root["currency"]);
        var dealers = DealerReader.Read(root["dealers"]);
        var wallets = WalletReader.Read(root["wallets"]);
        var tiers = TierReader.Read(root["tiers"], wallets);
        var rounding = EarningReader.ReadRounding(root["rounding"]) ?? Rounding.DownToHundredth;
        var (groups, budgets, funders) = (FundingReader.ReadGroups(root["groups"]), FundingReader.ReadBudgets(root["budgets"]),
            FundingReader.ReadFunders(root["funders"]));
        var caps = FundingReader.ReadWalletCaps(root["caps"], wallets);
        var margins = MarginReader.Read(root["margins"]);
        var hasClasses = root["value"].Exists || isPublished;
        var earning = new EarningReader(new RuleSurroundings(wallets, tiers, dealers, rounding, groups, budgets, funders, margins,
            hasClasses)).Read(root["earning"]);
        var benefits = BenefitReader.Read(root["benefits"], tiers);
        var spending = new SpendingReader(wallets, tiers).Read(root["spending"]);
        var care = new CareReader(tiers, dealers, hasClasses).Read(root["care"]);
        var careLimit = CareReader.ReadLimit(root["careLimit"]);
        var messages = CareReader.ReadMessages(root["messages"]);
        var lapsesAfter = ReadMembership(root["membership"]);
        var value = ValueReader.Read(root["value"]);
        var (referrals, repurchase) = (ReadReferrals(root["referrals"]), ReadRepurchase(root["repurchase"], value));
        var branchPlans = BranchPlanTermsReader.Read(root["branchPlans"], wallets, funders, rounding);
        var checks = CheckReader.Read(root["checks"]);
        if (root.Errors.Count > 0) return null;
        return new Programme(id!, name!, version!, effectiveFrom!.Value, currency!, wallets, earning, tiers, care, dealers, messages)
        {
            Groups = groups,
            Caps = caps,
            Budgets = budgets,
            Funders = funders,
            Benefits = benefits,
            Spending = spending,
            LapsesAfterMonths = lapsesAfter,
            Value = value,
            CareLimit = careLimit,
            Referrals = referrals,
            Repurchase = repurchase,
            BranchPlans = branchPlans,
            Checks = checks,
        };
    }

    private static int? ReadMembership(JsonCursor place)
    {
        if (!place.Exists || !place.Has(ProgrammeFormat.Membership)) return null;
        place["source"].Text();
        return place["lapsesAfterMonths"].Whole(1, MostMonths);
    }

    private static ReferralTerms? ReadReferrals(JsonCursor place)
    {
        if (!place.Exists || !place.Has(ProgrammeFormat.Referrals)) return null;
        place["source"].Text();
        return place["validDays"].Whole(1, MostReferralDays) is { } days ? new ReferralTerms(days) : null;
    }

    private static RepurchaseTerms? ReadRepurchase(JsonCursor place, ValueTerms? value)
    {
        if (!place.Exists || !place.Has(ProgrammeFormat.Repurchase)) return null;
        place["source"].Text();
        var classes = place["valueClass"].Exists ? place["valueClass"].Texts() : [];
        if (classes.Count > 0 && value is null) place["valueClass"].Error(ConditionReader.NoClasses);
        foreach (var (word, at) in classes.Where(one => !CellStrategy.Values.Contains(one.Text)))
            at.Error($"{at.Shown} is not one of {string.Join(", ", CellStrategy.Values)}{Nearest.Hint(word, CellStrategy.Values)}");
        return new RepurchaseTerms(place["vehicleMonths"].Whole(1, MostMonths) ?? 0, [.. classes.Select(one => one.Text)],
            place["validMonths"].Whole(1, MostValidMonths) ?? 0, place["followUpDays"].Whole(1, MostFollowUpDays) ?? 0);
    }

    private static string? ReadCurrency(JsonCursor place)
    {
        var currency = place.Text();
        if (currency is not null and not "CNY") place.Error($"{place.Shown} is not CNY, the only currency of the club's money.");
        return currency;
    }
}

/// <summary>Notes codes that are there twice.</summary>
internal sealed class UniqueCodes
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public void Add(JsonCursor place, string? code)
    {
        if (code is not null && !_seen.Add(code)) place.Error($"{place.Shown} is there twice.");
    }
}
